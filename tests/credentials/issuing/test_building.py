"""From definition and award to the credential: contexts, identifiers, results against their descriptions."""

from __future__ import annotations

import json
from typing import Any

import pytest

from skillmark.credentials.issuing import Award, AwardError, Definition, Identifier, issuer_profile
from skillmark.credentials.issuing.building import check_award
from skillmark.errors import IssuingError
from tests.credentials.issuing.desk import ACHIEVEMENT, CONTEXTS, CREATED, batch, definition, profile, signer

EXTENSIONS = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"
SKILLMARK = "https://w3id.org/skillmark/v1"


def issued(award: Award | None = None, **options: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(batch(**options).issue(award or Award(name="Ann")).data)
    return document


def test_plain_badge_names_two_contexts() -> None:
    assert issued()["@context"] == CONTEXTS


def test_our_context_joins_only_where_one_of_its_terms_occurs() -> None:
    achievement = ACHIEVEMENT | {"assessmentType": "Exam"}
    plain = definition(achievement | {"@context": "https://elsewhere.example/"})
    assert plain.achievement["assessmentType"] == "Exam"
    assert plain.contexts == (*CONTEXTS, SKILLMARK)
    assert definition().contexts == tuple(CONTEXTS)


def test_context_of_the_extensions_joins_only_where_its_types_occur() -> None:
    with_schema = Definition(achievement=ACHIEVEMENT, issuer=profile())
    assert EXTENSIONS not in with_schema.contexts


def test_null_and_empty_members_are_left_out() -> None:
    tidy = definition(ACHIEVEMENT | {"inLanguage": None, "alignment": []})
    assert {"inLanguage", "alignment"} & tidy.achievement.keys() == set()


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"id": None}, "/id"),
        ({"name": 5}, "/id"),
        ({"resultDescription": {"name": "Mark"}}, "/resultDescription/0"),
        ({"resultDescription": [{"id": "urn:r"}]}, "/resultDescription/0"),
        ({"resultDescription": ["Mark"]}, "/resultDescription/0"),
        (
            {"resultDescription": [{"id": "urn:r", "name": "Mark"}, {"id": "urn:s", "name": "Mark"}]},
            "/resultDescription/1",
        ),
        (
            {"resultDescription": [{"id": "urn:r", "name": "M", "rubricCriterionLevel": [{"id": "urn:l"}]}]},
            "/resultDescription/0",
        ),
        (
            {"resultDescription": [{"id": "urn:r", "name": "M", "resultType": "Percent", "valueMin": "low"}]},
            "/resultDescription/0",
        ),
        ({"resultDescription": [{"id": "urn:r", "name": "M", "valueMax": 100}]}, "/resultDescription/0"),
        ({"resultDescription": [{"id": "urn:r", "name": "M", "allowedValue": ["A", 1]}]}, "/resultDescription/0"),
    ],
)
def test_achievement_that_results_cannot_be_checked_against_is_refused(changes: dict[str, Any], pointer: str) -> None:
    with pytest.raises(IssuingError) as refused:
        definition(ACHIEVEMENT | changes)
    assert refused.value.pointer == pointer


def test_members_that_are_only_read_are_never_written() -> None:
    with pytest.raises(IssuingError) as refused:
        definition(ACHIEVEMENT | {"endorsementJwt": ["x.y.z"]})
    assert refused.value.pointer == "/credentialSubject/achievement/endorsementJwt"


# The issuer


def test_profile_is_put_under_the_did_that_signs() -> None:
    given = {"@context": CONTEXTS, "id": "https://elsewhere.example/", "name": "Fern", "phone": "1"}
    assert issuer_profile(ACHIEVEMENT, "did:example:i", given) == {
        "id": "did:example:i",
        "type": ["Profile"],
        "name": "Fern",
        "phone": "1",
    }


@pytest.mark.parametrize(
    ("creator", "members"),
    [
        (
            {"id": "https://x.example/", "name": "Fern", "url": "https://x.example/", "phone": "1"},
            {"name": "Fern", "url": "https://x.example/"},
        ),
        ({"id": "https://x.example/"}, {}),
        ("https://name.example/url", {}),
        (None, {}),
    ],
)
def test_without_a_profile_the_issuer_is_named_as_the_creator(creator: Any, members: dict[str, str]) -> None:
    achievement = ACHIEVEMENT | ({} if creator is None else {"creator": creator})
    assert issuer_profile(achievement, "did:example:i") == {"id": "did:example:i", "type": ["Profile"], **members}


# Identifiers


def kinds(identifier: Identifier, **columns: Any) -> list[tuple[str, bool]]:
    document = issued(Award(**columns), defined=definition(identifier=identifier))
    found = document["credentialSubject"].get("identifier", [])
    assert identifier is Identifier.EMAIL or "ann@example.org" not in json.dumps(document)
    return [(entry["identityType"], entry["hashed"]) for entry in found]


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        (Identifier.NONE, []),
        (Identifier.EMAIL, [("emailAddress", False), ("name", False)]),
        (Identifier.EMAIL_HASH, [("emailAddress", True), ("name", False)]),
    ],
)
def test_learner_is_identified_as_asked(identifier: Identifier, expected: list[tuple[str, bool]]) -> None:
    assert kinds(identifier, email="ann@example.org", name="Ann") == expected
    assert kinds(identifier, subject_id="urn:x") == []


