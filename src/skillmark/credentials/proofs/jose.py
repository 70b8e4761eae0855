"""The two JWT profiles: Open Badges VC-JWT and VC-JOSE-COSE. One entry for signing, reading and checking either."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.keys import Signer
from skillmark.credentials.proofs import jose_claims
from skillmark.credentials.proofs.jose_claims import Validity
from skillmark.credentials.proofs.jose_headers import JWT_ALGORITHMS, TokenKind, key_reference
from skillmark.credentials.proofs.shapes import CLOCK_TOLERANCE, ProofFault
from skillmark.credentials.proofs.tokens import Token, header_key, make_token, split_token, verify_token
from skillmark.errors import IssuingError, ProofError

__all__ = [
    "JWT_ALGORITHMS",
    "Token",
    "TokenKind",
    "Validity",
    "credential_of",
    "header_key",
    "key_reference",
    "presentation_of",
    "sign_openbadge_jwt",
    "sign_vc_jose",
    "split_token",
    "token_faults_at",
    "validity_of",
    "verify_token",
]

_CONTENT = {"vc+jwt": "vc", "vp+jwt": "vp"}


def sign_openbadge_jwt(
    credential: Mapping[str, Any], signer: Signer, *, alg: str | None = None, exp: int | None = None
) -> str:
    """An Open Badges VC-JWT (Open Badges 3.0 §8.2.4). `exp` is only for a conformance profile that asks for it."""
    return make_token(jose_claims.open_badge_claims(credential, exp=exp), signer, typ="JWT", alg=alg)


def sign_vc_jose(
    document: Mapping[str, Any],
    signer: Signer,
    *,
    typ: str = "vc+jwt",
    alg: str | None = None,
    claims: Mapping[str, Any] | None = None,
) -> str:
    """A credential or presentation as VC-JOSE-COSE wants it; `claims` are further ones, such as aud and nonce."""
    if typ not in _CONTENT:
        raise IssuingError(f"typ must be vc+jwt or vp+jwt, not {typ}", rule="jose-typ")
    if {"vc", "vp"} & document.keys() or (claims and claims.keys() & document.keys()):
        raise IssuingError("the document has a member that is a claim", rule="jose-claims")
    return make_token({**document, **(claims or {})}, signer, typ=typ, cty=_CONTENT[typ], alg=alg)


def credential_of(token: Token) -> JsonObject:
    """The credential a token carries, once the claims agree with it; ProofError names the one that does not."""
    if token.kind is TokenKind.OPEN_BADGE:
        return jose_claims.open_badge_body(token.claims)
    if token.kind is TokenKind.CREDENTIAL:
        return jose_claims.credential_body(token.claims)
    raise ProofError("the token is a presentation, not a credential", rule="jose-typ")


def presentation_of(token: Token) -> JsonObject:
    """The presentation a vp+jwt carries."""
    if token.kind is not TokenKind.PRESENTATION:
        raise ProofError("the token is a credential, not a presentation", rule="jose-typ")
    return jose_claims.presentation_body(token.claims)


def validity_of(token: Token, credential: Mapping[str, Any]) -> Validity:
    """What the token and its credential say of time; `starts` and `ends` are the stricter of both."""
    return jose_claims.validity(token.claims, credential)


def token_faults_at(
    token: Token, now: datetime, *, domain: str | None = None, challenge: str | None = None
) -> list[ProofFault]:
    """What the clock and the expected audience say of a token: nbf, exp, and aud and nonce where asked for."""
    faults = []
    start, end = (jose_claims.claim_moment(token.claims, claim) for claim in ("nbf", "exp"))
    if start is not None and start > now + CLOCK_TOLERANCE:
        faults.append(ProofFault(rule="jose-nbf", message=f"the token does not count before {start.isoformat()}"))
    if end is not None and end <= now:
        faults.append(ProofFault(rule="jose-exp", message=f"the token expired at {end.isoformat()}"))
    audience = token.claims.get("aud")
    if domain is not None and domain not in (audience if isinstance(audience, list) else [audience]):
        faults.append(ProofFault(rule="jose-aud", message=f"the token is not for {domain}"))
    if challenge is not None and token.claims.get("nonce") != challenge:
        faults.append(ProofFault(rule="jose-nonce", message="the token does not answer the challenge"))
    return faults
