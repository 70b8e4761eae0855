"""Published vectors of vc-di-eddsa, vc-di-ecdsa and Open Badges 3.0: canonical forms, hashes, signatures, documents."""

import json

import pytest

from skillmark.credentials.canonical import canonicalize, jcs
from skillmark.credentials.keys import Algorithm, LocalSigner, PrivateKey, PublicKey
from skillmark.credentials.proofs.chains import checking_order, matching_previous, proofs_of
from skillmark.credentials.proofs.configurations import config_canonical, config_hash
from skillmark.credentials.proofs.cryptosuites import (
    HASH_NAMES,
    SUITES,
    digest,
    proof_value,
    signature_input,
    signature_of,
)
from skillmark.credentials.proofs.data_integrity import add_proof, hash_data, verify_proof
from skillmark.credentials.proofs.legacy import ED25519_SIGNATURE_2020
from skillmark.errors import CanonicalizationError, ProofError

# folder, suite, kind of key, the ends of the file names, the key pair
STEPS = [
    ("vc-di-eddsa/eddsa-rdfc-2022", "eddsa-rdfc-2022", Algorithm.ED25519, "DataInt", "vc-di-eddsa/keyPair.json"),
    ("vc-di-eddsa/eddsa-jcs-2022", "eddsa-jcs-2022", Algorithm.ED25519, "JCS", "vc-di-eddsa/keyPair.json"),
    (
        "vc-di-eddsa/Ed25519Signature2020",
        "Ed25519Signature2020",
        Algorithm.ED25519,
        "EdSig",
        "vc-di-eddsa/keyPair.json",
    ),
    (
        "vc-di-ecdsa/ecdsa-rdfc-2019-p256",
        "ecdsa-rdfc-2019",
        Algorithm.P256,
        "ECDSAP256",
        "vc-di-ecdsa/p256KeyPair.json",
    ),
    (
        "vc-di-ecdsa/ecdsa-rdfc-2019-p384",
        "ecdsa-rdfc-2019",
        Algorithm.P384,
        "ECDSAP384",
        "vc-di-ecdsa/p384KeyPair.json",
    ),
    (
        "vc-di-ecdsa/ecdsa-jcs-2019-p256",
        "ecdsa-jcs-2019",
        Algorithm.P256,
        "JCSECDSAP256",
        "vc-di-ecdsa/p256KeyPair.json",
    ),
    (
        "vc-di-ecdsa/ecdsa-jcs-2019-p384",
        "ecdsa-jcs-2019",
        Algorithm.P384,
        "JCSECDSAP384",
        "vc-di-ecdsa/p384KeyPair.json",
    ),
]
WRITTEN = [step for step in STEPS if step[1] != "Ed25519Signature2020"]
EMPLOYMENT = [
    ("vc-di-eddsa/eddsa-rdfc-2022/employ", "DataInt"),
    ("vc-di-ecdsa/ecdsa-rdfc-2019-p256/employ", "ECDSAP256"),
    ("vc-di-ecdsa/ecdsa-rdfc-2019-p384/employ", "ECDSAP384"),
]
CHAINS = ["signedProofSet1", "signedProofSet2", "signedProofChain1", "signedProofChain2"]


def ids(step):
    return step[0] if isinstance(step, tuple) else step


def suite_of(name):
    return ED25519_SIGNATURE_2020 if name == ED25519_SIGNATURE_2020.name else SUITES[name]


def without_proof(document):
    return {member: value for member, value in document.items() if member != "proof"}


def key_of(proof):
    return PublicKey.from_multikey(proof["verificationMethod"].partition("#")[2])


