"""The resolver: where it looks, how long it remembers, and which failures are knowledge."""

import pytest

from skillmark.credentials.dids import DidResolver, did_key_signer, did_web_document
from skillmark.credentials.keys import Algorithm, PrivateKey
from skillmark.credentials.keys.sodium import SodiumEngine
from skillmark.errors import FetchError, ResolutionError
from tests.credentials.dids.stand_ins import Clock, Table

DID = "did:web:example.com"
PAGE = "https://example.com/.well-known/did.json"
KEY = PrivateKey.from_seed(b"k" * 32)
DOCUMENT = did_web_document(DID, {"key-1": KEY.public})


def test_fetched_document_counts_for_its_lifetime_and_is_then_fetched_again() -> None:
    clock, table = Clock(), Table({PAGE: DOCUMENT})
    resolver = DidResolver(table, clock=clock, lifetime=60)
    assert resolver.dereference(DID + "#key-1")[1].key == KEY.public
    clock.seconds += 59
    resolver.resolve(DID)
    assert table.asked == [PAGE]
    table.pages[PAGE] = did_web_document(DID, {"key-2": KEY.public})
    clock.seconds += 1
    assert set(resolver.resolve(DID).methods) == {DID + "#key-2"}
    assert table.asked == [PAGE, PAGE]


def test_failure_is_remembered_for_half_a_minute() -> None:
    clock, table = Clock(), Table({})
    resolver = DidResolver(table, clock=clock)
    for _ in range(3):
        with pytest.raises(FetchError, match="could not be fetched") as caught:
            resolver.resolve(DID)
        assert caught.value.rule == "fetch"
    assert table.asked == [PAGE]
    table.pages[PAGE] = DOCUMENT
    clock.seconds += 30
    assert resolver.resolve(DID).id == DID


def test_wrong_document_is_a_failure_of_the_document() -> None:
    resolver = DidResolver(Table({PAGE: {"id": "did:web:other.example"}}))
    for _ in range(2):
        with pytest.raises(ResolutionError) as caught:
            resolver.resolve(DID)
        assert caught.value.rule == "invalid-controlled-identifier-document-id"


def test_memory_is_bounded_and_forgets_the_oldest() -> None:
    pages = {f"https://{name}.example/": {"id": f"https://{name}.example/"} for name in "abc"}
    table = Table(pages)
    resolver = DidResolver(table, capacity=2)
    for name in "abcbcab":
        resolver.resolve(f"https://{name}.example/")
    assert [url[8] for url in table.asked] == ["a", "b", "c", "a", "b"]


def test_nothing_is_fetched_without_a_fetcher() -> None:
    for identifier in (DID, "https://example.com/keys"):
        with pytest.raises(FetchError) as caught:
            DidResolver().resolve(identifier)
        assert caught.value.rule == "offline"


def test_local_identifiers_are_never_fetched_and_resolved_once() -> None:
    table = Table({})
    resolver = DidResolver(table)
    url = did_key_signer(KEY).verification_method
    first, second = resolver.dereference(url), resolver.dereference(url)
    assert first[1] is second[1]
    assert resolver.resolve(first[0].id) is first[0]
    assert table.asked == []


def test_https_key_document_is_fetched_by_its_address_without_the_fragment() -> None:
    table = Table({"https://example.com/keys": {"keys": [{**KEY.public.to_jwk(), "kid": "1"}]}})
    resolver = DidResolver(table)
    document, method = resolver.dereference("https://example.com/keys#1")
    assert method.key == KEY.public
    assert document.id == "https://example.com/keys"
    assert table.asked == ["https://example.com/keys"]


def test_lone_key_is_named_by_its_whole_address() -> None:
    resolver = DidResolver(Table({"https://example.com/key": KEY.public.to_jwk()}))
    assert resolver.dereference("https://example.com/key")[1].key == KEY.public


@pytest.mark.parametrize(
    "scheme", ["did:example:1", "ftp://example.com/", "urn:uuid:1", "", "example.com", "DID:key:z"]
)
def test_identifier_of_another_kind_is_refused_by_name(scheme: str) -> None:
    with pytest.raises(ResolutionError) as caught:
        DidResolver(Table({})).resolve(scheme)
    assert caught.value.rule == "method-not-supported"


def test_endless_identifier_is_refused_unread() -> None:
    table = Table({})
    with pytest.raises(ResolutionError) as caught:
        DidResolver(table).resolve("https://example.com/" + "a" * 5000)
    assert caught.value.rule == "invalid-did"
    assert table.asked == []


@pytest.mark.parametrize("url", [DID, DID + "#", "https://example.com/keys#", did_key_signer(KEY).controller])
def test_key_without_a_fragment_where_one_belongs_is_refused(url: str) -> None:
    with pytest.raises(ResolutionError) as caught:
        DidResolver(Table({})).dereference(url)
    assert caught.value.rule == "invalid-did-url"


@pytest.mark.parametrize("part", ["?versionId=1", "/path", ";service=x"])
def test_did_url_with_more_than_a_fragment_is_refused(part: str) -> None:
    with pytest.raises(ResolutionError):
        DidResolver(Table({})).dereference(f"{DID}{part}#key-1")


def test_chosen_engine_does_the_work() -> None:
    resolver = DidResolver(Table({PAGE: DOCUMENT}), engine=SodiumEngine())
    signature = KEY.sign(b"message")
    for url in (DID + "#key-1", did_key_signer(KEY).verification_method):
        key = resolver.dereference(url)[1].key
        assert key == KEY.public
        assert key.verify.__self__._verify.__module__.endswith("sodium")
        assert key.verify(signature, b"message")
        assert not key.verify(signature, b"massage")
    other = did_key_signer(PrivateKey.from_seed(b"p" * 32, Algorithm.P256))
    assert resolver.dereference(other.verification_method)[1].key.verify(other.sign(b"m"), b"m")
