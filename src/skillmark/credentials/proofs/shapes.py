"""What a proof must look like before anything is computed, and what the clock and the audience say of it later."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from skillmark.credentials.encoding.iris import is_absolute_iri
from skillmark.credentials.encoding.timestamps import parse_timestamp
from skillmark.credentials.proofs.cryptosuites import Suite, suite_named
from skillmark.credentials.proofs.legacy import ED25519_SIGNATURE_2020
from skillmark.errors import InputError, ProofError

PURPOSES = frozenset(
    {"assertionMethod", "authentication", "keyAgreement", "capabilityInvocation", "capabilityDelegation"}
)
CLOCK_TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFault:
    """Why a good signature does not count now, or for this audience."""

    rule: str
    message: str


def check_shape(proof: object, *, purpose: str | None = None) -> Suite:
    """Refuse a proof that is not of a known form (VC Data Integrity §2.1); the suite it names.

    With `purpose`, also one made for another purpose. Never looks at the clock.
    """
    if not isinstance(proof, dict):
        raise ProofError("a proof must be a JSON object", rule="proof-shape")
    suite = _suite(proof)
    for member, (holds, expected) in _MEMBERS.items():
        if member in proof and not holds(proof[member]):
            raise ProofError(f"{member} must be {expected}, not {_shown(proof[member])}", rule=_rule(member))
    for member in ("verificationMethod", "proofPurpose", "proofValue"):
        if member not in proof:
            raise ProofError(f"a proof needs {member}", rule=_rule(member))
    if purpose is not None and proof["proofPurpose"] != purpose:
        raise ProofError(f"the proof is for {proof['proofPurpose']}, needed is {purpose}", rule="proof-purpose")
    return suite


def proof_faults_at(
    proof: Mapping[str, Any],
    now: datetime,
    *,
    domain: str | Collection[str] | None = None,
    challenge: str | None = None,
) -> list[ProofFault]:
    """What the clock and the expected audience say of a proof whose shape was checked (VC Data Integrity §4.4).

    `created` may be five minutes ahead. A time without an offset is read as UTC and reported as `proof-time-zone`;
    a caller that accepts those passes over this one rule.
    """
    faults = [*_time_faults(proof, now), *_zone_faults(proof)]
    if domain is not None and _strings(proof.get("domain")) != _strings(domain):
        faults.append(ProofFault(rule="proof-domain", message=f"the proof is not for the domain {_shown(domain)}"))
    if challenge is not None and proof.get("challenge") != challenge:
        faults.append(ProofFault(rule="proof-challenge", message="the proof does not answer the challenge"))
    return faults


def _time_faults(proof: Mapping[str, Any], now: datetime) -> list[ProofFault]:
    faults = []
    if "created" in proof and _moment(proof["created"]) > now + CLOCK_TOLERANCE:
        faults.append(ProofFault(rule="proof-created", message=f"the proof is from the future: {proof['created']}"))
    if "expires" in proof and _moment(proof["expires"]) <= now:
        faults.append(ProofFault(rule="proof-expires", message=f"the proof expired at {proof['expires']}"))
    return faults


def _zone_faults(proof: Mapping[str, Any]) -> list[ProofFault]:
    return [
        ProofFault(rule="proof-time-zone", message=f"{member} has no offset from UTC: {proof[member]}")
        for member in ("created", "expires")
        if member in proof and not _has_zone(proof[member])
    ]


def _suite(proof: Mapping[str, Any]) -> Suite:
    if proof.get("type") == "DataIntegrityProof":
        return suite_named(proof.get("cryptosuite"))
    if proof.get("type") == ED25519_SIGNATURE_2020.name and "cryptosuite" not in proof:
        return ED25519_SIGNATURE_2020
    raise ProofError(f"a proof's type must be DataIntegrityProof, not {_shown(proof.get('type'))}", rule="proof-type")


def _moment(text: str) -> datetime:
    return parse_timestamp(text, zone_required=False)


def _has_zone(text: str) -> bool:
    try:
        parse_timestamp(text)
    except InputError:
        return False
    return True


def _is_moment(value: object) -> bool:
    try:
        return isinstance(value, str) and bool(parse_timestamp(value, zone_required=False))
    except InputError:
        return False


def _is_iri(value: object) -> bool:
    return isinstance(value, str) and is_absolute_iri(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_texts(value: object) -> bool:
    return _is_text(value) or (isinstance(value, list) and value != [] and all(map(_is_text, value)))


def _is_iris(value: object) -> bool:
    return _is_iri(value) or (isinstance(value, list) and value != [] and all(map(_is_iri, value)))


def _strings(value: str | Collection[str] | None) -> frozenset[str]:
    return frozenset({value}) if isinstance(value, str) else frozenset(value or ())


_MEMBERS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "id": (_is_iri, "an absolute IRI"),
    "verificationMethod": (_is_iri, "an absolute IRI"),
    "proofPurpose": (lambda value: isinstance(value, str) and value in PURPOSES, "a known purpose"),
    "proofValue": (_is_text, "a string"),
    "created": (_is_moment, "a date and time"),
    "expires": (_is_moment, "a date and time"),
    "domain": (_is_texts, "a string or a list of strings"),
    "challenge": (_is_text, "a string"),
    "nonce": (_is_text, "a string"),
    "previousProof": (_is_iris, "the id of a proof or a list of them"),
}


def _rule(member: str) -> str:
    name = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in member)
    return f"proof-{name.removeprefix('proof-')}"


def _shown(value: object) -> str:
    return repr(value)[:60]