@pytest.mark.parametrize("step", STEPS, ids=ids)
def test_every_step_equals_the_published_bytes(step, vector):
    folder, suite, algorithm, end, _ = step
    form, hash_name = suite_of(suite).form, HASH_NAMES[algorithm]
    signed = vector(f"{folder}/signed{end}.json")
    options = vector(f"{folder}/proofConfig{end}.json")
    document = without_proof(signed)

    canonical = (
        jcs(document) if form == "jcs" else canonicalize(document, hash_name=hash_name, allow_inline_contexts=True)
    )
    config = config_canonical(
        options, document["@context"], suite_of(suite), algorithm=algorithm, allow_inline_contexts=True
    )
    combined = signature_input(canonical, config, hash_name)

    assert canonical.decode() == vector(f"{folder}/canonDoc{end}.txt")
    assert config.decode() == vector(f"{folder}/proofCanon{end}.txt")
    assert digest(canonical, hash_name).hex() == vector(f"{folder}/docHash{end}.txt")
    assert digest(config, hash_name).hex() == vector(f"{folder}/proofHash{end}.txt")
    assert combined.hex() == vector(f"{folder}/combinedHash{end}.txt")
    assert combined == hash_data(
        document, options, suite=suite_of(suite), algorithm=algorithm, allow_inline_contexts=True
    )
    signature = bytes.fromhex(vector(f"{folder}/sigHex{end}.txt"))
    assert proof_value(signature) == vector(f"{folder}/sigBTC58{end}.txt") == signed["proof"]["proofValue"]
    assert signature_of(signed["proof"]["proofValue"], algorithm) == signature
    verify_proof(document, signed["proof"], key_of(signed["proof"]), allow_inline_contexts=True)


@pytest.mark.parametrize("step", WRITTEN, ids=ids)
def test_signing_with_the_published_key_gives_the_published_document(step, vector):
    folder, suite, _, end, pair = step
    keys, published = vector(pair), vector(f"{folder}/signed{end}.json")
    secret = keys.get("privateKeyMultibase") or keys["secretKeyMultibase"]
    key = PrivateKey.from_multikey(secret, keys["publicKeyMultibase"])
    method = published["proof"]["verificationMethod"]
    signed = add_proof(
        without_proof(published),
        LocalSigner(key, verification_method=method, controller=method.partition("#")[0]),
        cryptosuite=suite,
        created=published["proof"]["created"],
        allow_inline_contexts=True,
    )
    assert signed == published


@pytest.mark.parametrize("step", STEPS, ids=ids)
def test_the_examples_context_is_refused_outside_the_conformance_profile(step, vector):
    signed = vector(f"{step[0]}/signed{step[3]}.json")
    with pytest.raises(CanonicalizationError) as refused:
        verify_proof(without_proof(signed), signed["proof"], key_of(signed["proof"]))
    assert refused.value.rule == "context-unknown"


@pytest.mark.parametrize("example", EMPLOYMENT, ids=ids)
def test_the_employment_example_needs_a_context_that_is_not_known(example, vector):
    folder, end = example
    signed = vector(f"{folder}/signed{end}.json")
    with pytest.raises(CanonicalizationError, match="citizenship/v4rc1") as refused:
        verify_proof(without_proof(signed), signed["proof"], key_of(signed["proof"]), allow_inline_contexts=True)
    assert refused.value.rule == "context-unknown"


@pytest.mark.parametrize("name", CHAINS)
def test_every_proof_of_a_published_set_or_chain_holds(name, vector):
    document = vector(f"vc-di-eddsa/proof-set-chain/{name}.json")
    proofs = proofs_of(document)
    for position in checking_order(proofs):
        proof = proofs[position]
        previous = matching_previous(proofs, proof)
        verify_proof(without_proof(document), proof, key_of(proof), previous=previous, allow_inline_contexts=True)


