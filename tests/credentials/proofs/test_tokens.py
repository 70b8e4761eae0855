"""Compact tokens: limits before decoding, one reading, and a signature by the key they were resolved to."""

import base64
import hashlib
import hmac
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.keys import Algorithm, LocalSigner, PrivateKey
from skillmark.credentials.proofs.jose_headers import TokenKind
from skillmark.credentials.proofs.tokens import LONGEST_TOKEN, header_key, make_token, split_token, verify_token
from skillmark.errors import InputError, IssuingError, ProofError, SkillmarkError

CLAIMS = {"a": "ä", "n": 5}
KEY = PrivateKey.from_seed(b"\1" * 32)
SIGNER = LocalSigner(KEY, verification_method="did:example:issuer#key", controller="did:example:issuer")


def b64u(data):
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def token_of(header, claims=CLAIMS, *, key=KEY, signature=None):
    text = f"{b64u(header)}.{b64u(claims)}"
    return f"{text}.{b64u(key.sign(text.encode()) if signature is None else signature)}"


def refusal(attempt, *arguments):
    with pytest.raises(SkillmarkError) as refused:
        attempt(*arguments)
    return type(refused.value), refused.value.rule


@pytest.mark.parametrize(
    ("algorithm", "alg"),
    [(Algorithm.ED25519, "EdDSA"), (Algorithm.P256, "ES256"), (Algorithm.P384, "ES384"), (Algorithm.RSA, "RS256")],
)
def test_a_token_of_each_algorithm_survives_the_round_trip(signers, algorithm, alg):
    text = make_token(CLAIMS, signers[algorithm], typ="vc+jwt", cty="vc")
    token = split_token(text)
    assert token.header == {"alg": alg, "kid": signers[algorithm].verification_method, "typ": "vc+jwt", "cty": "vc"}
    assert token.claims == CLAIMS
    assert token.payload == b'{"a":"\xc3\xa4","n":5}'
    assert token.kind is TokenKind.CREDENTIAL
    verify_token(token, signers[algorithm].private_key.public)


def test_the_new_name_of_ed25519_is_written_when_asked_for():
    token = split_token(make_token(CLAIMS, SIGNER, typ="JWT", alg="Ed25519"))
    assert token.header == {"alg": "Ed25519", "kid": "did:example:issuer#key", "typ": "JWT"}
    verify_token(token, KEY.public)


@pytest.mark.parametrize("alg", ["ES256", "none", "HS256"])
def test_an_alg_that_is_not_the_keys_is_never_written(alg):
    assert refusal(lambda: make_token(CLAIMS, SIGNER, typ="JWT", alg=alg)) == (IssuingError, "jose-alg")


def test_a_key_of_another_kind_never_checks_a_token(signers):
    token = split_token(make_token(CLAIMS, SIGNER, typ="JWT"))
    for algorithm in (Algorithm.P256, Algorithm.RSA):
        expected = (ProofError, "jose-key-algorithm")
        assert refusal(verify_token, token, signers[algorithm].private_key.public) == expected


def test_another_key_of_the_same_kind_does_not_verify():
    token = split_token(make_token(CLAIMS, SIGNER, typ="JWT"))
    other = PrivateKey.from_seed(b"\2" * 32).public
    assert refusal(verify_token, token, other) == (ProofError, "jose-signature")


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(64), bytes(65)])
def test_a_signature_of_zeros_or_of_another_length_is_refused(signers, signature):
    for algorithm, alg in ((Algorithm.ED25519, "EdDSA"), (Algorithm.P256, "ES256")):
        token = split_token(token_of({"alg": alg, "kid": "#k"}, signature=signature))
        assert refusal(verify_token, token, signers[algorithm].private_key.public) == (ProofError, "jose-signature")


