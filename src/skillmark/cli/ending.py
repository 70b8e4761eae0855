"""How a run ends: exit codes, and what is said of errors."""

from __future__ import annotations

import hashlib
import os
import sys
import traceback
from enum import IntEnum
from typing import Final

from skillmark.cli import talk
from skillmark.errors import SkillmarkError

_DEBUG: Final = "SKILLMARK_DEBUG"


class Ending(IntEnum):
    """The exit codes of every command."""

    VALID = 0
    INVALID = 1
    FAILURE = 2
    UNKNOWN = 3
    INTERRUPTED = 130  # what a shell reports of a program that Ctrl-C ended
    READER_LEFT = 141  # and of one that nobody reads any more


class CommandError(SkillmarkError):
    """A command cannot do what it was asked: the way it was called, or what it was given."""

    rule = "usage"


class ReaderLeftError(SkillmarkError):
    """Whoever read standard output has closed it."""

    rule = "pipe"


def ended_by(error: Exception, *, as_json: bool) -> int:
    """Say what happened and return the exit code."""
    if os.environ.get(_DEBUG):
        traceback.print_exception(error)
    if isinstance(error, ReaderLeftError | BrokenPipeError):
        # Nobody reads any more; the stream must not complain once again when Python closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Ending.READER_LEFT
    rule, told = _told(error)
    talk.complain(told)
    if as_json:
        fault = {"rule": rule, "message": told, "pointer": getattr(error, "pointer", None)}
        talk.print_json({"error": {name: value for name, value in fault.items() if value}})
    return Ending.FAILURE


def _told(error: Exception) -> tuple[str, str]:
    if isinstance(error, SkillmarkError):
        return error.rule, f"{error.message}{f' (at {error.pointer})' if error.pointer else ''}"
    if isinstance(error, OSError) and error.strerror:
        return "file", f"{error.filename or 'a file'}: {error.strerror}"
    return "unexpected", _last_resort(error)


def _last_resort(error: Exception) -> str:
    """The same fault has the same reference, so that two people who report it can be brought together."""
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    reference = hashlib.sha256(" ".join([type(error).__name__, *frames]).encode()).hexdigest()[:10]
    return (
        f"this should not have happened ({type(error).__name__}, reference {reference}). What was written before "
        f"stays. To report it, run the same command with {_DEBUG}=1 and send what it prints: see CONTRIBUTING.md."
    )
