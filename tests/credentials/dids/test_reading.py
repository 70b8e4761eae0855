"""Documents from strangers: read in every form we know, and refused where two readings are possible."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from skillmark.credentials.dids.documents import ControllerDocument
from skillmark.credentials.dids.reading import METHODS_LIMIT, parse_controller_document, parse_key_document
from skillmark.credentials.keys import Algorithm, PrivateKey
from skillmark.errors import ResolutionError

DID = "did:web:example.com"
URL = "https://example.com/keys"
ED25519 = PrivateKey.from_seed(b"e" * 32).public
P256 = PrivateKey.from_seed(b"p" * 32, Algorithm.P256).public
MALFORMED = "invalid-controlled-identifier-document"


def method(name: str = "#key-1", **members: Any) -> dict[str, Any]:
    base = {"id": name, "type": "Multikey", "controller": DID, "publicKeyMultibase": ED25519.to_multikey()}
    return {member: value for member, value in {**base, **members}.items() if value is not None}


def read(**members: Any) -> ControllerDocument:
    return parse_controller_document(json.dumps({"id": DID, **members}).encode(), identifier=DID)


def fault(**members: Any) -> str:
    with pytest.raises(ResolutionError) as caught:
        read(**members)
    return caught.value.rule


def reason(document: ControllerDocument, name: str = DID + "#key-1") -> str:
    with pytest.raises(ResolutionError) as caught:
        document.method(name)
    return caught.value.rule


def test_method_and_references_may_be_relative_or_absolute() -> None:
    document = read(
        verificationMethod=[method("#key-1"), method(DID + "#key-2")],
        assertionMethod=[DID + "#key-1", "#key-2", "did:web:elsewhere.example#key"],
        authentication=["#key-1"],
    )
    assert set(document.methods) == {DID + "#key-1", DID + "#key-2"}
    assert document.authorises(DID + "#key-1", "assertionMethod")
    assert document.authorises(DID + "#key-2", "assertionMethod")
    assert document.authorises("did:web:elsewhere.example#key", "assertionMethod")
    assert document.authorises(DID + "#key-1", "authentication")
    assert not document.authorises(DID + "#key-2", "authentication")
    assert not document.authorises(DID + "#key-1", "capabilityInvocation")
    assert not document.authorises("#key-1", "assertionMethod")


def test_method_embedded_in_a_relationship_serves_that_one_alone() -> None:
    document = read(verificationMethod=[method("#key-1")], assertionMethod=[method("#key-2")])
    assert document.method(DID + "#key-2").key == ED25519
    assert document.authorises(DID + "#key-2", "assertionMethod")
    assert not document.authorises(DID + "#key-2", "authentication")
    assert not document.authorises(DID + "#key-1", "assertionMethod")


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        ("Multikey", {"publicKeyMultibase": P256.to_multikey()}),
        ("JsonWebKey", {"publicKeyJwk": P256.to_jwk()}),
        ("JsonWebKey2020", {"publicKeyJwk": P256.to_jwk()}),
        ("EcdsaSecp256r1VerificationKey2019", {"publicKeyMultibase": P256.to_multikey()}),
        ("EcdsaSecp256r1VerificationKey2019", {"publicKeyJwk": P256.to_jwk()}),
    ],
)
def test_every_type_in_use_is_read(kind: str, members: dict[str, Any]) -> None:
    document = read(verificationMethod=[method(type=kind, **{"publicKeyMultibase": None, **members})])
    assert document.method(DID + "#key-1").key == P256


def test_ed25519_of_2020_is_read() -> None:
    document = read(verificationMethod=[method(type="Ed25519VerificationKey2020")])
    assert document.method(DID + "#key-1").key == ED25519


@pytest.mark.parametrize(
    ("members", "rule"),
    [
        ({"type": "X25519KeyAgreementKey2020"}, "key-unsupported"),
        ({"type": None}, "key-unsupported"),
        ({"type": ["Multikey"]}, "key-unsupported"),
        ({"controller": None}, "invalid-verification-method"),
        ({"controller": [DID]}, "invalid-verification-method"),
        ({"publicKeyMultibase": None}, "key-malformed"),
        ({"publicKeyMultibase": 7}, "key-malformed"),
        ({"publicKeyMultibase": "z6Mk"}, "key-unsupported"),
        ({"publicKeyJwk": ED25519.to_jwk()}, "key-malformed"),
        ({"publicKeyMultibase": None, "publicKeyJwk": ED25519.to_jwk()}, "key-malformed"),
        ({"type": "JsonWebKey"}, "key-malformed"),
        ({"type": "Ed25519VerificationKey2020", "publicKeyMultibase": P256.to_multikey()}, "key-mismatch"),
        ({"type": "EcdsaSecp256r1VerificationKey2019"}, "key-mismatch"),
        ({"secretKeyMultibase": "z"}, "key-private"),
        ({"privateKeyJwk": {}}, "key-private"),
        ({"revoked": "soon"}, "invalid-verification-method"),
        ({"revoked": "2026-01-01T00:00:00"}, "invalid-verification-method"),
        ({"revoked": True}, "invalid-verification-method"),
        ({"expires": 1700000000}, "invalid-verification-method"),
    ],
)
def test_method_that_cannot_be_used_is_named_and_leaves_the_others_alone(members: dict[str, Any], rule: str) -> None:
    document = read(verificationMethod=[method(**members), method("#key-2")], assertionMethod=["#key-1"])
    assert reason(document) == rule
    assert document.method(DID + "#key-2").key == ED25519


@pytest.mark.parametrize(
    "name",
    [
        "did:web:elsewhere.example#key",
        "did:web:example.com",
        "did:web:example.com#",
        "#",
        "key-1",
        "https://example.com",
    ],
)
def test_method_that_is_not_named_under_the_document_is_never_found(name: str) -> None:
    document = read(verificationMethod=[method(name)], assertionMethod=[name])
    assert document.methods == {}
    assert reason(document, DID + name if name.startswith("#") else name) == "invalid-verification-method"


def test_method_that_is_not_listed_is_not_found() -> None:
    assert reason(read()) == "verification-method"


def test_end_of_a_key_is_kept() -> None:
    document = read(verificationMethod=[method(revoked="2026-01-02T03:04:05Z", expires="2027-01-01T00:00:00+01:00")])
    found = document.method(DID + "#key-1")
    assert found.revoked == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert found.expires == datetime(2026, 12, 31, 23, tzinfo=UTC)


def test_document_must_bear_the_identifier_that_led_to_it() -> None:
    for other in ("did:web:example.org", "did:web:example.com#", "DID:web:example.com", None, [DID]):
        assert fault(id=other) == "invalid-controlled-identifier-document-id"


@pytest.mark.parametrize(
    "members",
    [
        {"verificationMethod": [method(), method()]},
        {"verificationMethod": [method(), method(DID + "#key-1")]},
        {"verificationMethod": [method()], "assertionMethod": [method()]},
        {"verificationMethod": [method(type="Unknown"), method()]},
        {"verificationMethod": [method(type="Unknown"), method(type="Unknown")]},
    ],
)
def test_document_that_lists_a_method_twice_is_refused(members: dict[str, Any]) -> None:
    assert fault(**members) == MALFORMED


@pytest.mark.parametrize(
    "members",
    [
        {"verificationMethod": method()},
        {"verificationMethod": ["#key-1"]},
        {"verificationMethod": [None]},
        {"verificationMethod": [{"type": "Multikey"}]},
        {"verificationMethod": [method(7)]},
        {"assertionMethod": "#key-1"},
        {"assertionMethod": [7]},
        {"authentication": None},
    ],
)
def test_document_of_another_shape_is_refused(members: dict[str, Any]) -> None:
    assert fault(**members) == MALFORMED


def test_document_with_too_many_methods_is_refused() -> None:
    many = [method(f"#{number}", type="Unknown") for number in range(METHODS_LIMIT + 1)]
    assert fault(verificationMethod=many) == MALFORMED
    assert len(read(verificationMethod=many[:-1]).unusable) == METHODS_LIMIT


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b'{"id":"a","id":"b"}', b"<html>", b"\xff"])
def test_text_that_is_no_document_is_refused(body: bytes) -> None:
    for call in (lambda: parse_controller_document(body, identifier=DID), lambda: parse_key_document(body, url=URL)):
        with pytest.raises(ResolutionError) as caught:
            call()
        assert caught.value.rule == MALFORMED


def keys(document: Any) -> ControllerDocument:
    return parse_key_document(json.dumps(document).encode(), url=URL)


def test_jwk_set_lists_its_keys_by_kid_for_assertions() -> None:
    document = keys(
        {
            "keys": [
                {**ED25519.to_jwk(), "kid": "1"},
                {**P256.to_jwk(), "kid": URL + "#2"},
                {**P256.to_jwk(), "kid": "3", "use": "enc"},
                ED25519.to_jwk(),
                "no key",
            ]
        }
    )
    assert document.id == URL
    assert {name: found.key for name, found in document.methods.items()} == {URL + "#1": ED25519, URL + "#2": P256}
    assert {found.controller for found in document.methods.values()} == {URL}
    assert document.authorises(URL + "#1", "assertionMethod")
    assert not document.authorises(URL + "#1", "authentication")
    assert reason(document, URL + "#3") == "key-use"


def test_jwk_set_without_a_list_or_with_a_kid_twice_is_refused() -> None:
    jwk = {**ED25519.to_jwk(), "kid": "1"}
    for value in ({}, "keys", [jwk, jwk]):
        with pytest.raises(ResolutionError) as caught:
            keys({"keys": value})
        assert caught.value.rule == MALFORMED


def test_lone_jwk_is_named_by_its_address() -> None:
    document = keys(ED25519.to_jwk())
    assert document.method(URL).key == ED25519
    assert document.method(URL).controller == URL
    assert document.authorises(URL, "assertionMethod")


def test_lone_method_names_its_controller_and_is_listed_by_nobody() -> None:
    for name in (URL, URL + "#key-1"):
        document = keys(method(name))
        assert document.id == URL
        assert document.method(name).key == ED25519
        assert document.method(name).controller == DID
        assert not document.authorises(name, "assertionMethod")


def test_lone_method_with_another_name_is_refused() -> None:
    for name in ("https://example.com/other", "#key-1", None):
        with pytest.raises(ResolutionError) as caught:
            keys(method(name))
        assert caught.value.rule == "invalid-controlled-identifier-document-id"


def test_lone_key_that_cannot_be_used_is_refused() -> None:
    for document in (method(URL, publicKeyMultibase="z6Mk"), {"kty": "oct", "k": "AQAB"}):
        with pytest.raises(ResolutionError) as caught:
            keys(document)
        assert caught.value.rule in {"key-unsupported", "key-private"}


def test_controller_document_at_an_address_is_read() -> None:
    profile = {"id": URL, "type": "Profile", "controller": URL, "verificationMethod": [method("#a", controller=URL)]}
    document = keys({**profile, "assertionMethod": ["#a"]})
    assert document.method(URL + "#a").controller == URL
    assert document.authorises(URL + "#a", "assertionMethod")
