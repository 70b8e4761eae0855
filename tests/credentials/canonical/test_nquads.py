"""Reading N-Quads: what the grammar allows, what it does not, and the canonical escapes on the way out."""

from __future__ import annotations

import pytest

from skillmark.credentials.canonical import canonicalize_nquads
from skillmark.credentials.canonical.nquads import parse
from skillmark.errors import InputError, WorkLimitError
from tests.credentials.canonical.engines import pyoxigraph_nquads

PAIR = "<urn:a> <urn:b> "


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (f"{PAIR}<urn:c> .", f"{PAIR}<urn:c> ."),
        ("<urn:a><urn:b><urn:c><urn:g>.", f"{PAIR}<urn:c> <urn:g> ."),
        (f'\t{PAIR}"x"\t.  # comment', f'{PAIR}"x" .'),
        (f'{PAIR}"x"^^<http://www.w3.org/2001/XMLSchema#string> .', f'{PAIR}"x" .'),
        (f'{PAIR}"x"^^<urn:type> .', f'{PAIR}"x"^^<urn:type> .'),
        (f'{PAIR}"x"@en-gb .', f'{PAIR}"x"@en-gb .'),
        (f'{PAIR}"\\u0041\\U0001F600\\n\\t\\\'\\"\\\\" .', f'{PAIR}"A😀\\n\\t\'\\"\\\\" .'),
        (f'{PAIR}"\\u0000\\u007F\\uFFFF" .', f'{PAIR}"\\u0000\\u007F\\uFFFF" .'),
        (f'{PAIR}"\\b\\f\\r" .', f'{PAIR}"\\b\\f\\r" .'),
        ("<urn:\\u0061> <urn:b> <urn:c> .", f"{PAIR}<urn:c> ."),
        ("_:x <urn:b> _:x _:x .", "_:c14n0 <urn:b> _:c14n0 _:c14n0 ."),
        ("_:x.1 <urn:b> _:y-2 .", None),
    ],
)
def test_statement_is_written_in_canonical_form(text: str, written: str | None) -> None:
    form = canonicalize_nquads(text)[0].decode()
    assert form == pyoxigraph_nquads(text)
    assert written is None or form == written + "\n"


def test_blank_lines_comments_and_repetitions_add_nothing() -> None:
    text = f"\n# comment\n  \r\n{PAIR}<urn:c> .\r{PAIR}<urn:c> .\n"
    assert canonicalize_nquads(text)[0].decode() == f"{PAIR}<urn:c> .\n"


def test_labels_are_told_by_the_names_of_the_document() -> None:
    _, labels = canonicalize_nquads('_:second <urn:b> "1" .\n_:first <urn:b> "2" .\n')
    assert sorted(labels) == ["first", "second"]
    assert sorted(labels.values()) == ["c14n0", "c14n1"]


@pytest.mark.parametrize(
    "line",
    [
        "<urn:a> <urn:b> <urn:c>",
        "<urn:a> <urn:b> .",
        '"x" <urn:b> <urn:c> .',
        "<urn:a> _:b <urn:c> .",
        '<urn:a> <urn:b> <urn:c> "g" .',
        '<urn:a> <urn:b> "unfinished .',
        '<urn:a> <urn:b> "\\x" .',
        "<urn:a b> <urn:b> <urn:c> .",
        '<urn:a> <urn:b> "x"@ .',
        '<urn:a> <urn:b> "\\uD800" .',
        '<urn:a> <urn:b> "\\U00110000" .',
        "words",
    ],
)
def test_what_is_no_statement_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(InputError) as refused:
        parse(f"{PAIR}<urn:c> .\n{line}")
    assert refused.value.rule == "nquads-syntax"


def test_alike_nodes_are_told_apart_within_the_work_allowed() -> None:
    ring = "\n".join(f"_:n{number} <urn:next> _:n{(number + 1) % 6} ." for number in range(6))
    assert canonicalize_nquads(ring)[0].decode() == pyoxigraph_nquads(ring)
    with pytest.raises(WorkLimitError):
        canonicalize_nquads(ring, work=3)


def test_equal_lines_of_different_quads_are_both_hashed() -> None:
    """Two blank nodes below one property give equal lines with `_:z`: dropping one would change the labels."""
    text = "".join(
        f'_:{name} <urn:p> _:{name}{number} .\n_:{name}{number} <urn:q> "{name}{number}" .\n'
        for name, count in (("one", 1), ("two", 2), ("three", 3))
        for number in range(count)
    )
    assert canonicalize_nquads(text)[0].decode() == pyoxigraph_nquads(text)
    assert canonicalize_nquads(text, hash_name="sha384")[0].decode() == pyoxigraph_nquads(text, hash_name="sha384")
