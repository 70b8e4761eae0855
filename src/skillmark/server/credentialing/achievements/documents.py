"""An achievement version as the Open Badges Achievement that its credentials carry."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from skillmark.server.credentialing.achievements.addresses import image_address, version_address
from skillmark.server.credentialing.achievements.models import Alignment, ResultDescription, Version
from skillmark.server.parties.organizations.queries import profile

Members = dict[str, Any]
EQF = "European Qualifications Framework"


def achievement_document(version: Version) -> Members:
    """The Achievement; members without a value are left out (Open Badges 3.0, B.1.1)."""
    url = version_address(version)
    creator = profile(version.achievement.organization)
    return _present(
        {
            "id": url,
            "type": ["Achievement"],
            "achievementType": version.achievement_type,
            "name": version.name,
            "description": version.description,
            "criteria": {"id": url, "narrative": _narrative(version)},
            "image": {"id": image_address(version), "type": "Image"},
            "creator": creator,
            "version": str(version.number),
            "inLanguage": version.language,
            "fieldOfStudy": version.field_of_study,
            "creditsAvailable": _number(version.credits),
            "tag": version.tags,
            "alignment": [*map(_alignment, version.alignments.all()), *_level(version)],
            "resultDescription": [_result(result, url) for result in version.result_descriptions.all()],
            **_european(version),
        }
    )


def _present(members: Members) -> Members:
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}


def _number(value: Decimal | None) -> int | float | None:
    """Whole numbers as integers, so that every canonical form writes them alike."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _narrative(version: Version) -> str:
    return f"{version.criteria}\n\n{version.assessment}." if version.assessment else version.criteria


def _alignment(alignment: Alignment) -> Members:
    return _present(
        {
            "type": ["Alignment"],
            "targetName": alignment.name,
            "targetUrl": alignment.url,
            "targetCode": alignment.code,
            "targetFramework": alignment.framework,
            "frameworkVersion": alignment.framework_version,
            "proficiencyLevel": alignment.level,
        }
    )


def _level(version: Version) -> list[Members]:
    if version.level is None:
        return []
    return [
        {
            "type": ["Alignment"],
            "targetName": f"EQF level {version.level}",
            "targetUrl": f"http://data.europa.eu/snb/eqf/{version.level}",
            "targetCode": str(version.level),
            "targetFramework": EQF,
        }
    ]


def _result(result: ResultDescription, url: str) -> Members:
    return _present(
        {
            "id": f"{url}#result-{result.identifier}",
            "type": ["ResultDescription"],
            "name": result.name,
            "resultType": result.result_type,
            "allowedValue": result.allowed_values,
            "requiredValue": result.required_value,
            "valueMin": result.value_min,
            "valueMax": result.value_max,
        }
    )


def _european(version: Version) -> Members:
    """Elements of the European approach that Open Badges has no member for; their terms are in our context."""
    return {
        "learningOutcome": version.outcomes,
        "notionalWorkload": _number(version.workload_hours),
        "creditSystem": "ECTS" if version.credits else "",
        "assessmentType": version.assessment_types,
        "participationForm": [version.participation] if version.participation else [],
        "qualityAssurance": [version.quality_assurance] if version.quality_assurance else [],
        "entryRequirement": [version.prerequisites] if version.prerequisites else [],
        "supervision": version.supervision,
        "stackability": version.stackability,
    }
