"""Which authorities speak about a document, and what they find together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.lints import data_integrity, european, open_badges, skillmark, vc_data_model
from skillmark.credentials.lints.findings import Finding, Severity
from skillmark.credentials.lints.survey import survey
from skillmark.credentials.model.schemas import Kind, kind_of, schema_faults

_BADGES: Final = frozenset({Kind.ACHIEVEMENT_CREDENTIAL, Kind.ENDORSEMENT_CREDENTIAL})
_RANK: Final = {severity: rank for rank, severity in enumerate(Severity)}


def lint(document: JsonObject, *, require: Collection[str] = (), conformance: bool = False) -> list[Finding]:
    """Everything that speaks against signing a document as it is, the schema's faults included; errors first.

    `require` names authorities (`european`, `skillmark`) whose warnings are errors here. The conformance profile takes
    inline contexts and those of test vectors. A document without Open Badges types is judged by the W3C's rules alone.
    """
    found = list(_told_once(_all(document, conformance=conformance)))
    if all(finding.severity is not Severity.ERROR for finding in found):
        found += data_integrity.loss(document, conformance=conformance)
    if require:
        found = [_raised(finding) if finding.authority in require else finding for finding in found]
    return sorted(found, key=lambda finding: _RANK[finding.severity])


def _all(document: JsonObject, *, conformance: bool) -> Iterator[Finding]:
    kind = kind_of(document)
    noted = survey(document)
    faults = schema_faults(document, kind, legacy=False)
    yield from vc_data_model.findings(document, noted, faults)
    if kind in _BADGES:
        yield from open_badges.findings(document, noted, faults)
    yield from data_integrity.findings(document, noted, conformance=conformance)
    if kind is Kind.ACHIEVEMENT_CREDENTIAL:
        yield from european.findings(document)
        yield from skillmark.findings(document, noted)


def _told_once(findings: Iterator[Finding]) -> Iterator[Finding]:
    """Where the structure is wrong, no other error at the same place helps."""
    broken: set[str] = set()
    for finding in findings:
        if finding.severity is Severity.ERROR and finding.pointer in broken:
            continue
        if finding.rule == "structure":
            broken.add(finding.pointer)
        yield finding


def _raised(finding: Finding) -> Finding:
    return replace(finding, severity=Severity.ERROR) if finding.severity is Severity.WARNING else finding
