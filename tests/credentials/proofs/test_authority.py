"""A key counts only for the party that lists it, for the purpose it is listed for, until its end."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from skillmark.credentials.dids import ControllerDocument, DidResolver, VerificationMethod
from skillmark.credentials.keys import PrivateKey
from skillmark.credentials.proofs.authority import check_authority, method_faults_at, token_method
from skillmark.credentials.proofs.tokens import make_token, split_token, verify_token
from skillmark.errors import ProofError, ResolutionError, SkillmarkError

from .test_tokens import CLAIMS, token_of

PARTY = "https://fern.example/issuer"
KEYS = {name: PrivateKey.from_seed(bytes([number] * 32)) for number, name in enumerate(["one", "two"], start=1)}
METHODS = {
    f"{PARTY}#{name}": VerificationMethod(id=f"{PARTY}#{name}", controller=PARTY, key=key.public)
    for name, key in KEYS.items()
}
DOCUMENT = ControllerDocument(
    id=PARTY,
    methods=METHODS,
    relationships={"assertionMethod": frozenset([f"{PARTY}#one"]), "authentication": frozenset([f"{PARTY}#two"])},
)


def refusal(attempt):
    with pytest.raises(SkillmarkError) as refused:
        attempt()
    return type(refused.value), refused.value.rule


def test_a_listed_key_has_authority_for_its_purpose_alone():
    one = METHODS[f"{PARTY}#one"]
    check_authority(one, DOCUMENT, purpose="assertionMethod", party=PARTY)
    attempt = lambda: check_authority(one, DOCUMENT, purpose="authentication", party=PARTY)  # noqa: E731
    assert refusal(attempt) == (ProofError, "proof-authority")


@pytest.mark.parametrize(
    ("controller", "document"),
    [("did:example:other", PARTY), (PARTY, "did:example:other"), ("did:example:other", "did:example:other")],
)
def test_a_key_of_another_controller_has_none(controller, document):
    method = replace(METHODS[f"{PARTY}#one"], controller=controller)
    listing = replace(DOCUMENT, id=document)
    attempt = lambda: check_authority(method, listing, purpose="assertionMethod", party=PARTY)  # noqa: E731
    assert refusal(attempt) == (ProofError, "proof-controller")


@pytest.mark.parametrize("kid", [f"{PARTY}#one", "#one", "one"])
def test_a_token_finds_the_listed_key_by_its_kid(kid):
    token = split_token(token_of({"alg": "EdDSA", "kid": kid}, key=KEYS["one"]))
    method = token_method(token, DOCUMENT, purpose="assertionMethod")
    assert method.id == f"{PARTY}#one"
    verify_token(token, method.key)


def test_a_token_finds_the_listed_key_by_the_key_it_holds():
    token = split_token(token_of({"alg": "EdDSA", "jwk": KEYS["one"].public.to_jwk()}, key=KEYS["one"]))
    assert token_method(token, DOCUMENT, purpose="assertionMethod").id == f"{PARTY}#one"


def test_a_key_that_is_not_listed_is_refused_though_its_signature_is_good():
    stranger = PrivateKey.from_seed(b"\x09" * 32)
    token = split_token(token_of({"alg": "EdDSA", "jwk": stranger.public.to_jwk()}, key=stranger))
    assert refusal(lambda: token_method(token, DOCUMENT, purpose="assertionMethod")) == (ProofError, "jose-jwk")
    named = split_token(token_of({"alg": "EdDSA", "kid": "three"}, key=stranger))
    found = refusal(lambda: token_method(named, DOCUMENT, purpose="assertionMethod"))
    assert found == (ResolutionError, "verification-method")


def test_a_key_listed_for_another_purpose_is_refused():
    for header in ({"kid": "#two"}, {"jwk": KEYS["two"].public.to_jwk()}):
        token = split_token(token_of({"alg": "EdDSA", **header}, key=KEYS["two"]))
        found = refusal(lambda t=token: token_method(t, DOCUMENT, purpose="assertionMethod"))
        assert found == (ProofError, "proof-authority")


def test_a_did_key_signer_is_found_under_its_own_did(signer):
    token = split_token(make_token(CLAIMS, signer, typ="JWT"))
    method = token_method(token, DidResolver().resolve(signer.controller), purpose="assertionMethod")
    assert (method.id, method.key) == (signer.verification_method, signer.private_key.public)


def test_a_key_counts_until_it_is_revoked_or_expires():
    end = datetime(2026, 1, 1, tzinfo=UTC)
    method = replace(METHODS[f"{PARTY}#one"], revoked=end, expires=end)
    assert [fault.rule for fault in method_faults_at(method, end)] == ["method-revoked", "method-expired"]
    assert method_faults_at(method, datetime(2025, 12, 31, tzinfo=UTC)) == []
    assert method_faults_at(METHODS[f"{PARTY}#one"], end) == []
