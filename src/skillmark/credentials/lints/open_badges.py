"""Rules of Open Badges 3.0 for what is issued: contexts, identifiers, required choices, images and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.lints.findings import Authority, Finding, Severity, shown
from skillmark.credentials.lints.results import findings as result_findings
from skillmark.credentials.lints.survey import Survey
from skillmark.credentials.model.places import Place, achievements, objects, subjects, text
from skillmark.credentials.model.schemas import SchemaFault
from skillmark.credentials.model.writing import OPEN_BADGES_EXTENSIONS, extension_types

_error: Final = partial(Finding, severity=Severity.ERROR, authority=Authority.OPEN_BADGES)
_warning: Final = partial(Finding, severity=Severity.WARNING, authority=Authority.OPEN_BADGES)

_MODELS: Final = "Open Badges 3.0, Data Models"
_SERIALIZATION: Final = "Open Badges 3.0, Serialization"

_HASHES: Final = {"sha256": 64, "md5": 32}
_HASH: Final = re.compile(r"(sha256|md5)\$([0-9a-fA-F]*)")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_SCHEMAS: Final = "https://purl.imsglobal.org/spec/ob/v3p0/schema/"
_SCHEMA_TYPE: Final = "1EdTechJsonSchemaValidator2019"
# RFC 2397; `;base64` last, the text after the comma is not looked at.
_DATA_IMAGE: Final = re.compile(r"data:(image/[a-z0-9.+-]+)(?:;[a-z0-9=.+-]+)*,", re.IGNORECASE)
_BAKEABLE: Final = frozenset({"image/png", "image/svg+xml"})
UNSAFE: Final = re.compile(
    r"(?:about|blob|file|filesystem|javascript|vbscript):|data:(?:text|application)/(?:html|javascript|xhtml|xml)",
    re.IGNORECASE,
)


def findings(document: JsonObject, noted: Survey, faults: list[SchemaFault]) -> Iterator[Finding]:
    """Everything this authority objects to in a badge or an endorsement; `faults` are the schema's."""
    yield from (_structure(fault) for fault in faults if not fault.essential)
    yield from (_empty(at) for at in noted.empty_arrays)
    yield from _extension_types(document)
    yield from _addresses(noted)
    yield from _schemas(document)
    yield from _countries(document)
    yield from _subjects(document)
    yield from _criteria(document)
    yield from _images(document)
    yield from _endorsements(document)
    for subject in subjects(document):
        yield from result_findings(subject)


def _structure(fault: SchemaFault) -> Finding:
    return _error(rule="structure", message=fault.message, pointer=fault.pointer, clause=_MODELS)


def _empty(at: str) -> Finding:
    return _error(rule="empty-array", message="an empty array is left out", pointer=at, clause=_SERIALIZATION)


def _extension_types(document: JsonObject) -> Iterator[Finding]:
    contexts = document.get("@context")
    if isinstance(contexts, list) and OPEN_BADGES_EXTENSIONS in contexts:
        return
    for at, kind in extension_types(document):
        yield _error(
            rule="extensions-context-missing",
            message=f"{kind} is defined only by {OPEN_BADGES_EXTENSIONS}; add that to @context",
            pointer=f"{at}/type",
            clause=_SERIALIZATION,
        )


def _addresses(noted: Survey) -> Iterator[Finding]:
    for at, value in noted.addresses:
        if isinstance(value, str) and UNSAFE.match(value):
            yield _error(
                rule="address-unsafe",
                message=f"expected the address of a page or an identifier; {shown(value)} could run or read something",
                pointer=at,
                clause=_MODELS,
            )


def _schemas(document: JsonObject) -> Iterator[Finding]:
    claimed = [schema for _, schema in objects(document, "credentialSchema")]
    if claimed and not any(_is_standard(schema) for schema in claimed):
        yield _error(
            rule="credential-schema",
            message=f"one credentialSchema names the schema of Open Badges under {_SCHEMAS}; add it or leave all out",
            pointer="/credentialSchema",
            clause=f"{_MODELS}, CredentialSchema",
        )


