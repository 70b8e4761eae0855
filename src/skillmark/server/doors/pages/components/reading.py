"""What a signed document says, for people. It may come from anyone: every member is looked at before it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from skillmark.credentials.encoding.timestamps import parse_timestamp
from skillmark.errors import InputError
from skillmark.server.doors.pages.components.words import hours, language, term, workload

MOST_ITEMS = 50
MOST_TEXT = 20_000
MOST_HOURS = 100_000
EQF = re.compile(r"http://data\.europa\.eu/snb/eqf/([1-8])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A short line of a list of facts."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Skill:
    """A competency the credential is aligned with."""

    name: str
    url: str = ""
    level: str = ""
    framework: str = ""
    framework_version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was reached."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where the work can be seen."""

    url: str
    narrative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The parts of a credential that a page shows."""

    id: str
    title: str
    description: str
    issuer: str
    issuer_id: str
    criteria: str
    assessment: str
    outcomes: list[str]
    skills: list[Skill]
    results: list[Result]
    evidence: list[Evidence]
    facts: list[Fact]


def read(document: Mapping[str, Any]) -> Reading:
    """Read an AchievementCredential, or whatever of it is there."""
    subject = _first(document.get("credentialSubject"))
    achievement = _first(subject.get("achievement"))
    issuer = document.get("issuer")
    profile = _first(issuer)
    identifier = issuer if isinstance(issuer, str) else _text(profile.get("id"))
    alignments = list(_objects(achievement.get("alignment")))
    types = [term(value) for value in _strings(achievement.get("assessmentType"))]
    return Reading(
        id=_text(document.get("id")),
        title=_text(achievement.get("name")) or _text(document.get("name")) or _("Untitled credential"),
        description=_text(achievement.get("description")) or _text(document.get("description")),
        issuer=_text(profile.get("name")) or identifier,
        issuer_id=identifier,
        criteria=_text(_first(achievement.get("criteria")).get("narrative")),
        assessment=", ".join(types),
        outcomes=_strings(achievement.get("learningOutcome")),
        skills=[_skill(item) for item in alignments if not EQF.fullmatch(_text(item.get("targetUrl")))],
        results=list(_results(subject, achievement)),
        evidence=list(_evidence(document)),
        facts=list(_facts(document, achievement, alignments)),
    )


def _facts(
    document: Mapping[str, Any], achievement: Mapping[str, Any], alignments: list[Mapping[str, Any]]
) -> Iterator[Fact]:
    levels = [match[1] for item in alignments if (match := EQF.fullmatch(_text(item.get("targetUrl"))))]
    awarded = document.get("awardedDate") or document.get("validFrom") or document.get("issuanceDate")
    rows = (
        (_("Awarded on"), _date(awarded)),
        (_("Valid until"), _date(document.get("validUntil") or document.get("expirationDate"))),
        (_("Level"), _("European level %(level)s of 8") % {"level": levels[0]} if levels else ""),
        (_("Workload"), _workload(achievement.get("notionalWorkload"))),
        (_("Credits"), _credits(achievement)),
        (_("Assessment"), ", ".join(term(value) for value in _strings(achievement.get("assessmentType")))),
        (_("Participation"), ", ".join(term(value) for value in _strings(achievement.get("participationForm")))),
        (_("Supervision"), term(_text(achievement.get("supervision")))),
        (_("Prerequisites"), "; ".join(_strings(achievement.get("entryRequirement")))),
        (_("Quality assurance"), "; ".join(_strings(achievement.get("qualityAssurance")))),
        (_("Stacking"), term(_text(achievement.get("stackability")))),
        (_("Field"), _text(achievement.get("fieldOfStudy"))),
        (_("Country"), _text(_first(_first(document.get("issuer")).get("address")).get("addressCountryCode"))),
        (_("Version"), _text(achievement.get("version"))),
        (_("Language"), language(_text(achievement.get("inLanguage")))),
    )
    return (Fact(label=label, value=value) for label, value in rows if value)


def _skill(item: Mapping[str, Any]) -> Skill:
    return Skill(
        name=_text(item.get("targetName")) or _text(item.get("targetUrl")),
        url=_link(item.get("targetUrl")),
        level=_text(item.get("proficiencyLevel")),
        framework=_text(item.get("targetFramework")),
        framework_version=_text(item.get("frameworkVersion")),
    )


def _results(subject: Mapping[str, Any], achievement: Mapping[str, Any]) -> Iterator[Result]:
    names = {_text(item.get("id")): _text(item.get("name")) for item in _objects(achievement.get("resultDescription"))}
    for item in _objects(subject.get("result")):
        value = _text(item.get("value")) or _text(item.get("status")) or _text(item.get("achievedLevel"))
        if value:
            yield Result(name=names.get(_text(item.get("resultDescription"))) or _("Result"), value=value)


def _evidence(document: Mapping[str, Any]) -> Iterator[Evidence]:
    for item in _objects(document.get("evidence")):
        url, narrative = _link(item.get("id")), _text(item.get("narrative"))
        if url or narrative:
            yield Evidence(url=url, narrative=narrative)


def _credits(achievement: Mapping[str, Any]) -> str:
    value = achievement.get("creditsAvailable")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return f"{formats.number_format(Decimal(str(value)))} {_text(achievement.get('creditSystem'))}".strip()


def _workload(value: Any) -> str:
    """Hours as our context has them, or whatever text another issuer wrote."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return workload(_text(value))
    return hours(Decimal(str(value))) if 0 < value < MOST_HOURS else ""


def _date(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    try:
        return formats.date_format(parse_timestamp(value, zone_required=False), "DATE_FORMAT")
    except (InputError, ValueError, OverflowError):
        return ""


def moment(value: Any) -> datetime | None:
    """A time of a document, where it is one."""
    try:
        return parse_timestamp(value) if isinstance(value, str) else None
    except InputError:
        return None


def _first(value: Any) -> Mapping[str, Any]:
    return next(_objects(value), {})


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    listed = value if isinstance(value, list) else [value]
    return (item for item in listed[:MOST_ITEMS] if isinstance(item, dict))


def _strings(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else [value]
    return [text for item in listed[:MOST_ITEMS] if (text := _text(item))]


def _text(value: Any) -> str:
    """A string, or the best of several languages (VC Data Model 2.0, 11.1)."""
    if isinstance(value, str):
        return value[:MOST_TEXT].strip()
    if isinstance(value, list):
        tagged = [item for item in value[:MOST_ITEMS] if isinstance(item, dict)]
        wanted = (get_language() or "en").split("-")[0]
        tagged.sort(key=lambda item: not str(item.get("@language", "")).startswith(wanted))
        return _text(tagged[0]) if tagged else ""
    return _text(value["@value"]) if isinstance(value, dict) and isinstance(value.get("@value"), str) else ""


def _link(value: Any) -> str:
    """An address that may stand in a link: http or https, nothing that runs."""
    text = _text(value)
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc else ""
