"""Moments in time as XML Schema 1.1 writes them (xsd:dateTimeStamp), strictly, and as Skillmark writes them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from skillmark.errors import InputError

_FORM: Final = re.compile(
    r"[0-9]{4}-[01][0-9]-[0-3][0-9]T"
    r"(?:[0-2][0-9]:[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?)"
    r"(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
)
_MIDNIGHT: Final = re.compile(r"T24:00:00(?:\.0+)?(?![0-9.])")
_DAY: Final = timedelta(days=1)
_LONGEST: Final = 256  # what was read is remembered


@lru_cache(maxsize=4096)
def parse_timestamp(text: str, *, zone_required: bool = True) -> datetime:
    """Read an xsd:dateTimeStamp and return it in UTC.

    Years 0001 to 9999, at most 256 characters; digits beyond the microsecond are cut; 24:00:00 is the next day's
    midnight; a leap second has no place on this scale and is refused. Without `zone_required` a time without a
    zone is read as UTC.
    """
    match = _FORM.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None or (zone_required and match[1] is None):
        raise InputError(
            f"expected a date and time with a zone such as 2026-01-02T03:04:05Z, got {_shown(text)}", rule="timestamp"
        )
    try:
        return _moment(text)
    except (ValueError, OverflowError):
        raise InputError(f"no such date or time: {_shown(text)}", rule="timestamp") from None


def format_timestamp(moment: datetime) -> str:
    """Write a moment in UTC, cut to the second, as 2026-01-02T03:04:05Z."""
    if moment.tzinfo is None:
        raise InputError("a moment needs a time zone", rule="timestamp")
    return moment.astimezone(UTC).isoformat(timespec="seconds")[:19] + "Z"


def _moment(text: str) -> datetime:
    if text[11:13] == "24":
        start, changed = _MIDNIGHT.subn("T00:00:00", text)
        if not changed:
            raise ValueError(text)
        return _in_utc(datetime.fromisoformat(start)) + _DAY
    return _in_utc(datetime.fromisoformat(text))


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is UTC:
        return moment
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _shown(text: str) -> str:
    return ascii(text[:40])
