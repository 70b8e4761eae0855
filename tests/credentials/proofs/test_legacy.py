"""Ed25519Signature2020 is read as the badges in circulation carry it, and never written."""

import pytest

from skillmark.credentials.keys import Algorithm, PublicKey
from skillmark.credentials.proofs.cryptosuites import SUITES, proof_value
from skillmark.credentials.proofs.data_integrity import add_proof, hash_data, verify_proof
from skillmark.credentials.proofs.legacy import ED25519_SIGNATURE_2020
from skillmark.errors import CanonicalizationError, ProofError

CONTEXTS = [
    "https://www.w3.org/2018/credentials/v1",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
    "https://w3id.org/security/suites/ed25519-2020/v1",
]


@pytest.fixture
def badge(credential):
    """A badge of the VC 1.1 form with the older proof."""
    dated = {member: value for member, value in credential.items() if member != "validFrom"}
    return {**dated, "@context": CONTEXTS, "name": "Knots", "issuanceDate": "2023-01-02T03:04:05Z"}


@pytest.fixture
def proof(badge, signer):
    options = {
        "type": "Ed25519Signature2020",
        "created": "2023-01-02T03:04:05Z",
        "verificationMethod": signer.verification_method,
        "proofPurpose": "assertionMethod",
    }
    data = hash_data(badge, options, suite=ED25519_SIGNATURE_2020, algorithm=Algorithm.ED25519)
    return options | {"proofValue": proof_value(signer.sign(data))}


def test_the_published_vector_holds_and_its_changes_do_not(vector):
    document = vector("vc-di-eddsa/Ed25519Signature2020/signedEdSig.json")
    proof = document.pop("proof")
    key = PublicKey.from_multikey(vector("vc-di-eddsa/keyPair.json")["publicKeyMultibase"])
    verify_proof(document, proof, key, allow_inline_contexts=True)
    for changed, options in (
        ({**document, "name": "Alumni"}, proof),
        (document, proof | {"created": "2023-02-24T23:36:39Z"}),
        (document, proof | {"proofPurpose": "authentication"}),
    ):
        with pytest.raises(ProofError) as refused:
            verify_proof(changed, options, key, allow_inline_contexts=True)
        assert refused.value.rule == "proof-signature"


def test_a_badge_of_the_older_form_is_read(badge, proof, signer):
    verify_proof(badge, proof, signer.private_key.public)
    with pytest.raises(ProofError) as refused:
        verify_proof(badge | {"issuanceDate": "2024-01-02T03:04:05Z"}, proof, signer.private_key.public)
    assert refused.value.rule == "proof-signature"


def test_the_context_that_defines_the_proof_must_be_there(badge, proof, signer):
    with pytest.raises(CanonicalizationError) as refused:
        verify_proof(badge | {"@context": CONTEXTS[:2]}, proof, signer.private_key.public)
    assert refused.value.rule == "undefined-type"


def test_only_an_ed25519_key_reads_it(badge, proof, signers):
    with pytest.raises(ProofError) as refused:
        verify_proof(badge, proof, signers[Algorithm.P256].private_key.public)
    assert refused.value.rule == "cryptosuite-key"


def test_it_is_never_written(badge, signer):
    assert ED25519_SIGNATURE_2020.name not in SUITES
    with pytest.raises(ProofError) as refused:
        add_proof(badge, signer, cryptosuite="Ed25519Signature2020")
    assert refused.value.rule == "cryptosuite"
