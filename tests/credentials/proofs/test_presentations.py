"""Presentations: bound to who asked and what they asked; the credentials of a vp+jwt are enveloped."""

from datetime import UTC, datetime

import pytest

from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.data_integrity import add_proof, verify_proof
from skillmark.credentials.proofs.jose import presentation_of, sign_vc_jose, split_token, token_faults_at, verify_token
from skillmark.credentials.proofs.presentations import (
    envelope,
    envelopes_of,
    open_envelope,
    secure_presentation,
    sign_presentation,
)
from skillmark.credentials.proofs.shapes import proof_faults_at
from skillmark.errors import ProofError

from .conftest import CONTEXTS, signer_of

NOW = datetime(2026, 6, 1, tzinfo=UTC)
ASKED = {"challenge": "c-1", "domain": "verifier.example"}


@pytest.fixture
def holder():
    return signer_of(Algorithm.ED25519, 3)


@pytest.fixture
def presentation(holder):
    return {"@context": CONTEXTS[:1], "type": ["VerifiablePresentation"], "holder": holder.controller}


@pytest.mark.parametrize("suite", [None, "eddsa-jcs-2022"])
def test_a_presentation_is_secured_for_authentication(suite, holder, signer, presentation, credential):
    held = presentation | {"verifiableCredential": [add_proof(credential, signer, created="2026-01-02T03:04:05Z")]}
    secured = secure_presentation(held, holder, created="2026-05-31T23:59:59Z", cryptosuite=suite, **ASKED)
    proof = secured.pop("proof")
    assert secured == held
    assert (proof["proofPurpose"], proof["challenge"], proof["domain"]) == ("authentication", "c-1", "verifier.example")
    verify_proof(secured, proof, holder.private_key.public)
    assert proof_faults_at(proof, NOW, **ASKED) == []
    replayed = proof_faults_at(proof, NOW, challenge="c-2", domain="other.example")
    assert [fault.rule for fault in replayed] == ["proof-domain", "proof-challenge"]


@pytest.mark.parametrize("suite", [None, "eddsa-jcs-2022"])
def test_a_credential_changed_inside_a_presentation_breaks_it(suite, holder, signer, presentation, credential):
    held = presentation | {"verifiableCredential": [add_proof(credential, signer)]}
    secured = secure_presentation(held, holder, created=None, cryptosuite=suite, **ASKED)
    proof = secured.pop("proof")
    secured["verifiableCredential"] = [add_proof(credential | {"validFrom": "2026-01-02T03:04:06Z"}, signer)]
    with pytest.raises(ProofError) as refused:
        verify_proof(secured, proof, holder.private_key.public)
    assert refused.value.rule == "proof-signature"


def test_a_presentation_as_token_carries_enveloped_credentials(holder, signer, presentation, credential):
    inner = sign_vc_jose(credential, signer)
    held = presentation | {"verifiableCredential": [envelope(inner)]}
    token = split_token(sign_presentation(held, holder, **ASKED))
    verify_token(token, holder.private_key.public)
    read = presentation_of(token)
    assert read == held
    (found,) = envelopes_of(read)
    assert (found.media_type, found.content, found.is_base64) == ("application/vc+jwt", inner, False)
    assert token_faults_at(token, NOW, **ASKED) == []
    assert "exp" not in token.claims


def test_a_presentation_token_may_expire(holder, presentation):
    token = split_token(sign_presentation(presentation, holder, exp=int(NOW.timestamp()), **ASKED))
    assert [fault.rule for fault in token_faults_at(token, NOW, **ASKED)] == ["jose-exp"]


def test_a_bare_credential_is_not_put_into_a_presentation_token(holder, signer, presentation, credential):
    with pytest.raises(ProofError) as refused:
        sign_presentation(presentation | {"verifiableCredential": add_proof(credential, signer)}, holder, **ASKED)
    assert (refused.value.rule, refused.value.pointer) == ("envelope", "/verifiableCredential/0")


@pytest.mark.parametrize(
    ("entry", "pointer"),
    [
        (None, "/e"),
        ("data:application/vc+jwt,a.b.c", "/e"),
        ({"id": "data:application/vc+jwt,a.b.c"}, "/e"),
        ({"type": "VerifiableCredential", "id": "data:application/vc+jwt,a.b.c"}, "/e"),
        ({"type": ["EnvelopedVerifiableCredential", "Other"], "id": "data:application/vc+jwt,a.b.c"}, "/e"),
        ({"type": "EnvelopedVerifiableCredential"}, "/e/id"),
        ({"type": "EnvelopedVerifiableCredential", "id": 5}, "/e/id"),
        ({"type": "EnvelopedVerifiableCredential", "id": "not-a-credential"}, "/e/id"),
        ({"type": "EnvelopedVerifiableCredential", "id": "https://a.example/vc"}, "/e/id"),
        ({"type": "EnvelopedVerifiableCredential", "id": "data:text/html,<b>"}, "/e/id"),
        ({"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt;charset=x,a"}, "/e/id"),
        ({"type": "EnvelopedVerifiableCredential", "id": "data:application/vc+jwt,é"}, "/e/id"),
    ],
)
def test_what_is_no_envelope_is_refused_with_its_place(entry, pointer):
    with pytest.raises(ProofError) as refused:
        open_envelope(entry, pointer="/e")
    assert (refused.value.rule, refused.value.pointer) == ("envelope", pointer)


def test_an_envelope_says_its_media_type_and_coding():
    entry = {"type": ["EnvelopedVerifiableCredential"], "id": "data:application/vc+cose;base64,0oRY"}
    found = open_envelope(entry)
    assert (found.media_type, found.content, found.is_base64) == ("application/vc+cose", "0oRY", True)


def test_a_presentation_without_credentials_has_no_envelopes():
    assert envelopes_of({}) == []
