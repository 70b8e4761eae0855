"""The second answer: is it current? Dates first, and then, once the proof holds, every status entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from skillmark.credentials.encoding.strict_json import Json, JsonObject
from skillmark.credentials.encoding.timestamps import format_timestamp
from skillmark.credentials.proofs.jose import validity_of
from skillmark.credentials.proofs.jose_claims import Validity, validity
from skillmark.credentials.proofs.shapes import check_shape, proof_faults_at
from skillmark.credentials.status import (
    EntryStatus,
    RevocationListEntry,
    StatusEntry,
    entry_members,
    read_entry,
)
from skillmark.credentials.verifying.reading import Opened
from skillmark.credentials.verifying.report import Answer, Check, Outcome, failed, of_error, unknown
from skillmark.errors import SkillmarkError, StatusError

TOLERANCE: Final = timedelta(minutes=5)
_MOST_ENTRIES: Final = 16  # each may be a fetch
_DATES: Final = "VC Data Model 2.0, 4.9"
_STATUS: Final = "Bitstring Status List 1.0, 3.2"
_STATES: Final = {"revocation": "revoked", "suspension": "suspended"}
_PROOF_STATES: Final = {"proof-created": "not-yet-valid", "proof-expires": "expired"}
_GRAVE: Final = ("revoked", "withdrawn", "suspended", "expired", "not-yet-valid")
_OWN_FAULTS: Final = frozenset({"status-malformed", "status-range", "status-purpose"})
VALID_DATES: Final = Check("dates", Outcome.PASSED, "the dates allow it now", _DATES)


class StatusLists(Protocol):
    """Finds the status list an entry names, verified, and looks the entry up."""

    def status(self, entry: StatusEntry | RevocationListEntry, credential: JsonObject, issuer: Any) -> EntryStatus:
        """What the list says; StatusError or FetchError where it cannot be told."""


Found = tuple[Check, str]
"""A check, and the state it stands for where it did not pass."""

_NOT_CHECKED: Final[Found] = (
    unknown("status", "nothing was looked up, because the proof does not hold", clause=_STATUS),
    "not-checked",
)


def judge(
    opened: Opened, limits: Validity | None, now: datetime, *, proved: bool, lists: StatusLists
) -> tuple[Answer, list[Check]]:
    """Dates always; status only where the proof holds, because nothing is fetched for a document nobody signed.

    `limits` is None where the dates cannot be read, and then the first answer says so.
    """
    found = list(date_faults(opened, limits, now, proved=proved)) if limits is not None else [_NOT_CHECKED]
    dated = not found
    if dated:
        found += _statuses(opened, lists) if proved else [_NOT_CHECKED]
    return _answer(found), [*([VALID_DATES] if dated else []), *(check for check, _ in found)]


def limits_of(opened: Opened) -> Validity:
    """From when until when the document says it counts; InputError or ProofError where that cannot be read."""
    return validity_of(opened.token, opened.document) if opened.token is not None else validity({}, opened.document)


def date_faults(opened: Opened, limits: Validity, now: datetime, *, proved: bool) -> Iterator[Found]:
    """What the clock says against a document and its proofs, each with the state it means."""
    start, end = limits.starts, limits.ends
    if start is not None and now + TOLERANCE < start:
        yield failed("valid-from", f"it is not valid before {format_timestamp(start)}", clause=_DATES), "not-yet-valid"
    if end is not None and now - TOLERANCE > end:
        yield failed("valid-until", f"it expired at {format_timestamp(end)}", clause=_DATES), "expired"
    for proof in _proofs(opened, proved=proved):
        for fault in proof_faults_at(proof, now):
            if fault.rule in _PROOF_STATES:
                yield failed(fault.rule, fault.message, clause=_DATES), _PROOF_STATES[fault.rule]


def _proofs(opened: Opened, *, proved: bool) -> Iterable[JsonObject]:
    """The proofs whose times can be read; that another is malformed is a matter of the first answer."""
    if opened.token is not None:
        return ()
    return opened.proofs() if proved else _readable_proofs(opened)


def _readable_proofs(opened: Opened) -> Iterator[JsonObject]:
    with suppress(SkillmarkError):
        for proof in opened.proofs():
            with suppress(SkillmarkError):
                check_shape(proof)
                yield proof


def _statuses(opened: Opened, lists: StatusLists) -> Iterator[Found]:
    members = entry_members(opened.document)
    for pointer, member in members[:_MOST_ENTRIES]:
        yield _status(opened, member, pointer, lists)
    if len(members) > _MOST_ENTRIES:
        text = f"{len(members)} status entries are more than the {_MOST_ENTRIES} that are looked up"
        yield unknown("status-count", text, clause=_STATUS), "status-unsupported"


def _status(opened: Opened, member: Json, pointer: str, lists: StatusLists) -> Found:
    try:
        entry = read_entry(member, pointer=pointer)
    except StatusError as error:
        if error.rule == "status-type":
            return of_error(error, outcome=Outcome.UNKNOWN, clause=_STATUS), "status-unsupported"
        return of_error(error, clause=_STATUS), "status-malformed"
    try:
        status = lists.status(entry, opened.document, opened.issuer)
    except SkillmarkError as error:
        if error.rule in _OWN_FAULTS:
            return of_error(error, clause=_STATUS), "status-malformed"
        return of_error(error, outcome=Outcome.UNKNOWN, clause=_STATUS), "status-unreachable"
    return _told(entry, status, pointer)


def _told(entry: StatusEntry | RevocationListEntry, status: EntryStatus, pointer: str) -> Found:
    rule = f"status-{entry.purpose}"
    reason = status.reason or status.message
    told = f" ({reason})" if reason not in {"", "set", "unset"} else ""
    if not status.is_set:
        return Check(rule, Outcome.PASSED, f"the {entry.purpose} bit is not set{told}", _STATUS, pointer), ""
    if entry.purpose in _STATES:
        state = "withdrawn" if status.message == "withdrawn" else _STATES[entry.purpose]
        return failed(rule, f"the issuer has {state} it{told}", clause=_STATUS, pointer=pointer), state
    return Check(rule, Outcome.PASSED, f"the {entry.purpose} status is {status.value:#x}{told}", _STATUS, pointer), ""


def _answer(found: list[Found]) -> Answer:
    states = [state for check, state in found if check.outcome is Outcome.FAILED]
    if states:
        return Answer(
            Outcome.FAILED, min(states, key=lambda state: _GRAVE.index(state) if state in _GRAVE else len(_GRAVE))
        )
    for check, state in found:
        if check.outcome is Outcome.UNKNOWN:
            return Answer(Outcome.UNKNOWN, state)
    return Answer(Outcome.PASSED, "valid")
