"""Our own addresses, answered by the bytes that are served: never from tables, never through a socket."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from skillmark.errors import FetchError
from skillmark.fetching import Fetched, Fetcher

Serve = Callable[[str], Fetched | None]


class Published:
    """A fetcher that asks this site itself for addresses under its origin, and another fetcher for all else.

    did:web always names https, so the https form of the origin's host counts as ours where the site is served by http.
    """

    def __init__(self, origin: str, serve: Serve, beyond: Fetcher) -> None:
        self._host = urlsplit(origin).netloc.lower()
        self._schemes = {"https", urlsplit(origin).scheme}
        self._serve = serve
        self._beyond = beyond

    def fetch(self, url: str, *, limit: int, accept: str = "*/*") -> Fetched:
        """See `Fetcher`."""
        if not self.is_ours(url):
            return self._beyond.fetch(url, limit=limit, accept=accept)
        found = self._serve(urlsplit(url).path)
        if found is None:
            raise FetchError(f"{url} is not published here", rule="fetch-status")
        if len(found.body) > limit:
            raise FetchError(f"{url} is longer than {limit} bytes", rule="fetch-size")
        return found

    def is_ours(self, url: str) -> bool:
        """Whether an address is under this site's origin."""
        parts = urlsplit(url)
        return parts.scheme.lower() in self._schemes and parts.netloc.lower() == self._host
