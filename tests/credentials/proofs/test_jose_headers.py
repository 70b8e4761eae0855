"""The header of a token names a key and a kind; it never chooses or brings a key."""

import pytest

from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.jose_headers import TokenKind, key_reference, read_header
from skillmark.errors import ProofError

KEY = {"kid": "did:example:issuer#key"}


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ({"alg": "EdDSA"}, (Algorithm.ED25519, TokenKind.OPEN_BADGE)),
        ({"alg": "Ed25519", "typ": "JWT"}, (Algorithm.ED25519, TokenKind.OPEN_BADGE)),
        ({"alg": "ES256", "typ": "jwt"}, (Algorithm.P256, TokenKind.OPEN_BADGE)),
        ({"alg": "ES384", "typ": "vc+jwt", "cty": "vc"}, (Algorithm.P384, TokenKind.CREDENTIAL)),
        ({"alg": "RS256", "typ": "application/vc+jwt"}, (Algorithm.RSA, TokenKind.CREDENTIAL)),
        ({"alg": "ES256", "typ": "vp+jwt", "cty": "vp", "x5t": "a"}, (Algorithm.P256, TokenKind.PRESENTATION)),
    ],
)
def test_each_profile_is_known_by_its_typ(header, expected):
    assert read_header(header | KEY) == expected


@pytest.mark.parametrize(
    ("header", "rule"),
    [
        ({}, "jose-alg"),
        ({"alg": None}, "jose-alg"),
        ({"alg": "none"}, "jose-alg-none"),
        ({"alg": "None"}, "jose-alg-none"),
        ({"alg": "NONE"}, "jose-alg-none"),
        ({"alg": "HS256"}, "jose-alg-symmetric"),
        ({"alg": "hs512"}, "jose-alg-symmetric"),
        ({"alg": "ES512"}, "jose-alg"),
        ({"alg": "PS256"}, "jose-alg"),
        ({"alg": "RS384"}, "jose-alg"),
        ({"alg": "eddsa"}, "jose-alg"),
        ({"alg": ["EdDSA"]}, "jose-alg"),
        ({"alg": "EdDSA", "crit": []}, "jose-crit"),
        ({"alg": "EdDSA", "crit": ["b64"], "b64": False}, "jose-crit"),
        ({"alg": "none", "crit": ["exp"]}, "jose-crit"),
        ({"alg": "EdDSA", "jku": "https://a.example/keys"}, "jose-key-source"),
        ({"alg": "EdDSA", "typ": "vc+jwt", "x5u": "https://a.example/chain"}, "jose-key-source"),
        ({"alg": "EdDSA", "typ": "vc+jwt", "x5c": ["MII"]}, "jose-key-source"),
        ({"alg": "EdDSA", "typ": "at+jwt"}, "jose-typ"),
        ({"alg": "EdDSA", "typ": "kb+jwt"}, "jose-typ"),
        ({"alg": "EdDSA", "typ": None}, "jose-typ"),
        ({"alg": "EdDSA", "typ": ["JWT"]}, "jose-typ"),
        ({"alg": "EdDSA", "typ": "vc+jwt", "cty": "vp"}, "jose-cty"),
        ({"alg": "EdDSA", "typ": "vp+jwt", "cty": None}, "jose-cty"),
        ({"alg": "EdDSA", "typ": "JWT", "cty": "vc"}, "jose-cty"),
        ({"alg": "EdDSA", "typ": "JWT", "iat": 1}, "jose-header"),
        ({"alg": "EdDSA", "b64": True}, "jose-header"),
    ],
)
def test_what_a_header_may_not_say_is_refused_by_name(header, rule):
    with pytest.raises(ProofError) as refused:
        read_header(KEY | header)
    assert refused.value.rule == rule


@pytest.mark.parametrize(
    "kid",
    [
        None,
        5,
        "",
        "#",
        "../../../../dev/null",
        "/etc/passwd",
        "a b",
        "a'; DROP TABLE keys; --",
        "http://a.example/key",
        "file:///etc/passwd",
        "did:example:a b",
        "https://a.example/<script>",
        "k\n",
        "#a#b",
        "k" * 201,
    ],
)
def test_a_kid_that_is_no_identifier_is_refused(kid):
    with pytest.raises(ProofError) as refused:
        read_header({"alg": "EdDSA", "kid": kid})
    assert refused.value.rule == "jose-kid"


def test_a_header_must_name_a_key():
    with pytest.raises(ProofError) as refused:
        read_header({"alg": "EdDSA"})
    assert refused.value.rule == "jose-key"
    assert read_header({"alg": "EdDSA", "jwk": {}}) == (Algorithm.ED25519, TokenKind.OPEN_BADGE)
    with pytest.raises(ProofError) as refused:
        read_header({"alg": "EdDSA", "jwk": "key"})
    assert refused.value.rule == "jose-jwk"


@pytest.mark.parametrize(
    ("kid", "address"),
    [
        ("did:example:other#key", "did:example:other#key"),
        ("https://a.example/issuer#key", "https://a.example/issuer#key"),
        ("#key-1", "did:example:issuer#key-1"),
        (
            "73voMXFNmNlOEpuYCSJlh8eN0dscykoO6gBukgRS1uU",
            "did:example:issuer#73voMXFNmNlOEpuYCSJlh8eN0dscykoO6gBukgRS1uU",
        ),
    ],
)
def test_a_kid_leads_to_an_absolute_address(kid, address):
    assert key_reference({"kid": kid}, "did:example:issuer") == address


def test_a_header_with_a_key_alone_has_no_address():
    assert key_reference({"jwk": {}}, "did:example:issuer") is None
