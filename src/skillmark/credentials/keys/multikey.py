"""Multikey text (Controlled Identifiers 1.0 §2.2.2): multicodec prefix and key, in base58btc. No key objects here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from skillmark.credentials.encoding import multibase
from skillmark.credentials.keys.algorithms import Algorithm
from skillmark.errors import InputError, KeyMaterialError

TEXT_LIMIT: Final = 1500  # an RSA key of 8192 bits
_PREFIX_OCTETS: Final = 2
_PUBLIC: Final[Mapping[bytes, tuple[Algorithm, range]]] = MappingProxyType(
    {
        multibase.ED25519_PUB: (Algorithm.ED25519, range(32, 33)),
        multibase.P256_PUB: (Algorithm.P256, range(33, 34)),
        multibase.P384_PUB: (Algorithm.P384, range(49, 50)),
        multibase.RSA_PUB: (Algorithm.RSA, range(1, TEXT_LIMIT)),  # weighed by its bits later
    }
)
_SECRET: Final[Mapping[bytes, tuple[Algorithm, range]]] = MappingProxyType(
    {
        multibase.ED25519_PRIV: (Algorithm.ED25519, range(32, 33)),
        multibase.P256_PRIV: (Algorithm.P256, range(32, 33)),
        multibase.P384_PRIV: (Algorithm.P384, range(48, 49)),
    }
)
_PREFIXES: Final = MappingProxyType({algorithm: prefix for prefix, (algorithm, _) in _PUBLIC.items()})
_UNSUPPORTED: Final[Mapping[bytes, str]] = MappingProxyType(
    {
        multibase.X25519_PUB: "X25519, which cannot sign",
        multibase.SECP256K1_PUB: "secp256k1",
        b"\xea\x01": "BLS12-381 G1",
        b"\xeb\x01": "BLS12-381 G2",
        b"\xee\x01": "BLS12-381 G1 and G2",
        multibase.P521_PUB: "P-521",
        b"\x83\x24": "Ed448",
        b"\x84\x24": "X448, which cannot sign",
    }
)


def encode_public(algorithm: Algorithm, encoded: bytes) -> str:
    """Return the Multikey text of an encoded public key."""
    return multibase.multibase_encode(_PREFIXES[algorithm] + encoded)


def decode_public(text: str) -> tuple[Algorithm, bytes]:
    """Read Multikey text; the error `key-unsupported` names kinds of key that we know but do not verify with."""
    prefix, encoded = _split(text)
    if prefix in _SECRET:
        raise KeyMaterialError("a secret key stands where a public one belongs; call it leaked", rule="key-private")
    if prefix not in _PUBLIC:
        kind = _UNSUPPORTED.get(prefix, f"of the unknown multicodec prefix {prefix.hex()}")
        raise KeyMaterialError(f"this key is {kind}; use Ed25519, P-256, P-384 or RSA", rule="key-unsupported")
    algorithm, lengths = _PUBLIC[prefix]
    _check_length(algorithm, encoded, lengths=lengths)
    return algorithm, encoded


def decode_secret(text: str) -> tuple[Algorithm, bytes]:
    """Read a secret Multikey (`secretKeyMultibase`) of Ed25519, P-256 or P-384."""
    prefix, secret = _split(text)
    if prefix not in _SECRET:
        raise KeyMaterialError("this is not a secret Multikey of Ed25519, P-256 or P-384", rule="key-unsupported")
    algorithm, lengths = _SECRET[prefix]
    _check_length(algorithm, secret, lengths=lengths)
    return algorithm, secret


def _split(text: str) -> tuple[bytes, bytes]:
    if not text.startswith("z"):
        raise KeyMaterialError("a Multikey is base58btc and begins with 'z'", rule="key-malformed")
    try:
        octets = multibase.multibase_decode(text, limit=TEXT_LIMIT)
    except InputError as error:
        raise KeyMaterialError(f"this Multikey cannot be read: {error.message}", rule="key-malformed") from error
    return octets[:_PREFIX_OCTETS], octets[_PREFIX_OCTETS:]


def _check_length(algorithm: Algorithm, octets: bytes, *, lengths: range) -> None:
    if len(octets) not in lengths:
        raise KeyMaterialError(f"an {algorithm} key does not have {len(octets)} octets", rule="key-length")
