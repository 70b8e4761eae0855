"""`PublicKey`: a key that was weighed when it was made, and that says whether a signature is its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from skillmark.credentials.keys import engines, jwk, multikey, pem, strength
from skillmark.credentials.keys.algorithms import CURVES, Algorithm, PublicHandle, Verify, algorithm_of_curve
from skillmark.errors import KeyMaterialError


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A public key. `encoded` is its canonical form: the Ed25519 point, the compressed EC point, RSA as PKCS#1.

    Make one with `from_multikey`, `from_jwk`, `from_pem` or `of`; a weak or malformed key is a KeyMaterialError.
    """

    algorithm: Algorithm
    encoded: bytes
    handle: PublicHandle = field(repr=False, compare=False)
    _verify: Verify = field(repr=False, compare=False)

    @classmethod
    def of(cls, handle: PublicHandle) -> Self:
        """Weigh a key of `cryptography` and take it over."""
        if isinstance(handle, ed25519.Ed25519PublicKey):
            encoded = handle.public_bytes_raw()
            strength.check_ed25519_point(encoded)
            verify = engines.OPENSSL.verifier(encoded)
            return cls(algorithm=Algorithm.ED25519, encoded=encoded, handle=handle, _verify=verify)
        if isinstance(handle, rsa.RSAPublicKey):
            numbers = handle.public_numbers()
            strength.check_rsa_numbers(numbers.n, numbers.e)
            verify = engines.rsa_verifier(handle)
            return cls(algorithm=Algorithm.RSA, encoded=_pkcs1(handle), handle=handle, _verify=verify)
        return cls._of_curve(handle)

    @classmethod
    def _of_curve(cls, handle: ec.EllipticCurvePublicKey) -> Self:
        algorithm = algorithm_of_curve(handle.curve.name)
        if algorithm is None:
            raise KeyMaterialError(
                f"a key on the curve {handle.curve.name}; use P-256 or P-384", rule="key-unsupported"
            )
        encoded = handle.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.CompressedPoint)
        verify = engines.ecdsa_verifier(handle, CURVES[algorithm])
        return cls(algorithm=algorithm, encoded=encoded, handle=handle, _verify=verify)

    @classmethod
    def from_multikey(cls, text: str) -> Self:
        """Read `publicKeyMultibase`, or what follows `did:key:` (Controlled Identifiers 1.0 §2.2.2)."""
        algorithm, encoded = multikey.decode_public(text)
        try:
            return cls.of(_handle(algorithm, encoded))
        except (ValueError, UnsupportedAlgorithm) as error:
            raise KeyMaterialError(f"the octets are no {algorithm} key", rule="key-malformed") from error

    @classmethod
    def from_jwk(cls, members: Mapping[str, Any]) -> Self:
        """Read a public JSON Web Key (RFC 7517)."""
        return cls.of(jwk.read_public(members))

    @classmethod
    def from_pem(cls, data: bytes) -> Self:
        """Read one PEM block with a SubjectPublicKeyInfo (RFC 7468 §13)."""
        return cls.of(pem.read_public(data))

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Say whether the signature is this key's over the message.

        Ed25519 (RFC 8032, without cofactor); ECDSA as r||s with SHA-256 (P-256) or SHA-384 (P-384); RSASSA-PKCS1-v1_5
        with SHA-256.
        """
        return self._verify(signature, message)

    def __repr__(self) -> str:
        return f"PublicKey({self.to_multikey()})"

    def using(self, engine: engines.Engine) -> PublicKey:
        """Return the same key whose Ed25519 is computed by another library; the verdicts are the same."""
        if self.algorithm is not Algorithm.ED25519:
            return self
        verify = engine.verifier(self.encoded)
        return PublicKey(algorithm=self.algorithm, encoded=self.encoded, handle=self.handle, _verify=verify)

    def to_multikey(self) -> str:
        """Return the key as Multikey text."""
        return multikey.encode_public(self.algorithm, self.encoded)

    def to_jwk(self) -> dict[str, str]:
        """Return the required members of the JSON Web Key."""
        return jwk.write_public(self.algorithm, self.handle)

    def to_pem(self) -> bytes:
        """Return the key as SPKI in PEM."""
        return pem.write_public(self.handle)

    @property
    def thumbprint(self) -> str:
        """The JWK thumbprint (RFC 7638, SHA-256), in base64url."""
        return jwk.thumbprint(self.to_jwk())


def _handle(algorithm: Algorithm, encoded: bytes) -> PublicHandle:
    if algorithm is Algorithm.ED25519:
        return ed25519.Ed25519PublicKey.from_public_bytes(encoded)
    if algorithm is Algorithm.RSA:
        return _rsa_handle(encoded)
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVES[algorithm].parameters, encoded)


def _rsa_handle(encoded: bytes) -> rsa.RSAPublicKey:
    key = serialization.load_der_public_key(encoded)
    if not isinstance(key, rsa.RSAPublicKey) or _pkcs1(key) != encoded:
        raise ValueError("not the DER of a PKCS#1 RSAPublicKey")
    return key


def _pkcs1(key: rsa.RSAPublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
