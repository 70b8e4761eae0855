"""openbadgeslib accepts our eddsa-rdfc-2022 badges and our RS256, ES256 and EdDSA tokens, and we accept theirs."""

import pytest
from openbadgeslib.ob3 import OB3Signer, OB3Verifier
from openbadgeslib.ob3.ldp import OB3LdpSigner, OB3LdpVerifier, verify_data_integrity_proof
from openbadgeslib.ob3.verifier import OB3VerificationError

from bench.peers.python import Unchanged
from skillmark.credentials.contexts import registry
from skillmark.credentials.dids import did_key_signer
from skillmark.credentials.encoding.strict_json import dumps, parse_object
from skillmark.credentials.issuing import Form, issue
from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.jose import split_token
from skillmark.credentials.proofs.jose_claims import open_badge_claims
from tests.interop import badges

KNOWN_CONTEXTS = pytest.mark.parametrize("badge", [badges.plain, badges.with_status])
TOKENS = {"RS256": Algorithm.RSA, "ES256": Algorithm.P256, "EdDSA": Algorithm.ED25519}
tokens = pytest.mark.parametrize("alg", TOKENS)


@pytest.fixture(scope="module")
def keys():
    return {alg: badges.private_key(algorithm) for alg, algorithm in TOKENS.items()}


def ldp(key, badge):
    signer = did_key_signer(key)
    return parse_object(issue(badge(signer.controller), signer, created=badges.CREATED))


@KNOWN_CONTEXTS
def test_their_verifier_accepts_our_proof(badge, keys):
    credential = OB3LdpVerifier().verify(dumps(ldp(keys["EdDSA"], badge)))
    assert credential.achievement.name == "Λόγος & „Straße“ 😀"


@KNOWN_CONTEXTS
def test_their_verifier_refuses_our_proof_when_anything_was_changed(badge, keys):
    for changed in badges.tampered(ldp(keys["EdDSA"], badge)):
        with pytest.raises(OB3VerificationError):
            OB3LdpVerifier().verify(dumps(changed))


def test_their_proof_check_accepts_ours_with_our_context_given(keys):
    key = keys["EdDSA"]
    contexts = {registry.SKILLMARK: registry.document(registry.SKILLMARK)}
    signed = ldp(key, badges.european)
    pem = key.public.to_pem()
    verify_data_integrity_proof(signed, pem, extra_contexts=contexts)
    for changed in badges.tampered(signed):
        with pytest.raises(OB3VerificationError):
            verify_data_integrity_proof(changed, pem, extra_contexts=contexts)


@KNOWN_CONTEXTS
def test_we_accept_their_proof_and_refuse_it_when_anything_was_changed(badge, keys):
    key = keys["EdDSA"]
    signer = did_key_signer(key)
    signed = OB3LdpSigner(badges.secret_pem(key)).sign(Unchanged(badge(signer.controller)), created=badges.NOW)
    verifier = badges.verifier(badges.published(signer))
    assert verifier.verify(dumps(signed)).verdict == "valid"
    assert [verifier.verify(dumps(changed)).verdict for changed in badges.tampered(signed)] == ["invalid"] * 5


def token_of(key, badge):
    signer = badges.signer_of(key)
    return issue(badge(signer.controller), signer, created=badges.CREATED, form=Form.JWT).decode()


@tokens
@pytest.mark.parametrize("badge", badges.BADGES.values(), ids=badges.BADGES)
def test_their_verifier_accepts_our_token(alg, badge, keys):
    token = token_of(keys[alg], badge)
    assert split_token(token).header["alg"] == alg
    credential = OB3Verifier(keys[alg].public.to_pem()).verify(token)
    assert credential.achievement.name == "Λόγος & „Straße“ 😀"


@tokens
def test_their_verifier_refuses_our_token_when_it_was_changed(alg, keys):
    with pytest.raises(OB3VerificationError, match="signature"):
        OB3Verifier(keys[alg].public.to_pem()).verify(badges.changed_token(token_of(keys[alg], badges.plain)))


@tokens
@pytest.mark.parametrize("badge", badges.BADGES.values(), ids=badges.BADGES)
def test_we_accept_their_token_and_refuse_it_when_it_was_changed(alg, badge, keys):
    signer = badges.signer_of(keys[alg])
    claims = open_badge_claims(badge(signer.controller))
    token = OB3Signer(badges.secret_pem(keys[alg]), alg).sign_payload(claims)
    verifier = badges.verifier(badges.published(signer))
    assert verifier.verify(token).verdict == "valid"
    assert verifier.verify(badges.changed_token(token)).verdict == "invalid"
