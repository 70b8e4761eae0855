"""JSON documents that differ only in some strings: written by joining bytes, recognised by comparing them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from skillmark.credentials.encoding.strict_json import dumps

Path = tuple[str | int, ...]
"""Members and positions from the root of a document to one value."""

_NEEDS_ESCAPE: Final = re.compile('[\x00-\x1f"\\\\]').search


def sentinels(paths: Sequence[Path]) -> list[str]:
    """One string for each slot that occurs nowhere else; an absolute IRI, so that it may stand where an IRI must."""
    nonce = uuid4().hex
    return [f"urn:slot:{nonce}:{number}:" for number in range(len(paths))]


def with_values(document: Mapping[str, Any], slots: Mapping[Path, str]) -> dict[str, Any]:
    """A copy of the document with other strings at the given paths; shares what it does not change."""
    copy = dict(document)
    for path, value in slots.items():
        place: Any = copy
        for step in path[:-1]:
            child = place[step]
            place[step] = child = list(child) if isinstance(child, list) else dict(child)
            place = child
        place[path[-1]] = value
    return copy


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonTemplate:
    """The constant bytes before, between and after the slots; `order` lists the slots as they come in the bytes."""

    pieces: tuple[str, ...]
    order: tuple[int, ...]

    @classmethod
    def compile(cls, document: Mapping[str, Any], paths: Sequence[Path]) -> JsonTemplate:
        """The template of a document whose strings at `paths` vary."""
        marks = sentinels(paths)
        text = dumps(with_values(document, dict(zip(paths, marks, strict=True)))).decode()
        order = sorted(range(len(paths)), key=lambda slot: text.index(marks[slot]))
        return cls(pieces=tuple(_split(text, [marks[slot] for slot in order])), order=tuple(order))

    def render(self, values: Sequence[str]) -> bytes:
        """The document with these strings in its slots, as compact JSON in UTF-8."""
        parts = [self.pieces[0]]
        for slot, piece in zip(self.order, self.pieces[1:], strict=True):
            parts.append(json_text(values[slot]))
            parts.append(piece)
        return "".join(parts).encode()

    def match(self, data: bytes) -> list[str] | None:
        """The strings in the slots, or None where the bytes are not this template's.

        A match proves the bytes strict JSON too: the pieces are, and a slot holds plain text without escapes.
        """
        try:
            text = data.decode()
        except UnicodeDecodeError:
            return None
        values = [""] * len(self.order)
        if not text.startswith(self.pieces[0]):
            return None
        position = len(self.pieces[0])
        for slot, piece in zip(self.order, self.pieces[1:], strict=True):
            end = text.find('"', position)
            if end < 0 or not text.startswith(piece, end):
                return None
            values[slot] = text[position:end]
            position = end + len(piece)
        plain = position == len(text) and not _NEEDS_ESCAPE("".join(values))
        return values if plain else None


def json_text(text: str) -> str:
    """The text as it stands between the quotes of a JSON string."""
    return dumps(text).decode()[1:-1] if _NEEDS_ESCAPE(text) else text


def _split(text: str, marks: Sequence[str]) -> Iterator[str]:
    for mark in marks:
        before, _, text = text.partition(mark)
        yield before
    yield text
