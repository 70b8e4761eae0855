"""Templates of JSON bytes: what they write is what a writer writes, and what they recognise is what a reader reads."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.encoding.json_template import JsonTemplate, Path, with_values

DOCUMENT: dict[str, Any] = {"a": "x", "b": {"c": ["y", {"d": "z"}], "e": 1.5}, "f": "é"}
PATHS: list[Path] = [("b", "c", 1, "d"), ("a",), ("b", "c", 0)]
TEMPLATE = JsonTemplate.compile(DOCUMENT, PATHS)


def compact(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


@given(st.lists(st.text(), min_size=3, max_size=3))
def test_rendering_reads_back_as_the_document_with_these_values(values: list[str]) -> None:
    expected = {"a": values[1], "b": {"c": [values[2], {"d": values[0]}], "e": 1.5}, "f": "é"}
    assert json.loads(TEMPLATE.render(values)) == expected
    assert with_values(DOCUMENT, dict(zip(PATHS, values, strict=True))) == expected
    assert DOCUMENT["a"] == "x"


@given(st.lists(st.text(), min_size=3, max_size=3))
def test_a_match_gives_the_values_that_a_reader_finds(values: list[str]) -> None:
    data = compact({"a": values[1], "b": {"c": [values[2], {"d": values[0]}], "e": 1.5}, "f": "é"})
    found = TEMPLATE.match(data)
    plain = not any("\\" in text or '"' in text or min(text, default=" ") < " " for text in values)
    assert found == (values if plain else None)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        compact({**DOCUMENT, "f": "e"}),
        compact({**DOCUMENT, "g": 1}),
        compact(DOCUMENT) + b" ",
        compact(DOCUMENT)[:-1],
        compact(DOCUMENT)[:8],
        b'{"a":"\xff' + compact(DOCUMENT)[7:],
        b'{"a":"\x01' + compact(DOCUMENT)[7:],
        b'{"a":"\\n' + compact(DOCUMENT)[7:],
    ],
)
def test_other_bytes_do_not_match(data: bytes) -> None:
    assert TEMPLATE.match(compact(DOCUMENT)) == ["z", "x", "y"]
    assert TEMPLATE.match(data) is None
