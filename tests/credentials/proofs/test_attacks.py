"""The attack corpus at the level of proofs: honest controls pass, everything else is refused by name."""

import time

import pytest

from skillmark.credentials.dids import DidResolver
from skillmark.credentials.encoding.timestamps import parse_timestamp
from skillmark.credentials.proofs.authority import check_authority, token_method
from skillmark.credentials.proofs.chains import checking_order, matching_previous, proofs_of
from skillmark.credentials.proofs.data_integrity import add_proof, verify_proof
from skillmark.credentials.proofs.jose import credential_of, split_token, verify_token
from skillmark.credentials.proofs.jose_claims import issuer_id
from skillmark.credentials.proofs.shapes import check_shape, proof_faults_at
from skillmark.errors import SkillmarkError

NOW = parse_timestamp("2026-06-01T00:00:00Z")


def verify_document(document):
    """What a verifier does with the proofs: shape, key, authority, signature; every proof must hold."""
    resolver, proofs = DidResolver(), proofs_of(document)
    unsecured = {member: value for member, value in document.items() if member != "proof"}
    for position in checking_order(proofs):
        proof = proofs[position]
        check_shape(proof, purpose="assertionMethod")
        listing, method = resolver.dereference(proof["verificationMethod"])
        check_authority(method, listing, purpose=proof["proofPurpose"], party=issuer_id(document))
        verify_proof(unsecured, proof, method.key, previous=matching_previous(proofs, proof))


def verify_text(text):
    """The same for a token; the key comes from the issuer the claims name."""
    token = split_token(text)
    method = token_method(token, DidResolver().resolve(token.claims["iss"]), purpose="assertionMethod")
    verify_token(token, method.key)
    return credential_of(token)


def test_the_honest_controls_hold(attack):
    assert verify_text(attack("A01-eddsa.jwt"))["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    verify_document(attack("A13-di-jcs.json"))


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("A02-alg-none.jwt", "jose-alg-none"),
        ("A03-hs256-pem.jwt", "jose-alg-symmetric"),
        ("A04-embedded-jwk.jwt", "jose-jwk"),
        ("A05-jku.jwt", "jose-key-source"),
        ("A06-kid-path.jwt", "jose-alg-symmetric"),
        ("A07-crit-unknown.jwt", "jose-crit"),
        ("A08-es256-zero.jwt", "jose-signature"),
        ("A09-fat-header.jwt", "token-header-size"),
        ("A10-iss-mismatch.jwt", "jose-iss"),
        ("A11-dup-member.jwt", "json-duplicate-member"),
    ],
)
def test_each_hostile_token_is_refused_by_name(name, rule, attack):
    with pytest.raises(SkillmarkError) as refused:
        verify_text(attack(name))
    assert refused.value.rule == rule


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("A14-tampered.json", "proof-signature"),
        ("A17-inline-vocab.json", "context-inline"),
        ("A18-proofset-one-bad.json", "proof-signature"),
        ("A19-wrong-controller.json", "proof-controller"),
        ("A20-purpose.json", "proof-purpose"),
        ("A21-proof-cycle.json", "proof-cycle"),
    ],
)
def test_each_hostile_document_is_refused_by_name(name, rule, attack):
    started = time.process_time()
    with pytest.raises(SkillmarkError) as refused:
        verify_document(attack(name))
    assert refused.value.rule == rule
    assert time.process_time() - started < 1


def test_the_failing_proof_of_a_set_can_be_told_from_the_good_one(attack):
    document = attack("A18-proofset-one-bad.json")
    bad, good = document.pop("proof")
    _, method = DidResolver().dereference(good["verificationMethod"])
    verify_proof(document, good, method.key)
    with pytest.raises(SkillmarkError):
        verify_proof(document, bad, method.key)


def test_a_term_no_context_defines_breaks_either_form(attack, credential, signer):
    for document in (attack("A13-di-jcs.json"), add_proof(credential, signer, created="2026-01-02T03:04:05Z")):
        with pytest.raises(SkillmarkError):
            verify_document(document | {"honours": "summa"})


def test_a_context_by_the_attacker_is_refused_and_not_fetched(attack, credential, signer):
    for document in (attack("A13-di-jcs.json"), add_proof(credential, signer, created="2026-01-02T03:04:05Z")):
        contexts = [document["@context"][0], "http://127.0.0.1:18099/ctx.json"]
        with pytest.raises(SkillmarkError) as refused:
            verify_document(document | {"@context": contexts})
        assert refused.value.rule in {"proof-context", "context-unknown"}


def test_a_proof_from_the_future_has_a_good_signature_and_a_fault(attack):
    document = attack("A25-future.json")
    verify_document(document)
    assert [fault.rule for fault in proof_faults_at(document["proof"], NOW)] == ["proof-created"]


def test_a_signed_document_that_is_no_credential_keeps_its_good_signature_for_others_to_judge(attack):
    document = attack("A26-no-vc-type.json")
    verify_document(document)
    assert "VerifiableCredential" not in document["type"]
