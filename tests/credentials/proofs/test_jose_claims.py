"""Claims agree with the credential they carry, in either profile, or the token is refused by the claim's name."""

from datetime import UTC, datetime

import pytest

from skillmark.credentials.proofs.jose_claims import (
    claim_moment,
    credential_body,
    open_badge_body,
    open_badge_claims,
    presentation_body,
    subject_id,
    validity,
)
from skillmark.errors import InputError, IssuingError, ProofError, SkillmarkError

START = 1767323045  # 2026-01-02T03:04:05Z
V1 = ["https://www.w3.org/2018/credentials/v1", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json"]


def refusal(attempt):
    with pytest.raises(SkillmarkError) as refused:
        attempt()
    return type(refused.value), refused.value.rule


def without(claims, *members):
    return {member: value for member, value in claims.items() if member not in members}


@pytest.fixture
def claims(credential):
    return open_badge_claims(credential)


def test_the_open_badges_claims_repeat_the_credential(credential, claims, signer):
    assert without(claims, "iss", "sub", "jti", "nbf") == credential
    assert (claims["iss"], claims["jti"]) == (signer.controller, credential["id"])
    assert (claims["sub"], claims["nbf"]) == ("did:example:learner", START)
    assert "exp" not in claims
    assert open_badge_claims(credential, exp=4102444800)["exp"] == 4102444800


def test_valid_until_never_becomes_exp(credential):
    assert "exp" not in open_badge_claims(credential | {"validUntil": "2027-01-01T00:00:00Z"})


def test_an_issuer_written_as_text_is_the_iss(credential):
    assert open_badge_claims(credential | {"issuer": "did:example:i"})["iss"] == "did:example:i"


@pytest.mark.parametrize("subject", [{"identifier": []}, [{"id": "urn:a"}, {"id": "urn:b"}], [], None, "urn:a"])
def test_no_single_identified_subject_means_no_sub(subject, credential):
    claims = open_badge_claims(credential | {"credentialSubject": subject})
    assert "sub" not in claims
    assert open_badge_body(claims)["credentialSubject"] == subject


def test_the_id_of_one_subject_in_a_list_is_the_sub(credential):
    assert subject_id({"credentialSubject": [{"id": "urn:a"}]}) == "urn:a"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"id": None}, "/id"),
        ({"issuer": {"name": "x"}}, "/issuer"),
        ({"validFrom": None}, "/validFrom"),
        ({"exp": 5}, "/exp"),
        ({"iss": "a", "sub": "b"}, "/iss"),
    ],
)
def test_a_credential_that_has_no_claims_or_brings_its_own_is_not_issued(change, pointer, credential):
    with pytest.raises(IssuingError) as refused:
        open_badge_claims(credential | change)
    assert (refused.value.rule, refused.value.pointer) == ("jose-claims", pointer)


def test_a_start_without_zone_is_not_issued(credential):
    assert refusal(lambda: open_badge_claims(credential | {"validFrom": "2026-01-02T03:04:05"})) == (
        InputError,
        "timestamp",
    )


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"iss": "did:example:other"}, "jose-iss"),
        ({"iss": {"id": "did:example:other"}}, "jose-iss"),
        ({"issuer": "did:example:other"}, "jose-iss"),
        ({"jti": "urn:uuid:other"}, "jose-jti"),
        ({"id": "urn:uuid:other"}, "jose-jti"),
        ({"sub": "did:example:other"}, "jose-sub"),
        ({"credentialSubject": {"id": "did:example:other"}}, "jose-sub"),
        ({"credentialSubject": {}}, "jose-sub"),
        ({"nbf": START + 1}, "jose-nbf"),
        ({"nbf": START - 1}, "jose-nbf"),
        ({"nbf": str(START)}, "jose-nbf"),
        ({"nbf": True}, "jose-nbf"),
        ({"nbf": None}, "jose-nbf"),
        ({"validFrom": "2026-01-02T03:04:06Z"}, "jose-nbf"),
        ({"validFrom": 5}, "jose-nbf"),
    ],
)
def test_each_claim_that_disagrees_is_named(change, rule, claims):
    assert refusal(lambda: open_badge_body(claims | change)) == (ProofError, rule)


