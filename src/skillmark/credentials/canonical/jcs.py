"""JSON Canonicalization Scheme (RFC 8785): one text for one JSON value."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import orjson
import rfc8785

from skillmark.errors import CanonicalizationError

_SORTED: Final = orjson.OPT_SORT_KEYS | orjson.OPT_STRICT_INTEGER
_CONTAINERS: Final = frozenset({dict, list})
_SAME_IN_BOTH: Final = frozenset({str, int, bool, type(None)})
_ASTRAL_LEADS: Final = (b"\xf0", b"\xf1", b"\xf2", b"\xf3", b"\xf4")  # first byte of a character beyond U+FFFF


def jcs(value: object) -> bytes:
    """Write a JSON value in its canonical form (RFC 8785).

    Raises CanonicalizationError for what has none: NaN and infinity, integers beyond 2^53-1 in magnitude, text that is
    not Unicode, member names that are not text. orjson writes the same bytes unless a number is a float or a member
    name holds a character beyond U+FFFF (orjson sorts by code point, RFC 8785 by UTF-16 unit).
    """
    try:
        text = orjson.dumps(value, option=_SORTED)
    except TypeError:
        return _general(value)
    if _only_common_types(value) and not _has_astral_name(value, text):
        return text
    return _general(value)


def _only_common_types(value: object) -> bool:
    waiting: list[Any] = [[value]]
    for container in waiting:
        for item in container.values() if type(container) is dict else container:
            kind = type(item)
            if kind in _CONTAINERS:
                waiting.append(item)
            elif kind not in _SAME_IN_BOTH:
                return False
    return True


def _has_astral_name(value: object, text: bytes) -> bool:
    if text.isascii() or not any(lead in text for lead in _ASTRAL_LEADS):
        return False
    return any(max(name, default="") > "\uffff" for name in _names(value))


def _names(value: object) -> Iterator[str]:
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield from item
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)


def _general(value: Any) -> bytes:
    try:
        return rfc8785.dumps(value)
    except UnicodeEncodeError:
        raise CanonicalizationError("a member name is not Unicode: it holds half a surrogate pair") from None
    except RecursionError:
        raise CanonicalizationError("nested too deep to be written in canonical form") from None
    except rfc8785.CanonicalizationError as error:
        raise CanonicalizationError(f"no canonical JSON form: {error}") from None
