"""Endorsements of credential, issuer and achievement: verified recursively, reported apart, bounded."""

from __future__ import annotations

from typing import Any

import pytest

from skillmark.credentials.encoding.strict_json import dumps
from skillmark.credentials.proofs.jose import sign_openbadge_jwt
from tests.credentials.verifying.stage import (
    LIST,
    OB,
    V2,
    badge,
    credential,
    entry,
    issuer,
    presentation,
    secured,
    status_list,
    verify,
    words,
)

ENDORSER = issuer(5)
BADGE = credential(issuer())["id"]
GOOD = ("valid", "passed eddsa-rdfc-2022", "passed valid")


def endorsement(**members: Any) -> dict[str, Any]:
    return {
        "@context": [V2, OB],
        "id": "urn:uuid:0f2e3d4c-0000-4000-8000-0000000000ee",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Seen",
        "issuer": {"id": ENDORSER.controller, "type": ["Profile"], "name": "Guild of Sailors"},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {"id": BADGE, "type": ["EndorsementSubject"], "endorsementComment": "good knots"},
        **members,
    }


def endorsed(**members: Any) -> dict[str, Any]:
    return secured(endorsement(**members), ENDORSER)


def at(place: str, value: Any, name: str = "endorsement", suite: str | None = None) -> dict[str, Any]:
    document = credential(issuer())
    places = {
        "credential": document,
        "issuer": document["issuer"],
        "achievement": document["credentialSubject"]["achievement"],
    }
    places[place][name] = value
    return secured(document, issuer(), cryptosuite=suite)


@pytest.mark.parametrize("place", ["credential", "issuer", "achievement"])
def test_embedded_endorsement_is_verified_wherever_it_stands(place: str) -> None:
    report = verify(at(place, [endorsed()]))
    assert words(report) == GOOD
    assert [words(inner) for inner in report.endorsements] == [GOOD]
    assert report.to_json()["endorsements"][0]["signed"]["issuer"]["name"] == "Guild of Sailors"


@pytest.mark.parametrize("place", ["credential", "issuer", "achievement"])
def test_endorsement_as_token_is_verified_wherever_it_stands(place: str) -> None:
    token = sign_openbadge_jwt(endorsement(), ENDORSER)
    report = verify(at(place, [token], "endorsementJwt", "eddsa-jcs-2022"))
    assert words(report)[0] == "valid"
    assert [words(inner) for inner in report.endorsements] == [("valid", "passed JWT EdDSA", "passed valid")]


def test_all_subjects_are_asked_for_endorsements_of_their_achievements() -> None:
    document = at("achievement", [endorsed()])
    document.pop("proof")
    document["credentialSubject"] = [document["credentialSubject"]] * 2 + ["urn:text"]
    signed = secured(document, issuer(), cryptosuite="eddsa-jcs-2022")
    assert verify(signed).endorsements == ()  # malformed: a subject must be an object
    document["credentialSubject"].pop()
    assert len(verify(secured(document, issuer(), cryptosuite="eddsa-jcs-2022")).endorsements) == 2


def test_bad_endorsement_is_reported_and_changes_no_verdict_of_the_badge() -> None:
    bad = [
        endorsed() | {"name": "Unseen"},
        endorsement(),
        endorsed(validUntil="2026-02-01T00:00:00Z"),
        secured(endorsement(), issuer()),
        5,
    ]
    report = verify(at("credential", bad, suite="eddsa-jcs-2022"))
    assert report.verdict.value == "valid"
    assert [words(inner)[:2] for inner in report.endorsements] == [
        ("invalid", "failed broken"),
        ("invalid", "failed no-proof"),
        ("invalid", "passed eddsa-rdfc-2022"),
        ("invalid", "failed broken"),
        ("invalid", "failed unreadable"),
    ]


def test_revoked_endorsement_is_reported_revoked() -> None:
    pages = {LIST: secured(status_list(ENDORSER, 7), ENDORSER)}
    report = verify(at("credential", endorsed(credentialStatus=entry(7))), pages)
    assert words(report)[0] == "valid"
    assert words(report.endorsements[0])[2] == "failed revoked"


