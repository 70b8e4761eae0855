"""Both JWT profiles: what is written, what is read, and what the clock says of it."""

from datetime import UTC, datetime, timedelta

import pytest

from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.jose import (
    TokenKind,
    credential_of,
    presentation_of,
    sign_openbadge_jwt,
    sign_vc_jose,
    split_token,
    token_faults_at,
    validity_of,
    verify_token,
)
from skillmark.errors import IssuingError, ProofError, SkillmarkError

from .test_tokens import token_of

NOW = datetime(2026, 6, 1, tzinfo=UTC)
ALGORITHMS = [
    (Algorithm.ED25519, "EdDSA"),
    (Algorithm.P256, "ES256"),
    (Algorithm.P384, "ES384"),
    (Algorithm.RSA, "RS256"),
]
PRESENTATION = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "type": ["VerifiablePresentation"],
    "holder": "urn:h",
}


def refusal(attempt):
    with pytest.raises(SkillmarkError) as refused:
        attempt()
    return type(refused.value), refused.value.rule


@pytest.mark.parametrize(("algorithm", "alg"), ALGORITHMS)
def test_an_open_badges_token_holds_the_profile_and_nothing_else(algorithm, alg, signers, credential):
    signer = signers[algorithm]
    issued = credential | {"issuer": {**credential["issuer"], "id": signer.controller}}
    token = split_token(sign_openbadge_jwt(issued, signer))
    verify_token(token, signer.private_key.public)
    assert token.kind is TokenKind.OPEN_BADGE
    assert token.header == {"alg": alg, "kid": signer.verification_method, "typ": "JWT"}
    assert token.claims.keys() - issued.keys() == {"iss", "sub", "jti", "nbf"}
    assert credential_of(token) == issued


def test_exp_and_the_new_algorithm_name_are_written_only_when_asked_for(signer, credential):
    token = split_token(sign_openbadge_jwt(credential, signer, alg="Ed25519", exp=4102444800))
    assert (token.header["alg"], token.claims["exp"]) == ("Ed25519", 4102444800)
    found = validity_of(token, credential_of(token))
    assert found.ends == found.expires == datetime(2100, 1, 1, tzinfo=UTC)
    assert found.valid_until is None


@pytest.mark.parametrize(("algorithm", "alg"), ALGORITHMS)
def test_a_vc_jose_token_is_the_credential_with_its_types(algorithm, alg, signers, credential):
    signer = signers[algorithm]
    token = split_token(sign_vc_jose(credential, signer))
    verify_token(token, signer.private_key.public)
    assert token.header == {"alg": alg, "kid": signer.verification_method, "typ": "vc+jwt", "cty": "vc"}
    assert token.claims == credential == credential_of(token)


def test_a_vp_jose_token_is_the_presentation(signer):
    token = split_token(sign_vc_jose(PRESENTATION, signer, typ="vp+jwt", claims={"aud": "a", "nonce": "n"}))
    assert (token.header["typ"], token.header["cty"]) == ("vp+jwt", "vp")
    assert token.claims == PRESENTATION | {"aud": "a", "nonce": "n"}
    assert presentation_of(token) == PRESENTATION


def test_a_credential_is_never_read_as_a_presentation_nor_the_other_way(signer, credential):
    presented = split_token(sign_vc_jose(PRESENTATION, signer, typ="vp+jwt"))
    assert refusal(lambda: credential_of(presented)) == (ProofError, "jose-typ")
    for text in (sign_openbadge_jwt(credential, signer), sign_vc_jose(credential, signer)):
        assert refusal(lambda t=text: presentation_of(split_token(t))) == (ProofError, "jose-typ")


@pytest.mark.parametrize(
    ("document", "options", "rule"),
    [
        ({"vc": {}}, {}, "jose-claims"),
        ({"vp": {}}, {}, "jose-claims"),
        ({"id": "urn:a"}, {"claims": {"id": "urn:b"}}, "jose-claims"),
        ({}, {"typ": "JWT"}, "jose-typ"),
        ({}, {"typ": "at+jwt"}, "jose-typ"),
    ],
)
def test_a_token_that_would_be_ambiguous_is_not_signed(document, options, rule, signer):
    assert refusal(lambda: sign_vc_jose(document, signer, **options)) == (IssuingError, rule)


def rules(claims, **expected):
    token = split_token(token_of({"alg": "EdDSA", "kid": "#k", "typ": "vp+jwt"}, claims))
    return [fault.rule for fault in token_faults_at(token, NOW, **expected)]


def test_the_clock_and_the_audience_are_asked_apart_from_the_signature():
    now = int(NOW.timestamp())
    assert rules({}) == rules({"nbf": now + 300, "exp": now + 1}) == []
    assert rules({"nbf": now + 301}) == ["jose-nbf"]
    assert rules({"exp": now}) == ["jose-exp"]
    assert rules({"aud": "a", "nonce": "n"}, domain="a", challenge="n") == []
    assert rules({"aud": ["b", "a"]}, domain="a") == []
    assert rules({"aud": "b", "nonce": "m"}, domain="a", challenge="n") == ["jose-aud", "jose-nonce"]
    assert rules({}, domain="a", challenge="n") == ["jose-aud", "jose-nonce"]


def test_a_token_says_when_it_counts(signer, credential):
    token = split_token(sign_openbadge_jwt(credential | {"validUntil": "2026-06-01T00:00:00Z"}, signer))
    found = validity_of(token, credential_of(token))
    assert found.ends == NOW
    assert found.starts == found.not_before == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert found.starts + timedelta(0) == found.valid_from
