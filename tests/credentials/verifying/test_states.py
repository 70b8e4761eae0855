"""Every state word of the three answers, each reached by a document of its own."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from skillmark.credentials.proofs.jose import sign_openbadge_jwt
from skillmark.credentials.verifying import Outcome, Verifier, now_in_utc
from tests.credentials.verifying.stage import (
    LIST,
    NOW,
    V2,
    Scene,
    badge,
    credential,
    entry,
    issuer,
    presentation,
    registry,
    rules,
    secured,
    status_list,
    verify,
    web_signer,
    words,
)

OTHER = issuer(2)
PROVED = "passed eddsa-rdfc-2022"


def listed(document: dict[str, Any], **options: Any) -> dict[str, Any]:
    """The pages on which a signed list stands."""
    return {LIST: secured(document, issuer(), **options)}


def test_good_badge_is_valid_with_a_check_for_each_step() -> None:
    report = verify(badge())
    assert words(report) == ("valid", PROVED, "passed valid")
    assert [check.rule for check in report.checks] == ["parse", "conformance", "proof", "dates", "issuer"]
    assert report.issuer_known == (Outcome.UNKNOWN, "no-registry")


@pytest.mark.parametrize(
    ("members", "verdict", "current", "rule"),
    [
        ({"validUntil": "2026-05-31T00:00:00Z"}, "invalid", "failed expired", "valid-until"),
        ({"validFrom": "2026-07-01T00:00:00Z"}, "invalid", "failed not-yet-valid", "valid-from"),
        ({"validUntil": "2026-06-01T11:55:00Z"}, "valid", "passed valid", None),
        ({"validUntil": "2026-06-01T11:54:59Z"}, "invalid", "failed expired", "valid-until"),
        ({"validFrom": "2026-06-01T12:05:00Z"}, "valid", "passed valid", None),
        ({"validFrom": "2026-06-01T12:05:01Z"}, "invalid", "failed not-yet-valid", "valid-from"),
        ({"validUntil": "2026-06-01T13:00:00+02:00"}, "invalid", "failed expired", "valid-until"),
        ({"validFrom": "0001-01-01T00:00:00Z", "validUntil": "9999-12-31T23:59:59Z"}, "valid", "passed valid", None),
    ],
)
def test_dates_count_with_five_minutes_of_tolerance(
    members: dict[str, Any], verdict: str, current: str, rule: str | None
) -> None:
    report = verify(badge(**members))
    assert words(report) == (verdict, PROVED, current)
    assert rules(report) == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("options", "current", "rule"),
    [
        ({"created": "2026-06-01T12:05:01Z"}, "failed not-yet-valid", "proof-created"),
        ({"created": "2026-06-01T12:05:00Z"}, "passed valid", None),
        ({"expires": "2026-06-01T12:00:00Z"}, "failed expired", "proof-expires"),
        ({"expires": "2026-06-01T12:00:01Z"}, "passed valid", None),
    ],
)
def test_times_of_the_proof_leave_it_intact_and_not_current(
    options: dict[str, str], current: str, rule: str | None
) -> None:
    report = verify(secured(credential(issuer()), issuer(), **options))
    assert words(report)[1:] == (PROVED, current)
    assert rules(report) == ([rule] if rule else [])


def test_expired_counts_for_more_than_not_yet_valid() -> None:
    report = verify(badge(validFrom="2026-07-01T00:00:00Z", validUntil="2026-05-01T00:00:00Z"))
    assert words(report)[2] == "failed expired"
    assert rules(report) == ["valid-from", "valid-until"]


@pytest.mark.parametrize("member", ["validFrom", "validUntil"])
def test_time_without_a_zone_is_not_intact(member: str) -> None:
    members: dict[str, Any] = {member: "2026-05-01T00:00:00"}
    report = verify(badge(**members))
    assert words(report) == ("invalid", "failed malformed", "unknown not-checked")
    assert "timestamp" in rules(report)


@pytest.mark.parametrize("member", ["created", "expires"])
def test_proof_time_without_a_zone_is_not_intact(member: str) -> None:
    report = verify(secured(credential(issuer()), issuer(), **{member: "2027-01-01T00:00:00"}))
    assert words(report)[:2] == ("invalid", "failed broken")
    assert "proof-time-zone" in rules(report)


def test_claims_of_a_token_are_its_dates_too() -> None:
    early = sign_openbadge_jwt(credential(issuer(), validFrom="2026-07-01T00:00:00Z"), issuer())
    assert words(verify(early)) == ("invalid", "passed JWT EdDSA", "failed not-yet-valid")
    late = sign_openbadge_jwt(credential(issuer()), issuer(), exp=int(NOW.timestamp()) - 301)
    assert words(verify(late)) == ("invalid", "passed JWT EdDSA", "failed expired")
    tolerated = sign_openbadge_jwt(credential(issuer()), issuer(), exp=int(NOW.timestamp()) - 300)
    assert words(verify(tolerated)) == ("valid", "passed JWT EdDSA", "passed valid")


# The first answer


@pytest.mark.parametrize(
    ("proof", "state", "rule"),
    [
        (None, "no-proof", "proof-missing"),
        ([], "no-proof", "proof-missing"),
        ([5], "no-proof", "proof-missing"),
        ("text", "no-proof", "proof-missing"),
        ({}, "broken", "proof-type"),
        ([{}] * 9, "broken", "proof-count"),
        ({"type": "DataIntegrityProof", "cryptosuite": "bbs-2023"}, "broken", "cryptosuite"),
    ],
)
def test_missing_or_malformed_proof_is_not_intact(proof: Any, state: str, rule: str) -> None:
    document = credential(issuer()) | ({} if proof is None else {"proof": proof})
    report = verify(document)
    assert words(report) == ("invalid", f"failed {state}", "unknown not-checked")
    assert [name for name in rules(report) if name != "schema"] == [rule, "status"]
    assert len(report.proofs) == 1


@pytest.mark.parametrize("value", [5, None, [], {}, True, "", "yesterday"])
@pytest.mark.parametrize("member", ["created", "expires", "proofPurpose", "verificationMethod", "proofValue", "domain"])
def test_malformed_member_of_a_proof_is_a_named_fault_and_no_crash(member: str, value: Any) -> None:
    document = badge()
    document["proof"][member] = value
    report = verify(document)
    assert report.verdict.value == "invalid"
    assert report.intact == (Outcome.FAILED, "broken")


def test_changed_badge_is_broken_and_its_status_is_not_looked_up() -> None:
    scene = Scene(listed(status_list(issuer())))
    report = scene.verify(badge(credentialStatus=entry(7)) | {"name": "Knot untying"})
    assert words(report) == ("invalid", "failed broken", "unknown not-checked")
    assert report.signed is None
    assert report.document is not None
    assert scene.asked == []


def test_fault_that_the_data_model_forbids_is_malformed_though_the_proof_holds() -> None:
    document = secured(credential(issuer(), credentialSubject=None), issuer())
    report = verify(document)
    assert words(report) == ("invalid", "failed malformed", "unknown not-checked")
    assert [check.outcome.value for check in report.checks if check.rule == "proof"] == ["passed"]


def test_fault_against_open_badges_alone_changes_no_answer() -> None:
    document = credential(issuer())
    del document["credentialSubject"]["achievement"]["description"]
    report = verify(secured(document, issuer()))
    assert words(report) == ("valid", PROVED, "passed valid")
    assert [(check.rule, check.outcome.value) for check in report.conformance] == [("schema", "failed")]
    assert report.conformance[0].pointer == "/credentialSubject/achievement/description"


@pytest.mark.parametrize(
    ("context", "rule"),
    [
        ([*credential(issuer())["@context"], {"@vocab": "https://evil.example/"}], "context-inline"),
        ([*credential(issuer())["@context"], "https://evil.example/context"], "context-unknown"),
        ({"https://www.w3.org/ns/credentials/v2": 1}, "context-inline"),
    ],
)
def test_context_that_is_not_pinned_is_malformed(context: Any, rule: str) -> None:
    report = verify(badge() | {"@context": context})
    assert words(report)[0] == "invalid"
    assert rule in rules(report)


def test_unreachable_key_makes_it_unknown() -> None:
    absent = web_signer("did:web:issuer.example", issuer().private_key)
    report = verify(secured(credential(absent), absent))
    assert words(report) == ("unknown", "unknown key-unreachable", "unknown not-checked")
    token = sign_openbadge_jwt(credential(absent), absent)
    assert words(verify(token)) == ("unknown", "unknown key-unreachable", "unknown not-checked")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", "words", b"{", b'{"a":1,"a":2}', b"[]", "ey", b"ey.", "{\ud800}"])
def test_content_that_cannot_be_read_is_invalid(data: Any) -> None:
    report = verify(data)
    assert words(report) == ("invalid", "failed unreadable", "unknown not-checked")
    assert (report.form, report.document, report.signed, report.proofs) == ("unknown", None, None, [])
    assert report.issuer_known == (Outcome.UNKNOWN, "not-checked")


def test_unreadable_json_fails_the_check_parse() -> None:
    assert rules(verify(b'{"a":1,"a":2}')) == ["parse"]


def test_unreachable_document_is_unknown() -> None:
    report = verify("https://issuer.example/badge.json")
    assert words(report) == ("unknown", "unknown unreachable", "unknown not-checked")


# The third answer

LISTED = {"issuer": issuer().controller, "name": "Fern School", "status": "listed"}
WITHDRAWN = LISTED | {"status": "withdrawn", "until": "2026-05-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("registries", "known", "verdict", "strict"),
    [
        ([], "unknown no-registry", "valid", "unknown"),
        ([registry()], "unknown unlisted", "valid", "unknown"),
        ([registry(LISTED)], "passed listed", "valid", "valid"),
        ([registry(), registry(LISTED)], "passed listed", "valid", "valid"),
        ([registry(WITHDRAWN)], "failed withdrawn", "invalid", "invalid"),
        ([registry(LISTED), registry(WITHDRAWN)], "failed withdrawn", "invalid", "invalid"),
        ([registry(LISTED | {"issuer": OTHER.controller})], "unknown unlisted", "valid", "unknown"),
        ([registry(LISTED | {"until": "2026-05-01T00:00:00Z"})], "unknown unlisted", "valid", "unknown"),
        ([registry(WITHDRAWN | {"until": "2026-07-01T00:00:00Z"})], "passed listed", "valid", "valid"),
    ],
)
def test_issuer_is_known_as_the_registries_of_this_verifier_say(
    registries: list[Any], known: str, verdict: str, strict: str
) -> None:
    report = verify(badge(), registries=registries)
    assert f"{report.issuer_known.outcome.value} {report.issuer_known.state}" == known
    assert report.verdict.value == verdict
    required = verify(badge(), registries=registries, require_known_issuer=True)
    assert required.verdict.value == strict


def test_issuer_without_identifier_is_in_no_registry() -> None:
    report = verify(badge() | {"issuer": 5}, registries=[registry(LISTED)])
    assert report.issuer_known == (Outcome.UNKNOWN, "unlisted")
    assert "not listed in Test registry" in report.checks[-1].explanation


def test_holder_needs_no_registry() -> None:
    report = verify(presentation(issuer(3)), registries=[registry(WITHDRAWN)], require_known_issuer=True)
    assert report.issuer_known == (Outcome.UNKNOWN, "no-registry")
    assert report.verdict.value == "valid"


def test_verifier_asks_the_clock_of_the_machine_unless_given_another() -> None:
    before = datetime.now(UTC)
    scene = Scene()
    moment = Verifier(resolver=scene.verifier._prover._resolver, fetcher=scene.web).verify(b"").moment
    assert before <= moment <= now_in_utc()


def test_members_of_any_kind_are_judged_without_a_crash() -> None:
    values: list[Any] = [5, None, [], {}, "", [5], [None], [[]], "x", True, {"id": 5}, [{"id": []}], {"type": {}}]
    names = [*credential(issuer()), "validUntil", "credentialStatus", "endorsement", "endorsementJwt", "evidence"]
    scene = Scene()
    for name in [*names, "holder", "verifiableCredential", "credentialSchema", "refreshService"]:
        for value in values:
            changed = credential(issuer()) | {name: value}
            assert scene.verify(badge() | {name: value}).to_json()["verdict"] in {"valid", "invalid"}
            if name != "@context":
                signed = secured(changed, issuer(), cryptosuite="eddsa-jcs-2022")
                assert json.dumps(scene.verify(signed).to_json())


def test_status_entries_are_looked_up_to_a_number() -> None:
    entries = [entry(number, url=f"https://issuer.example/{number}") for number in range(40)]
    scene = Scene()
    report = scene.verify(secured(credential(issuer(), credentialStatus=entries), issuer()))
    assert (len(scene.asked), words(report)[2], rules(report)[-1]) == (16, "unknown status-unreachable", "status-count")


def test_contexts_without_number_are_told_once() -> None:
    document = credential(issuer()) | {"@context": [V2, *(f"urn:context:{number}" for number in range(1000))]}
    assert rules(verify(document | {"proof": badge()["proof"]})).count("context-count") == 1
    assert "context-unknown" not in rules(verify(document))
