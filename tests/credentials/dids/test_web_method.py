"""did:web: names become addresses and nothing else; documents are read back as they were published."""

import json

import pytest

from skillmark.credentials.dids import DidResolver, did_web, did_web_document
from skillmark.credentials.dids.web_method import did_web_url
from skillmark.credentials.keys import Algorithm, PrivateKey
from skillmark.errors import ResolutionError
from tests.credentials.dids.stand_ins import Table


@pytest.mark.parametrize(
    ("did", "url"),
    [
        # the examples of the did:web method specification §2.5.2
        ("did:web:w3c-ccg.github.io", "https://w3c-ccg.github.io/.well-known/did.json"),
        ("did:web:w3c-ccg.github.io:user:alice", "https://w3c-ccg.github.io/user/alice/did.json"),
        ("did:web:example.com%3A3000:user:alice", "https://example.com:3000/user/alice/did.json"),
        ("did:web:example.com%3a8443", "https://example.com:8443/.well-known/did.json"),
        ("did:web:localhost%3A8443", "https://localhost:8443/.well-known/did.json"),
        ("did:web:xn--bcher-kva.example:a_b:1.2", "https://xn--bcher-kva.example/a_b/1.2/did.json"),
        ("did:web:example.com:%C3%A9cole", "https://example.com/%C3%A9cole/did.json"),
    ],
)
def test_name_becomes_its_address(did: str, url: str) -> None:
    assert did_web_url(did) == url


@pytest.mark.parametrize(
    "rest",
    [
        "",
        "127.0.0.1",
        "127.0.0.1%3A18099",
        "2130706433",
        "127.1",
        "[::1]%3A18099",
        "example.com:18099:",
        "example.com:",
        "example.com::a",
        "example.com:..:admin",
        "example.com:.:admin",
        "example.com:.well-known",
        "example.com:a%2Fb",
        "example.com:a%2fb",
        "example.com:%2e%2e",
        "example.com:a%00",
        "example.com:a/b",
        "example.com:a?b",
        "example.com%3A0",
        "example.com%3A65536",
        "example.com%3A080",
        "example.com%2Fa",
        "example.com%3A443%3A443",
        "user@example.com",
        "example.com.",
        ".example.com",
        "exa mple.com",
        "bücher.example",
        "-a.example",
        "a" * 64 + ".example",
        ".".join(["a" * 60] * 5),
        "example.com\n",
    ],
)
def test_name_that_is_no_plain_web_address_is_refused(rest: str) -> None:
    with pytest.raises(ResolutionError) as caught:
        did_web_url("did:web:" + rest)
    assert caught.value.rule == "invalid-did"


def test_did_is_made_of_domain_and_path() -> None:
    assert did_web("example.com") == "did:web:example.com"
    assert did_web("localhost:8443", "/issuers/7/") == "did:web:localhost%3A8443:issuers:7"
    for domain, path in (("10.0.0.1", ""), ("example.com", "../a"), ("example.com/a", "")):
        with pytest.raises(ResolutionError):
            did_web(domain, path)


def test_published_document_leads_back_to_every_key() -> None:
    did = "did:web:example.com"
    keys = {str(index): PrivateKey.generate(algorithm).public for index, algorithm in enumerate(Algorithm)}
    document = did_web_document(did, keys)
    assert document["@context"] == [
        "https://www.w3.org/ns/did/v1",
        "https://w3id.org/security/multikey/v1",
        "https://w3id.org/security/jwk/v1",
    ]
    resolver = DidResolver(Table({"https://example.com/.well-known/did.json": document}))
    for fragment, key in keys.items():
        found, method = resolver.dereference(f"{did}#{fragment}")
        assert method.key == key
        assert method.controller == did
        assert found.authorises(method.id, "assertionMethod")
        assert found.authorises(method.id, "authentication")


def test_document_of_ed25519_alone_needs_no_other_context() -> None:
    key = PrivateKey.from_seed(b"s" * 32).public
    document = did_web_document("did:web:example.com", {"key-1": key})
    assert json.loads(json.dumps(document)) == {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": "did:web:example.com",
        "verificationMethod": [
            {
                "id": "did:web:example.com#key-1",
                "type": "Multikey",
                "controller": "did:web:example.com",
                "publicKeyMultibase": key.to_multikey(),
            }
        ],
        "authentication": ["did:web:example.com#key-1"],
        "assertionMethod": ["did:web:example.com#key-1"],
    }