def _is_standard(schema: Any) -> bool:
    return schema.get("type") == _SCHEMA_TYPE and (text(schema, "id") or "").startswith(_SCHEMAS)


def _profiles(document: JsonObject) -> Iterator[Place]:
    yield from objects(document, "issuer")
    for at, achievement in achievements(document):
        yield from objects(achievement, "creator", at)
    for at, subject in subjects(document):
        yield from objects(subject, "source", at)


def _countries(document: JsonObject) -> Iterator[Finding]:
    for at, profile in _profiles(document):
        for where, address in objects(profile, "address", at):
            code = text(address, "addressCountryCode")
            if code and not _COUNTRY.fullmatch(code):
                yield _error(
                    rule="country-code",
                    message=f"expected two capital letters (ISO 3166-1) such as NL; came {shown(code)}",
                    pointer=f"{where}/addressCountryCode",
                    clause=f"{_MODELS}, Address",
                )


def _subjects(document: JsonObject) -> Iterator[Finding]:
    for at, subject in subjects(document):
        if "achievement" in subject and not subject.get("id") and not subject.get("identifier"):
            yield _error(
                rule="recipient-missing",
                message="expected an id or at least one identifier of the recipient; came neither",
                pointer=at,
                clause=f"{_MODELS}, AchievementSubject",
            )
        for where, identity in objects(subject, "identifier", at):
            yield from _identity(where, identity)


def _identity(at: str, identity: Any) -> Iterator[Finding]:
    value = text(identity, "identityHash") or ""
    match = _HASH.fullmatch(value)
    if identity.get("hashed") is True and not (match and len(match[2]) == _HASHES[match[1]]):
        yield _error(
            rule="identity-hash",
            message=f"a hashed identity is sha256$ with 64 or md5$ with 32 hexadecimal digits; came {shown(value)}",
            pointer=f"{at}/identityHash",
            clause=f"{_MODELS}, IdentityHash",
        )
    elif identity.get("hashed") is False and match:
        yield _error(
            rule="identity-hash",
            message="this is a hash, but hashed is false; set hashed to true",
            pointer=f"{at}/hashed",
            clause=f"{_MODELS}, IdentityHash",
        )


def _criteria(document: JsonObject) -> Iterator[Finding]:
    for at, achievement in achievements(document):
        for where, criteria in objects(achievement, "criteria", at):
            if not text(criteria, "id") and not text(criteria, "narrative"):
                yield _error(
                    rule="criteria-empty",
                    message="expected an id (a page) or a narrative; came neither",
                    pointer=where,
                    clause=f"{_MODELS}, Criteria",
                )


def _images(document: JsonObject) -> Iterator[Finding]:
    places = [("", document), *subjects(document), *achievements(document), *_profiles(document)]
    for at, bearer in places:
        for where, image in objects(bearer, "image", at):
            yield from _image(where, text(image, "id") or "", baked=at.rpartition("/")[2] == "credentialSubject")


def _image(at: str, address: str, *, baked: bool) -> Iterator[Finding]:
    if address[:5].lower() != "data:":
        return
    match = _DATA_IMAGE.match(address[:200])
    if match is None:
        yield _error(
            rule="image-kind",
            message=f"expected a data: URL of an image, such as data:image/png;base64,…; came {shown(address)}",
            pointer=f"{at}/id",
            clause=f"{_MODELS}, Image",
        )
    elif match[1].lower() not in _BAKEABLE:
        make = _error if baked else _warning
        yield make(
            rule="image-kind",
            message=f"badges are shown and baked as PNG or SVG; came {shown(match[1])}",
            pointer=f"{at}/id",
            clause=f"{_MODELS}, Image",
        )


def _endorsements(document: JsonObject) -> Iterator[Finding]:
    places = [("", document), *achievements(document), *_profiles(document)]
    for at, bearer in places:
        for where, endorsement in objects(bearer, "endorsement", at):
            if "proof" not in endorsement:
                yield _error(
                    rule="endorsement-unsigned",
                    message="an embedded endorsement is signed by its endorser; came one without proof; leave it out",
                    pointer=f"{where}/proof",
                    clause=_MODELS,
                )
