"""The mutations of the attack corpus, made from documents and tokens of our own, with our own keys: all are refused."""

import importlib
import sys

import pytest

from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.data_integrity import add_proof
from skillmark.credentials.proofs.jose import sign_openbadge_jwt, sign_vc_jose
from skillmark.errors import SkillmarkError

from .test_attacks import verify_document, verify_text

SUITES = [
    ("eddsa-rdfc-2022", Algorithm.ED25519),
    ("eddsa-jcs-2022", Algorithm.ED25519),
    ("ecdsa-rdfc-2019", Algorithm.P256),
    ("ecdsa-jcs-2019", Algorithm.P384),
]


@pytest.fixture
def mutate(shared, monkeypatch):
    """The corpus's own generator of bad variants."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(shared / "attack")
    return importlib.import_module("mutate")


def issued_by(signer, credential):
    status = {
        "id": "https://fern.example/status/1#7",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "7",
        "statusListCredential": "https://fern.example/status/1",
    }
    issuer = {**credential["issuer"], "id": signer.controller}
    return credential | {"issuer": issuer, "validUntil": "2030-01-01T00:00:00Z", "credentialStatus": status}


@pytest.mark.parametrize(("suite", "algorithm"), SUITES)
def test_every_mutation_of_a_secured_document_is_refused(suite, algorithm, signers, credential, mutate):
    signer = signers[algorithm]
    secured = add_proof(issued_by(signer, credential), signer, cryptosuite=suite, created="2026-01-02T03:04:05Z")
    verify_document(secured)
    variants = {name: variant for name, variant in mutate.json_variants(secured) if variant != secured}
    if "rdfc" in suite:
        # The order of contexts is no part of the RDF; that the base context stands first is for the model to demand.
        verify_document(variants.pop("context-order"))
    accepted = [name for name, variant in variants.items() if not refused(lambda v=variant: verify_document(v))]
    assert (accepted, len(variants) >= 16) == ([], True)


@pytest.mark.parametrize("profile", ["open badges", "vc-jose"])
@pytest.mark.parametrize("algorithm", [Algorithm.ED25519, Algorithm.P256, Algorithm.P384])
def test_every_mutation_of_a_token_is_refused(profile, algorithm, signers, credential, mutate):
    signer = signers[algorithm]
    issued = issued_by(signer, credential)
    if profile == "open badges":
        text = sign_openbadge_jwt(issued, signer)
    else:
        text = sign_vc_jose(issued | {"iss": signer.controller}, signer)
    verify_text(text)
    made = mutate.jwt_variants(text, signer.private_key.public.to_pem())
    variants = {name: variant for name, variant in made if variant != text}
    accepted = [name for name, variant in variants.items() if not refused(lambda v=variant: verify_text(v))]
    assert (accepted, len(variants) >= 14) == ([], True)


def refused(attempt):
    try:
        attempt()
    except SkillmarkError:
        return True
    return False
