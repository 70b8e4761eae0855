"""The key inside a verification method: which types are read, and what member each keeps its key in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from skillmark.credentials.keys import Algorithm, PublicKey
from skillmark.errors import KeyMaterialError

_MULTIBASE: Final = "publicKeyMultibase"
_JWK: Final = "publicKeyJwk"
_SECRETS: Final = ("secretKeyMultibase", "secretKeyJwk", "privateKeyMultibase", "privateKeyJwk", "privateKeyBase58")

# Type → the members that may hold its key, and the only algorithm it may be of.
_TYPES: Final[Mapping[str, tuple[frozenset[str], Algorithm | None]]] = MappingProxyType(
    {
        "Multikey": (frozenset([_MULTIBASE]), None),
        "JsonWebKey": (frozenset([_JWK]), None),
        "JsonWebKey2020": (frozenset([_JWK]), None),
        "Ed25519VerificationKey2020": (frozenset([_MULTIBASE]), Algorithm.ED25519),
        "EcdsaSecp256r1VerificationKey2019": (frozenset([_MULTIBASE, _JWK]), Algorithm.P256),
    }
)


def read_key(entry: Mapping[str, Any]) -> PublicKey:
    """Read the public key of a verification method (Controlled Identifiers 1.0 §2.2)."""
    kind = entry.get("type")
    members, algorithm = _TYPES.get(kind if isinstance(kind, str) else "", (frozenset(), None))
    if not members:
        raise KeyMaterialError(
            f"a method of type {str(kind)[:60]!a}; use Multikey or JsonWebKey", rule="key-unsupported"
        )
    if any(name in entry for name in _SECRETS):
        raise KeyMaterialError("its secret half is published with it; call it leaked", rule="key-private")
    held = [name for name in entry if name.startswith("publicKey")]
    if len(held) != 1 or held[0] not in members:
        raise KeyMaterialError(
            f"a method of type {kind} holds one {' or '.join(sorted(members))}", rule="key-malformed"
        )
    key = _read(entry[held[0]])
    if algorithm not in (None, key.algorithm):
        raise KeyMaterialError(f"a method of type {kind} holds a key of {key.algorithm}", rule="key-mismatch")
    return key


def _read(value: Any) -> PublicKey:
    if isinstance(value, str):
        return PublicKey.from_multikey(value)
    if isinstance(value, dict):
        return PublicKey.from_jwk(value)
    raise KeyMaterialError("its key is neither text nor a JSON Web Key", rule="key-malformed")
