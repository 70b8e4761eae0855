"""The measured document: one Open Badges 3.0 AchievementCredential and the thousand awards that fill it.

A definition (what all awards share) and an award (ten values that differ) make one unsigned document of about 3.16 KB,
83 quads, 9 blank nodes and 10.8 KB of canonical N-Quads. See `python -m bench --describe`.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from skillmark.credentials.issuing import Definition, StatusPosition

JsonObject = dict[str, Any]

CONTEXTS = (
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
)
SCHEMA_URL = "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json"
STATUS_LIST_URL = "https://badges.example.edu/status/revocation/1"
STATUS_ENTRIES = 131_072
ACHIEVEMENT_URL = "https://badges.example.edu/achievements/data-stewardship"
RESULT_URL = f"{ACHIEVEMENT_URL}#final-grade"
GRADES = ("sufficient", "good", "very good", "excellent")
FIRST_DAY = datetime(2024, 1, 8, 9, 0, tzinfo=UTC)

DESCRIPTION = "Plans, documents and protects research data over its whole life, so that others can find and reuse it."
CRITERIA = (
    "1. Write a data management plan and revise it after review.\n"
    "2. Publish a data set with complete metadata and a licence.\n"
    "Both parts must be at least *sufficient*."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """The ten values in which one instance differs from another."""

    credential_id: str
    subject_id: str
    identity_hash: str
    result: str
    evidence_id: str
    evidence_name: str
    evidence_narrative: str
    valid_from: str
    status_id: str
    status_index: str


def issuer_profile(issuer_id: str) -> JsonObject:
    """The issuer Profile, with address and image."""
    return {
        "id": issuer_id,
        "type": ["Profile"],
        "name": "Example University of Applied Sciences",
        "phone": "+31 30 555 0100",
        "url": "https://www.example.edu/",
        "email": "credentials@example.edu",
        "address": {
            "type": ["Address"],
            "addressCountry": "NL",
            "addressLocality": "Utrecht",
            "postalCode": "3584 CS",
        },
        "image": {"id": "https://www.example.edu/logo.png", "type": "Image", "caption": "Coat of arms"},
    }


def achievement() -> JsonObject:
    """The Achievement: criteria, alignment, image, tags and a ResultDescription with a list of allowed values."""
    return {
        "id": ACHIEVEMENT_URL,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": "Research data stewardship",
        "description": DESCRIPTION,
        "humanCode": "RDM-101",
        "version": "2",
        "fieldOfStudy": "Information science",
        "inLanguage": "en",
        "creditsAvailable": 3,
        "criteria": {"narrative": CRITERIA},
        "image": {"id": f"{ACHIEVEMENT_URL}/badge.png", "type": "Image", "caption": "Key and books"},
        "alignment": [alignment()],
        "tag": ["research data", "privacy", "open science"],
        "resultDescription": [
            {
                "id": RESULT_URL,
                "type": ["ResultDescription"],
                "name": "Final grade",
                "resultType": "LetterGrade",
                "allowedValue": list(GRADES),
            }
        ],
    }


def alignment() -> JsonObject:
    """The skill the achievement certifies."""
    return {
        "type": ["Alignment"],
        "targetName": "manage research data",
        "targetUrl": "http://data.europa.eu/esco/skill/4f8f8a5f-6c3a-4c5e-9d8e-3d0a1f3c2b11",
        "targetFramework": "ESCO",
        "targetType": "ext:Skill",
        "targetCode": "S5.6.1",
    }


def subject(award: Award) -> JsonObject:
    """The AchievementSubject of one award."""
    return {
        "id": award.subject_id,
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "hashed": True,
                "identityHash": award.identity_hash,
                "identityType": "emailAddress",
                "salt": "a1d9f0c4",
            }
        ],
        "achievement": achievement(),
        "result": [{"type": ["Result"], "resultDescription": RESULT_URL, "status": "Completed", "value": award.result}],
    }


def evidence(award: Award) -> JsonObject:
    """The evidence of one award."""
    return {
        "id": award.evidence_id,
        "type": ["Evidence"],
        "name": award.evidence_name,
        "narrative": award.evidence_narrative,
        "genre": "Portfolio",
        "audience": "Assessors",
    }


def status_entry(award: Award) -> JsonObject:
    """The place of one award in the status list."""
    return {
        "id": award.status_id,
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": award.status_index,
        "statusListCredential": STATUS_LIST_URL,
    }


def document(award: Award, *, issuer_id: str) -> JsonObject:
    """The unsigned credential of one award."""
    return {
        "@context": list(CONTEXTS),
        "id": award.credential_id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": issuer_profile(issuer_id),
        "validFrom": award.valid_from,
        "awardedDate": "2024-01-07T15:00:00Z",
        "name": "Research data stewardship",
        "credentialSubject": subject(award),
        "evidence": [evidence(award)],
        "credentialStatus": status_entry(award),
        "credentialSchema": [{"id": SCHEMA_URL, "type": "1EdTechJsonSchemaValidator2019"}],
    }


def award(number: int) -> Award:
    """The award with this number; the same for ever."""
    name = f"urn:skillmark:bench:{number}"
    credential = uuid.uuid5(uuid.NAMESPACE_URL, f"{name}:credential")
    index = (number * 7919 + 13) % STATUS_ENTRIES
    moment = FIRST_DAY + timedelta(minutes=11 * number)
    return Award(
        credential_id=f"urn:uuid:{credential}",
        subject_id=f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{name}:subject')}",
        identity_hash="sha256$" + hashlib.sha256(f"learner{number}@example.edua1d9f0c4".encode()).hexdigest(),
        result=GRADES[number % len(GRADES)],
        evidence_id=f"https://badges.example.edu/evidence/{credential}",
        evidence_name=f"Data management plan no. {number}",
        evidence_narrative=f"Plan, published data set and interview {number}.",
        valid_from=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        status_id=f"{STATUS_LIST_URL}#{index}",
        status_index=str(index),
    )


def awards(count: int = 1_000) -> Iterator[Award]:
    """The first `count` awards."""
    return (award(number) for number in range(count))


def definition(issuer_id: str) -> Definition:
    """The same achievement and issuer for the batch, which builds its credentials itself.

    A batch credential has no schema reference and no evidence name; more members of the achievement and its issuer
    bring it to the same size: 83 quads, 9 blank nodes.
    """
    described = achievement()
    described["specialization"] = "Research support"
    described["alignment"][0]["targetDescription"] = "Care for research data from plan to reuse."
    described["resultDescription"][0] |= {"requiredValue": "sufficient", "valueMin": "sufficient"}
    profile = issuer_profile(issuer_id)
    profile["description"] = (
        "A university of applied sciences for people who work: evening classes, short courses, badges."
    )
    profile["address"]["addressRegion"] = "Utrecht"
    return Definition(achievement=described, issuer=profile)


def award_row(number: int) -> JsonObject:
    """What the batch is told of the award with this number: the values of one row."""
    values = award(number)
    return {
        "email": f"learner{number}@example.edu",
        "subject_id": values.subject_id,
        "awarded_date": values.valid_from,
        "evidence_url": values.evidence_id,
        "evidence_narrative": values.evidence_narrative,
        "results": {"": values.result},
        "credential_id": values.credential_id,
    }


def batch_status(number: int) -> tuple[StatusPosition, ...]:
    """The place in the status list of the award with this number."""
    return (StatusPosition(list_url=STATUS_LIST_URL, purpose="revocation", index=int(award(number).status_index)),)


def compact(value: JsonObject) -> bytes:
    """Compact UTF-8 JSON in the order of the members."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def digest(issuer_id: str) -> str:
    """SHA-256 of the first instance: names the document in every table."""
    return hashlib.sha256(compact(document(award(0), issuer_id=issuer_id))).hexdigest()
