"""All 86 entries of the W3C RDFC-1.0 test suite, the poison graph included."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from skillmark.credentials.canonical import canonicalize_nquads
from skillmark.errors import WorkLimitError


def entries(shared: Path) -> Iterator[dict[str, str]]:
    manifest = json.loads((shared / "vectors/rdf-canon/manifest.jsonld").read_text())
    yield from manifest["entries"]


def hash_name(entry: dict[str, str]) -> str:
    return entry.get("hashAlgorithm", "SHA256").lower()


def test_manifest_holds_the_86_published_entries(shared: Path) -> None:
    kinds = [entry["type"] for entry in entries(shared)]
    assert (kinds.count("rdfc:RDFC10EvalTest"), kinds.count("rdfc:RDFC10MapTest"), len(kinds)) == (64, 21, 86)


def test_every_dataset_gets_its_published_canonical_form(shared: Path) -> None:
    folder = shared / "vectors/rdf-canon"
    wrong = []
    for entry in entries(shared):
        if entry["type"] == "rdfc:RDFC10EvalTest":
            form, _ = canonicalize_nquads((folder / entry["action"]).read_text(), hash_name=hash_name(entry))
            if form != (folder / entry["result"]).read_bytes():
                wrong.append(entry["id"])
    assert wrong == []


def test_every_blank_node_gets_its_published_label(shared: Path) -> None:
    folder = shared / "vectors/rdf-canon"
    wrong = []
    for entry in entries(shared):
        if entry["type"] == "rdfc:RDFC10MapTest":
            _, labels = canonicalize_nquads((folder / entry["action"]).read_text(), hash_name=hash_name(entry))
            if labels != json.loads((folder / entry["result"]).read_text()):
                wrong.append(entry["id"])
    assert wrong == []


def test_poison_graph_ends_in_the_work_limit(shared: Path) -> None:
    folder = shared / "vectors/rdf-canon"
    (entry,) = (entry for entry in entries(shared) if entry["type"] == "rdfc:RDFC10NegativeEvalTest")
    with pytest.raises(WorkLimitError):
        canonicalize_nquads((folder / entry["action"]).read_text())
