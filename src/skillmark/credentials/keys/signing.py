"""Who signs: the protocol that proofs ask for, and its simplest answer, a key in this process."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field
from typing import Protocol

from skillmark.credentials.keys.algorithms import Algorithm
from skillmark.credentials.keys.private import PrivateKey
from skillmark.credentials.keys.public import PublicKey


class Signer(Protocol):
    """Signs messages in the name of a verification method. A vault or a cloud key service is one as well."""

    @property
    def algorithm(self) -> Algorithm:
        """The kind of the key."""

    @property
    def public(self) -> PublicKey:
        """The public half, so that what was signed can be verified at once."""

    @property
    def verification_method(self) -> str:
        """The URL under which strangers find the public key."""

    @property
    def controller(self) -> str:
        """The identifier (mostly a DID) whose key this is; the issuer."""

    def sign(self, message: bytes) -> bytes:
        """Return the raw signature; ECDSA as r||s."""


@dataclass(frozen=True, slots=True)
class LocalSigner:
    """A signer whose private key lies in this process."""

    private_key: PrivateKey = field(repr=False)
    _: KW_ONLY
    verification_method: str
    controller: str

    @property
    def algorithm(self) -> Algorithm:
        return self.private_key.algorithm

    @property
    def public(self) -> PublicKey:
        return self.private_key.public

    def sign(self, message: bytes) -> bytes:
        return self.private_key.sign(message)
