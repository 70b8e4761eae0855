"""The ground of the classes: a frozen JSON object that keeps unknown members, and a whole document with its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Self, TypeAlias, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PrivateAttr,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, ErrorDetails, core_schema

from skillmark.credentials.encoding.strict_json import JsonObject, parse_object
from skillmark.credentials.model import patterns
from skillmark.errors import InputError

T = TypeVar("T")

Flag: TypeAlias = StrictBool
Text: TypeAlias = StrictStr
Number: TypeAlias = Annotated[StrictInt | StrictFloat, WithJsonSchema({"type": "number"})]
Iri: TypeAlias = Annotated[StrictStr, StringConstraints(pattern=patterns.IRI)]
DateTime: TypeAlias = Annotated[StrictStr, StringConstraints(pattern=patterns.DATE_TIME)]
Date: TypeAlias = Annotated[StrictStr, StringConstraints(pattern=patterns.DATE)]
CompactJws: TypeAlias = Annotated[StrictStr, StringConstraints(pattern=patterns.COMPACT_JWS)]
LanguageCode: TypeAlias = Annotated[StrictStr, StringConstraints(pattern=patterns.LANGUAGE_CODE)]

Many: TypeAlias = tuple[T, ...]
OneOrMany: TypeAlias = T | tuple[T, ...]


def each(value: T | tuple[T, ...] | None) -> tuple[T, ...]:
    """The values of a member that may be absent, single or an array."""
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


class Node(BaseModel):
    """A JSON object of a standard: frozen, written in camelCase, unknown members kept, no member null."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        allow_inf_nan=False,
        extra="allow",
        frozen=True,
        regex_engine="rust-regex",
        serialize_by_alias=True,
        validate_by_alias=True,
        validate_by_name=True,
    )

    @model_validator(mode="after")
    def _no_member_is_null(self) -> Self:
        for name in self.model_fields_set & type(self).model_fields.keys():
            if getattr(self, name) is None:
                raise ValueError(f"{type(self).model_fields[name].alias} is null: leave the member out")
        return self

    @classmethod
    def read(cls, members: JsonObject) -> Self:
        """Read a JSON object, or raise InputError with the first fault and its place."""
        try:
            return cls.model_validate(members, by_alias=True, by_name=False)
        except ValidationError as fault:
            raise _told(fault.errors(include_url=False), members) from None

    def members(self) -> JsonObject:
        """The JSON object as it was read: no member added, none lost."""
        return self.model_dump(mode="json", exclude_unset=True)


class Closed(Node):
    """A class that the standard does not let anyone extend."""

    model_config = ConfigDict(extra="forbid")


class Document(Node):
    """A whole document. One that was read carries the bytes it came from, which are what was signed."""

    _source: bytes = PrivateAttr(default=b"")

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Read JSON strictly and check it against the class, or raise InputError with the first fault and its place."""
        document = cls.read(parse_object(data))
        document._source = data  # noqa: SLF001 - its own attribute, set once at birth
        return document

    @property
    def source(self) -> bytes:
        """The bytes this document was read from; empty for one built in memory."""
        return self._source


@dataclass(frozen=True, slots=True)
class Types:
    """Annotates `type`: of each group at least one name is there. One group lets a single text stand alone."""

    groups: tuple[tuple[str, ...], ...] = ()

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check after the value is known to be a text or an array of texts."""
        return core_schema.no_info_after_validator_function(self._checked, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The same check as a schema."""
        names = [{"const": group[0]} if len(group) == 1 else {"enum": list(group)} for group in self.groups]
        array: JsonSchemaValue = {"type": "array", "items": {"type": "string"}}
        if not names:
            return {"anyOf": [{"type": "string"}, array | {"minItems": 1}]}
        if len(names) == 1:
            return {"anyOf": [names[0], array | {"contains": names[0]}]}
        return array | {"allOf": [{"contains": name} for name in names]}

    def _checked(self, value: str | tuple[str, ...]) -> str | tuple[str, ...]:
        present = each(value)
        if not present or any(not set(group) & set(present) for group in self.groups):
            wanted = " and ".join(" or ".join(group) for group in self.groups) or "at least one type"
            raise ValueError(f"expected {wanted}")
        return value


@dataclass(frozen=True, slots=True)
class Contexts:
    """Annotates `@context`: an ordered set that begins with one IRI, and goes on with another that fits a pattern."""

    first: str
    second: str | None = None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Check after the value is known to be an array of texts and objects."""
        known: list[CoreSchema] = [core_schema.literal_schema([self.first])]
        if self.second is not None:
            known.append(core_schema.str_schema(pattern=self.second, strict=True))
        rest = core_schema.union_schema(
            [
                core_schema.str_schema(min_length=1, strict=True),
                core_schema.dict_schema(core_schema.str_schema(), min_length=1),
            ]
        )
        array = core_schema.tuple_schema([*known, rest], variadic_item_index=len(known))
        return core_schema.no_info_after_validator_function(_distinct, array)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The same check as a schema."""
        known: list[JsonSchemaValue] = [{"const": self.first}]
        if self.second is not None:
            known.append({"type": "string", "pattern": self.second})
        rest = {"anyOf": [{"type": "string", "minLength": 1}, {"type": "object", "minProperties": 1}]}
        return {"type": "array", "minItems": len(known), "prefixItems": known, "items": rest, "uniqueItems": True}


def _distinct(contexts: tuple[Any, ...]) -> tuple[Any, ...]:
    if any(context in contexts[:position] for position, context in enumerate(contexts)):
        raise ValueError("a context stands twice")
    return contexts


ContextArray: TypeAlias = tuple[Any, ...]
Least1: TypeAlias = Annotated[tuple[T, ...], Field(min_length=1)]


def _told(faults: list[ErrorDetails], members: JsonObject) -> InputError:
    """The first fault; where a value may have several forms, the one that lies deepest, as it came nearest."""
    told = [(_pointer(fault, members), fault["msg"]) for fault in faults]
    first = told[0][0]
    pointer, message = max((one for one in told if one[0].startswith(first)), key=lambda one: one[0].count("/"))
    return InputError(message, rule="schema", pointer=pointer)


def _pointer(fault: ErrorDetails, members: JsonObject) -> str:
    """Pydantic's location names branches of unions too; the pointer keeps what is a place in the document."""
    here: Any = members
    pointer = ""
    for step in fault["loc"]:
        inside = _holds(here, step)
        if inside or (fault["type"] == "missing" and step == fault["loc"][-1]):
            pointer += "/" + str(step).replace("~", "~0").replace("/", "~1")
            here = here[step] if inside else None
    return pointer


def _holds(node: Any, step: str | int) -> bool:
    if isinstance(node, list):
        return isinstance(step, int) and step < len(node)
    return isinstance(node, dict) and step in node
