"""One award as a row or an API call states it, checked value by value before anything is built from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from skillmark.credentials.encoding.iris import is_absolute_iri, is_http_url
from skillmark.credentials.encoding.timestamps import parse_timestamp
from skillmark.credentials.lints.open_badges import UNSAFE
from skillmark.credentials.lints.survey import FORBIDDEN
from skillmark.errors import InputError, IssuingError

MOST_CHARACTERS: Final = 10_000
MOST_NAME: Final = 200

# One address as mail systems take it; every part is bounded, so the match is linear (RFC 5321, 4.5.3.1).
_EMAIL: Final = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    r"(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?){1,8}"
)
_FORBIDDEN: Final = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{FORBIDDEN.pattern[1:-1]}]")
_LINE_BREAK: Final = re.compile("[\n\r\x85\u2028\u2029]")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class AwardError(IssuingError):
    """One value of an award cannot be used. `column` names it as the CSV does."""

    rule = "award"

    def __init__(self, message: str, *, column: str) -> None:
        super().__init__(message)
        self.column = column


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """Who is credited, since when, on what evidence and with which results. Empty text means absent.

    Times are xsd:dateTimeStamp text; `results` maps the name of a ResultDescription (or "" for the only one) to what
    was reached. Raises AwardError for the first value that cannot be used.
    """

    email: str = ""
    name: str = ""
    subject_id: str = ""
    awarded_date: str = ""
    valid_until: str = ""
    evidence_url: str = ""
    evidence_narrative: str = ""
    results: Mapping[str, str] = field(default_factory=dict)
    credential_id: str = ""

    def __post_init__(self) -> None:
        if not (self.email or self.name or self.subject_id):
            raise AwardError("an award needs at least one of email, name and subject_id", column="email")
        if self.email and not _EMAIL.fullmatch(self.email):
            raise AwardError(f"{_shown(self.email)} is not an e-mail address", column="email")
        if self.name:
            _check_line(self.name, "name")
        _check_iri(self.subject_id, "subject_id")
        _check_iri(self.credential_id, "credential_id")
        if self.evidence_url and not is_http_url(self.evidence_url):
            raise AwardError(f"{_shown(self.evidence_url)} is not an http or https address", column="evidence_url")
        if self.evidence_narrative:
            _check_text(self.evidence_narrative, "evidence_narrative")
        for name, value in self.results.items():
            _check_line(value, f"result:{name}" if name else "result")
        self._check_dates()

    def _check_dates(self) -> None:
        start = check_time(self.awarded_date, "awarded_date") if self.awarded_date else None
        end = check_time(self.valid_until, "valid_until") if self.valid_until else None
        if start and end and end < start:
            raise AwardError("valid_until is before awarded_date", column="valid_until")


@lru_cache(maxsize=1024)
def check_time(text: str, column: str) -> float:
    """The moment in seconds since 1970; refuses anything but a date and time with a zone."""
    try:
        return parse_timestamp(text).timestamp()
    except InputError as error:
        raise AwardError(error.message, column=column) from error


def time_of_day(text: str, *, end: bool) -> str:
    """A bare date becomes the first second of that day in UTC, or its last; anything else stays as it is."""
    return f"{text}T{'23:59:59' if end else '00:00:00'}Z" if _DATE.fullmatch(text) else text


def _check_iri(value: str, column: str) -> None:
    if value and (len(value) > MOST_CHARACTERS or not is_absolute_iri(value) or UNSAFE.match(value)):
        raise AwardError(f"{_shown(value)} is no identifier such as urn:uuid:… or https://…", column=column)


def _check_line(value: str, column: str) -> None:
    if len(value) > MOST_NAME:
        raise AwardError(f"{len(value)} characters are more than the {MOST_NAME} allowed here", column=column)
    if not value.isprintable() and _LINE_BREAK.search(value):
        raise AwardError("a line break may not stand here", column=column)
    _check_text(value, column)


def _check_text(value: str, column: str) -> None:
    if len(value) > MOST_CHARACTERS:
        raise AwardError(f"{len(value)} characters are more than the {MOST_CHARACTERS} allowed here", column=column)
    found = None if value.isprintable() else _FORBIDDEN.search(value)
    if found:
        raise AwardError(f"the character U+{ord(found[0]):04X} may not stand in a text", column=column)


def _shown(value: str) -> str:
    return ascii(value[:60])
