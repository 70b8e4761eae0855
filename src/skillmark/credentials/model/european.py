"""The European approach to micro-credentials (Council Recommendation 2022/C 243/02, Annex I) in a badge's members.

What a badge says of the eleven mandatory and the optional elements, which are missing, and the members that say them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.model.places import Place, achievements, number, objects, subjects, text, texts


class Element(StrEnum):
    """An element of Annex I. Each value is the name of the member of EuropeanElements that holds it."""

    LEARNER = "learner"
    TITLE = "title"
    COUNTRY = "country"
    AWARDING_BODY = "awarding_body"
    DATE = "date"
    LEARNING_OUTCOMES = "learning_outcomes"
    WORKLOAD = "workload"
    LEVEL = "level"
    ASSESSMENT = "assessment"
    PARTICIPATION = "participation"
    QUALITY_ASSURANCE = "quality_assurance"
    ENTRY_REQUIREMENTS = "entry_requirements"
    SUPERVISION = "supervision"
    GRADE = "grade"
    STACKABILITY = "stackability"


MANDATORY: Final = tuple(Element)[:11]
OPTIONAL: Final = tuple(Element)[11:]

EQF: Final = "European Qualifications Framework"
QF_EHEA: Final = "Qualifications Framework of the European Higher Education Area"
LEVEL_TYPE: Final = "ext:QualificationLevel"

_EQF_LEVELS: Final = "http://data.europa.eu/snb/eqf/"
_LEVEL_LISTS: Final = (_EQF_LEVELS, "https://data.europa.eu/snb/eqf/", "http://data.europa.eu/snb/qdr/")
_LEVEL_TYPES: Final = frozenset({LEVEL_TYPE, "ext:EQF", "ext:NLQF"})
_SHORT_NAMES: Final = frozenset({"eqf", "qf-ehea"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """The work an average learner needs: hours, and credits of a credit system such as ECTS."""

    hours: int | float | None = None
    credits: int | float | None = None
    system: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """A level of a qualifications framework."""

    code: str
    framework: str = EQF
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EuropeanElements:
    """What a badge says of each element; None or empty where it says nothing."""

    learner: str | None = None
    title: str | None = None
    country: str | None = None
    awarding_body: str | None = None
    date: str | None = None
    learning_outcomes: tuple[str, ...] = ()
    workload: Workload | None = None
    level: Level | None = None
    assessment: tuple[str, ...] = ()
    participation: tuple[str, ...] = ()
    quality_assurance: tuple[str, ...] = ()
    entry_requirements: tuple[str, ...] = ()
    supervision: str | None = None
    grade: tuple[str, ...] = ()
    stackability: str | None = None

    @property
    def present(self) -> tuple[Element, ...]:
        """The elements the badge speaks of, in the order of Annex I."""
        return tuple(element for element in Element if getattr(self, element.value))

    @property
    def missing(self) -> tuple[Element, ...]:
        """The mandatory elements the badge says nothing of."""
        return tuple(element for element in MANDATORY if not getattr(self, element.value))

    @property
    def unsaid(self) -> tuple[Element, ...]:
        """The optional elements the badge says nothing of."""
        return tuple(element for element in OPTIONAL if not getattr(self, element.value))


def read(document: Mapping[str, Any]) -> EuropeanElements:
    """Read the elements from an AchievementCredential: natively where Open Badges has a member, else from our terms.

    An element that may differ between awards is taken from the achievement, else the subject, else the credential.
    """
    subject = dict(next(subjects(document), ("", {}))[1])
    achievement = dict(next(achievements(document), ("", {}))[1])
    bearers = (achievement, subject, document)
    return EuropeanElements(
        learner=_learner(subject),
        title=text(achievement, "name"),
        country=_country(document, achievement),
        awarding_body=_awarding_body(document, achievement),
        date=text(document, "awardedDate") or text(document, "validFrom"),
        learning_outcomes=_learning_outcomes(achievement, bearers),
        workload=_workload(bearers),
        level=next(_levels(achievement), None),
        assessment=_said(bearers, "assessmentType"),
        participation=_said(bearers, "participationForm"),
        quality_assurance=_said(bearers, "qualityAssurance"),
        entry_requirements=_said(bearers, "entryRequirement"),
        supervision=next(iter(_said(bearers, "supervision")), None),
        grade=tuple(_grades(subject)),
        stackability=next(iter(_said(bearers, "stackability")), None),
    )


def achievement_members(elements: EuropeanElements) -> JsonObject:
    """The Achievement members that say these elements; learner, title, country, body, date, grade stand elsewhere."""
    workload = elements.workload or Workload()
    said: JsonObject = {
        "learningOutcome": list(elements.learning_outcomes),
        "notionalWorkload": workload.hours,
        "creditsAvailable": workload.credits,
        "creditSystem": workload.system,
        "assessmentType": list(elements.assessment),
        "participationForm": list(elements.participation),
        "qualityAssurance": list(elements.quality_assurance),
        "entryRequirement": list(elements.entry_requirements),
        "supervision": elements.supervision,
        "stackability": elements.stackability,
        "alignment": [level_alignment(elements.level)] if elements.level else [],
    }
    return {member: value for member, value in said.items() if value not in (None, [])}


def level_alignment(level: Level) -> JsonObject:
    """The Alignment that says a level of a qualifications framework."""
    url = level.url or f"{_EQF_LEVELS}{level.code}"
    return {
        "type": ["Alignment"],
        "targetName": f"{level.framework}, level {level.code}",
        "targetUrl": url,
        "targetFramework": level.framework,
        "targetCode": level.code,
        "targetType": LEVEL_TYPE,
    }


def is_level(alignment: Mapping[str, Any]) -> bool:
    """Whether an alignment points to a level of a qualifications framework, not to a skill."""
    framework = (text(alignment, "targetFramework") or "").casefold()
    return (
        text(alignment, "targetType") in _LEVEL_TYPES
        or (text(alignment, "targetUrl") or "").startswith(_LEVEL_LISTS)
        or framework in _SHORT_NAMES
        or "qualifications framework" in framework
    )


def _said(bearers: tuple[Mapping[str, Any], ...], member: str) -> tuple[str, ...]:
    return next((said for bearer in bearers if (said := texts(bearer, member))), ())


def _learner(subject: Mapping[str, Any]) -> str | None:
    kinds = (text(identity, "identityType") for _, identity in objects(subject, "identifier"))
    return text(subject, "id") or next((kind for kind in kinds if kind), None)


def _bodies(document: Mapping[str, Any], achievement: Mapping[str, Any]) -> Iterator[Place]:
    yield from objects(document, "issuer")
    yield from objects(achievement, "creator")


def _country(document: Mapping[str, Any], achievement: Mapping[str, Any]) -> str | None:
    for _, body in _bodies(document, achievement):
        for _, address in objects(body, "address"):
            for member in ("addressCountryCode", "addressCountry", "addressRegion"):
                if found := text(address, member):
                    return found
    return None


def _awarding_body(document: Mapping[str, Any], achievement: Mapping[str, Any]) -> str | None:
    return next((name for _, body in _bodies(document, achievement) if (name := text(body, "name"))), None)


def _learning_outcomes(achievement: Mapping[str, Any], bearers: tuple[Mapping[str, Any], ...]) -> tuple[str, ...]:
    """Our term, else what the achievement aligns to, else its criteria in words."""
    skills = (text(node, "targetName") for _, node in objects(achievement, "alignment") if not is_level(node))
    criteria = (text(node, "narrative") for _, node in objects(achievement, "criteria"))
    return _said(bearers, "learningOutcome") or tuple(filter(None, skills)) or tuple(filter(None, criteria))


def _workload(bearers: tuple[Mapping[str, Any], ...]) -> Workload | None:
    achievement, subject, _ = bearers
    hours = next((found for bearer in bearers if (found := number(bearer, "notionalWorkload")) is not None), None)
    earned = number(subject, "creditsEarned")
    granted = earned if earned is not None else number(achievement, "creditsAvailable")
    if hours is None and granted is None:
        return None
    return Workload(hours=hours, credits=granted, system=next(iter(_said(bearers, "creditSystem")), None))


def _levels(achievement: Mapping[str, Any]) -> Iterator[Level]:
    for _, alignment in objects(achievement, "alignment"):
        code = text(alignment, "targetCode") or text(alignment, "targetName")
        if code and is_level(alignment):
            framework = text(alignment, "targetFramework") or EQF
            yield Level(code=code, framework=framework, url=text(alignment, "targetUrl"))


def _grades(subject: Mapping[str, Any]) -> Iterator[str]:
    for _, result in objects(subject, "result"):
        grade = text(result, "value") or text(result, "achievedLevel") or text(result, "status")
        if grade:
            yield grade
