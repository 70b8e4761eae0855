"""Status lists as strangers publish them: fetched, proved, in date, of the same issuer; kept decoded for a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

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
from skillmark.credentials.verifying.conformance import conform
from skillmark.credentials.verifying.currency import date_faults, limits_of
from skillmark.credentials.verifying.proving import Policy, Prover
from skillmark.credentials.verifying.reading import read
from skillmark.credentials.verifying.report import Outcome
from skillmark.errors import InputError, ProofError, StatusError
from skillmark.fetching import Fetcher

LIST_BYTES: Final = 4 << 20
REVOCATION_BYTES: Final = 1 << 20  # such a list is not signed, so it is not kept: each look takes the whole of it
_ACCEPT: Final = "application/vc+jwt, application/vc+ld+json, application/ld+json, application/json"


class PublishedLists:
    """Says what a list tells of an entry. A list that cannot be trusted tells nothing: StatusError, never `not set`."""

    def __init__(self, fetcher: Fetcher, prover: Prover, cache: StatusCache, clock: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._prover = prover
        self._cache = cache
        self._clock = clock

    def status(self, entry: StatusEntry | RevocationListEntry, credential: JsonObject, issuer: Any) -> EntryStatus:
        """See `StatusLists` (Bitstring Status List 1.0, 3.2; 1EdTech Revocation List)."""
        if isinstance(entry, RevocationListEntry):
            return self._revocation(entry, credential.get("id"), issuer)
        cached = self._cache.find(entry.list_url)
        decoded = cached.decoded if cached is not None else self._load(entry.list_url)
        if decoded.issuer != issuer:
            raise _untrusted(
                f"the status list is issued by {decoded.issuer}, the credential by {issuer}: the list is not trusted",
                "status-list-foreign",
            )
        return decoded.status(entry)

    def _revocation(self, entry: RevocationListEntry, identifier: Any, issuer: Any) -> EntryStatus:
        if not isinstance(identifier, str) or not isinstance(issuer, str):
            raise StatusError(
                "a revocation list tells credentials by id and issuer, and this one lacks them",
                problem=Problem.VERIFICATION,
                rule="status-malformed",
            )
        body = self._fetch(entry.list_url, limit=REVOCATION_BYTES)
        with _blaming_the_list(entry.list_url):
            document = parse_object(body, limits=Limits(size=REVOCATION_BYTES))
            return read_revocation_list(document, url=entry.list_url).status(identifier, issuer=issuer)

    def _fetch(self, url: str, *, limit: int = LIST_BYTES) -> bytes:
        return self._fetcher.fetch(url, limit=limit, accept=_ACCEPT).body

    def _load(self, url: str) -> DecodedList:
        """A list that is verified as any credential is, but for its own status; the memory drops it when it ends."""
        now = self._clock()
        body = self._fetch(url)
        with _blaming_the_list(url):
            opened = read(body, limits=Limits(size=LIST_BYTES))
            limits = limits_of(opened)
            decoded = read_status_list(opened.document, url=url)
        grave, _ = conform(opened)
        proved = self._prover.prove(opened, now, Policy())
        for check in (*grave, *proved.checks):
            if check.outcome is not Outcome.PASSED:
                raise _untrusted(f"the status list at {url} is not proved: {check.explanation}", "status-list-proof")
        for check, _ in date_faults(opened, limits, now, proved=True):
            raise _untrusted(f"the status list at {url} is stale or early: {check.explanation}", "status-list-stale")
        self._cache.remember(decoded, verified_by=decoded.issuer)
        return decoded


@contextmanager
def _blaming_the_list(url: str) -> Iterator[None]:
    """A fault of the list is none of the credential: then nothing is known."""
    try:
        yield
    except (InputError, ProofError) as error:
        raise _untrusted(f"what stands at {url} is no status list: {error.message}", "status-list") from error
    except StatusError as error:
        if error.rule == "status-malformed":
            error.rule = "status-list"
        raise


def _untrusted(message: str, rule: str) -> StatusError:
    return StatusError(message, problem=Problem.VERIFICATION, rule=rule)
