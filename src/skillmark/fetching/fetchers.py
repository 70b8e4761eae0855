"""`Fetcher`: what the rest of Skillmark asks for, and the two that exist: the hardened one, and none at all.

Light to import: what opens connections is loaded by the first fetch, since most verifications need none.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from skillmark.errors import FetchError

TIMEOUT: Final = 5.0
Lookup: TypeAlias = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer of status 200, whole."""

    url: str
    status: int
    body: bytes
    content_type: str
    headers: Mapping[str, str]


class Fetcher(Protocol):
    """Gets what is published at an address. Every failure is a FetchError: nothing is known then."""

    def fetch(self, url: str, *, limit: int, accept: str = "*/*") -> Fetched:
        """Return the answer, at most `limit` octets of it; more is a failure."""


@dataclass(frozen=True, slots=True)
class UnsafeAnyCertificate:
    """Stands where the certificate of the allowed host would: whatever it shows is taken."""


@dataclass(frozen=True, slots=True)
class OfflineFetcher:
    """Fetches nothing."""

    def fetch(self, url: str, *, limit: int, accept: str = "*/*") -> Fetched:  # noqa: ARG002 - the protocol's
        """Refuse, in every case."""
        raise FetchError("nothing is fetched while offline", rule="offline")


class HttpFetcher:
    """The one hardened fetcher: https to public addresses only, resolved once, no redirects, capped in size and time.

    The test profile names exactly one host in `allowed_hosts`, as `host` or `host:port`. That one may lie on this
    machine, speak http, and have a `certificate` of its own; everything else holds for it as for any other. With
    `allowed_at`, an address and port, it lies there whatever its name and port say.
    """

    def __init__(
        self,
        *,
        allowed_hosts: frozenset[str] = frozenset(),
        allowed_at: tuple[str, int] | None = None,
        certificate: Path | UnsafeAnyCertificate | None = None,
        timeout: float = TIMEOUT,
        lookup: Lookup | None = None,
    ) -> None:
        if len(allowed_hosts) > 1:
            raise ValueError("the test profile allows exactly one host")
        self._allowed_hosts = allowed_hosts
        self._allowed_at = allowed_at
        self._certificate = certificate
        self._timeout = timeout
        self._lookup = lookup
        self._pinned: Fetcher | None = None

    def fetch(self, url: str, *, limit: int, accept: str = "*/*") -> Fetched:
        """See `Fetcher`. The reason of a FetchError speaks of the address alone, never of what was met there."""
        if self._pinned is None:
            self._pinned = self._load()
        return self._pinned.fetch(url, limit=limit, accept=accept)

    def _load(self) -> Fetcher:
        module = importlib.import_module("skillmark.fetching.http")
        fetcher: Fetcher = module.PinnedFetcher(
            allowed_hosts=self._allowed_hosts,
            allowed_at=self._allowed_at,
            certificate=self._certificate,
            timeout=self._timeout,
            lookup=self._lookup or module.look_up,
        )
        return fetcher