def test_endorsements_of_a_badge_that_does_not_hold_are_not_looked_at() -> None:
    assert verify(at("credential", [endorsed()]) | {"name": "x"}).endorsements == ()


def test_endorsements_of_endorsements_are_looked_at_to_a_depth() -> None:
    inner = endorsed()
    for number in range(3):
        inner = secured(
            endorsement(id=f"urn:uuid:0f2e3d4c-0000-4000-8000-00000000001{number}", endorsement=[inner]), ENDORSER
        )
    report = verify(inner)
    assert words(report)[0] == "valid"
    second = report.endorsements[0].endorsements[0]
    assert words(second)[0] == "valid"
    (deepest,) = second.endorsements
    assert (deepest.intact.state, deepest.checks[0].rule) == ("not-checked", "too-many")


def test_number_of_endorsements_looked_at_is_bounded() -> None:
    report = verify(at("credential", [endorsed()] * 30, suite="eddsa-jcs-2022"))
    assert len(report.endorsements) == 21
    assert report.endorsements[-1].checks[0].rule == "too-many"


def test_endorsement_hidden_in_escapes_is_found() -> None:
    document = at("credential", [endorsed()], suite="eddsa-jcs-2022")
    hidden = dumps(document).replace(b'"endorsement":', b'"\\u0065ndorsement":')
    assert [words(inner) for inner in verify(hidden).endorsements] == [GOOD]


def test_endorsements_inside_a_token_are_verified() -> None:
    token = sign_openbadge_jwt(credential(issuer(), endorsement=[endorsed()]), issuer())
    assert [words(inner) for inner in verify(token).endorsements] == [GOOD]


def test_endorsements_of_shown_credentials_are_verified() -> None:
    report = verify(presentation(issuer(3), badge(endorsement=[endorsed()])))
    assert [words(inner) for inner in report.credentials[0].endorsements] == [GOOD]


@pytest.mark.parametrize(
    ("inner", "rule"),
    [
        (badge(ENDORSER), "endorsement-type"),
        (endorsed(type=["VerifiableCredential"]), "endorsement-type"),
        (endorsed(credentialSubject={"id": "urn:other", "type": ["EndorsementSubject"]}), "endorsement-subject"),
        (endorsed(credentialSubject={"type": ["EndorsementSubject"]}), "endorsement-subject"),
        (endorsed() | {"credentialSubject": {"id": []}}, "endorsement-subject"),
        (endorsed() | {"credentialSubject": "text"}, "endorsement-subject"),
    ],
    ids=["a badge", "a bare credential", "of another", "of nobody", "of a list", "of a text"],
)
def test_what_endorses_nothing_here_is_reported_misplaced(inner: dict[str, Any], rule: str) -> None:
    (report,) = verify(at("achievement", inner, suite="eddsa-jcs-2022")).endorsements
    assert (report.verdict.value, report.intact.state, report.checks[0].rule) == ("invalid", "misplaced", rule)


@pytest.mark.parametrize("identifier", [issuer().controller, "did:example:learner", credential(issuer())["id"]])
def test_endorsement_may_be_of_anything_the_credential_names(identifier: str) -> None:
    inner = endorsed(credentialSubject={"id": identifier, "type": ["EndorsementSubject"]})
    assert [words(found) for found in verify(at("credential", inner)).endorsements] == [GOOD]


def test_neighbours_of_a_document_made_to_cost_are_not_looked_at() -> None:
    subject = {"id": BADGE, "type": ["EndorsementSubject"]}
    costly = endorsed(credentialSubject=subject) | {"evidence": [{"type": "Achievement", "alignment": [{}] * 5000}] * 2}
    report = verify(at("credential", [costly, endorsed()], suite="eddsa-jcs-2022"))
    assert [inner.checks[-1].rule for inner in report.endorsements] == ["issuer", "too-many"]
    assert "work-limit" in {check.rule for check in report.endorsements[0].checks}
