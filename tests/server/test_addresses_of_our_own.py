"""The fetcher that answers our own addresses from what is served, and the patience for all others."""

import pytest

from skillmark.errors import FetchError
from skillmark.fetching import Fetched
from skillmark.server.config.wiring import published
from skillmark.server.credentialing.verification.patience import Patience
from skillmark.server.credentialing.verification.published import Published


class Elsewhere:
    """Records what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fetch(self, url: str, *, limit: int, accept: str = "*/*") -> Fetched:
        self.asked.append(url)
        return Fetched(url=url, status=200, body=b"elsewhere", content_type="text/plain", headers={})


def serve(path: str) -> Fetched | None:
    if path != "/here":
        return None
    return Fetched(url=path, status=200, body=b"0123456789", content_type="text/plain", headers={})


@pytest.mark.parametrize(
    "url",
    [
        "https://badges.example/here",
        "http://badges.example:8000.evil.example/here",
        "http://badges.example:8001/here",
        "http://x@badges.example:8000/here",
        "ftp://badges.example:8000/here",
    ],
)
def test_other_origins_are_asked_elsewhere(url: str) -> None:
    elsewhere = Elsewhere()
    fetcher = Published("http://badges.example:8000", serve, elsewhere)
    assert fetcher.fetch(url, limit=100).body == b"elsewhere"
    assert elsewhere.asked == [url]


@pytest.mark.parametrize("scheme", ["http", "https", "HTTP"])
def test_our_own_are_answered_here(scheme: str) -> None:
    elsewhere = Elsewhere()
    fetcher = Published("http://badges.example:8000", serve, elsewhere)
    assert fetcher.fetch(f"{scheme}://Badges.example:8000/here?x=1#y", limit=100).body == b"0123456789"
    assert elsewhere.asked == []


def test_secure_site_has_no_insecure_addresses() -> None:
    assert not Published("https://badges.example", serve, Elsewhere()).is_ours("http://badges.example/here")


def test_our_own_that_is_not_there_is_not_looked_for_elsewhere() -> None:
    elsewhere = Elsewhere()
    with pytest.raises(FetchError, match="not published"):
        Published("http://badges.example", serve, elsewhere).fetch("http://badges.example/gone", limit=100)
    assert elsewhere.asked == []


def test_our_own_keep_to_the_limit() -> None:
    with pytest.raises(FetchError, match="longer than 9"):
        Published("http://badges.example", serve, Elsewhere()).fetch("http://badges.example/here", limit=9)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/verify", "/catalogue", "/preferences/theme", "/robots.txt", "/no-such", "/organizations/lindeholm"]
)
def test_only_published_documents_are_answered(path: str) -> None:
    assert published(path) is None


@pytest.mark.django_db
def test_published_document_is_what_a_visitor_gets(client: object) -> None:
    for path in ("/organizations/lindeholm/did.json", "/organizations/lindeholm/status/1"):
        found = published(path)
        assert found is not None
        assert found.body == client.get(path).content


def test_patience_is_one_for_all_fetches() -> None:
    moments = iter([0.0, 0.0, 3.0, 4.99])
    given: list[float] = []

    def make(seconds: float) -> Elsewhere:
        given.append(seconds)
        return Elsewhere()

    fetcher = Patience(make, seconds=5.0, clock=lambda: next(moments))
    fetcher.fetch("https://a.example/", limit=1)
    fetcher.fetch("https://b.example/", limit=1)
    with pytest.raises(FetchError, match="no time left"):
        fetcher.fetch("https://c.example/", limit=1)
    assert given == [5.0, 2.0]
