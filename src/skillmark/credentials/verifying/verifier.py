"""One entry for any document of any form: parse, conformance, keys, proofs, dates, then status and endorsements."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from skillmark.credentials.encoding.strict_json import JsonObject, dumps
from skillmark.credentials.status import StatusCache
from skillmark.credentials.trust import Registry
from skillmark.credentials.verifying.conformance import CONFORMS, conform
from skillmark.credentials.verifying.currency import judge, limits_of
from skillmark.credentials.verifying.embedded import held, named, not_endorsing, not_shown
from skillmark.credentials.verifying.known import KnownForms
from skillmark.credentials.verifying.lists import PublishedLists
from skillmark.credentials.verifying.proving import Policy, Prover, Resolver
from skillmark.credentials.verifying.reading import Opened, read
from skillmark.credentials.verifying.report import Answer, Check, Outcome, Report, of_document, of_error
from skillmark.credentials.verifying.standing import NO_REGISTRY, stand
from skillmark.errors import FetchError, InputError, SkillmarkError, WorkLimitError
from skillmark.fetching import Fetcher, OfflineFetcher

Clock = Callable[[], datetime]

DOCUMENT_BYTES: Final = 1 << 20
_ACCEPT: Final = (
    "application/vc+ld+json, application/ld+json, application/json, application/vc+jwt, image/png, image/svg+xml"
)
_MOST_INNER: Final = 20
_DEEPEST: Final = 2
_ENDORSEMENTS: Final = ("endorsement", "endorsementJwt")
_PARSED: Final = Check("parse", Outcome.PASSED, "it was read without ambiguity", "RFC 8259, I-JSON")
_UNREAD: Final = Answer(Outcome.UNKNOWN, "not-checked")
_CREDENTIAL: Final = Policy()


def now_in_utc() -> datetime:
    """The clock of this machine."""
    return datetime.now(UTC)


class Verifier:
    """Verifies documents with what it is handed: where keys are found, how the network is reached, whom to trust.

    Without a fetcher it works offline, and says what it could not look up. One verifier may serve many documents and
    threads; it keeps decoded status lists and forms met before, never a verdict.
    """

    def __init__(
        self,
        *,
        resolver: Resolver,
        fetcher: Fetcher | None = None,
        clock: Clock = now_in_utc,
        registries: Sequence[Registry] = (),
        require_known_issuer: bool = False,
    ) -> None:
        self._fetcher = fetcher = fetcher or OfflineFetcher()
        self._clock = clock
        self._registries = registries
        self._require_known_issuer = require_known_issuer
        self._prover = Prover(resolver, KnownForms())
        self._lists = PublishedLists(fetcher, self._prover, StatusCache(clock), clock)

    def verify(self, source: bytes | str | JsonObject, *, policy: Policy = _CREDENTIAL) -> Report:
        """Verify JSON, a JWT, a baked image, an https URL, or a presentation of credentials.

        `policy` says what a proof must be for; for a presentation its domain and challenge count, and its credentials
        are verified each by itself. Never raises for what a document holds: the report says what is wrong.
        """
        try:
            opened = read(self._bytes(source))
        except FetchError as error:
            return self._unreadable(of_error(error, outcome=Outcome.UNKNOWN), "unreachable")
        except SkillmarkError as error:
            return self._unreadable(
                of_error(error)._replace(rule="parse") if isinstance(error, InputError) else of_error(error),
                "unreadable",
            )
        return self._report(opened, policy, depth=0)

    def _bytes(self, source: bytes | str | JsonObject) -> bytes:
        if isinstance(source, dict):
            return dumps(source)
        if isinstance(source, bytes):
            return source
        if source.startswith(("https://", "http://")):
            return self._fetcher.fetch(source, limit=DOCUMENT_BYTES, accept=_ACCEPT).body
        return source.encode("utf-8", "surrogatepass")

    def _report(self, opened: Opened, policy: Policy, *, depth: int) -> Report:
        now = self._clock()
        showing = opened.is_presentation
        if showing and policy.purpose == _CREDENTIAL.purpose:
            policy = replace(policy, purpose="authentication")
        grave, light = conform(opened, conformance=policy.conformance)
        limits = None
        try:
            limits = limits_of(opened)
        except SkillmarkError as error:
            grave.append(of_error(error, clause="VC Data Model 2.0, 4.9"))
        proved = self._prover.prove(opened, now, policy)
        intact = (
            Answer(Outcome.FAILED, "malformed")
            if grave and proved.answer.outcome is not Outcome.FAILED
            else proved.answer
        )
        sound = intact.outcome is Outcome.PASSED
        current, dated = judge(opened, limits, now, proved=sound, lists=self._lists)
        known, listed = NO_REGISTRY if showing else stand(opened.issuer, self._registries, now)
        endorsed: tuple[Report, ...] = ()
        shown: tuple[Report, ...] = ()
        if sound and (endorsements := _endorsements(opened.document)):
            endorsed = self._inner(
                endorsements, _CREDENTIAL, depth, misplaced=partial(not_endorsing, about=named(opened))
            )
        if sound and showing:
            shown = self._inner(_shown(opened.document), _inside(policy), depth, misplaced=not_shown)
        return Report(
            intact=intact,
            current=current,
            issuer_known=known,
            checks=(_PARSED, *(grave or [CONFORMS]), *proved.checks, *dated, *held(opened, shown), listed),
            moment=now,
            form=opened.form,
            require_known_issuer=self._require_known_issuer and not showing,
            conformance=light,
            rows=proved.rows,
            endorsements=endorsed,
            credentials=shown,
            source=of_document(opened.document),
        )

    def _inner(
        self, documents: Sequence[Any], policy: Policy, depth: int, *, misplaced: Callable[[Opened], Check | None]
    ) -> tuple[Report, ...]:
        reports: list[Report] = []
        for number, document in enumerate(documents):
            if depth >= _DEEPEST or number >= _MOST_INNER or (reports and _took_too_much(reports[-1])):
                error = InputError("there is more inside than is looked at here", rule="too-many")
                reports.append(self._unreadable(of_error(error, outcome=Outcome.UNKNOWN), "not-checked"))
                break
            try:
                opened = read(document.encode() if isinstance(document, str) else dumps(document))
            except SkillmarkError as error:
                reports.append(self._unreadable(of_error(error), "unreadable"))
                continue
            fault = misplaced(opened)
            reports.append(
                self._unreadable(fault, "misplaced") if fault else self._report(opened, policy, depth=depth + 1)
            )
        return tuple(reports)

    def _unreadable(self, check: Check, state: str) -> Report:
        return Report(
            intact=Answer(check.outcome, state),
            current=_UNREAD,
            issuer_known=_UNREAD,
            checks=(check,),
            moment=self._clock(),
            form="unknown",
            require_known_issuer=self._require_known_issuer,
        )


def _inside(policy: Policy) -> Policy:
    return Policy(proof_only=policy.proof_only, conformance=policy.conformance)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _shown(presentation: JsonObject) -> list[Any]:
    return _listed(presentation.get("verifiableCredential"))


def _took_too_much(report: Report) -> bool:
    """Whether a document was made to cost: then its neighbours are not looked at."""
    return any(check.rule == WorkLimitError.rule for check in report.checks)


def _endorsements(document: JsonObject) -> list[Any]:
    """Endorsements of the credential, its issuer and its achievement (Open Badges 3.0, 8.4)."""
    places = [document, document.get("issuer")]
    places += [
        subject.get("achievement")
        for subject in _listed(document.get("credentialSubject"))
        if isinstance(subject, dict)
    ]
    return [
        endorsement
        for place in places
        if isinstance(place, dict)
        for name in _ENDORSEMENTS
        if name in place
        for endorsement in _listed(place[name])
    ]
