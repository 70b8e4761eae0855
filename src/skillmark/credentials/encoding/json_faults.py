"""Where and why a text is not strict JSON: an iterative, linear scanner run only after a faster reader refused."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from typing import Final, NoReturn

from skillmark.errors import InputError

_SPACE: Final = frozenset(" \t\r\n")
_STRING: Final = re.compile(r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"')
_NUMBER: Final = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_LITERAL: Final = re.compile(r"true|false|null")
_NOT_FINITE: Final = re.compile(r"[+-]?(?:NaN|Infinity)")
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class _Container:
    """An open object or array and the member the scanner stands in."""

    is_object: bool
    place: str | int = 0
    seen: set[str] = field(default_factory=set)


def find_fault(raw: bytes, *, depth: int, integer_digits: int) -> InputError:
    """Return the error that names the first fault of `raw` and points at it."""
    try:
        _Scanner(*_decoded(raw), depth=depth, integer_digits=integer_digits).run()
    except InputError as fault:
        return fault
    return InputError("the text is not JSON that this reader accepts", rule="json-syntax", pointer="")


def _decoded(raw: bytes) -> tuple[str, str]:
    """Return the text and the rule that a surrogate in it breaks: bytes that are no UTF-8 are kept as surrogates."""
    try:
        return raw.decode("utf-8", "surrogatepass"), "json-surrogate"
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape"), "json-syntax"


class _Scanner:
    def __init__(self, text: str, foreign_rule: str, *, depth: int, integer_digits: int) -> None:
        self.text = text
        self.foreign_rule = foreign_rule
        self.depth = depth
        self.integer_digits = integer_digits
        self.at = 0
        self.open: list[_Container] = []

    def run(self) -> None:
        """Walk the whole text; return only if no fault was found."""
        if self.text.startswith("\ufeff"):
            self.fault("json-syntax", "the document starts with a byte order mark; save it as UTF-8 without one")
        while True:
            opened = self.value()
            if not opened and not self.continues():
                break
        self.skip_space()
        if self.at < len(self.text):
            self.fault("json-syntax", f"unexpected {self.here()} after the document")

    def value(self) -> bool:
        """Consume one scalar or one opening bracket; true when a container was opened and its first value is next."""
        self.skip_space()
        letter = self.text[self.at : self.at + 1]
        if letter and letter in "{[":
            return self.opening(is_object=letter == "{")
        if letter == '"':
            self.string()
        elif match := _NUMBER.match(self.text, self.at):
            self.number(match)
        elif match := _LITERAL.match(self.text, self.at):
            self.at = match.end()
        elif _NOT_FINITE.match(self.text, self.at):
            self.fault("json-number", "JSON has no number for NaN or infinity")
        else:
            self.fault("json-syntax", f"expected a value, got {self.here()}")
        return False

    def opening(self, *, is_object: bool) -> bool:
        if len(self.open) >= self.depth:
            self.fault("json-depth", f"nested deeper than {self.depth} levels")
        self.at += 1
        self.skip_space()
        if self.text[self.at : self.at + 1] == ("}" if is_object else "]"):
            self.at += 1
            return False
        self.open.append(_Container(is_object))
        if is_object:
            self.member_name(self.open[-1])
        return True

    def continues(self) -> bool:
        """Consume what follows a value: closing brackets, then a comma; false at the end of the document."""
        while self.open:
            innermost = self.open[-1]
            self.skip_space()
            letter = self.text[self.at : self.at + 1]
            self.at += 1
            if letter == ",":
                self.next_place(innermost)
                return True
            if letter != ("}" if innermost.is_object else "]"):
                self.at -= 1
                self.fault("json-syntax", f"expected a comma or the end of the container, got {self.here()}")
            self.open.pop()
        return False

    def next_place(self, container: _Container) -> None:
        if container.is_object:
            self.member_name(container)
        else:
            container.place = int(container.place) + 1

    def member_name(self, container: _Container) -> None:
        self.skip_space()
        if self.text[self.at : self.at + 1] != '"':
            self.fault("json-syntax", f"expected a member name in double quotes, got {self.here()}", inside=False)
        name = self.string(inside=False)
        container.place = name
        if name in container.seen:
            self.fault("json-duplicate-member", "the member occurs twice in its object")
        container.seen.add(name)
        self.skip_space()
        if self.text[self.at : self.at + 1] != ":":
            self.fault("json-syntax", f"expected a colon after the member name, got {self.here()}")
        self.at += 1

    def string(self, *, inside: bool = True) -> str:
        match = _STRING.match(self.text, self.at)
        if match is None:
            self.fault("json-syntax", "a string has no end, a control character or a wrong escape", inside=inside)
        text = match[0]
        if _SURROGATE.search(text):
            self.fault(self.foreign_rule, "the text is not Unicode in UTF-8", inside=inside)
        text = json.loads(text) if "\\" in text else text[1:-1]
        if _SURROGATE.search(text):
            self.fault("json-surrogate", "an escape stands for half a surrogate pair", inside=inside)
        self.at = match.end()
        return text

    def number(self, match: re.Match[str]) -> None:
        whole, fraction, exponent = match.groups()
        if fraction is None and exponent is None:
            if len(whole) > self.integer_digits:
                self.fault("json-number", f"an integer has {len(whole)} digits, more than {self.integer_digits}")
        elif math.isinf(float(match[0])):
            self.fault("json-number", "a number is too large for a double")
        self.at = match.end()

    def skip_space(self) -> None:
        while self.text[self.at : self.at + 1] in _SPACE:
            self.at += 1

    def here(self) -> str:
        found = self.text[self.at : self.at + 1]
        return ascii(found) if found else "the end of the text"

    def fault(self, rule: str, reason: str, *, inside: bool = True) -> NoReturn:
        containers = self.open if inside else self.open[:-1]
        raise InputError(f"{reason} (character {self.at})", rule=rule, pointer=_pointer(containers))


def _pointer(containers: list[_Container]) -> str:
    """RFC 6901 pointer; half a surrogate pair cannot be printed, so it shows as U+FFFD."""
    steps = (str(container.place).replace("~", "~0").replace("/", "~1") for container in containers)
    return _SURROGATE.sub("\ufffd", "".join(f"/{step}" for step in steps))
