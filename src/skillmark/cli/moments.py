"""Moments as people give them at the command line, and the clock of this machine."""

from __future__ import annotations

from datetime import UTC, datetime

from skillmark.cli.ending import CommandError
from skillmark.credentials.encoding.timestamps import format_timestamp, parse_timestamp
from skillmark.errors import InputError


def now() -> datetime:
    """This second, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)


def now_as_text() -> str:
    """This second as a credential states it."""
    return format_timestamp(now())


def moment(text: str, option: str) -> datetime:
    """A date, which means its first second in UTC, or a date and time with its zone."""
    try:
        return parse_timestamp(text if len(text) > len("2026-01-01") else f"{text}T00:00:00Z")
    except InputError as error:
        raise CommandError(
            f"{option} takes a date such as 2026-06-30 or a time with its zone such as 2026-06-30T12:00:00Z, "
            f"not {text[:60]!a}"
        ) from error
