"""Status lists as strangers publish them: fetched, proved, in date, of the same issuer; kept decoded for a while."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from skillmark.credentials.encoding.strict_json import JsonObject, Limits, parse_object
from skillmark.credentials.status import (
    DecodedList,
    EntryStatus,
    Problem,
    RevocationListEntry,
    StatusCache,
    StatusEntry,
    read_revocation_list,
    read_status_list,
)
from skillmark.credentials.verifying.proving import Policy, Prover
from skillmark.credentials.verifying.reading import read
from skillmark.credentials.verifying.report import Outcome
from skillmark.errors import InputError, StatusError
from skillmark.fetching import Fetcher

LIST_BYTES: Final = 4 << 20
_ACCEPT: Final = "application/vc+jwt, application/vc+ld+json, application/ld+json, application/json"


class PublishedLists:
    """Says what a list tells of an entry. A list that cannot be trusted tells nothing: StatusError, never `not set`."""

    def __init__(self, fetcher: Fetcher, prover: Prover, cache: StatusCache, clock: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._prover = prover
        self._cache = cache
        self._clock = clock

    def status(self, entry: StatusEntry | RevocationListEntry, credential: JsonObject, issuer: str) -> EntryStatus:
        """See `StatusLists` (Bitstring Status List 1.0, 3.2; 1EdTech Revocation List)."""
        if isinstance(entry, RevocationListEntry):
            body = self._fetch(entry.list_url)
            document = parse_object(body, limits=Limits(size=LIST_BYTES))
            return read_revocation_list(document, url=entry.list_url).status(str(credential.get("id")), issuer=issuer)
        cached = self._cache.find(entry.list_url)
        decoded = cached.decoded if cached is not None else self._load(entry.list_url)
        if decoded.issuer != issuer:
            raise StatusError(
                f"the status list is issued by {decoded.issuer}, the credential by {issuer}: the list is not trusted",
                problem=Problem.VERIFICATION,
                rule="status-list-foreign",
            )
        decoded.require_current(self._clock())
        return decoded.status(entry)

    def _fetch(self, url: str) -> bytes:
        return self._fetcher.fetch(url, limit=LIST_BYTES, accept=_ACCEPT).body

    def _load(self, url: str) -> DecodedList:
        try:
            opened = read(self._fetch(url), limits=Limits(size=LIST_BYTES))
        except InputError as error:
            raise StatusError(
                f"what stands at {url} is no status list: {error.message}",
                problem=Problem.VERIFICATION,
                rule="status-list",
            ) from error
        proved = self._prover.prove(opened, self._clock(), Policy())
        if proved.answer.outcome is not Outcome.PASSED:
            raise StatusError(
                f"the status list at {url} is not proved: {proved.checks[0].explanation}",
                problem=Problem.VERIFICATION,
                rule="status-list-proof",
            )
        decoded = read_status_list(opened.document, url=url)
        decoded.require_current(self._clock())
        self._cache.remember(decoded, verified_by=decoded.issuer)
        return decoded
