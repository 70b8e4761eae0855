"""Verifiable presentations: securing one with either proof family, and the enveloped credentials inside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.keys import Signer
from skillmark.credentials.proofs.data_integrity import add_proof
from skillmark.credentials.proofs.jose import sign_vc_jose
from skillmark.errors import ProofError

_DATA_URL = re.compile(r"data:(application/[a-z0-9.+-]{1,40})(;base64)?,([!-~]*)\n?\Z")
_CONTEXT = "https://www.w3.org/ns/credentials/v2"
_ENVELOPED = "EnvelopedVerifiableCredential"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A credential inside a data URL: its media type and what follows the comma."""

    media_type: str
    content: str
    is_base64: bool


def secure_presentation(
    presentation: Mapping[str, Any],
    signer: Signer,
    *,
    challenge: str,
    domain: str | list[str],
    created: str | None,
    cryptosuite: str | None = None,
) -> JsonObject:
    """A presentation with a Data Integrity proof for authentication, bound to who asked and to what they asked."""
    return add_proof(
        presentation,
        signer,
        created=created,
        cryptosuite=cryptosuite,
        purpose="authentication",
        challenge=challenge,
        domain=domain,
    )


def sign_presentation(
    presentation: Mapping[str, Any], signer: Signer, *, challenge: str, domain: str, exp: int | None = None
) -> str:
    """A presentation as vp+jwt, bound by aud and nonce; its credentials must be enveloped."""
    envelopes_of(presentation)
    claims: JsonObject = {"aud": domain, "nonce": challenge}
    if exp is not None:
        claims["exp"] = exp
    return sign_vc_jose(presentation, signer, typ="vp+jwt", claims=claims)


def envelope(token: str) -> JsonObject:
    """A vc+jwt as a member of a presentation (VC Data Model 2.0 §4.13)."""
    return {"@context": _CONTEXT, "type": _ENVELOPED, "id": f"data:application/vc+jwt,{token}"}


def envelopes_of(presentation: Mapping[str, Any]) -> list[Envelope]:
    """The credentials of a vp+jwt, each of which must be enveloped (VC-JOSE-COSE §3.1.2)."""
    found = presentation.get("verifiableCredential", [])
    entries = found if isinstance(found, list) else [found]
    return [open_envelope(entry, pointer=f"/verifiableCredential/{number}") for number, entry in enumerate(entries)]


def open_envelope(entry: object, *, pointer: str = "") -> Envelope:
    """What an EnvelopedVerifiableCredential holds."""
    if not isinstance(entry, dict) or entry.get("type") not in (_ENVELOPED, [_ENVELOPED]):
        raise ProofError("expected an EnvelopedVerifiableCredential", rule="envelope", pointer=pointer)
    match = _DATA_URL.match(entry["id"]) if isinstance(entry.get("id"), str) else None
    if match is None:
        raise ProofError("an enveloped credential's id must be a data: URL", rule="envelope", pointer=f"{pointer}/id")
    return Envelope(media_type=match[1], content=match[3], is_base64=match[2] is not None)
