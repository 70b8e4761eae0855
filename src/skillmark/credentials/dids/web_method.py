"""did:web: the identifier is a web address (did:web method). Here are names and documents; fetching is elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from skillmark.credentials.keys import Algorithm, PublicKey
from skillmark.errors import ResolutionError

PREFIX: Final = "did:web:"
_NAME_LIMIT: Final = 253
_PORT_LIMIT: Final = 65535
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST: Final = re.compile(rf"((?:{_LABEL}\.)*{_LABEL})(?:%3[Aa]([1-9][0-9]{{0,4}}))?")
# No dot first, so no "." and ".."; of encoded octets only those beyond ASCII, so no hidden slash, dot or control.
_SEGMENT: Final = re.compile(r"(?:[A-Za-z0-9_-]|%[89A-Fa-f][0-9A-Fa-f])(?:[A-Za-z0-9._-]|%[89A-Fa-f][0-9A-Fa-f])*")
_JWK_ONLY: Final = frozenset({Algorithm.RSA})  # few verifiers read RSA as Multikey


def did_web(domain: str, path: str = "") -> str:
    """Return the did:web of a domain (with `:port` where needed) and a path such as `issuers/7`."""
    segments = [segment for segment in path.split("/") if segment]
    did = PREFIX + ":".join([domain.replace(":", "%3A"), *segments])
    did_web_url(did)
    return did


def did_web_url(did: str) -> str:
    """Return the address of a did:web's document; ResolutionError `invalid-did` for IP addresses and path tricks."""
    host, *segments = did.removeprefix(PREFIX).split(":")
    match = _HOST.fullmatch(host)
    if match is None or len(match[1]) > _NAME_LIMIT or match[1].rsplit(".", 1)[-1].isdigit():
        raise ResolutionError("a did:web begins with a domain name, no IP address", rule="invalid-did")
    if match[2] and int(match[2]) > _PORT_LIMIT:
        raise ResolutionError("the port of this did:web does not exist", rule="invalid-did")
    if not all(_SEGMENT.fullmatch(segment) for segment in segments):
        raise ResolutionError("the path of this did:web is not made of plain words", rule="invalid-did")
    origin = f"https://{match[1]}" + (f":{match[2]}" if match[2] else "")
    return "/".join([origin, *(segments or [".well-known"]), "did.json"])


def did_web_document(did: str, keys: Mapping[str, PublicKey]) -> dict[str, Any]:
    """Return the document to publish: one method for each fragment and key, for credentials and presentations."""
    methods = [_method(did, fragment, key) for fragment, key in keys.items()]
    listed = [method["id"] for method in methods]
    kinds = {method["type"] for method in methods}
    contexts = {
        "Multikey": "https://w3id.org/security/multikey/v1",
        "JsonWebKey": "https://w3id.org/security/jwk/v1",
    }
    return {
        "@context": ["https://www.w3.org/ns/did/v1", *(iri for kind, iri in contexts.items() if kind in kinds)],
        "id": did,
        "verificationMethod": methods,
        "authentication": listed,
        "assertionMethod": listed,
    }


def _method(did: str, fragment: str, key: PublicKey) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": f"{did}#{fragment}", "type": "Multikey", "controller": did}
    if key.algorithm in _JWK_ONLY:
        return entry | {"type": "JsonWebKey", "publicKeyJwk": key.to_jwk()}
    return entry | {"publicKeyMultibase": key.to_multikey()}
