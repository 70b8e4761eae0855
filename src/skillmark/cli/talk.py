"""What a command says: results on standard output, talk on standard error, no colour where none is wanted."""

from __future__ import annotations

import os
import sys
from typing import Any, Final, TextIO

from skillmark.credentials.encoding.strict_json import dumps

_NO_INPUT: Final = "SKILLMARK_NO_INPUT"
_COLOURS: Final = {"green": "32", "red": "31", "yellow": "33", "bold": "1", "dim": "2"}


def begin(*, colours: bool, questions: bool) -> None:
    """Take over what was said before the command: whether colours are shown and questions asked."""
    if not colours:
        os.environ["NO_COLOR"] = "1"
    if not questions:
        os.environ[_NO_INPUT] = "1"


def may_ask() -> bool:
    """Whether somebody sits at a terminal and wants to be asked."""
    return sys.stdin.isatty() and not os.environ.get(_NO_INPUT)


def print_text(text: str = "") -> None:
    """Print a line of the result."""
    sys.stdout.write(f"{text}\n")


def print_json(document: Any) -> None:
    """Print the one JSON document of a run."""
    sys.stdout.write(f"{dumps(document).decode()}\n")


def say(text: str, *, quiet: bool = False) -> None:
    """Say something that is no result."""
    if not quiet:
        sys.stderr.write(f"{text}\n")


def complain(text: str) -> None:
    """Say what went wrong."""
    sys.stderr.write(f"{coloured('Error:', 'red', stream=sys.stderr)} {printable(text)}\n")


def coloured(text: str, colour: str, *, stream: TextIO | None = None) -> str:
    """The text in a colour, where the stream is a terminal that shows it (https://no-color.org)."""
    target = sys.stdout if stream is None else stream
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not target.isatty():
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"


def printable(text: object, *, limit: int = 2000) -> str:
    """A text from a document as it may stand on a terminal: one line, no control or direction characters."""
    shown = str(text)
    cut = shown if len(shown) <= limit else f"{shown[: limit - 1]}…"
    return "".join([sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in cut])
