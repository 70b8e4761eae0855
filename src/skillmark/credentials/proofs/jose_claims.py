"""Claims and credentials: how the two JWT profiles carry a credential, and what their claims must agree with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from math import floor
from typing import Any

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.encoding.timestamps import format_timestamp, parse_timestamp
from skillmark.errors import InputError, IssuingError, ProofError

REGISTERED = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti"})
_BODY_MEMBERS = frozenset({"@context", "type", "issuer", "credentialSubject"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """From when until when a token's credential counts: the narrower of what its claims and its body say."""

    not_before: datetime | None
    expires: datetime | None
    valid_from: datetime | None
    valid_until: datetime | None

    @property
    def starts(self) -> datetime | None:
        """The later of `nbf` and `validFrom`."""
        if self.not_before is None or self.valid_from is None:
            return self.not_before or self.valid_from
        return max(self.not_before, self.valid_from)

    @property
    def ends(self) -> datetime | None:
        """The earlier of `exp` and `validUntil`."""
        if self.expires is None or self.valid_until is None:
            return self.expires or self.valid_until
        return min(self.expires, self.valid_until)


def open_badge_claims(credential: Mapping[str, Any], *, exp: int | None = None) -> JsonObject:
    """The claims of an Open Badges VC-JWT: the credential, and iss, sub, jti, nbf from it (Open Badges 3.0 §8.2.4)."""
    clash = min(REGISTERED & credential.keys(), default=None)
    if clash:
        raise IssuingError(f"the credential's member {clash} is a claim", rule="jose-claims", pointer=f"/{clash}")
    issuer, moment = issuer_id(credential), credential.get("validFrom")
    for member, value in (("id", credential.get("id")), ("issuer", issuer), ("validFrom", moment)):
        if not isinstance(value, str):
            raise IssuingError(f"a VC-JWT needs the credential's {member}", rule="jose-claims", pointer=f"/{member}")
    claims = {**credential, "iss": issuer, "jti": credential["id"], "nbf": _numeric_date(moment)}
    subject = subject_id(credential)
    if subject is not None:
        claims["sub"] = subject
    if exp is not None:
        claims["exp"] = exp
    return claims


def open_badge_body(claims: Mapping[str, Any]) -> JsonObject:
    """The credential in an Open Badges VC-JWT, once its claims are found to agree with it."""
    if "vp" in claims:
        raise ProofError("the token holds a presentation (vp) as well: which one counts?", rule="jose-claims")
    body = _wrapped_body(claims) if "vc" in claims else without_registered(claims)
    _check_same("iss", claims.get("iss"), issuer_id(body))
    _check_same("jti", claims.get("jti"), body.get("id"))
    _check_same("sub", claims.get("sub"), subject_id(body))
    start = body.get("validFrom", body.get("issuanceDate"))
    moment = _seconds(claims, "nbf")
    if moment is None or not isinstance(start, str) or floor(moment) != _numeric_date(start):
        raise ProofError(f"the claim nbf ({moment}) is not the credential's start ({start!r:.40})", rule="jose-nbf")
    return body


def credential_body(claims: Mapping[str, Any]) -> JsonObject:
    """The credential in a vc+jwt: the claims are the credential, `iss` equals its issuer (VC-JOSE-COSE §3.1, §3.3)."""
    _refuse_wrappers(claims)
    body = without_registered(claims)
    if "iss" in claims:
        _check_same("iss", claims["iss"], issuer_id(body))
    for claim, value in (("jti", body.get("id")), ("sub", subject_id(body))):
        if claim in claims and value is not None:
            _check_same(claim, claims[claim], value)
    return body


def presentation_body(claims: Mapping[str, Any]) -> JsonObject:
    """The presentation in a vp+jwt; `iss` equals its holder."""
    _refuse_wrappers(claims)
    body = {member: value for member, value in without_registered(claims).items() if member != "nonce"}
    for claim, value in (("iss", identifier_of(body.get("holder"))), ("jti", body.get("id"))):
        if claim in claims and value is not None:
            _check_same(claim, claims[claim], value)
    return body


