"""Ed25519 by libsodium (PyNaCl, an optional package): the same verdicts, in about half the time to verify."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from nacl import bindings, exceptions

from skillmark.credentials.keys.algorithms import Sign, Verify
from skillmark.errors import KeyMaterialError

_SIGNATURE_OCTETS: Final = 64
# A signature over no octets that holds only if the check is multiplied by the cofactor: R has a part of order 8.
# RFC 8032 leaves that open. OpenSSL does not multiply; then its neighbour must not either.
_COFACTOR_KEY: Final = bytes.fromhex("2aaf29a2f7393e0fcbf624e6ef283ec13feaa0be2611391aea8d447dde16249f")
_COFACTOR_SIGNATURE: Final = bytes.fromhex(
    "0f72eb7d97cc1aac73df3977170fe6c18764a04ef6162fdfadd20f9f6043cacf"
    "9e84b135614b9bca8d0ad79c1b5bef705e57abba3058508caff5aae308885d0a"
)


@dataclass(frozen=True, slots=True)
class SodiumEngine:
    """See `Engine`. Making one asks the library a question on which libsodium's editions could differ."""

    def __post_init__(self) -> None:
        if self.verifier(_COFACTOR_KEY)(_COFACTOR_SIGNATURE, b""):
            raise KeyMaterialError("this libsodium checks Ed25519 with cofactor; use OpenSSL", rule="key-engine")

    def verifier(self, public: bytes) -> Verify:
        """See `Engine`."""
        open_signed = bindings.crypto_sign_open

        def verify(signature: bytes, message: bytes) -> bool:
            if len(signature) != _SIGNATURE_OCTETS:
                return False
            try:
                open_signed(signature + message, public)
            except exceptions.BadSignatureError:
                return False
            return True

        return verify

    def signer(self, seed: bytes) -> Sign:
        """See `Engine`."""
        crypto_sign, secret = bindings.crypto_sign, bindings.crypto_sign_seed_keypair(seed)[1]

        def sign(message: bytes) -> bytes:
            return crypto_sign(message, secret)[:_SIGNATURE_OCTETS]

        return sign
