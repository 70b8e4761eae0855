"""Strict JSON: a document with exactly one reading, or a refusal with its rule and JSON pointer.

Refused are duplicate members, deep nesting, numbers that would change and text that is not Unicode.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

import orjson

from skillmark.credentials.encoding.json_faults import find_fault
from skillmark.errors import InputError

Json: TypeAlias = dict[str, Any] | list[Any] | str | int | float | bool | None
JsonObject: TypeAlias = dict[str, Any]

WHITESPACE: Final = b" \t\r\n"

_DEEPEST: Final = 250  # orjson writes no deeper than 254
_DIGITS_OF_64_BITS: Final = 20
_WRITABLE: Final = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME
_CONTAINERS: Final = frozenset({dict, list})
_NO_OPENING: Final = bytes(set(range(256)) - set(b"{["))
_INT64: Final = range(-(2**63), 2**64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How large a document may be: bytes, nesting, digits of an integer."""

    size: int = 1 << 20
    depth: int = 64
    integer_digits: int = 20

    def __post_init__(self) -> None:
        if not 1 <= self.depth <= _DEEPEST:
            raise ValueError(f"the depth limit lies between 1 and {_DEEPEST}, not at {self.depth}")
        if self.integer_digits < _DIGITS_OF_64_BITS:
            raise ValueError(f"integers of 64 bits have up to {_DIGITS_OF_64_BITS} digits; allow no fewer")


LIMITS: Final = Limits()


class _FaultError(Exception):
    """Something is wrong somewhere; `find_fault` finds what and where."""


def parse(data: bytes | str, *, limits: Limits = LIMITS) -> Json:
    """Read one JSON document (RFC 8259, I-JSON's ban on duplicates and lone surrogates) or raise InputError.

    A document that its own compact or two-space rendering reproduces byte for byte has lost no member and changed no
    number, so it is accepted at once. Anything else is read again by a reader that watches members and numbers.
    """
    raw = _octets(data, limits)
    try:
        value: Json = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise _fault(raw, limits) from None
    if _too_deep(value, raw, limits):
        raise _fault(raw, limits)
    if orjson.dumps(value) == raw or orjson.dumps(value, option=orjson.OPT_INDENT_2) == raw:
        return value
    try:
        watched: Json = _watchful(limits.integer_digits).decode(raw.decode())
    except (_FaultError, RecursionError):
        raise _fault(raw, limits) from None
    return watched


def parse_object(data: bytes | str, *, limits: Limits = LIMITS) -> JsonObject:
    """Read one JSON document that must be an object."""
    value = parse(data, limits=limits)
    if not isinstance(value, dict):
        raise InputError(f"expected a JSON object, got {_kind(value)}", rule="json-syntax", pointer="")
    return value


def dumps(value: object) -> bytes:
    """Write compact UTF-8 JSON; text that is not Unicode, keys that are not text and numbers JSON lacks are refused."""
    try:
        text = orjson.dumps(value, option=_WRITABLE)
    except TypeError as error:
        text = _write_exactly(value, error)
    if b"null" in text and _holds_non_finite(value):
        raise InputError("JSON has no number for NaN or infinity", rule="json-number")
    return text


def _octets(data: bytes | str, limits: Limits) -> bytes:
    # A lone surrogate in a str becomes bytes that are no UTF-8; `find_fault` names it.
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if len(raw) > limits.size:
        raise InputError(
            f"the document has {len(raw)} bytes, more than the {limits.size} allowed", rule="json-size", pointer=""
        )
    return raw.strip(WHITESPACE)


def _fault(raw: bytes, limits: Limits) -> InputError:
    return find_fault(raw, depth=limits.depth, integer_digits=limits.integer_digits)


def _too_deep(value: Json, raw: bytes, limits: Limits) -> bool:
    if len(raw.translate(None, _NO_OPENING)) <= limits.depth:
        return False
    level: list[Any] = [value]
    for _ in range(limits.depth):
        level = [
            child
            for parent in level
            for child in (parent.values() if type(parent) is dict else parent)
            if type(child) in _CONTAINERS
        ]
        if not level:
            return False
    return True


@lru_cache(maxsize=8)
def _watchful(integer_digits: int) -> json.JSONDecoder:
    def integer(text: str) -> int:
        if len(text.removeprefix("-")) > integer_digits:
            raise _FaultError
        return int(text)

    return json.JSONDecoder(object_pairs_hook=_members, parse_int=integer)


def _members(pairs: list[tuple[str, Any]]) -> JsonObject:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _FaultError
    return members


def _write_exactly(value: object, error: TypeError) -> bytes:
    """Write integers beyond 64 bits digit by digit; whatever else orjson refused stays refused."""
    reason = str(error)
    if "64-bit" in reason:
        try:
            return orjson.dumps(_with_fragments(value), option=_WRITABLE)
        except TypeError as second:
            reason = str(second)
        except RecursionError:
            reason = "nested too deep"
    rule = "json-surrogate" if "surrogates" in reason else "json-syntax"
    raise InputError(f"cannot be written as JSON: {reason}", rule=rule)


def _with_fragments(value: object) -> object:
    if isinstance(value, dict):
        return {key: _with_fragments(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_with_fragments(item) for item in value]
    if isinstance(value, int) and value not in _INT64:
        return orjson.Fragment(_digits(value))
    return value


def _digits(number: int) -> str:
    if abs(number) >= 10**LIMITS.integer_digits:
        raise InputError(f"an integer has more than {LIMITS.integer_digits} digits", rule="json-number")
    return str(number)


def _holds_non_finite(value: object) -> bool:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting.extend(item.values())
        elif isinstance(item, list | tuple):
            waiting.extend(item)
        elif isinstance(item, float) and not math.isfinite(item):
            return True
    return False


def _kind(value: Json) -> str:
    names = {list: "an array", str: "a string", bool: "a boolean", int: "a number", float: "a number"}
    return names.get(type(value), "null")