@pytest.mark.parametrize("claim", ["iss", "jti", "sub", "nbf"])
def test_each_claim_of_the_open_badges_profile_must_be_there(claim, claims):
    assert refusal(lambda: open_badge_body(without(claims, claim))) == (ProofError, f"jose-{claim}")


def test_the_credential_comes_out_as_it_went_in(credential, claims):
    assert open_badge_body(claims | {"aud": "a", "iat": 5, "exp": 6}) == credential


def test_fractions_of_a_second_do_not_matter(credential):
    claims = open_badge_claims(credential | {"validFrom": "2026-01-02T03:04:05.75Z"})
    assert claims["nbf"] == START
    for start in (START, START + 0.75):
        assert open_badge_body(claims | {"nbf": start})["validFrom"] == "2026-01-02T03:04:05.75Z"


def older(credential):
    inner = without(credential, "validFrom") | {"@context": V1, "issuanceDate": "2026-01-02T03:04:05Z"}
    claims = {"iss": credential["issuer"]["id"], "jti": credential["id"], "sub": "did:example:learner", "nbf": START}
    return inner, claims


def test_the_older_form_carries_the_credential_in_vc(credential):
    inner, claims = older(credential)
    assert open_badge_body(claims | {"vc": inner}) == inner


def test_claims_stand_for_members_the_older_form_leaves_out(credential):
    inner, claims = older(credential)
    bare = without(inner, "id", "issuanceDate")
    bare["issuer"] = without(inner["issuer"], "id")
    bare["credentialSubject"] = without(inner["credentialSubject"], "id")
    assert open_badge_body(claims | {"vc": bare}) == inner
    text = without(bare, "issuer")
    assert open_badge_body(claims | {"vc": text})["issuer"] == claims["iss"]


def test_the_older_form_disagrees_by_name_too(credential):
    inner, claims = older(credential)
    for change, rule in (
        ({"iss": "did:example:other"}, "jose-iss"),
        ({"sub": "urn:a"}, "jose-sub"),
        ({"nbf": 5}, "jose-nbf"),
    ):
        assert refusal(lambda c=change: open_badge_body(claims | {"vc": inner} | c)) == (ProofError, rule)
    assert refusal(lambda: open_badge_body({"vc": inner})) == (ProofError, "jose-iss")
    assert refusal(lambda: open_badge_body({"vc": without(inner, "issuanceDate"), **without(claims, "nbf")})) == (
        ProofError,
        "jose-nbf",
    )


def test_the_older_form_with_a_newer_body_keeps_its_start(credential):
    _, claims = older(credential)
    assert open_badge_body(claims | {"vc": credential}) == credential


@pytest.mark.parametrize(
    "change", [{"vc": "oops"}, {"vc": None}, {"vc": {}, "issuer": "did:example:a"}, {"vc": {}, "type": []}, {"vp": {}}]
)
def test_a_token_with_two_credentials_or_none_is_refused(change):
    assert refusal(lambda: open_badge_body(change)) == (ProofError, "jose-claims")


def test_a_subject_that_is_no_object_is_left_to_the_schema(credential):
    inner, claims = older(credential)
    body = open_badge_body(without(claims, "sub") | {"vc": inner | {"credentialSubject": ["x"]}})
    assert body["credentialSubject"] == ["x"]
    listed = inner | {"credentialSubject": [inner["credentialSubject"]]}
    assert open_badge_body(claims | {"vc": listed}) == listed