def test_the_key_in_a_header_must_be_the_issuers():
    own, other = KEY.public, PrivateKey.from_seed(b"\2" * 32)
    verify_token(split_token(token_of({"alg": "EdDSA", "jwk": own.to_jwk()})), own)
    forged = split_token(token_of({"alg": "EdDSA", "jwk": other.public.to_jwk()}, key=other))
    assert header_key(forged) == other.public
    assert refusal(verify_token, forged, own) == (ProofError, "jose-jwk")


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        {"kty": "oct", "k": "AAAA"},
        {"kty": "OKP", "crv": "Ed25519", "x": b64u(bytes(32))},
        {"kty": "OKP", "crv": "Ed25519", "x": b64u(b"\1" * 32), "d": b64u(b"\1" * 32)},
    ],
)
def test_an_unusable_key_in_a_header_is_refused(jwk):
    token = split_token(token_of({"alg": "EdDSA", "jwk": jwk}))
    assert refusal(header_key, token) == (ProofError, "jose-jwk")


@pytest.mark.parametrize("text", ["", "a", "a.b", "a.b.c.d", "a.b.c.d.e", "." * 1000])
def test_a_token_has_three_parts(text):
    assert refusal(split_token, text) == (InputError, "token-form")


def test_sizes_are_capped_before_decoding():
    assert refusal(split_token, "!" * (LONGEST_TOKEN + 1)) == (InputError, "token-size")
    assert refusal(split_token, "!" * 8193 + ".b.c") == (InputError, "token-header-size")
    assert refusal(split_token, "!" * 8192 + ".b.c") == (InputError, "parse")


@pytest.mark.parametrize(
    ("header", "claims", "rule"),
    [
        (b'{"alg":"EdDSA","kid":"#a","kid":"#b"}', CLAIMS, "json-duplicate-member"),
        ({"alg": "EdDSA", "kid": "#a"}, b'{"issuer":"a","issuer":"b"}', "json-duplicate-member"),
        ({"alg": "EdDSA", "kid": "#a"}, b'{"a":NaN}', "json-number"),
        ({"alg": "EdDSA", "kid": "#a"}, b"\xff", "json-syntax"),
        ({"alg": "EdDSA", "kid": "#a"}, b"[]", "json-syntax"),
        (b"[]", CLAIMS, "json-syntax"),
        (b'"x"', CLAIMS, "json-syntax"),
    ],
)
def test_the_json_inside_has_one_reading_or_is_refused(header, claims, rule):
    assert refusal(split_token, token_of(header, claims)) == (InputError, rule)


@pytest.mark.parametrize("form", ["{}=", "{}\n", " {}", "{}\0"])
def test_padding_and_white_space_are_refused(form):
    assert refusal(split_token, form.format(make_token(CLAIMS, SIGNER, typ="JWT")))[0] is InputError


def test_a_token_signed_with_the_public_key_as_secret_is_refused_by_name():
    for secret in (KEY.public.to_pem(), KEY.public.encoded):
        text = f"{b64u({'alg': 'HS256', 'kid': '#k'})}.{b64u(CLAIMS)}"
        forged = f"{text}.{b64u(hmac.digest(secret, text.encode(), hashlib.sha256))}"
        assert refusal(split_token, forged) == (ProofError, "jose-alg-symmetric")


@given(st.data())
def test_any_changed_character_of_a_token_is_refused(data):
    text = make_token(CLAIMS, SIGNER, typ="JWT")
    position = data.draw(st.integers(min_value=0, max_value=len(text) - 1))
    letter = data.draw(st.characters(codec="utf-8").filter(lambda c: c != text[position]))
    with pytest.raises(SkillmarkError):
        verify_token(split_token(text[:position] + letter + text[position + 1 :]), KEY.public)


@given(st.data())
def test_any_inserted_or_removed_character_of_a_token_is_refused(data):
    text = make_token(CLAIMS, SIGNER, typ="JWT")
    position = data.draw(st.integers(min_value=0, max_value=len(text) - 1))
    insert = data.draw(st.sampled_from(["", "A", "_", ".", "=", "\n", "é"]))
    changed = text[:position] + insert + text[position + (insert == "") :]
    with pytest.raises(SkillmarkError):
        verify_token(split_token(changed), KEY.public)
