"""Whether a document has the shape that the standards ask for, told by the shipped JSON Schemas. Needs no pydantic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

import orjson
from jsonschema_rs import Draft202012Validator, RegexOptions

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.model.sentences import leaves, pointer, sentence

FOLDER: Final = Path(__file__).parent / "schema"
MOST_FAULTS: Final = 100


class Kind(StrEnum):
    """What a document claims to be. Each has a schema for the current form and one for that of data model 1.1."""

    ACHIEVEMENT_CREDENTIAL = "achievement-credential"
    ENDORSEMENT_CREDENTIAL = "endorsement-credential"
    CREDENTIAL = "credential"
    PRESENTATION = "presentation"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaFault:
    """One place that differs from the schema. `essential`: the Verifiable Credentials Data Model itself requires it."""

    pointer: str
    message: str
    essential: bool


_LEGACY_CONTEXT: Final = "https://www.w3.org/2018/credentials/v1"
_CORE: Final = {Kind.ACHIEVEMENT_CREDENTIAL: Kind.CREDENTIAL, Kind.ENDORSEMENT_CREDENTIAL: Kind.CREDENTIAL}


def kind_of(document: JsonObject) -> Kind:
    """The kind that a document's types claim; a credential of no known kind is judged by the data model alone."""
    types = document.get("type")
    named = types if isinstance(types, list) else [types]
    if "VerifiablePresentation" in named:
        return Kind.PRESENTATION
    if "OpenBadgeCredential" in named or "AchievementCredential" in named:
        return Kind.ACHIEVEMENT_CREDENTIAL
    return Kind.ENDORSEMENT_CREDENTIAL if "EndorsementCredential" in named else Kind.CREDENTIAL


def is_legacy(document: JsonObject) -> bool:
    """Whether the document has the form of data model 1.1: its first context says so."""
    contexts = document.get("@context")
    return isinstance(contexts, list) and contexts[:1] == [_LEGACY_CONTEXT]


def schema_faults(
    document: JsonObject, kind: str = Kind.CREDENTIAL, *, legacy: bool | None = None
) -> list[SchemaFault]:
    """The places where a document is not what `kind` asks for, essential ones first; none for a good one.

    Badges: Open Badges 3.0, data model and §Serialization. The rest: Verifiable Credentials Data Model 2.0 (§4, §5), or
    1.1 where the first context says so, unless `legacy` decides.
    """
    old = "legacy-" if (is_legacy(document) if legacy is None else legacy) else ""
    try:
        if validator(f"{old}{kind}").is_valid(document):
            return []
        return _told(document, kind, old)
    except ValueError as refusal:
        return [SchemaFault(pointer="", message=f"this is not JSON: {refusal}", essential=True)]


@cache
def validator(name: str) -> Draft202012Validator:
    """The compiled schema of one file; its patterns run on an engine without backtracking."""
    return Draft202012Validator(_schema(name), pattern_options=RegexOptions())


@cache
def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = orjson.loads((FOLDER / f"{name}.json").read_bytes())
    return schema


def _told(document: JsonObject, kind: str, old: str) -> list[SchemaFault]:
    core = _CORE.get(Kind(kind), Kind(kind))
    beginning = _beginning(document)
    faults: dict[str, SchemaFault] = {}
    for name, essential in ((core, True), (kind, False))[: 1 + (core != kind)]:
        if not validator(f"{old}{name}").is_valid(document):
            found = list(_read(beginning, f"{old}{name}", essential=essential)) or [_far(essential=essential)]
            for fault in found:
                faults.setdefault(fault.pointer, fault)
    return list(faults.values())


def _beginning(value: Any) -> Any:
    """The document with every list cut short: each of a hundred thousand faults would cost its telling."""
    if isinstance(value, dict):
        return {name: _beginning(member) for name, member in value.items()}
    return [_beginning(item) for item in value[:MOST_FAULTS]] if isinstance(value, list) else value


def _far(*, essential: bool) -> SchemaFault:
    message = f"something beyond the first {MOST_FAULTS} items of a list is not of the form asked for"
    return SchemaFault(pointer="", message=message, essential=essential)


def _read(document: JsonObject, name: str, *, essential: bool) -> Iterator[SchemaFault]:
    schema = _schema(name)
    errors = (leaf for error in validator(name).iter_errors(document) for leaf in leaves(error))
    for error in islice(errors, MOST_FAULTS):
        yield SchemaFault(pointer=pointer(error), message=sentence(error, schema), essential=essential)
