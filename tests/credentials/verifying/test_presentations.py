"""Presentations: their own proof by the holder, and the credentials inside, each verified by itself."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from skillmark.credentials.proofs.jose import sign_openbadge_jwt, sign_vc_jose
from skillmark.credentials.proofs.presentations import envelope, secure_presentation, sign_presentation
from skillmark.credentials.verifying import Outcome, Policy
from tests.credentials.verifying.stage import (
    CREATED,
    LIST,
    OB,
    V2,
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
    words,
)

HOLDER = issuer(3)
OTHER = issuer(2)
SHOWN = ("valid", "passed eddsa-rdfc-2022", "passed valid")


def jcs(holder: Any, *credentials: Any, **options: Any) -> dict[str, Any]:
    return presentation(holder, *credentials, cryptosuite="eddsa-jcs-2022", **options)


def test_embedded_credentials_have_reports_of_their_own() -> None:
    report = verify(presentation(HOLDER, badge(), badge(OTHER)))
    assert words(report) == SHOWN
    assert [words(inner) for inner in report.credentials] == [SHOWN, SHOWN]
    assert [inner["signed"]["issuer"]["id"] for inner in report.to_json()["credentials"]] == [
        issuer().controller,
        OTHER.controller,
    ]


def test_one_credential_may_stand_without_a_list() -> None:
    document = {"@context": [V2, OB], "type": "VerifiablePresentation", "holder": {"id": HOLDER.controller}}
    signed = secured(document | {"verifiableCredential": badge()}, HOLDER, purpose="authentication")
    assert [words(inner) for inner in verify(signed).credentials] == [SHOWN]


def test_presentation_of_nothing_is_good_and_shows_nothing() -> None:
    report = verify(presentation(HOLDER))
    assert (words(report), report.credentials) == (SHOWN, ())


def enveloped(document: dict[str, Any], *, encoded: bool = False) -> dict[str, Any]:
    token = sign_vc_jose(document, issuer())
    if not encoded:
        return envelope(token)
    data = base64.urlsafe_b64encode(token.encode()).decode().rstrip("=")
    return envelope(token) | {"id": f"data:application/vc+jwt;base64,{data}"}


@pytest.mark.parametrize("encoded", [False, True])
def test_enveloped_credential_is_opened_and_verified(encoded: bool) -> None:
    inside = enveloped(credential(issuer()), encoded=encoded)
    report = verify(
        sign_presentation(
            {
                "@context": [V2],
                "type": "VerifiablePresentation",
                "holder": HOLDER.controller,
                "verifiableCredential": [inside],
            },
            HOLDER,
            challenge="c1",
            domain="d",
        )
    )
    assert words(report) == ("valid", "passed vp+jwt EdDSA", "passed valid")
    assert [words(inner) for inner in report.credentials] == [("valid", "passed vc+jwt EdDSA", "passed valid")]
    assert words(verify(jcs(HOLDER, inside)).credentials[0])[1] == "passed vc+jwt EdDSA"


def test_envelope_alone_is_opened() -> None:
    assert words(verify(enveloped(credential(issuer()))))[1] == "passed vc+jwt EdDSA"


def test_enveloped_presentation_is_opened() -> None:
    token = sign_vc_jose(
        {"@context": [V2], "type": "VerifiablePresentation", "holder": HOLDER.controller}, HOLDER, typ="vp+jwt"
    )
    whole = {"@context": V2, "type": "EnvelopedVerifiablePresentation", "id": f"data:application/vp+jwt,{token}"}
    assert words(verify(whole)) == ("valid", "passed vp+jwt EdDSA", "passed valid")


@pytest.mark.parametrize(
    ("inside", "verdict", "state"),
    [
        (lambda: badge() | {"name": "x"}, "invalid", "failed broken"),
        (lambda: credential(issuer()), "invalid", "failed no-proof"),
        (lambda: badge(validUntil="2026-02-01T00:00:00Z"), "invalid", "passed eddsa-rdfc-2022"),
        (lambda: badge(credentialStatus=entry(7)), "unknown", "passed eddsa-rdfc-2022"),
    ],
    ids=["changed", "unsigned", "expired", "status unreachable"],
)
def test_bad_credential_makes_the_presentation_no_better(inside: Any, verdict: str, state: str) -> None:
    report = verify(jcs(HOLDER, badge(), inside()))
    assert report.verdict.value == verdict
    assert report.intact.outcome is Outcome.PASSED
    assert [f"{inner.intact.outcome.value} {inner.intact.state}" for inner in report.credentials][1] == state


def test_revoked_credential_is_found_inside_a_presentation() -> None:
    pages = {LIST: secured(status_list(issuer(), 7), issuer())}
    report = verify(presentation(HOLDER, badge(credentialStatus=entry(7))), pages)
    assert words(report)[0] == "invalid"
    assert words(report.credentials[0])[2] == "failed revoked"


def test_registries_and_the_demand_for_a_known_issuer_count_for_the_credentials() -> None:
    known = registry({"issuer": issuer().controller, "name": "Fern School", "status": "listed"})
    report = verify(presentation(HOLDER, badge(), badge(OTHER)), registries=[known], require_known_issuer=True)
    assert [inner.issuer_known.state for inner in report.credentials] == ["listed", "unlisted"]
    assert [inner.verdict.value for inner in report.credentials] == ["valid", "unknown"]
    assert report.verdict.value == "unknown"


def test_nothing_inside_is_looked_at_when_the_presentation_does_not_hold() -> None:
    report = verify(presentation(HOLDER, badge()) | {"id": "urn:changed"})
    assert words(report)[:2] == ("invalid", "failed broken")
    assert report.credentials == ()


def test_holder_signs_with_a_key_of_his_own() -> None:
    stolen = presentation(HOLDER, badge())
    unsigned = {name: value for name, value in stolen.items() if name != "proof"}
    assert rules(verify(secured(unsigned, OTHER, purpose="authentication")))[0] == "proof-controller"
    assert words(verify(stolen | {"holder": OTHER.controller}))[:2] == ("invalid", "failed broken")


def test_presentation_that_names_no_holder_is_signed_by_a_key_that_speaks_for_itself() -> None:
    unsigned = {"@context": [V2, OB], "type": ["VerifiablePresentation"], "verifiableCredential": [badge()]}
    assert words(verify(secured(unsigned, HOLDER, purpose="authentication"))) == SHOWN
    holders: list[Any] = [None, 5, {}]
    for holder in holders:
        named = secured(unsigned | {"holder": holder}, HOLDER, purpose="authentication", cryptosuite="eddsa-jcs-2022")
        assert verify(named).verdict.value == "invalid"


def test_presentation_is_signed_to_authenticate_and_not_to_assert() -> None:
    report = verify(presentation(HOLDER, badge(), purpose="assertionMethod"))
    assert (words(report)[1], rules(report)[0]) == ("failed broken", "proof-purpose")
    asked = verify(
        presentation(HOLDER, badge(), purpose="capabilityInvocation"), policy=Policy(purpose="capabilityInvocation")
    )
    assert words(asked) == SHOWN


def test_domain_and_challenge_bind_the_presentation_and_not_what_it_shows() -> None:
    document = {"@context": [V2, OB], "type": "VerifiablePresentation", "holder": HOLDER.controller}
    signed = secure_presentation(
        document | {"verifiableCredential": [badge()]}, HOLDER, challenge="c1", domain="shop.example", created=CREATED
    )
    report = verify(signed, policy=Policy(challenge="c1", domain="shop.example"))
    assert words(report) == SHOWN
    assert [words(inner) for inner in report.credentials] == [SHOWN]
    for policy, rule in (
        (Policy(challenge="c2", domain="shop.example"), "proof-challenge"),
        (Policy(challenge="c1", domain="other.example"), "proof-domain"),
    ):
        replayed = verify(signed, policy=policy)
        assert (words(replayed)[1], rules(replayed)[0]) == ("failed broken", rule)
    token = sign_presentation(document, HOLDER, challenge="c1", domain="shop.example")
    assert words(verify(token, policy=Policy(challenge="c1", domain="shop.example")))[0] == "valid"
    assert rules(verify(token, policy=Policy(challenge="c2")))[0] == "jose-nonce"
    assert rules(verify(token, policy=Policy(domain="other.example")))[0] == "jose-aud"


def test_policy_on_proofs_alone_reaches_the_credentials_inside() -> None:
    foreign = secured(credential(issuer()), OTHER)
    shown = presentation(HOLDER, foreign)
    assert verify(shown).verdict.value == "invalid"
    assert verify(shown, policy=Policy(proof_only=True)).verdict.value == "valid"


def test_status_of_a_presentation_without_a_holder_is_no_crash() -> None:
    place = {"id": "https://issuer.example/revocations", "type": "1EdTechRevocationList"}
    document = {"@context": [V2], "type": "VerifiablePresentation", "credentialStatus": [place, entry(7)]}
    signed = secured(document, HOLDER, purpose="authentication", cryptosuite="eddsa-jcs-2022")
    page = {"id": place["id"], "issuer": issuer().controller, "revokedCredentials": []}
    report = verify(signed, {place["id"]: page}, Policy(proof_only=True))
    assert report.verdict.value != "valid"


@pytest.mark.parametrize(
    "members",
    [
        {"type": ["VerifiableCredential", "VerifiablePresentation"]},
        {"type": ["VerifiablePresentation"], "issuer": "did:web:honest.example"},
        {"type": ["OpenBadgeCredential", "VerifiablePresentation"], "credentialSubject": {"id": "urn:x"}},
    ],
)
@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_document_cannot_be_a_credential_of_one_and_a_presentation_of_another(
    members: dict[str, Any], suite: str
) -> None:
    both = credential(issuer()) | {"holder": HOLDER.controller} | members
    if "VerifiableCredential" not in members["type"] and suite == "eddsa-rdfc-2022":
        suite = "eddsa-jcs-2022"
    report = verify(secured(both, HOLDER, purpose="authentication", cryptosuite=suite))
    assert words(report)[:2] == ("invalid", "failed malformed")
    assert "presentation" in rules(report)


def test_token_of_a_credential_cannot_be_a_presentation_of_another() -> None:
    both = credential(issuer(), holder=HOLDER.controller)
    both["type"] = [*both["type"], "VerifiablePresentation"]
    assert words(verify(sign_openbadge_jwt(both, HOLDER)))[:2] == ("invalid", "failed unreadable")
    assert words(verify(sign_vc_jose(both, HOLDER, typ="vp+jwt")))[0] == "invalid"


@pytest.mark.parametrize(
    "inside",
    [5, "no token", {"type": "EnvelopedVerifiableCredential", "id": "https://x.example/"}, presentation(HOLDER)],
)
def test_what_is_shown_must_be_a_credential(inside: Any) -> None:
    report = verify(jcs(HOLDER, badge(), inside))
    assert words(report)[:2] == ("invalid", "failed malformed")
    assert report.credentials == ()


def test_envelope_that_cannot_be_opened_is_unreadable() -> None:
    report = verify(jcs(HOLDER, envelope("e30.e30.e30")))
    assert report.verdict.value == "invalid"
    assert [words(inner)[1] for inner in report.credentials] == ["failed unreadable"]


def test_more_credentials_than_are_looked_at_leave_it_unknown() -> None:
    twenty = verify(jcs(HOLDER, *[badge()] * 20))
    assert (twenty.verdict.value, len(twenty.credentials)) == ("valid", 20)
    more = verify(jcs(HOLDER, *[badge()] * 30))
    assert (more.verdict.value, len(more.credentials)) == ("unknown", 21)


def test_presentation_made_by_hand_from_parts_of_two_is_refused() -> None:
    mine, yours = presentation(HOLDER, badge()), presentation(OTHER, badge(OTHER))
    mixed = json.loads(json.dumps(mine)) | {"verifiableCredential": yours["verifiableCredential"]}
    assert words(verify(mixed))[:2] == ("invalid", "failed broken")


def test_presentation_inside_a_presentation_is_not_looked_at() -> None:
    members = {name: value for name, value in presentation(OTHER).items() if name != "proof"}
    replayed = sign_presentation(members, OTHER, challenge="of another day", domain="elsewhere.example")
    (report,) = verify(presentation(HOLDER, envelope(replayed))).credentials
    assert (report.verdict.value, report.checks[0].rule) == ("invalid", "presentation-nested")


def test_report_tells_whether_a_shown_credential_is_about_its_holder() -> None:
    own, other = credential(issuer()), credential(issuer(), id="urn:uuid:0f2e3d4c-0000-4000-8000-000000000002")
    own["credentialSubject"]["id"] = HOLDER.controller
    report = verify(presentation(HOLDER, secured(own, issuer()), secured(other, issuer())))
    found = [(check.outcome.value, check.pointer) for check in report.checks if check.rule == "holder"]
    assert found == [("passed", "/verifiableCredential/0"), ("unknown", "/verifiableCredential/1")]
    assert report.verdict.value == "valid"


def test_nobody_is_told_to_be_the_holder_of_what_names_none() -> None:
    anonymous = {name: value for name, value in presentation(HOLDER).items() if name not in {"holder", "proof"}}
    nameless = credential(issuer())
    del nameless["credentialSubject"]["id"]
    strange = base64.urlsafe_b64encode(json.dumps(badge() | {"credentialSubject": {"id": {}}}).encode()).rstrip(b"=")
    wrapped = envelope("") | {"id": f"data:application/vc+ld+json;base64,{strange.decode()}"}
    anonymous["verifiableCredential"] = [secured(nameless, issuer()), wrapped, envelope("unreadable")]
    report = verify(secured(anonymous, HOLDER, purpose="authentication", cryptosuite="eddsa-jcs-2022"))
    assert [check.outcome.value for check in report.checks if check.rule == "holder"] == ["unknown"] * 2
