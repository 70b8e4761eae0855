"""Decoded lists kept for a while, so that a list is fetched, verified and inflated once. Verdicts are never kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from skillmark.credentials.status.credentials import DecodedList

LONGEST: Final = timedelta(minutes=5)
MEMORY: Final = 64 << 20
_MOST_LISTS: Final = 1024  # those of few bits are not free


@dataclass(frozen=True, slots=True, kw_only=True)
class CachedList:
    """A decoded list, whose key verified it, and since when it is held."""

    decoded: DecodedList
    verified_by: str
    held_since: datetime
    expires: datetime


class StatusCache:
    """Lists whose proof was verified, by address, until their validity, their ttl or our own patience ends.

    The clock is handed in. The least recently used lists go when the bytes held would exceed `max_bytes`, or
    their number a thousand.
    """

    def __init__(self, clock: Callable[[], datetime], *, max_bytes: int = MEMORY, max_age: timedelta = LONGEST) -> None:
        self._clock = clock
        self._max_bytes = max_bytes
        self._max_age = max_age
        self._lists: OrderedDict[str, CachedList] = OrderedDict()
        self._held_bytes = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._lists)

    def find(self, url: str) -> CachedList | None:
        """The list held for an address, unless its time is over."""
        now = self._clock()
        with self._lock:
            cached = self._lists.get(url)
            if cached is None:
                return None
            if not cached.held_since <= now < cached.expires:
                self._forget(url)
                return None
            self._lists.move_to_end(url)
            return cached

    def remember(self, decoded: DecodedList, *, verified_by: str) -> None:
        """Hold a list whose proof was verified with a key of `verified_by`; a list without a verifier is not held."""
        if not verified_by:
            raise ValueError("only a verified list may be remembered: name the controller of the key")
        now = self._clock()
        cached = CachedList(
            decoded=decoded, verified_by=verified_by, held_since=now, expires=self._expiry(decoded, now)
        )
        with self._lock:
            self._forget(decoded.url)
            if now >= cached.expires or len(decoded.bits) > self._max_bytes:
                return
            self._lists[decoded.url] = cached
            self._held_bytes += len(decoded.bits)
            while self._held_bytes > self._max_bytes or len(self._lists) > _MOST_LISTS:
                self._forget(next(iter(self._lists)))

    def forget(self, url: str) -> None:
        """Drop what is held for an address."""
        with self._lock:
            self._forget(url)

    def _forget(self, url: str) -> None:
        cached = self._lists.pop(url, None)
        if cached is not None:
            self._held_bytes -= len(cached.decoded.bits)

    def _expiry(self, decoded: DecodedList, now: datetime) -> datetime:
        age = self._max_age if decoded.ttl is None else min(self._max_age, decoded.ttl)
        return now + age if decoded.valid_until is None else min(now + age, decoded.valid_until)