def validity(claims: Mapping[str, Any], body: Mapping[str, Any]) -> Validity:
    """The dates of a token and of the credential in it, each as written; never compared with a clock here."""
    return Validity(
        not_before=claim_moment(claims, "nbf"),
        expires=claim_moment(claims, "exp"),
        valid_from=_body_moment(body, "validFrom", "issuanceDate"),
        valid_until=_body_moment(body, "validUntil", "expirationDate"),
    )


def claim_moment(claims: Mapping[str, Any], claim: str) -> datetime | None:
    """A NumericDate claim as a moment (RFC 7519 §2)."""
    if claim not in claims:
        return None
    seconds = _seconds(claims, claim)
    try:
        return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise ProofError(f"the claim {claim} lies outside the calendar: {seconds}", rule=f"jose-{claim}") from error


def without_registered(claims: Mapping[str, Any]) -> JsonObject:
    """The claims that are members of the document."""
    return {member: value for member, value in claims.items() if member not in REGISTERED}


def issuer_id(body: Mapping[str, Any]) -> Any:
    """The issuer's identifier, written alone or inside a Profile."""
    return identifier_of(body.get("issuer"))


def subject_id(body: Mapping[str, Any]) -> Any:
    """The identifier of the one subject; None for several or one without."""
    subject = body.get("credentialSubject")
    if isinstance(subject, list):
        subject = subject[0] if len(subject) == 1 else None
    return subject.get("id") if isinstance(subject, dict) else None


def identifier_of(party: Any) -> Any:
    """The `id` of an object, or the value itself."""
    return party.get("id") if isinstance(party, dict) else party


def _wrapped_body(claims: Mapping[str, Any]) -> JsonObject:
    """The VC 1.1 form: the credential inside `vc`, where claims may stand for members (VC Data Model 1.1 §6.3.1)."""
    inner = claims["vc"]
    if not isinstance(inner, dict) or _BODY_MEMBERS & claims.keys():
        raise ProofError("the credential must be in the claim vc or beside the claims, not both", rule="jose-claims")
    body = dict(inner)
    if "jti" in claims:
        body.setdefault("id", claims["jti"])
    if "iss" in claims:
        issuer = body.get("issuer", claims["iss"])
        body["issuer"] = {"id": claims["iss"], **issuer} if isinstance(issuer, dict) else issuer
    start = claim_moment(claims, "nbf")
    if start is not None and "validFrom" not in body:
        body.setdefault("issuanceDate", format_timestamp(start))
    if "sub" in claims and isinstance(body.get("credentialSubject"), dict):
        body["credentialSubject"] = {"id": claims["sub"], **body["credentialSubject"]}
    return body


def _refuse_wrappers(claims: Mapping[str, Any]) -> None:
    for claim in ("vc", "vp"):
        if claim in claims:
            raise ProofError(f"the claim {claim} is forbidden in this kind of token", rule="jose-claims")


def _check_same(claim: str, value: Any, expected: Any) -> None:
    if type(value) is not type(expected) or value != expected:
        raise ProofError(
            f"the claim {claim} ({value!r:.80}) is not the document's {expected!r:.80}", rule=f"jose-{claim}"
        )


def _seconds(claims: Mapping[str, Any], claim: str) -> int | float | None:
    value = claims.get(claim)
    if claim in claims and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise ProofError(f"the claim {claim} must be a number of seconds, not {value!r:.40}", rule=f"jose-{claim}")
    return value


def _body_moment(body: Mapping[str, Any], *members: str) -> datetime | None:
    for member in members:
        if member in body:
            if not isinstance(body[member], str):
                raise InputError(f"{member} must be a date and time, not {body[member]!r:.40}", rule="timestamp")
            return parse_timestamp(body[member])
    return None


@lru_cache(maxsize=256)
def _numeric_date(text: str) -> int:
    return floor(parse_timestamp(text).timestamp())
