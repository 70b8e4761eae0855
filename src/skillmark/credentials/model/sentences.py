"""What a JSON Schema error means, in plain words: the place as a JSON pointer, what was expected and what came."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from jsonschema_rs import ValidationError

from skillmark.credentials.model.patterns import IN_WORDS

_TYPES: Final = {
    "array": "an array",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "object": "an object",
    "string": "text",
}
_SHOWN: Final = 60
_LISTED: Final = 8


def leaves(error: ValidationError) -> Iterator[ValidationError]:
    """The errors that matter: of several forms that a value may have, those of the one it comes nearest to."""
    fitting = [branch for branch in _branches(error) if not any(_other_form(fault, error) for fault in branch)]
    if isinstance(error.instance, (dict, list)) and fitting:
        for fault in min(fitting, key=len):
            yield from leaves(fault)
    else:
        yield error


def _branches(error: ValidationError) -> list[list[ValidationError]]:
    return error.kind.value if error.kind.name == "anyOf" else []


def _other_form(fault: ValidationError, union: ValidationError) -> bool:
    """Whether a branch was never meant for this value: it wants another type of JSON value."""
    here = fault.instance_path == union.instance_path
    scalar_wanted = fault.kind.name in {"const", "enum"} and isinstance(fault.instance, (dict, list))
    return here and (fault.kind.name == "type" or scalar_wanted)


def pointer(error: ValidationError) -> str:
    """The JSON pointer (RFC 6901) of the place; of a member that is missing or too much, its own."""
    path = list(error.instance_path)
    if error.kind.name == "required":
        path.append(error.kind.value)
    elif error.kind.name == "additionalProperties":
        path.append(error.kind.value[0])
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def sentence(error: ValidationError, schema: dict[str, Any]) -> str:
    """What is wrong: expected, came."""
    if error.kind.name == "required":
        return f"the member {error.kind.value} is missing"
    if error.kind.name == "additionalProperties":
        return f"no other member than the standard's may stand here; came {', '.join(map(_shown, error.kind.value))}"
    return f"expected {_expected(error, schema)}; came {_shown(error.instance)}"


def _expected(error: ValidationError, schema: dict[str, Any]) -> str:
    if error.kind.name == "anyOf":
        return " or ".join(dict.fromkeys(_expected(branch[0], schema) for branch in error.kind.value))
    wanted: Any = schema
    for step in error.schema_path:
        wanted = wanted[step]
    return _PHRASES[error.kind.name](wanted)


def _names(wanted: dict[str, Any]) -> str:
    return " or ".join(wanted["enum"]) if "enum" in wanted else str(wanted["const"])


def _choice(options: list[str]) -> str:
    shown = ", ".join(options[:_LISTED])
    return f"one of {shown}" + (", …" if len(options) > _LISTED else "")


_PHRASES: Final[dict[str, Callable[[Any], str]]] = {
    "const": lambda value: f"{value!r}",
    "contains": lambda wanted: f"an array that holds {_names(wanted)}",
    "enum": _choice,
    "minItems": lambda least: f"an array of at least {least}",
    "minLength": lambda _: "text that is not empty",
    "minProperties": lambda _: "an object that is not empty",
    "pattern": lambda pattern: IN_WORDS[pattern],
    "type": lambda name: _TYPES[name],
    "uniqueItems": lambda _: "an array in which nothing stands twice",
}


def _shown(value: Any) -> str:
    match value:
        case dict():
            return "an object" if value else "an empty object"
        case list():
            return f"an array of {len(value)}"
        case str():
            return ascii(value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…")
        case None:
            return "null"
        case bool():
            return str(value).lower()
        case _:
            return str(value)[:_SHOWN]
