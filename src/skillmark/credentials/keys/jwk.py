"""JSON Web Keys (RFC 7517, 7518 §6, 8037), read strictly: one text for one key, nothing private in a public key."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from skillmark.credentials.encoding import multibase
from skillmark.credentials.encoding.strict_json import dumps
from skillmark.credentials.keys import strength
from skillmark.credentials.keys.algorithms import CURVES, Algorithm, PrivateHandle, PublicHandle
from skillmark.errors import InputError, KeyMaterialError

JWA: Final[Mapping[Algorithm, tuple[str, ...]]] = MappingProxyType(
    {
        Algorithm.ED25519: ("EdDSA", "Ed25519"),
        Algorithm.P256: ("ES256",),
        Algorithm.P384: ("ES384",),
        Algorithm.RSA: ("RS256",),
    }
)
_KINDS: Final[Mapping[tuple[str, str], Algorithm]] = MappingProxyType(
    {
        ("OKP", "Ed25519"): Algorithm.ED25519,
        ("EC", "P-256"): Algorithm.P256,
        ("EC", "P-384"): Algorithm.P384,
        ("RSA", ""): Algorithm.RSA,
    }
)
_PRIVATE_MEMBERS: Final = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")
_INTEGER_OCTETS: Final = 1024


def read_public(jwk: Mapping[str, Any]) -> PublicHandle:
    """Read a public JWK. Its numbers are not yet weighed: `PublicKey` does that."""
    if member := next((name for name in _PRIVATE_MEMBERS if name in jwk), None):
        raise KeyMaterialError(f"a public JWK has the private member {member!r}; call it leaked", rule="key-private")
    algorithm = _kind(jwk)
    _check_use(jwk, algorithm, operation="verify")
    return _public_handle(jwk, algorithm)


def read_private(jwk: Mapping[str, Any]) -> PrivateHandle:
    """Read a private JWK; its public members must be there and fit."""
    algorithm = _kind(jwk)
    _check_use(jwk, algorithm, operation="sign")
    public = _public_handle(jwk, algorithm)
    private = _rsa_private(jwk) if algorithm is Algorithm.RSA else secret_handle(algorithm, _secret(jwk, algorithm))
    if private.public_key() != public:
        raise KeyMaterialError("the private and public members of this JWK are of different keys", rule="key-mismatch")
    return private


def secret_handle(algorithm: Algorithm, secret: bytes) -> ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey:
    """Make the private key of a secret of exact width: RFC 8032 seed, or EC scalar in big-endian octets."""
    if algorithm is Algorithm.ED25519:
        return ed25519.Ed25519PrivateKey.from_private_bytes(secret)
    curve = CURVES[algorithm]
    scalar = int.from_bytes(secret, "big")
    if not 0 < scalar < curve.order:
        raise KeyMaterialError(f"the secret number is outside the group of {algorithm}", rule="key-malformed")
    return ec.derive_private_key(scalar, curve.parameters)


def write_public(algorithm: Algorithm, handle: PublicHandle) -> dict[str, str]:
    """Return the required members only, in the order RFC 7638 hashes them."""
    if isinstance(handle, ed25519.Ed25519PublicKey):
        return {"crv": "Ed25519", "kty": "OKP", "x": multibase.base64url_encode(handle.public_bytes_raw())}
    if isinstance(handle, ec.EllipticCurvePublicKey):
        numbers, size = handle.public_numbers(), CURVES[algorithm].size
        return {"crv": str(algorithm), "kty": "EC", "x": _octets(numbers.x, size), "y": _octets(numbers.y, size)}
    modulus, exponent = handle.public_numbers().n, handle.public_numbers().e
    return {"e": _octets(exponent), "kty": "RSA", "n": _octets(modulus)}


def thumbprint(required: Mapping[str, str]) -> str:
    """Hash the required members (RFC 7638 §3, SHA-256), in base64url."""
    return multibase.base64url_encode(hashlib.sha256(dumps(dict(sorted(required.items())))).digest())


def _kind(jwk: Mapping[str, Any]) -> Algorithm:
    kty, crv = jwk.get("kty"), jwk.get("crv", "")
    if not isinstance(kty, str) or not isinstance(crv, str):
        raise KeyMaterialError("a JWK names its kind with a 'kty' of text", rule="key-malformed")
    algorithm = _KINDS.get((kty, crv))
    if algorithm is None:
        named = f"{kty[:20]!a} {crv[:20]!a}".removesuffix(" ''")
        raise KeyMaterialError(f"a JWK of kind {named}; use Ed25519, P-256, P-384 or RSA", rule="key-unsupported")
    return algorithm


def _check_use(jwk: Mapping[str, Any], algorithm: Algorithm, *, operation: str) -> None:
    if "alg" in jwk and jwk["alg"] not in JWA[algorithm]:
        raise KeyMaterialError(f"a JWK of {algorithm} has an 'alg' that is not {JWA[algorithm][0]}", rule="key-use")
    if jwk.get("use", "sig") != "sig":
        raise KeyMaterialError("a JWK has a 'use' other than 'sig'", rule="key-use")
    allowed = {"sign", "verify"} if operation == "sign" else {"verify"}
    operations = jwk.get("key_ops", [operation])
    if not isinstance(operations, list) or operation not in operations or not _subset(operations, allowed):
        raise KeyMaterialError(f"a JWK has 'key_ops' other than [\"{operation}\"]", rule="key-use")


def _subset(operations: list[Any], allowed: set[str]) -> bool:
    named = [name for name in operations if isinstance(name, str) and name in allowed]
    return len(named) == len(operations) == len(set(named))


def _public_handle(jwk: Mapping[str, Any], algorithm: Algorithm) -> PublicHandle:
    try:
        if algorithm is Algorithm.ED25519:
            return ed25519.Ed25519PublicKey.from_public_bytes(_exact(jwk, "x", size=32))
        if algorithm is Algorithm.RSA:
            exponent, modulus = _integer(jwk, "e"), _integer(jwk, "n")
            strength.check_rsa_numbers(modulus, exponent)  # before `cryptography` refuses less and with fewer words
            return rsa.RSAPublicNumbers(exponent, modulus).public_key()
        curve = CURVES[algorithm]
        point = b"\x04" + _exact(jwk, "x", size=curve.size) + _exact(jwk, "y", size=curve.size)
        return ec.EllipticCurvePublicKey.from_encoded_point(curve.parameters, point)
    except ValueError as error:
        raise KeyMaterialError(f"the members of this JWK are no {algorithm} key", rule="key-malformed") from error


def _secret(jwk: Mapping[str, Any], algorithm: Algorithm) -> bytes:
    return _exact(jwk, "d", size=32 if algorithm is Algorithm.ED25519 else CURVES[algorithm].size)


def _rsa_private(jwk: Mapping[str, Any]) -> rsa.RSAPrivateKey:
    n, e, d, p, q, dp, dq, qi = (_integer(jwk, name) for name in ("n", "e", "d", "p", "q", "dp", "dq", "qi"))
    public = rsa.RSAPublicNumbers(e, n)
    try:
        return rsa.RSAPrivateNumbers(p, q, d, dp, dq, qi, public).private_key()
    except ValueError as error:
        raise KeyMaterialError("the members of this JWK are no RSA key", rule="key-malformed") from error


def _member(jwk: Mapping[str, Any], name: str) -> bytes:
    text = jwk.get(name)
    if not isinstance(text, str):
        raise KeyMaterialError(f"a JWK lacks the member {name!r}", rule="key-malformed")
    try:
        return multibase.base64url_decode(text)
    except InputError as error:
        raise KeyMaterialError(f"the member {name!r} of a JWK: {error.message}", rule="key-malformed") from error


def _exact(jwk: Mapping[str, Any], name: str, *, size: int) -> bytes:
    octets = _member(jwk, name)
    if len(octets) != size:
        raise KeyMaterialError(f"the member {name!r} of a JWK has {len(octets)} octets, not {size}", rule="key-length")
    return octets


def _integer(jwk: Mapping[str, Any], name: str) -> int:
    octets = _member(jwk, name)
    if not octets or octets[0] == 0 or len(octets) > _INTEGER_OCTETS:
        raise KeyMaterialError(
            f"the member {name!r} of a JWK is no number without leading zeros (RFC 7518 §2)", rule="key-malformed"
        )
    return int.from_bytes(octets, "big")


def _octets(number: int, size: int | None = None) -> str:
    return multibase.base64url_encode(number.to_bytes(size or (number.bit_length() + 7) // 8, "big"))