def test_the_claims_of_a_vc_jwt_are_the_credential(credential, claims):
    assert credential_body(credential) == credential
    assert credential_body(claims | {"iat": "2010-01-01T19:23:24Z", "nbf": 5}) == credential
    assert credential_body({"iss": "urn:i", "issuer": "urn:i", "jti": "urn:a", "sub": "urn:b"}) == {"issuer": "urn:i"}


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"vc": {}}, "jose-claims"),
        ({"vp": "nooo"}, "jose-claims"),
        ({"iss": "did:example:other"}, "jose-iss"),
        ({"jti": "urn:uuid:other"}, "jose-jti"),
        ({"sub": "did:example:other"}, "jose-sub"),
    ],
)
def test_a_vc_jwt_that_disagrees_is_refused_by_the_claim(change, rule, claims):
    assert refusal(lambda: credential_body(claims | change)) == (ProofError, rule)


def test_an_iss_without_issuer_is_refused(credential):
    assert refusal(lambda: credential_body(without(credential, "issuer") | {"iss": "urn:i"})) == (
        ProofError,
        "jose-iss",
    )


def test_the_claims_of_a_vp_jwt_are_the_presentation():
    presentation = {"@context": [], "type": "VerifiablePresentation", "holder": {"id": "urn:h"}, "id": "urn:p"}
    claims = presentation | {"iss": "urn:h", "jti": "urn:p", "aud": "a", "nonce": "n", "exp": 5}
    assert presentation_body(claims) == presentation
    assert presentation_body({"iss": "urn:h", "type": "VerifiablePresentation"}) == {"type": "VerifiablePresentation"}
    for change, rule in (({"iss": "urn:x"}, "jose-iss"), ({"jti": "urn:x"}, "jose-jti"), ({"vp": {}}, "jose-claims")):
        assert refusal(lambda c=change: presentation_body(claims | c)) == (ProofError, rule)


def moment(text):
    return datetime.fromisoformat(text)


def test_the_stricter_of_claim_and_member_wins_and_both_are_told(credential):
    early, late = moment("2027-01-01T00:00:00Z"), moment("2030-01-01T00:00:00Z")
    found = validity({"exp": int(early.timestamp())}, credential | {"validUntil": "2030-01-01T00:00:00Z"})
    assert (found.expires, found.valid_until, found.ends) == (early, late, early)
    found = validity({"exp": int(late.timestamp())}, credential | {"validUntil": "2027-01-01T00:00:00Z"})
    assert (found.expires, found.valid_until, found.ends) == (late, early, early)
    found = validity({"nbf": START + 60}, credential)
    assert (found.valid_from, found.starts) == (moment("2026-01-02T03:04:05Z"), moment("2026-01-02T03:05:05Z"))
    assert validity({}, {}).starts is validity({}, {}).ends is None


def test_the_dates_of_the_older_form_count_as_well():
    found = validity({}, {"issuanceDate": "2026-01-01T00:00:00Z", "expirationDate": "2027-01-01T00:00:00Z"})
    assert (found.starts, found.ends) == (moment("2026-01-01T00:00:00Z"), moment("2027-01-01T00:00:00Z"))


@pytest.mark.parametrize("value", [5, None, "2026-01-01T00:00:00", "soon"])
def test_a_malformed_date_in_the_body_is_refused(value):
    assert refusal(lambda: validity({}, {"validUntil": value})) == (InputError, "timestamp")


@pytest.mark.parametrize("value", [10**18, -(10**18), 1e300, -1e300])
def test_a_date_outside_the_calendar_is_refused(value):
    assert refusal(lambda: claim_moment({"exp": value}, "exp")) == (ProofError, "jose-exp")


@pytest.mark.parametrize("value", ["5", None, True, [], "2026-01-01T00:00:00Z"])
def test_a_date_that_is_no_number_is_refused(value):
    assert refusal(lambda: claim_moment({"exp": value}, "exp")) == (ProofError, "jose-exp")


def test_a_numeric_date_counts_seconds_from_1970():
    assert claim_moment({"exp": 0.5}, "exp") == datetime(1970, 1, 1, 0, 0, 0, 500000, tzinfo=UTC)
