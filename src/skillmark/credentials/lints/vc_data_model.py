"""Rules of the W3C Verifiable Credentials Data Model 2.0 and Bitstring Status List; the schema tells the structure."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, Final

from skillmark.credentials.contexts import registry
from skillmark.credentials.encoding.iris import is_absolute_iri
from skillmark.credentials.encoding.multibase import multibase_decode
from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.encoding.timestamps import parse_timestamp
from skillmark.credentials.lints.findings import Authority, Finding, Severity, shown
from skillmark.credentials.lints.survey import Survey
from skillmark.credentials.model.places import objects, texts
from skillmark.credentials.model.schemas import SchemaFault
from skillmark.credentials.status.entries import EntryKind, entry_members, read_entry
from skillmark.errors import InputError, StatusError

_error: Final = partial(Finding, severity=Severity.ERROR, authority=Authority.VC_DATA_MODEL)
_notice: Final = partial(Finding, severity=Severity.NOTICE, authority=Authority.VC_DATA_MODEL)

_MODEL: Final = "VC Data Model 2.0"
_CLAUSES: Final = {
    "@context": "§4.3 Contexts",
    "id": "§4.4 Identifiers",
    "type": "§4.5 Types",
    "name": "§4.6 Names and Descriptions",
    "description": "§4.6 Names and Descriptions",
    "issuer": "§4.7 Issuer",
    "credentialSubject": "§4.8 Credential Subject",
    "validFrom": "§4.9 Validity Period",
    "validUntil": "§4.9 Validity Period",
    "credentialStatus": "§4.10 Status",
    "credentialSchema": "§4.11 Data Schemas",
    "proof": "§4.12 Securing Mechanisms",
    "holder": "§4.13 Verifiable Presentations",
    "verifiableCredential": "§4.13 Verifiable Presentations",
    "relatedResource": "§5.3 Integrity of Related Resources",
    "refreshService": "§5.4 Refreshing",
    "termsOfUse": "§5.5 Terms of Use",
    "evidence": "§5.6 Evidence",
}
_RESOURCES: Final = f"{_MODEL} {_CLAUSES['relatedResource']}"
_STATUS: Final = "Bitstring Status List 1.0 §2.1 BitstringStatusListEntry"

_KINDS: Final = {kind.value for kind in EntryKind}
_SRI: Final = re.compile(r"(sha256|sha384|sha512)-([A-Za-z0-9+/]+={0,2})")
_MULTIHASHES: Final = {b"\x12\x20": "sha256", b"\x20\x30": "sha384", b"\x13\x40": "sha512"}  # code, length


def findings(document: JsonObject, noted: Survey, faults: list[SchemaFault]) -> Iterator[Finding]:
    """Everything this authority objects to; `faults` are the schema's."""
    yield from (_structure(fault) for fault in faults if fault.essential)
    yield from _period(document)
    yield from _identifiers(noted)
    yield from _status(document)
    yield from _resources(document)


def _structure(fault: SchemaFault) -> Finding:
    clause = _CLAUSES.get(fault.pointer.split("/")[1] if fault.pointer else "", "§4.2 Verifiable Credentials")
    return _error(rule="structure", message=fault.message, pointer=fault.pointer, clause=f"{_MODEL} {clause}")


def moment(value: Any) -> datetime | None:
    """The moment a text states, or None where it states none: the schema tells that."""
    try:
        return parse_timestamp(value) if isinstance(value, str) else None
    except InputError:
        return None


def _period(document: JsonObject) -> Iterator[Finding]:
    start, end = moment(document.get("validFrom")), moment(document.get("validUntil"))
    for name, found in (("validFrom", start), ("validUntil", end)):
        if found is None and isinstance(document.get(name), str):
            yield _error(
                rule="period-form",
                message=f"{name} {shown(document[name])} is no moment with an offset from UTC; correct it",
                pointer=f"/{name}",
                clause=f"{_MODEL} {_CLAUSES[name]}",
            )
    if start and end and end < start:
        yield _error(
            rule="period-reversed",
            message=f"validUntil {document['validUntil']} lies before validFrom {document['validFrom']}; set it later",
            pointer="/validUntil",
            clause=f"{_MODEL} {_CLAUSES['validFrom']}",
        )


def _identifiers(noted: Survey) -> Iterator[Finding]:
    for at, value in noted.addresses:
        if at.endswith("/id") and not (isinstance(value, str) and is_absolute_iri(value)):
            yield _error(
                rule="id-form",
                message=f"an id is one absolute URL such as https://… or urn:uuid:…; came {shown(value)}",
                pointer=at,
                clause=f"{_MODEL} {_CLAUSES['id']}",
            )


def _status(document: JsonObject) -> Iterator[Finding]:
    for at, entry in entry_members(document):
        if isinstance(entry, dict) and _KINDS & set(texts(entry, "type")):
            try:
                read_entry(entry, pointer=at)
            except StatusError as fault:
                yield _error(rule="status-entry", message=fault.message, pointer=fault.pointer or at, clause=_STATUS)


def _resources(document: JsonObject) -> Iterator[Finding]:
    met = set()
    for at, resource in objects(document, "relatedResource"):
        iri = resource.get("id")
        if not isinstance(iri, str):
            continue
        if iri in met:
            yield _error(
                rule="related-resource-twice",
                message=f"{shown(iri)} stands in relatedResource twice; name each resource once",
                pointer=f"{at}/id",
                clause=_RESOURCES,
            )
        met.add(iri)
        for member, read in (("digestSRI", _sri_digest), ("digestMultibase", _multibase_digest)):
            if member in resource:
                yield from _digest(iri, f"{at}/{member}", read(resource[member]))


def _digest(iri: str, at: str, digest: tuple[str, str] | None) -> Iterator[Finding]:
    """Compare a digest with the pinned copy of the resource, where there is one of that algorithm."""
    if digest is None:
        yield _error(
            rule="related-resource-digest-form",
            message="expected a digest such as sha256-… (digestSRI) or a multibase multihash (digestMultibase)",
            pointer=at,
            clause=_RESOURCES,
        )
    elif iri in registry.iris() and digest[0] == "sha256" and digest[1] != registry.digest(iri):
        yield _error(
            rule="related-resource-digest",
            message=f"the digest is not that of {shown(iri)}: the published file has sha256 {registry.digest(iri)}",
            pointer=at,
            clause=_RESOURCES,
        )
    elif iri not in registry.iris() or digest[0] != "sha256":
        yield _notice(
            rule="related-resource-unchecked",
            message=f"the digest of {shown(iri)} could not be compared: use sha256 and a resource that is kept here",
            pointer=at,
            clause=_RESOURCES,
        )


def _sri_digest(value: Any) -> tuple[str, str] | None:
    """Algorithm and hexadecimal digest (Subresource Integrity, §3.5)."""
    match = _SRI.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    try:
        return match[1], base64.b64decode(match[2], validate=True).hex()
    except binascii.Error:
        return None


def _multibase_digest(value: Any) -> tuple[str, str] | None:
    """Algorithm and hexadecimal digest of a multihash; without its prefix a digest names no algorithm."""
    try:
        multihash = multibase_decode(value) if isinstance(value, str) else b""
    except InputError:
        return None
    algorithm = _MULTIHASHES.get(multihash[:2])
    return (algorithm, multihash[2:].hex()) if algorithm and len(multihash) == 2 + multihash[1] else None
