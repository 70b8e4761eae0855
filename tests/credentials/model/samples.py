"""Documents of our own that tests start from: each call gives a fresh one."""

import json

V2 = "https://www.w3.org/ns/credentials/v2"
V1 = "https://www.w3.org/2018/credentials/v1"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
OURS = "https://w3id.org/skillmark/v1"
LEVEL_URL = "https://rubrics.example.org/levels/good"
RESULT_URL = "https://badges.example.org/achievements/welding#grade"


def badge():
    """A plain badge without one member more than needed."""
    return {
        "@context": [V2, OPEN_BADGES],
        "id": "urn:uuid:91537dba-56cb-41ec-bf63-0242ac130002",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:example:issuer", "type": ["Profile"], "name": "School of Welding"},
        "validFrom": "2026-01-02T03:04:05Z",
        "credentialSubject": {
            "id": "urn:uuid:7a3c1e58-0f0b-4a51-9a55-7ee3d2f0c7c1",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://badges.example.org/achievements/welding",
                "type": ["Achievement"],
                "name": "Pipe welding",
                "description": "Welds pipes in every position.",
                "criteria": {"narrative": "Three pipes pass the bend test."},
            },
        },
    }


def graded_badge():
    """A badge with a result that has allowed values, and one with a rubric."""
    document = badge()
    achievement(document)["resultDescription"] = [
        {
            "id": RESULT_URL,
            "type": ["ResultDescription"],
            "name": "Grade",
            "resultType": "LetterGrade",
            "allowedValue": ["C", "B", "A"],
        },
        {
            "id": "https://rubrics.example.org/seam",
            "type": ["ResultDescription"],
            "name": "Seam",
            "resultType": "RubricCriterionLevel",
            "requiredLevel": LEVEL_URL,
            "rubricCriterionLevel": [{"id": LEVEL_URL, "type": ["RubricCriterionLevel"], "name": "good"}],
        },
    ]
    document["credentialSubject"]["result"] = [
        {"type": ["Result"], "resultDescription": RESULT_URL, "value": "B"},
        {"type": ["Result"], "resultDescription": "https://rubrics.example.org/seam", "achievedLevel": LEVEL_URL},
    ]
    return document


def micro_credential():
    """A badge that says all elements of the European approach, mandatory and optional."""
    document = graded_badge()
    document["@context"].append(OURS)
    document["issuer"]["address"] = {"type": ["Address"], "addressCountryCode": "NL"}
    achievement(document).update(
        {
            "achievementType": "MicroCredential",
            "image": {"id": "https://badges.example.org/welding.png", "type": "Image"},
            "alignment": [skill(), level()],
            "learningOutcome": ["Welds a pipe in position 6G.", "Chooses the right electrode."],
            "creditsAvailable": 3,
            "creditSystem": "ECTS",
            "notionalWorkload": 75,
            "assessmentType": ["application-of-a-skill"],
            "participationForm": ["blended"],
            "qualityAssurance": ["Accredited by the Example Agency"],
            "entryRequirement": ["Basic welding"],
            "supervision": "onsite-with-identity-verification",
            "stackability": "stackable",
        }
    )
    return document


def skill():
    """A skill with its framework, version and level."""
    return {
        "type": ["Alignment"],
        "targetName": "weld pipes",
        "targetUrl": "http://data.europa.eu/esco/skill/0a2b",
        "targetCode": "S1.2.3",
        "targetFramework": "ESCO",
        "frameworkVersion": "1.2.0",
        "proficiencyLevel": "B2",
    }


def level():
    """A level of the European Qualifications Framework."""
    return {
        "type": ["Alignment"],
        "targetName": "European Qualifications Framework, level 4",
        "targetUrl": "http://data.europa.eu/snb/eqf/4",
        "targetFramework": "European Qualifications Framework",
        "targetCode": "4",
        "targetType": "ext:QualificationLevel",
    }


def endorsement():
    """An endorsement that carries some proof."""
    return {
        "@context": [V2, OPEN_BADGES],
        "id": "urn:uuid:0b7f0e44-4f0c-4f50-8f52-d0a2f1c6f5aa",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Endorsement",
        "issuer": {"id": "did:example:endorser", "type": ["Profile"], "name": "Guild"},
        "validFrom": "2026-01-02T03:04:05Z",
        "credentialSubject": {"id": "did:example:issuer", "type": ["EndorsementSubject"], "endorsementComment": "Good"},
        "proof": {"type": "DataIntegrityProof"},
    }


def legacy_badge():
    """A badge as it was written upon data model 1.1."""
    document = badge()
    document["@context"] = [V1, "https://purl.imsglobal.org/spec/ob/v3p0/context.json"]
    document["issuanceDate"] = document.pop("validFrom")
    document["expirationDate"] = "2030-01-01T00:00:00Z"
    document["name"] = "Pipe welding"
    return document


def credential():
    """The least of a credential of data model 2.0."""
    return {
        "@context": [V2],
        "type": ["VerifiableCredential"],
        "issuer": "did:example:issuer",
        "credentialSubject": {"id": "did:example:subject"},
    }


def legacy_credential():
    """The least of a credential of data model 1.1."""
    return credential() | {"@context": [V1], "issuanceDate": "2020-01-01T00:00:00Z"}


def presentation():
    """A presentation of one credential, one in an envelope, and one of the older form."""
    enveloped = {"@context": V2, "id": "data:application/vc+jwt,e30.e30.e30", "type": "EnvelopedVerifiableCredential"}
    return {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "holder": "did:example:holder",
        "verifiableCredential": [credential(), enveloped, legacy_credential()],
    }


def achievement(document):
    """The achievement inside a badge."""
    return document["credentialSubject"]["achievement"]


def read(path):
    """A document from a file."""
    return json.loads(path.read_text())
