"""Walking a credential whose shape is not known yet: objects where objects should be, each with its JSON pointer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

Place: TypeAlias = tuple[str, Mapping[str, Any]]


def objects(parent: Mapping[str, Any], member: str, at: str = "") -> Iterator[Place]:
    """The objects of a member that may be single or an array; anything else is passed over."""
    value = parent.get(member)
    if isinstance(value, dict):
        yield f"{at}/{member}", value
    elif isinstance(value, list):
        for position, item in enumerate(value):
            if isinstance(item, dict):
                yield f"{at}/{member}/{position}", item


def inside(places: Iterator[Place], member: str) -> Iterator[Place]:
    """The objects of a member of each of these objects."""
    for at, node in places:
        yield from objects(node, member, at)


def texts(node: Mapping[str, Any], member: str) -> tuple[str, ...]:
    """The texts of a member that may be single or an array."""
    value = node.get(member)
    if isinstance(value, str):
        return (value,)
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def text(node: Mapping[str, Any], member: str) -> str | None:
    """The text of a member, or None where it is absent, empty or no text."""
    value = node.get(member)
    return value if isinstance(value, str) and value else None


def number(node: Mapping[str, Any], member: str) -> int | float | None:
    """The number of a member, or None where it is absent or no number."""
    value = node.get(member)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def subjects(credential: Mapping[str, Any]) -> Iterator[Place]:
    """The subjects of a credential."""
    return objects(credential, "credentialSubject")


def achievements(credential: Mapping[str, Any]) -> Iterator[Place]:
    """The achievements of a credential."""
    return inside(subjects(credential), "achievement")


def alignments(credential: Mapping[str, Any]) -> Iterator[Place]:
    """Every alignment of a credential: of achievements, result descriptions, rubric levels and results."""
    for at, achievement in achievements(credential):
        yield from objects(achievement, "alignment", at)
        for where, described in objects(achievement, "resultDescription", at):
            yield from objects(described, "alignment", where)
            yield from inside(objects(described, "rubricCriterionLevel", where), "alignment")
    yield from inside(inside(subjects(credential), "result"), "alignment")
