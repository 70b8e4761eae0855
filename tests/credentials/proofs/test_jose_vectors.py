"""The JOSE inputs of the W3C test suite for VC-JOSE-COSE, accepted or refused by file name."""

import pytest

from skillmark.credentials.keys import LocalSigner, PrivateKey, PublicKey
from skillmark.credentials.proofs.jose import (
    credential_of,
    key_reference,
    presentation_of,
    sign_vc_jose,
    split_token,
    verify_token,
)
from skillmark.credentials.proofs.presentations import envelopes_of
from skillmark.errors import KeyMaterialError, ProofError, SkillmarkError

ISSUER = "https://example.issuer/vc-jose-cose"


@pytest.fixture(scope="session")
def keys(vector):
    """The verification methods by the `kid` of their key."""
    methods = [vector(f"vc-jose-cose/{name}.json") for name in ("vm-ed25519", "vm-p256", "vm-p384")]
    return {method["publicKeyJwk"]["kid"]: PublicKey.from_jwk(method["publicKeyJwk"]) for method in methods}


@pytest.fixture
def read(vector, keys):
    """Take a published token apart and check its signature."""

    def verified(name):
        token = split_token(vector(f"vc-jose-cose/{name}.txt").rstrip("\n"))
        verify_token(token, keys[token.header["kid"]])
        return token

    return verified


@pytest.mark.parametrize("name", ["credential-jose-minimal", "credential-issuer-match-signed"])
def test_a_good_credential_is_read(name, read, vector):
    token = read(name)
    assert credential_of(token) == vector("vc-jose-cose/credential-minimal.json")
    assert key_reference(token.header, ISSUER) == f"{ISSUER}#{token.header['kid']}"
    assert token.claims["iat"] == "2010-01-01T19:23:24Z"


def test_a_good_presentation_is_read_with_its_envelopes(read, keys):
    token = read("presentation-jose-multiple")
    found = envelopes_of(presentation_of(token))
    assert [(entry.media_type, entry.is_base64) for entry in found] == [
        ("application/vc+jwt", False),
        ("application/vc+sd-jwt", False),
        ("application/vc+cose", True),
    ]
    inner = split_token(found[0].content)
    verify_token(inner, keys[inner.header["kid"]])
    assert credential_of(inner)["issuer"] == ISSUER


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("credential-jose-bad-signature", "jose-signature"),
        ("credential-jose-bad-media-type", "jose-typ"),
        ("credential-jose-vc-vp-claims", "jose-claims"),
        ("credential-jose-unknown-extensions", "jose-alg"),
        ("presentation-jose-bad-media-type", "jose-typ"),
        ("presentation-jose-bad-credential", "envelope"),
    ],
)
def test_each_bad_input_is_refused_by_name(name, rule, read):
    content = credential_of if name.startswith("credential") else lambda token: envelopes_of(presentation_of(token))
    with pytest.raises(ProofError) as refused:
        content(read(name))
    assert refused.value.rule == rule


def test_a_cut_off_token_inside_a_presentation_is_refused(vector):
    (entry,) = envelopes_of(vector("vc-jose-cose/presentation-single.json"))
    with pytest.raises(SkillmarkError):
        split_token(entry.content)


def test_a_credential_with_other_envelopes_is_signed_as_presentation(vector):
    assert [entry.media_type for entry in envelopes_of(vector("vc-jose-cose/presentation-selective.json"))] == [
        "application/vc+sd-jwt"
    ]


@pytest.mark.parametrize("name", ["vm-ed25519", "vm-p256", "vm-p384", "vm-did-ed25519"])
@pytest.mark.parametrize("document", ["credential-minimal", "credential-full"])
def test_each_published_key_signs_what_it_verifies(name, document, vector):
    method = vector(f"vc-jose-cose/{name}.json")
    key = PrivateKey.from_jwk(method["secretKeyJwk"])
    signer = LocalSigner(key, verification_method=method["id"], controller=method["controller"])
    token = split_token(sign_vc_jose(vector(f"vc-jose-cose/{document}.json"), signer))
    verify_token(token, PublicKey.from_jwk(method["publicKeyJwk"]))
    assert (token.header["alg"], token.header["kid"]) == (method["publicKeyJwk"]["alg"], method["id"])
    assert credential_of(token) == vector(f"vc-jose-cose/{document}.json")


def test_p521_is_refused_by_name(vector):
    with pytest.raises(KeyMaterialError):
        PublicKey.from_jwk(vector("vc-jose-cose/vm-p521.json")["publicKeyJwk"])
