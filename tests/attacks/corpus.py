"""The attack corpus: what is sent, which lists are served with it, and which verdicts may come back."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from tests import machine

# Entries up to A41 that are not run here, with the reason. Everything else of the range is.
LEFT_OUT = {
    "A12": "needs access tokens: no API that takes one exists yet",
    "A15": "a mutation of what the server issued: test_mutations.py",
    "A16": "a mutation of what the server issued: test_mutations.py",
    "A41": "the verify half is test_rendering.py; the authoring forms do not exist yet",
}
LAST = 41
# Whatever the credential says, one of these words must be the verdict.
ACCEPTED = {"valid-or-unsupported": {"valid"}, "not-valid": {"invalid"}, "indeterminate": {"unknown"}}
# The table allows both where the manifest names one, and A38 is honest inside: it must only be inert.
ALSO = {"A28": {"unknown"}, "A29": {"unknown"}}
UNSAID = {"A35": {"invalid"}, "A38": {"valid", "invalid"}, "A39": {"invalid"}}


@dataclass(frozen=True, kw_only=True)
class Attack:
    """One input. A file with several variants gives several attacks of one id."""

    id: str
    class_: str
    name: str
    content: bytes
    verdicts: frozenset[str]
    statuses: frozenset[int]
    bounded: bool
    lists: dict[str, bytes] = field(default_factory=dict)


def read(folder: Path) -> list[Attack]:
    """The attacks of the verify halves of A01 to A41."""
    rows = json.loads((folder / "manifest.json").read_bytes())
    return [attack for row in rows if _is_ours(row) for attack in _attacks(folder, row)]


@cache
def attacks() -> tuple[Attack, ...]:
    """The corpus for parametrising; empty where there is none, and then `test_corpus_is_whole` says so."""
    folder = machine.shared()
    return tuple(read(folder / "attack")) if folder and (folder / "attack").is_dir() else ()


def _is_ours(row: dict[str, Any]) -> bool:
    number = row["id"].removeprefix("A")
    return number.isdigit() and int(number) <= LAST and row["id"] not in LEFT_OUT


def _attacks(folder: Path, row: dict[str, Any]) -> Iterator[Attack]:
    content, expect = (folder / row["file"]).read_bytes(), row["expect"]
    contents, lists = [content], {}
    if row["class"] == "status":
        parts = json.loads(content)
        contents = [_bytes(one) for one in parts.get("variants", [parts.get("credential")])]
        lists = {url: _bytes(one) for url, one in parts["serve"].items()}
    verdicts = ACCEPTED.get(expect.get("verdict"), set()) | ALSO.get(row["id"], set()) | UNSAID.get(row["id"], set())
    for number, one in enumerate(contents):
        yield Attack(
            id=row["id"],
            class_=row["class"],
            name=row["file"] if len(contents) == 1 else f"{row['file']}-{number}",
            content=one,
            verdicts=frozenset(verdicts),
            statuses=frozenset(expect.get("http", [200, 400])),
            bounded=expect.get("bounded", False),
            lists=lists,
        )


def _bytes(value: Any) -> bytes:
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()
