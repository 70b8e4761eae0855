"""Rules of Open Badges 3.0 on results: that each refers to a description in the same achievement, and fits it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from skillmark.credentials.lints.findings import Authority, Finding, Severity, shown
from skillmark.credentials.model.places import Place, inside, objects, text, texts

_error: Final = partial(Finding, severity=Severity.ERROR, authority=Authority.OPEN_BADGES)

_DIGITS: Final = 40
_RESULT: Final = "Open Badges 3.0, Data Models, Result"
_DESCRIPTION: Final = "Open Badges 3.0, Data Models, ResultDescription"


def findings(subject: Place) -> Iterator[Finding]:
    """Everything wrong between the results of a subject and the descriptions in its achievement."""
    at, members = subject
    descriptions: dict[str, Mapping[str, Any]] = {}
    for where, description in inside(objects(members, "achievement", at), "resultDescription"):
        name = text(description, "id")
        if name in descriptions:
            yield _error(
                rule="result-description-twice",
                message=f"{shown(name)} is the id of two result descriptions; give each its own",
                pointer=f"{where}/id",
                clause=_DESCRIPTION,
            )
        if name:
            descriptions[name] = description
        yield from _passing(where, description)
    for where, result in objects(members, "result", at):
        yield from _result(where, result, descriptions)


def _passing(at: str, description: Mapping[str, Any]) -> Iterator[Finding]:
    """What is required to pass must itself be possible."""
    level, value = text(description, "requiredLevel"), text(description, "requiredValue")
    if level and level not in _levels(description):
        yield _error(
            rule="required-level",
            message=f"requiredLevel names {shown(level)}, which is no level of this rubric",
            pointer=f"{at}/requiredLevel",
            clause=_DESCRIPTION,
        )
    if value and (fault := _unfit(value, description)):
        yield _error(rule="required-value", message=fault, pointer=f"{at}/requiredValue", clause=_DESCRIPTION)


def _result(at: str, result: Mapping[str, Any], descriptions: Mapping[str, Mapping[str, Any]]) -> Iterator[Finding]:
    name = text(result, "resultDescription")
    if name is None:
        return
    description = descriptions.get(name)
    if description is None:
        yield _error(
            rule="result-description-unknown",
            message=f"the achievement has no resultDescription with the id {shown(name)}; name one it has",
            pointer=f"{at}/resultDescription",
            clause=_RESULT,
        )
        return
    level, value = text(result, "achievedLevel"), text(result, "value")
    if level and level not in _levels(description):
        yield _error(
            rule="result-level",
            message=f"{shown(level)} is no level of the rubric of {shown(text(description, 'name') or name)}",
            pointer=f"{at}/achievedLevel",
            clause=_RESULT,
        )
    if value and (fault := _unfit(value, description)):
        yield _error(rule="result-value", message=fault, pointer=f"{at}/value", clause=_RESULT)
    if description.get("resultType") == "Status" and "status" not in result:
        yield _error(
            rule="result-status-missing",
            message="the result description is of type Status: expected a status such as Completed",
            pointer=f"{at}/status",
            clause=_RESULT,
        )


def _levels(description: Mapping[str, Any]) -> frozenset[str | None]:
    return frozenset(text(level, "id") for _, level in objects(description, "rubricCriterionLevel"))


def _unfit(value: str, description: Mapping[str, Any]) -> str | None:
    """Why a value is none that the description allows, or None."""
    allowed = texts(description, "allowedValue")
    if allowed:
        return (
            None if value in allowed else f"expected one of {', '.join(map(shown, allowed[:8]))}; came {shown(value)}"
        )
    reached, least, most = (_number(text) for text in (value, description.get("valueMin"), description.get("valueMax")))
    if reached is None or (least is None and most is None):
        return None
    low, high = least if least is not None else float("-inf"), most if most is not None else float("inf")
    return None if low <= reached <= high else f"expected a value from {low:g} to {high:g}; came {shown(value)}"


def _number(value: Any) -> float | None:
    """The number a text states; texts that state none are not compared."""
    try:
        return float(value) if isinstance(value, str) and len(value) <= _DIGITS else None
    except ValueError:
        return None