def test_the_published_chain_is_made_proof_by_proof(vector):
    folder = "vc-di-eddsa/proof-set-chain"
    document, pairs = vector(f"{folder}/unsigned.json"), vector(f"{folder}/multiKeyPairs.json")
    stages = [("proofSetConfig1", 1), ("proofSetConfig2", 2), ("proofChainConfig1", 3), ("proofChainConfig2", 4)]
    for (config, number), published in zip(stages, CHAINS, strict=True):
        options, pair = vector(f"{folder}/{config}.json"), pairs[f"keyPair{number}"]
        key = PrivateKey.from_multikey(pair["privateKeyMultibase"], pair["publicKeyMultibase"])
        document = add_proof(
            document,
            LocalSigner(key, verification_method=options["verificationMethod"], controller="did:example:any"),
            created=options["created"],
            proof_id=options.get("id"),
            previous_proof=options.get("previousProof"),
            allow_inline_contexts=True,
        )
        assert proofs_of(document) == proofs_of(vector(f"{folder}/{published}.json"))


def test_a_chained_proof_does_not_hold_without_its_previous_or_with_a_changed_one(vector):
    document = vector("vc-di-eddsa/proof-set-chain/signedProofChain2.json")
    *_, third, fourth = proofs_of(document)
    with pytest.raises(ProofError) as refused:
        verify_proof(without_proof(document), fourth, key_of(fourth), allow_inline_contexts=True)
    assert refused.value.rule == "proof-previous-proof"
    changed = third | {"created": "2023-02-26T22:06:39Z"}
    with pytest.raises(ProofError) as refused:
        verify_proof(without_proof(document), fourth, key_of(fourth), previous=[changed], allow_inline_contexts=True)
    assert refused.value.rule == "proof-signature"


@pytest.mark.parametrize("name", ["signing-ob", "signing-clr"])
def test_the_open_badges_examples_hold_byte_for_byte(name, vector):
    folder = f"openbadges-3.0/{name}"
    signed, facts = vector(f"{folder}/signed-credential.json"), vector(f"{folder}/vector.json")
    (proof,) = proofs_of(signed)
    document, suite = without_proof(signed), SUITES["eddsa-rdfc-2022"]

    canonical = canonicalize(document)
    config = config_canonical(proof, document["@context"], suite, algorithm=Algorithm.ED25519)
    assert canonical.decode() == vector(f"{folder}/document-canon.nq")
    assert config.decode() == vector(f"{folder}/proof-canon.nq")
    assert digest(canonical, "sha256").hex() == facts["documentHashHex"]
    assert config_hash(proof, document["@context"], suite, algorithm=Algorithm.ED25519).hex() == facts["proofHashHex"]
    assert signature_input(canonical, config, "sha256").hex() == facts["dataToSignHex"]
    assert signature_of(proof["proofValue"], Algorithm.ED25519).hex() == facts["signatureHex"]
    assert proof["proofValue"] == facts["proofValue"]
    verify_proof(document, proof, PublicKey.from_multikey(facts["publicKeyMultibase"]))


@pytest.mark.parametrize("name", ["signing-ob", "signing-clr"])
def test_the_open_badges_examples_are_made_with_their_key(name, vector):
    folder = f"openbadges-3.0/{name}"
    signed, facts = vector(f"{folder}/signed-credential.json"), vector(f"{folder}/vector.json")
    key = PrivateKey.from_seed(bytes.fromhex(facts["secretKeyHex"])[:32])
    signer = LocalSigner(key, verification_method=facts["verificationMethod"], controller=facts["controller"])
    made = add_proof(without_proof(signed), signer, created="2010-01-01T19:23:24Z")
    assert proofs_of(made) == proofs_of(signed)


def test_a_credential_inside_a_clr_verifies_by_its_own_proof(vector):
    clr = vector("openbadges-3.0/signing-clr/signed-credential.json")
    (inner,) = clr["credentialSubject"]["verifiableCredential"]
    (proof,) = proofs_of(inner)
    with_key = PublicKey.from_multikey(vector("openbadges-3.0/signing-clr/vector.json")["publicKeyMultibase"])
    verify_proof(without_proof(inner), proof, with_key)
    assert json.dumps(inner)
