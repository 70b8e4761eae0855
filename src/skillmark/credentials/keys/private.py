"""`PrivateKey`: a key that signs in this process. What it hides never shows in its text."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from skillmark.credentials.keys import engines, jwk, multikey, pem
from skillmark.credentials.keys.algorithms import CURVES, Algorithm, PrivateHandle, Sign
from skillmark.credentials.keys.public import PublicKey
from skillmark.errors import KeyMaterialError

SEED_OCTETS: Final = 32
_RSA_BITS: Final = 3072
_SURPLUS: Final = 16  # octets drawn beyond the scalar's width, so that the remainder is even (FIPS 186-5 A.2.1)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PrivateKey:
    """A private key. Make one with `generate`, `from_seed`, `from_jwk`, `from_pem` or `from_multikey`."""

    public: PublicKey
    handle: PrivateHandle = field(repr=False)
    _sign: Sign = field(repr=False)

    @classmethod
    def of(cls, handle: PrivateHandle) -> Self:
        """Weigh a key of `cryptography` and take it over."""
        public = PublicKey.of(handle.public_key())
        if isinstance(handle, ed25519.Ed25519PrivateKey):
            return cls(public=public, handle=handle, _sign=engines.fastest_engine().signer(handle.private_bytes_raw()))
        if isinstance(handle, rsa.RSAPrivateKey):
            return cls(public=public, handle=handle, _sign=engines.rsa_signer(handle))
        return cls(public=public, handle=handle, _sign=engines.ecdsa_signer(handle, CURVES[public.algorithm]))

    @classmethod
    def generate(cls, algorithm: Algorithm = Algorithm.ED25519) -> Self:
        """Draw a new key; RSA has 3072 bits."""
        if algorithm is Algorithm.RSA:
            return cls.of(rsa.generate_private_key(public_exponent=65537, key_size=_RSA_BITS))
        if algorithm is Algorithm.ED25519:
            return cls.from_seed(os.urandom(SEED_OCTETS))
        return cls.of(ec.generate_private_key(CURVES[algorithm].parameters))

    @classmethod
    def from_seed(cls, seed: bytes, algorithm: Algorithm = Algorithm.ED25519, *, label: str = "") -> Self:
        """Make the same key from the same 32 octets again.

        Ed25519 without a label: the seed is the RFC 8032 private key. Else the key is derived from seed, algorithm and
        label by HKDF-SHA-512 (RFC 5869), so that one seed serves any number of unrelated keys.
        """
        if len(seed) != SEED_OCTETS:
            raise KeyMaterialError(f"a seed has {SEED_OCTETS} octets, not {len(seed)}", rule="key-length")
        if algorithm is Algorithm.RSA:
            raise KeyMaterialError("RSA keys cannot be derived from a seed", rule="key-unsupported")
        if algorithm is Algorithm.ED25519:
            own = _derived(seed, algorithm, label=label, length=SEED_OCTETS) if label else seed
            return cls.of(jwk.secret_handle(algorithm, own))
        curve = CURVES[algorithm]
        number = int.from_bytes(_derived(seed, algorithm, label=label, length=curve.size + _SURPLUS), "big")
        return cls.of(ec.derive_private_key(number % (curve.order - 1) + 1, curve.parameters))

    @classmethod
    def from_multikey(cls, secret: str, public: str) -> Self:
        """Read `secretKeyMultibase`; the public half must be the one given."""
        key = cls.of(jwk.secret_handle(*multikey.decode_secret(secret)))
        if key.public != PublicKey.from_multikey(public):
            raise KeyMaterialError("the secret and the public Multikey are of different keys", rule="key-mismatch")
        return key

    @classmethod
    def from_jwk(cls, members: Mapping[str, Any]) -> Self:
        """Read a private JSON Web Key (RFC 7517, 7518 §6, 8037)."""
        return cls.of(jwk.read_private(members))

    @classmethod
    def from_pem(cls, data: bytes, passphrase: pem.Passphrase) -> Self:
        """Read one PKCS#8 block (RFC 5958) under its passphrase."""
        return cls.of(pem.read_private(data, passphrase))

    @property
    def algorithm(self) -> Algorithm:
        return self.public.algorithm

    def sign(self, message: bytes) -> bytes:
        """Sign as `PublicKey.verify` checks; the same message gives the same bytes (ECDSA: RFC 6979)."""
        return self._sign(message)

    def using(self, engine: engines.Engine) -> PrivateKey:
        """Return the same key whose Ed25519 is computed by another library; the signatures are the same."""
        if not isinstance(self.handle, ed25519.Ed25519PrivateKey):
            return self
        sign = engine.signer(self.handle.private_bytes_raw())
        return PrivateKey(public=self.public.using(engine), handle=self.handle, _sign=sign)

    def to_pem(self, passphrase: pem.Passphrase) -> bytes:
        """Return the key as PKCS#8 in PEM, encrypted (scrypt, AES-256) unless `UnsafePlain` is said."""
        return pem.write_private(self.handle, passphrase)


def _derived(seed: bytes, algorithm: Algorithm, *, label: str, length: int) -> bytes:
    info = f"skillmark key\n{algorithm}\n{label}".encode()
    return HKDF(algorithm=hashes.SHA512(), length=length, salt=None, info=info).derive(seed)
