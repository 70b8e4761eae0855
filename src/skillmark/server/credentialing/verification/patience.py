"""A fetcher with one patience for all fetches of a request, however many a document asks for."""

from __future__ import annotations

import time
from collections.abc import Callable

from skillmark.errors import FetchError
from skillmark.fetching import Fetched, Fetcher

LEAST = 0.05


class Patience:
    """Gives each fetch what is left of the seconds, counted from the first; none is left: FetchError."""

    def __init__(
        self, make: Callable[[float], Fetcher], *, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._make = make
        self._seconds = seconds
        self._clock = clock
        self._until: float | None = None

    def fetch(self, url: str, *, limit: int, accept: str = "*/*") -> Fetched:
        """See `Fetcher`."""
        if self._until is None:
            self._until = self._clock() + self._seconds
        left = self._until - self._clock()
        if left < LEAST:
            raise FetchError(f"there was no time left to fetch {url}", rule="fetch-timeout")
        return self._make(left).fetch(url, limit=limit, accept=accept)
