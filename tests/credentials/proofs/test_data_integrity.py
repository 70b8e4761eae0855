"""Data Integrity proofs: made and checked with every suite; nothing changed afterwards passes."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillmark.credentials.encoding.strict_json import parse_object
from skillmark.credentials.keys import Algorithm, PrivateKey
from skillmark.credentials.proofs.chains import checking_order, matching_previous, proofs_of
from skillmark.credentials.proofs.data_integrity import add_proof, verify_proof, with_previous
from skillmark.errors import CanonicalizationError, ProofError, SkillmarkError

from .conftest import CONTEXTS, signer_of

CREATED = "2026-01-02T03:04:05Z"
SUITES = [
    ("eddsa-rdfc-2022", Algorithm.ED25519),
    ("eddsa-jcs-2022", Algorithm.ED25519),
    ("ecdsa-rdfc-2019", Algorithm.P256),
    ("ecdsa-rdfc-2019", Algorithm.P384),
    ("ecdsa-jcs-2019", Algorithm.P256),
    ("ecdsa-jcs-2019", Algorithm.P384),
]
by_suite = pytest.mark.parametrize(("suite", "algorithm"), SUITES)
by_form = pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])


def verify_all(document, key, **profile):
    proofs = proofs_of(document)
    for position in checking_order(proofs):
        proof = proofs[position]
        verify_proof(without_proof(document), proof, key, previous=matching_previous(proofs, proof), **profile)


def without_proof(document):
    return {member: value for member, value in document.items() if member != "proof"}


def refusal(attempt):
    with pytest.raises(SkillmarkError) as refused:
        attempt()
    return type(refused.value), refused.value.rule


@by_suite
def test_a_proof_of_each_suite_is_made_and_holds(suite, algorithm, signers, credential):
    signer = signers[algorithm]
    secured = add_proof(credential, signer, cryptosuite=suite, created=CREATED)
    proof = secured["proof"]
    assert without_proof(secured) == credential
    assert list(proof)[:3] == ["type", "cryptosuite", "created"]
    assert proof["verificationMethod"] == signer.verification_method
    assert proof["proofPurpose"] == "assertionMethod"
    assert proof.get("@context") == (CONTEXTS if "jcs" in suite else None)
    verify_all(secured, signer.private_key.public)


@pytest.mark.parametrize(
    ("algorithm", "suite"),
    [(Algorithm.ED25519, "eddsa-rdfc-2022"), (Algorithm.P256, "ecdsa-rdfc-2019"), (Algorithm.P384, "ecdsa-rdfc-2019")],
)
def test_without_a_choice_the_rdfc_suite_of_the_key_is_taken(algorithm, suite, signers, credential):
    assert add_proof(credential, signers[algorithm])["proof"]["cryptosuite"] == suite


def test_a_key_never_signs_with_the_suite_of_another_kind(signers, credential):
    for suite, algorithm in [("ecdsa-rdfc-2019", Algorithm.ED25519), ("eddsa-jcs-2022", Algorithm.P256)]:
        expected = (ProofError, "cryptosuite-key")
        assert refusal(lambda a=algorithm, s=suite: add_proof(credential, signers[a], cryptosuite=s)) == expected
    assert refusal(lambda: add_proof(credential, signers[Algorithm.RSA])) == (ProofError, "cryptosuite")


@by_form
def test_everything_a_proof_may_say_is_covered_by_its_signature(suite, signer, credential):
    options = {
        "expires": "2027-01-01T00:00:00Z",
        "domain": ["a.example", "b.example"],
        "challenge": "c",
        "proof_id": "urn:p",
    }
    secured = add_proof(credential, signer, cryptosuite=suite, created=CREATED, purpose="authentication", **options)
    proof, key = secured["proof"], signer.private_key.public
    verify_all(secured, key)
    changes = {
        "id": "urn:q",
        "created": "2026-01-02T03:04:06Z",
        "expires": "2028-01-01T00:00:00Z",
        "verificationMethod": "did:example:other#key",
        "proofPurpose": "assertionMethod",
        "domain": ["a.example"],
        "challenge": "d",
        "nonce": "n",
    }
    for member, value in changes.items():
        changed = {**secured, "proof": proof | {member: value}}
        assert refusal(lambda c=changed: verify_all(c, key)) == (ProofError, "proof-signature")
        if member in proof:
            removed = {other: value for other, value in proof.items() if other != member}
            assert refusal(lambda c={**secured, "proof": removed}: verify_all(c, key))[0] is ProofError


@by_form
def test_a_member_no_context_defines_is_refused_in_proof_or_document(suite, signer, credential):
    secured = add_proof(credential, signer, cryptosuite=suite, created=CREATED)
    key = signer.private_key.public
    for changed in ({**secured, "proof": secured["proof"] | {"honours": "summa"}}, {**secured, "honours": "summa"}):
        assert refusal(lambda c=changed: verify_all(c, key))[0] in {ProofError, CanonicalizationError}


def test_an_undefined_member_is_never_signed_with_an_rdfc_suite(signer, credential):
    expected = (CanonicalizationError, "undefined-term")
    assert refusal(lambda: add_proof({**credential, "honours": "summa"}, signer, created=CREATED)) == expected


@by_form
def test_a_context_inside_the_document_is_neither_signed_nor_accepted(suite, signer, credential):
    inline = {**credential, "@context": [*CONTEXTS, {"@vocab": "https://evil.example/"}]}
    assert refusal(lambda: add_proof(inline, signer, cryptosuite=suite)) == (CanonicalizationError, "context-inline")
    secured = add_proof(inline, signer, cryptosuite=suite, allow_inline_contexts=True)
    key = signer.private_key.public
    verify_all(secured, key, allow_inline_contexts=True)
    assert refusal(lambda: verify_all(secured, key)) == (CanonicalizationError, "context-inline")


@by_form
@pytest.mark.parametrize(
    "context", ["https://evil.example/context", "https://www.w3.org/ns/credentials/undefined-terms/v2"]
)
def test_an_unknown_context_is_refused(suite, context, signer, credential):
    unknown = {**credential, "@context": [CONTEXTS[0], context]}
    assert refusal(lambda: add_proof(unknown, signer, cryptosuite=suite)) == (CanonicalizationError, "context-unknown")


def test_a_jcs_proof_holds_only_under_the_context_it_was_made_under(signer, credential):
    secured = add_proof(credential, signer, cryptosuite="eddsa-jcs-2022", created=CREATED)
    key = signer.private_key.public
    extended = {**secured, "@context": [*CONTEXTS, "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"]}
    for context in (extended["@context"], CONTEXTS[:1], CONTEXTS[0], CONTEXTS[::-1], None):
        changed = {**secured, "@context": context}
        assert refusal(lambda c=changed: verify_all(c, key)) == (ProofError, "proof-context")
    missing = {member: value for member, value in secured.items() if member != "@context"}
    assert refusal(lambda: verify_all(missing, key)) == (ProofError, "proof-context")
    verify_all(extended, key, appended_contexts=True)
    shortened = {**secured, "@context": CONTEXTS[:1]}
    assert refusal(lambda: verify_all(shortened, key, appended_contexts=True)) == (ProofError, "proof-context")


def test_a_jcs_proof_without_a_context_covers_the_documents_as_it_stands(signer):
    document = {"name": "anything", "n": 1.5}
    secured = add_proof(document, signer, cryptosuite="eddsa-jcs-2022")
    assert "@context" not in secured["proof"]
    verify_all(secured, signer.private_key.public)


def test_a_single_context_as_text_is_signed_and_checked(signer, credential):
    document = {"@context": CONTEXTS[0], "id": "urn:a", "type": "VerifiablePresentation"}
    for suite in ("eddsa-rdfc-2022", "eddsa-jcs-2022"):
        verify_all(add_proof(document, signer, cryptosuite=suite, created=CREATED), signer.private_key.public)
    assert credential


@by_form
def test_a_set_keeps_each_proof_independent_of_the_others(suite, signers, credential):
    first, second = signers[Algorithm.ED25519], signer_of(Algorithm.ED25519, 2)
    secured = add_proof(add_proof(credential, first, cryptosuite=suite), second, cryptosuite=suite)
    one, two = proofs_of(secured)
    verify_proof(credential, one, first.private_key.public)
    verify_proof(credential, two, second.private_key.public)
    assert refusal(lambda: verify_proof(credential, two, first.private_key.public)) == (ProofError, "proof-signature")


@by_form
def test_a_chain_covers_the_proofs_it_names(suite, signer, credential):
    secured = add_proof(credential, signer, cryptosuite=suite, created=CREATED, proof_id="urn:p:1")
    secured = add_proof(secured, signer, cryptosuite=suite, created=CREATED, proof_id="urn:p:2")
    secured = add_proof(
        secured, signer, cryptosuite=suite, created=CREATED, proof_id="urn:p:3", previous_proof=["urn:p:2", "urn:p:1"]
    )
    secured = add_proof(secured, signer, cryptosuite=suite, created=CREATED, previous_proof="urn:p:3")
    key = signer.private_key.public
    verify_all(secured, key)
    proofs = proofs_of(secured)
    dropped = {**secured, "proof": [proofs[0], *proofs[2:]]}
    assert refusal(lambda: verify_all(dropped, key)) == (ProofError, "proof-previous-proof")
    swapped = {**secured, "proof": [proofs[0], proofs[1] | {"created": "2026-01-02T03:04:06Z"}, *proofs[2:]]}
    assert refusal(lambda: verify_all(swapped, key)) == (ProofError, "proof-signature")


def test_a_chain_of_different_suites_holds(signers, credential):
    eddsa, ecdsa = signers[Algorithm.ED25519], signers[Algorithm.P384]
    secured = add_proof(credential, eddsa, created=CREATED, proof_id="urn:p:1")
    secured = add_proof(secured, ecdsa, created=CREATED, previous_proof="urn:p:1")
    one, two = proofs_of(secured)
    verify_proof(credential, one, eddsa.private_key.public)
    verify_proof(credential, two, ecdsa.private_key.public, previous=[one])


def test_a_proof_is_never_chained_to_one_that_is_not_there(signer, credential):
    attempt = lambda: add_proof(credential, signer, previous_proof="urn:p:1")  # noqa: E731
    assert refusal(attempt) == (ProofError, "proof-previous-proof")


def test_a_previous_proof_is_not_slipped_under_a_proof_that_names_none(signer, credential):
    secured = add_proof(credential, signer, created=CREATED, proof_id="urn:p:1")
    proof = secured["proof"]
    attempt = lambda: verify_proof(credential, proof, signer.private_key.public, previous=[proof])  # noqa: E731
    assert refusal(attempt) == (ProofError, "proof-previous-proof")


def test_a_proof_id_is_used_once(signer, credential):
    secured = add_proof(credential, signer, proof_id="urn:p:1")
    assert refusal(lambda: add_proof(secured, signer, proof_id="urn:p:1")) == (ProofError, "proof-id")


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ({"created": "today"}, "proof-created"),
        ({"expires": "2027-01-01"}, "proof-expires"),
        ({"purpose": "fun"}, "proof-purpose"),
        ({"proof_id": "p1"}, "proof-id"),
        ({"domain": []}, "proof-domain"),
        ({"challenge": ""}, "proof-challenge"),
    ],
)
def test_a_malformed_option_is_refused_before_signing(options, rule, signer, credential):
    assert refusal(lambda: add_proof(credential, signer, **options)) == (ProofError, rule)


def test_the_document_given_in_is_left_as_it_was(signer, credential):
    before = copy.deepcopy(credential)
    first = add_proof(credential, signer, proof_id="urn:p:1")
    kept = copy.deepcopy(first)
    second = add_proof(first, signer, previous_proof="urn:p:1")
    with_previous(second, proofs_of(second))
    assert (credential, first) == (before, kept)


@by_form
def test_the_wrong_length_of_a_signature_is_refused_before_anything_is_hashed(suite, signer):
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": suite,
        "verificationMethod": signer.verification_method,
        "proofPurpose": "assertionMethod",
        "proofValue": "z" + "2" * 20,
    }
    attempt = lambda: verify_proof({"no": object()}, proof, signer.private_key.public)  # noqa: E731
    assert refusal(attempt) == (ProofError, "proof-value")


@by_suite
def test_a_signature_by_another_key_of_the_kind_does_not_hold(suite, algorithm, signers, credential):
    secured = add_proof(credential, signers[algorithm], cryptosuite=suite)
    other = PrivateKey.from_seed(b"\7" * 32, algorithm).public
    assert refusal(lambda: verify_all(secured, other)) == (ProofError, "proof-signature")


@by_form
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(data=st.data())
def test_any_changed_character_that_changes_the_document_is_refused(suite, data, signer, credential):
    secured = add_proof(credential, signer, cryptosuite=suite, created=CREATED)
    text = json.dumps(secured)
    position = data.draw(st.integers(min_value=0, max_value=len(text) - 1))
    letters = st.sampled_from('"{}[],:\\ aeZ0129-.#@zé') | st.characters(codec="utf-8")
    changed = text[:position] + data.draw(letters) + text[position + data.draw(st.integers(0, 1)) :]
    try:
        document = parse_object(changed)
    except SkillmarkError:
        return
    if document == secured:
        return
    with pytest.raises(SkillmarkError):
        verify_all(document, signer.private_key.public)
