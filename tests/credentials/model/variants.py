"""Systematically changed documents: each member removed, of another type, empty, single, wrapped or extended."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_REMOVED = object()
_OTHERS = {
    "null": None,
    "integer": 5,
    "float": 1.5,
    "boolean": True,
    "text": "text",
    "empty text": "",
    "empty array": [],
    "empty object": {},
    "array of texts": ["text"],
    "array of numbers": [5],
    "language map": {"en": "text"},
    "own term": "ext:own",
    "address": "https://a.example/b",
}


@dataclass(frozen=True, kw_only=True)
class Variant:
    """What was done where. `path` names members; `*` stands for any place in an array."""

    change: str
    path: tuple[str, ...]

    @property
    def member(self) -> str:
        """The member that was changed, also when one of its items was."""
        return next(step for step in reversed(self.path) if step != "*")

    @property
    def is_item(self) -> bool:
        """Whether an item of an array was changed."""
        return self.path[-1] == "*"


def variants(document: dict[str, Any]) -> Iterator[tuple[Variant, dict[str, Any]]]:
    """Each change of each member, one at a time, in the one document; arrays of objects are entered once."""
    for path, parent, key in list(_places(document, ())):
        old = parent[key]
        for change, value in _changes(old):
            if value is _REMOVED:
                removed = parent.pop(key)
                yield Variant(change=change, path=path), document
                if isinstance(parent, list):
                    parent.insert(key, removed)
                else:
                    parent[key] = removed
            else:
                parent[key] = value
                yield Variant(change=change, path=path), document
                parent[key] = old


def _places(node: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any, Any]]:
    if isinstance(node, dict):
        for member, value in node.items():
            yield (*path, member), node, member
            yield from _places(value, (*path, member))
    elif isinstance(node, list):
        seen: set[frozenset[str]] = set()
        for position, item in enumerate(node):
            shape = frozenset(item) if isinstance(item, dict) else frozenset({str(position)})
            if shape not in seen:
                seen.add(shape)
                yield (*path, "*"), node, position
                yield from _places(item, (*path, "*"))


def _changes(old: Any) -> Iterator[tuple[str, Any]]:
    yield "removed", _REMOVED
    yield from _OTHERS.items()
    yield "wrapped", [old]
    if isinstance(old, list) and old:
        yield "unwrapped", old[0]
        yield "doubled", old + old
    if isinstance(old, dict):
        yield "extended", old | {"unknown": 1}
