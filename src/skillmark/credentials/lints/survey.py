"""One walk over a whole document, noting what several authorities have rules about. It judges nothing."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from skillmark.credentials.model.extension import TERMS
from skillmark.credentials.model.writing import READ_ONLY

ADDRESSES: Final = frozenset({"id", "targetUrl", "url"})
"""The members whose text is an address."""

_NOTED: Final = ADDRESSES | READ_ONLY | TERMS
_OPAQUE: Final = frozenset({"jsonSchema"})  # a JSON literal: its members are no terms
_LEAST: Final = 1e-6
_MOST: Final = 2**53 - 1

_NONCHARACTERS: Final = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
FORBIDDEN: Final = re.compile(f"[\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")
"""Lone surrogates and noncharacters (Unicode, §23.7)."""
UNSEEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Controls but tab and line ends, and the characters that change the direction in which text is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """Where in a document something is that a rule may be about: pointers, with the value where that matters."""

    nulls: list[str] = field(default_factory=list)
    empty_arrays: list[str] = field(default_factory=list)
    numbers: list[tuple[str, int | float]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    high_texts: list[str] = field(default_factory=list)
    addresses: list[tuple[str, Any]] = field(default_factory=list)
    read_only: list[str] = field(default_factory=list)
    our_terms: list[str] = field(default_factory=list)


def survey(document: Mapping[str, Any]) -> Survey:
    """Walk the document once."""
    noted = Survey()
    _object(document, "", noted)
    return noted


def _object(node: Mapping[str, Any], at: str, noted: Survey) -> None:
    for member, value in node.items():
        if type(value) is str and member not in _NOTED:
            if not (value.isascii() and value.isprintable()):
                _text(value, f"{at}/{_escaped(member)}", noted)
            continue
        here = f"{at}/{_escaped(member)}"
        if member in ADDRESSES:
            noted.addresses.append((here, value))
        elif member in _NOTED:
            (noted.read_only if member in READ_ONLY else noted.our_terms).append(here)
        if member not in _OPAQUE:
            _value(value, here, noted)


def _array(items: list[Any], at: str, noted: Survey) -> None:
    if not items:
        noted.empty_arrays.append(at)
    for position, item in enumerate(items):
        if type(item) is not str:
            _value(item, f"{at}/{position}", noted)
        elif not (item.isascii() and item.isprintable()):
            _text(item, f"{at}/{position}", noted)


def _value(value: Any, at: str, noted: Survey) -> None:
    kind = type(value)
    if kind is dict:
        _object(value, at, noted)
    elif kind is list:
        _array(value, at, noted)
    elif kind is str:
        if not (value.isascii() and value.isprintable()):
            _text(value, at, noted)
    elif value is None:
        noted.nulls.append(at)
    elif kind is not bool:
        _number(value, at, noted)


def _number(value: Any, at: str, noted: Survey) -> None:
    least, most = (_LEAST, math.inf) if isinstance(value, float) else (1, _MOST + 1)
    if value != 0 and not least <= abs(value) < most:
        noted.numbers.append((at, value))


def _text(value: str, at: str, noted: Survey) -> None:
    if FORBIDDEN.search(value) or UNSEEN.search(value):
        noted.texts.append((at, value))
    if max(value) >= "\ue000":
        noted.high_texts.append(value)


def _escaped(member: str) -> str:
    return member if member.isalnum() else member.replace("~", "~0").replace("/", "~1")
