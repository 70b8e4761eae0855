"""did:jwk: the published examples, and what is no key for signatures."""

import base64
import json

import pytest

from skillmark.credentials.dids import DidResolver, did_jwk
from skillmark.credentials.keys import Algorithm, PrivateKey, PublicKey
from skillmark.errors import ResolutionError

# The P-256 example of the did:jwk method specification.
EXAMPLE = (
    "did:jwk:eyJjcnYiOiJQLTI1NiIsImt0eSI6IkVDIiwieCI6ImFjYklRaXVNczNpOF91c3pFakoydHBUdFJNNEVVM3l6OTFQSDZDZEgyVjAi"
    "LCJ5IjoiX0tjeUxqOXZXTXB0bm1LdG00NkdxRHo4d2Y3NEk1TEtncmwyR3pIM25TRSJ9"
)
MEMBERS = {
    "crv": "P-256",
    "kty": "EC",
    "x": "acbIQiuMs3i8_uszEjJ2tpTtRM4EU3yz91PH6CdH2V0",
    "y": "_KcyLj9vWMptnmKtm46GqDz8wf74I5LKgrl2GzH3nSE",
}


def did_of(text: bytes) -> str:
    return "did:jwk:" + base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def test_published_example_is_read_and_written_alike() -> None:
    document, method = DidResolver().dereference(EXAMPLE + "#0")
    assert document.id == method.controller == EXAMPLE
    assert method.key == PublicKey.from_jwk(MEMBERS)
    assert document.authorises(EXAMPLE + "#0", "assertionMethod")
    assert document.authorises(EXAMPLE + "#0", "authentication")
    assert not document.authorises(EXAMPLE + "#0", "keyAgreement")
    assert did_jwk(method.key) == EXAMPLE


@pytest.mark.parametrize("algorithm", Algorithm)
def test_every_kind_of_key_leads_back_to_itself(algorithm: Algorithm) -> None:
    key = PrivateKey.generate(algorithm).public
    assert DidResolver().dereference(did_jwk(key) + "#0")[1].key == key


@pytest.mark.parametrize(
    ("did", "rule"),
    [
        ("did:jwk:", "invalid-did"),
        ("did:jwk:ä", "invalid-did"),
        (EXAMPLE + "=", "invalid-did"),
        (did_of(b"[]"), "invalid-did"),
        (did_of(b'{"kty":"EC","kty":"EC"}'), "invalid-did"),
        (did_of(b"{}"), "key-malformed"),
        (did_of(json.dumps({**MEMBERS, "d": "AQAB"}).encode()), "key-private"),
        (did_of(json.dumps({**MEMBERS, "use": "enc"}).encode()), "key-use"),
        (did_of(json.dumps({"kty": "OKP", "crv": "X25519", "x": MEMBERS["x"]}).encode()), "key-unsupported"),
        (did_of(b" " * 4000), "invalid-did"),
    ],
)
def test_text_that_is_no_did_jwk_is_refused_by_name(did: str, rule: str) -> None:
    with pytest.raises(ResolutionError) as caught:
        DidResolver().resolve(did)
    assert caught.value.rule == rule


@pytest.mark.parametrize("fragment", ["#1", "#00", "#0#0"])
def test_its_only_method_is_number_zero(fragment: str) -> None:
    with pytest.raises(ResolutionError, match="does not list"):
        DidResolver().dereference(EXAMPLE + fragment)
