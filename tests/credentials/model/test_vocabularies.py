"""The enumerations hold exactly the published terms; an extensible one also takes terms that begin with `ext:`."""

import json

import pytest

from skillmark.credentials.model import schemas, vocabularies
from tests.credentials.model import published, samples


def enumerations(shared):
    schema = json.loads((shared / "schemas" / "ob30" / "strict" / published.SCHEMA).read_text())["$defs"]
    return {
        "AchievementType": schema["Achievement"]["properties"]["achievementType"]["oneOf"][0]["enum"],
        "AlignmentTargetType": schema["Alignment"]["properties"]["targetType"]["oneOf"][0]["enum"],
        "IdentifierTypeEnum": schema["IdentityObject"]["properties"]["identityType"]["oneOf"][0]["enum"],
        "ResultType": schema["ResultDescription"]["properties"]["resultType"]["oneOf"][0]["enum"],
        "ResultStatusType": schema["Result"]["properties"]["status"]["enum"],
    }


@pytest.mark.parametrize(
    "name", ["AchievementType", "AlignmentTargetType", "IdentifierTypeEnum", "ResultType", "ResultStatusType"]
)
def test_enumeration_holds_the_published_terms(shared, name):
    assert {term.value for term in getattr(vocabularies, name)} == set(enumerations(shared)[name])


def test_micro_credential_is_an_achievement_type():
    assert vocabularies.AchievementType("MicroCredential") is vocabularies.AchievementType.MICRO_CREDENTIAL


@pytest.mark.parametrize(("value", "accepted"), [("Completed", True), ("ext:Postponed", False), ("completed", False)])
def test_result_status_is_not_extensible(value, accepted):
    document = samples.graded_badge()
    document["credentialSubject"]["result"][0]["status"] = value
    assert (schemas.schema_faults(document, "achievement-credential") == []) is accepted
