"""The shape of a proof, and what the clock and the audience say of it."""

from datetime import UTC, datetime, timedelta

import pytest

from skillmark.credentials.proofs.shapes import check_shape, proof_faults_at
from skillmark.errors import ProofError

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
PROOF = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-rdfc-2022",
    "created": "2026-01-02T03:04:05Z",
    "verificationMethod": "did:example:issuer#key",
    "proofPurpose": "assertionMethod",
    "proofValue": "z3",
}


def rules(proof, **expected):
    return [fault.rule for fault in proof_faults_at(proof, NOW, **expected)]


def test_a_proof_of_each_form_is_accepted():
    full = PROOF | {
        "id": "urn:uuid:1",
        "expires": "2027-01-01T00:00:00+02:00",
        "domain": ["a.example", "b.example"],
        "challenge": "c",
        "nonce": "n",
        "previousProof": ["urn:a", "urn:b"],
    }
    assert check_shape(PROOF).name == "eddsa-rdfc-2022"
    assert check_shape(full).name == "eddsa-rdfc-2022"
    legacy = {member: value for member, value in PROOF.items() if member != "cryptosuite"}
    assert check_shape(legacy | {"type": "Ed25519Signature2020"}).name == "Ed25519Signature2020"


@pytest.mark.parametrize(
    ("member", "value", "rule"),
    [
        ("type", None, "proof-type"),
        ("type", "Ed25519Signature2018", "proof-type"),
        ("type", ["DataIntegrityProof"], "proof-type"),
        ("type", "Ed25519Signature2020", "proof-type"),
        ("cryptosuite", None, "cryptosuite"),
        ("cryptosuite", "ecdsa-sd-2023", "cryptosuite"),
        ("verificationMethod", None, "proof-verification-method"),
        ("verificationMethod", "#key", "proof-verification-method"),
        ("verificationMethod", "did:example:a b", "proof-verification-method"),
        ("verificationMethod", {"id": "did:example:a"}, "proof-verification-method"),
        ("proofPurpose", None, "proof-purpose"),
        ("proofPurpose", "assertion", "proof-purpose"),
        ("proofPurpose", ["assertionMethod"], "proof-purpose"),
        ("proofValue", None, "proof-value"),
        ("proofValue", "", "proof-value"),
        ("proofValue", 7, "proof-value"),
        ("created", "yesterday", "proof-created"),
        ("created", 20260102, "proof-created"),
        ("created", "2026-02-30T00:00:00Z", "proof-created"),
        ("created", "", "proof-created"),
        ("expires", "2026-01-02", "proof-expires"),
        ("id", "p1", "proof-id"),
        ("id", 1, "proof-id"),
        ("domain", [], "proof-domain"),
        ("domain", ["a", 1], "proof-domain"),
        ("domain", "", "proof-domain"),
        ("challenge", 1, "proof-challenge"),
        ("nonce", {}, "proof-nonce"),
        ("previousProof", [], "proof-previous-proof"),
        ("previousProof", "p1", "proof-previous-proof"),
        ("previousProof", ["urn:a", 2], "proof-previous-proof"),
    ],
)
def test_each_malformed_member_is_refused_by_its_name(member, value, rule):
    proof = PROOF | {member: value}
    if value is None:
        del proof[member]
    with pytest.raises(ProofError) as refused:
        check_shape(proof)
    assert refused.value.rule == rule


@pytest.mark.parametrize("proof", [None, [], "proof", 5])
def test_a_proof_that_is_no_object_is_refused(proof):
    with pytest.raises(ProofError) as refused:
        check_shape(proof)
    assert refused.value.rule == "proof-shape"


def test_a_proof_for_another_purpose_is_refused_where_one_is_expected():
    assert check_shape(PROOF, purpose="assertionMethod")
    with pytest.raises(ProofError, match="needed is authentication") as refused:
        check_shape(PROOF, purpose="authentication")
    assert refused.value.rule == "proof-purpose"


def test_a_current_proof_has_no_faults():
    assert rules(PROOF) == []
    assert rules({}) == []
    assert rules(PROOF | {"expires": "2026-06-01T12:00:01Z"}) == []


def test_a_proof_counts_until_the_moment_it_expires():
    assert rules(PROOF | {"expires": "2026-06-01T12:00:00Z"}) == ["proof-expires"]
    assert rules(PROOF | {"expires": "2026-06-01T14:00:00+03:00"}) == ["proof-expires"]


def test_a_proof_may_be_five_minutes_ahead_of_our_clock_and_no_more():
    ahead = (NOW + timedelta(minutes=5)).isoformat()
    too_far = (NOW + timedelta(minutes=5, seconds=1)).isoformat()
    assert rules(PROOF | {"created": ahead}) == []
    assert rules(PROOF | {"created": too_far}) == ["proof-created"]


def test_a_time_without_offset_is_accepted_in_shape_and_reported():
    proof = PROOF | {"created": "2026-01-02T03:04:05", "expires": "2026-01-02T03:04:05"}
    check_shape(proof)
    assert rules(proof) == ["proof-expires", "proof-time-zone", "proof-time-zone"]


@pytest.mark.parametrize(
    ("written", "expected", "faults"),
    [
        ("a.example", "a.example", []),
        (["a.example", "b.example"], ["b.example", "a.example"], []),
        (["a.example"], "a.example", []),
        ("a.example", "b.example", ["proof-domain"]),
        (["a.example", "b.example"], "a.example", ["proof-domain"]),
        (None, "a.example", ["proof-domain"]),
        ("a.example", None, []),
    ],
)
def test_the_domain_must_be_the_expected_one(written, expected, faults):
    proof = PROOF if written is None else PROOF | {"domain": written}
    assert rules(proof, domain=expected) == faults


@pytest.mark.parametrize(
    ("written", "expected", "faults"),
    [("c", "c", []), ("c", "d", ["proof-challenge"]), (None, "c", ["proof-challenge"]), ("c", None, [])],
)
def test_the_challenge_must_be_answered(written, expected, faults):
    proof = PROOF if written is None else PROOF | {"challenge": written}
    assert rules(proof, challenge=expected) == faults
