"""The European approach to micro-credentials: which elements of Annex I a badge leaves unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.lints.findings import Authority, Finding, Severity
from skillmark.credentials.model.european import MANDATORY, Element, EuropeanElements, read

_warning: Final = partial(Finding, severity=Severity.WARNING, authority=Authority.EUROPEAN)
_notice: Final = partial(Finding, severity=Severity.NOTICE, authority=Authority.EUROPEAN)

_ANNEX: Final = "Council Recommendation 2022/C 243/02, Annex I"
_SUBJECT: Final = "/credentialSubject"
_ACHIEVEMENT: Final = "/credentialSubject/achievement"

# Where each element belongs, and what to write there.
_PLACES: Final = {
    Element.LEARNER: (_SUBJECT, "identification of the learner: give credentialSubject an id or identifier"),
    Element.TITLE: (f"{_ACHIEVEMENT}/name", "title of the micro-credential: give the achievement a name"),
    Element.COUNTRY: ("/issuer/address", "country or region of the issuer: give its address an addressCountryCode"),
    Element.AWARDING_BODY: ("/issuer/name", "awarding body: give the issuer a name"),
    Element.DATE: ("/awardedDate", "date of issuing: give awardedDate or validFrom"),
    Element.LEARNING_OUTCOMES: (
        f"{_ACHIEVEMENT}/learningOutcome",
        "learning outcomes: give learningOutcome, alignment or criteria in words",
    ),
    Element.WORKLOAD: (
        f"{_ACHIEVEMENT}/notionalWorkload",
        "notional workload: give creditsAvailable and creditSystem (ECTS where possible), or notionalWorkload in hours",
    ),
    Element.LEVEL: (
        f"{_ACHIEVEMENT}/alignment",
        "level, if applicable: align the achievement to an EQF or QF-EHEA level",
    ),
    Element.ASSESSMENT: (f"{_ACHIEVEMENT}/assessmentType", "type of assessment: give assessmentType"),
    Element.PARTICIPATION: (f"{_ACHIEVEMENT}/participationForm", "form of participation: give participationForm"),
    Element.QUALITY_ASSURANCE: (f"{_ACHIEVEMENT}/qualityAssurance", "type of quality assurance: give qualityAssurance"),
    Element.ENTRY_REQUIREMENTS: (f"{_ACHIEVEMENT}/entryRequirement", "prerequisites: give entryRequirement"),
    Element.SUPERVISION: (
        f"{_ACHIEVEMENT}/supervision",
        "supervision and identity verification during assessment: give supervision",
    ),
    Element.GRADE: (f"{_SUBJECT}/result", "grade achieved: give a result"),
    Element.STACKABILITY: (f"{_ACHIEVEMENT}/stackability", "integration and stackability: give stackability"),
}


def findings(document: JsonObject) -> Iterator[Finding]:
    """A warning for each mandatory element that is missing, advice for each optional one."""
    elements = read(document)
    for element in (*elements.missing, *elements.unsaid):
        yield _MISSING[element]
    yield from _workload(elements)


def _missing(element: Element) -> Finding:
    place, words = _PLACES[element]
    make = _warning if element in MANDATORY else _notice
    rule = f"missing-{element.value.replace('_', '-')}"
    return make(rule=rule, message=f"nothing is said of the {words}", pointer=place, clause=_ANNEX)


_MISSING: Final = {element: _missing(element) for element in Element}


def _workload(elements: EuropeanElements) -> Iterator[Finding]:
    workload = elements.workload
    if workload and workload.credits is not None and not workload.system:
        yield _notice(
            rule="credit-system-unnamed",
            message="credits of which system? Give creditSystem, ECTS where possible",
            pointer=f"{_ACHIEVEMENT}/creditSystem",
            clause=_ANNEX,
        )
