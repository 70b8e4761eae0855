"""What the protected header of a token may say: it names a key and a kind, it never chooses or brings a key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from skillmark.credentials.encoding.iris import is_absolute_iri
from skillmark.credentials.keys import Algorithm
from skillmark.errors import ProofError

JWT_ALGORITHMS: Mapping[str, Algorithm] = MappingProxyType(
    {
        "EdDSA": Algorithm.ED25519,  # the name verifiers in the field know; RFC 9864 renames it
        "Ed25519": Algorithm.ED25519,
        "ES256": Algorithm.P256,
        "ES384": Algorithm.P384,
        "RS256": Algorithm.RSA,
    }
)
_OPEN_BADGE_MEMBERS = frozenset({"alg", "kid", "jwk", "typ"})
_FOREIGN_KEYS = frozenset({"jku", "x5u", "x5c"})
_KEY_NAME = re.compile(r"#?[A-Za-z0-9._~-]{1,200}\Z")


class TokenKind(StrEnum):
    """What a token holds, as its `typ` says: the Open Badges profile, or one of VC-JOSE-COSE."""

    OPEN_BADGE = "JWT"
    CREDENTIAL = "vc+jwt"
    PRESENTATION = "vp+jwt"


_KINDS = {kind.lower(): kind for kind in TokenKind}
_CONTENT_TYPES = {TokenKind.CREDENTIAL: "vc", TokenKind.PRESENTATION: "vp"}


def read_header(header: Mapping[str, Any]) -> tuple[Algorithm, TokenKind]:
    """The algorithm a header claims, which the key must confirm, and the kind of token; refuses all else by name."""
    if "crit" in header:
        raise ProofError("the header makes extensions critical that are not understood here", rule="jose-crit")
    algorithm = _algorithm(header.get("alg"))
    foreign = sorted(_FOREIGN_KEYS & header.keys())
    if foreign:
        raise ProofError(f"the header's {foreign[0]} is never followed to a key", rule="jose-key-source")
    kind = _kind(header)
    if kind is TokenKind.OPEN_BADGE and not header.keys() <= _OPEN_BADGE_MEMBERS:
        extra = min(header.keys() - _OPEN_BADGE_MEMBERS)
        raise ProofError(f"the Open Badges header holds alg, kid or jwk, and typ, not {extra[:60]}", rule="jose-header")
    _check_key_members(header)
    return algorithm, kind


def key_reference(header: Mapping[str, Any], party: str) -> str | None:
    """The address of the key that `kid` names: absolute, or relative to the party the token speaks for."""
    kid = header.get("kid")
    if kid is None or _is_address(kid):
        return kid
    return f"{party}#{kid.removeprefix('#')}"


def _algorithm(name: object) -> Algorithm:
    algorithm = JWT_ALGORITHMS.get(name) if isinstance(name, str) else None
    if algorithm is not None:
        return algorithm
    shown = repr(name)[:40]
    if isinstance(name, str) and name.lower() == "none":
        raise ProofError("an unsigned token (alg none) proves nothing", rule="jose-alg-none")
    if isinstance(name, str) and name.upper().startswith("HS"):
        raise ProofError(f"{shown} signs with a shared secret, which proves no issuer", rule="jose-alg-symmetric")
    raise ProofError(f"alg must be one of {', '.join(JWT_ALGORITHMS)}, not {shown}", rule="jose-alg")


def _kind(header: Mapping[str, Any]) -> TokenKind:
    kind = _KINDS.get(_media_type(header.get("typ", "JWT")))
    if kind is None:
        raise ProofError(f"typ must be JWT, vc+jwt or vp+jwt, not {header['typ']!r:.60}", rule="jose-typ")
    if "cty" in header and _media_type(header["cty"]) != _CONTENT_TYPES.get(kind):
        raise ProofError(f"cty {header['cty']!r:.60} does not go with typ {kind}", rule="jose-cty")
    return kind


def _check_key_members(header: Mapping[str, Any]) -> None:
    kid, jwk = header.get("kid"), header.get("jwk")
    if not ("kid" in header or "jwk" in header):
        raise ProofError("the header names no key: it needs kid or jwk", rule="jose-key")
    if "kid" in header and not (isinstance(kid, str) and (_is_address(kid) or _KEY_NAME.match(kid))):
        raise ProofError(f"kid must be a DID URL, an https URL or a key name, not {kid!r:.60}", rule="jose-kid")
    if "jwk" in header and not isinstance(jwk, dict):
        raise ProofError("jwk must be a JSON Web Key", rule="jose-jwk")


def _is_address(kid: str) -> bool:
    return kid.startswith(("did:", "https://")) and is_absolute_iri(kid)


def _media_type(value: object) -> str:
    return value.lower().removeprefix("application/") if isinstance(value, str) else ""