# Results


def results(given: dict[str, str], achievement: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    document = issued(Award(name="Ann", results=given), defined=definition(achievement or ACHIEVEMENT))
    found: list[dict[str, Any]] = document["credentialSubject"]["result"]
    return found


def only(**description: Any) -> dict[str, Any]:
    """The achievement with one result description."""
    return ACHIEVEMENT | {
        "resultDescription": [{"id": "urn:r", "type": ["ResultDescription"], "name": "Mark", **description}]
    }


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"Mark": "12.5"}, {"resultDescription": "urn:result:mark", "value": "12.5"}),
        ({"Word: spoken": "good"}, {"resultDescription": "urn:result:word", "value": "good"}),
        ({"State": "Completed"}, {"resultDescription": "urn:result:status", "status": "Completed"}),
        ({"Grade": "B"}, {"resultDescription": "urn:result:grade", "value": "B"}),
        ({"Rubric": "Good"}, {"resultDescription": "urn:result:rubric", "achievedLevel": "urn:level:2"}),
        ({"Rubric": "urn:level:1"}, {"resultDescription": "urn:result:rubric", "achievedLevel": "urn:level:1"}),
    ],
)
def test_result_is_written_as_its_description_asks(given: dict[str, str], expected: dict[str, str]) -> None:
    assert results(given) == [{"type": ["Result"], **expected}]


def test_only_description_needs_no_name() -> None:
    assert results({"": "7"}, only(resultType="RawScore")) == [
        {"type": ["Result"], "resultDescription": "urn:r", "value": "7"}
    ]


@pytest.mark.parametrize(
    ("given", "column"),
    [
        ({"Mark": "many"}, "result:Mark"),
        ({"Mark": "-0.1"}, "result:Mark"),
        ({"Mark": "100.1"}, "result:Mark"),
        ({"Mark": "1e1"}, "result:Mark"),
        ({"Mark": "٣"}, "result:Mark"),
        ({"Mark": "nan"}, "result:Mark"),
        ({"State": "Done"}, "result:State"),
        ({"Grade": "C"}, "result:Grade"),
        ({"Rubric": "Best"}, "result:Rubric"),
        ({"Unheard": "1"}, "result:Unheard"),
        ({"": "1"}, "result"),
    ],
)
def test_result_outside_its_description_is_refused_by_column(given: dict[str, str], column: str) -> None:
    with pytest.raises(AwardError) as refused:
        results(given)
    assert refused.value.column == column


def test_result_given_by_name_and_without_is_refused() -> None:
    with pytest.raises(AwardError, match="given twice") as refused:
        results({"": "1", "Mark": "2"}, only(resultType="RawScore"))
    assert refused.value.column == "result:Mark"


def test_single_allowed_value_and_single_level_need_no_list() -> None:
    assert results({"": "A"}, only(resultType="LetterGrade", allowedValue=["A"]))[0]["value"] == "A"
    with pytest.raises(AwardError):
        results({"": "B"}, only(resultType="LetterGrade", allowedValue="A"))
    with pytest.raises(AwardError, match="no level"):
        results({"": "B"}, only(resultType="RubricCriterionLevel"))


def test_bounds_may_be_open_on_either_side() -> None:
    assert results({"": "-5"}, only(resultType="RawScore", valueMax="10"))[0]["value"] == "-5"
    with pytest.raises(AwardError):
        results({"": "11"}, only(resultType="RawScore", valueMax="10"))


def test_issuer_of_the_credential_is_the_did_that_signs() -> None:
    assert issued()["issuer"] == {
        "id": signer().controller,
        "type": ["Profile"],
        "name": "Fern School",
        "url": "https://fern.example/",
    }


def test_award_is_checked_beside_the_achievement_and_the_moment_of_issue() -> None:
    for award in (
        Award(name="Ann", valid_until="2026-05-01T12:00:00Z", results={"Mark": "1"}),
        Award(name="Ann", awarded_date="2025-01-01T00:00:00Z", valid_until="2025-02-01T00:00:00Z"),
        Award(name="Ann"),
    ):
        check_award(definition(), award, created=CREATED)
    with pytest.raises(AwardError) as refused:
        check_award(definition(), Award(name="Ann", valid_until="2026-05-01T11:59:59Z"), created=CREATED)
    assert refused.value.column == "valid_until"
    with pytest.raises(AwardError) as refused:
        check_award(definition(), Award(name="Ann", results={"Mark": "101"}), created=CREATED)
    assert refused.value.column == "result:Mark"


def test_award_that_would_end_before_it_is_issued_is_not_signed() -> None:
    with pytest.raises(AwardError) as refused:
        batch().issue(Award(name="Ann", valid_until="2026-05-01T11:59:59Z"))
    assert refused.value.column == "valid_until"
