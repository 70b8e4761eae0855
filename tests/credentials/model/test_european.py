"""The elements of the European approach are read from the members that carry them, and written to them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.model.european import (
    EQF,
    MANDATORY,
    OPTIONAL,
    Element,
    EuropeanElements,
    Level,
    Workload,
    achievement_members,
    is_level,
    level_alignment,
    read,
)
from tests.credentials.model import samples

# Annex I, mandatory elements, in its order.
ELEVEN = [
    "learner",
    "title",
    "country",
    "awarding_body",
    "date",
    "learning_outcomes",
    "workload",
    "level",
    "assessment",
    "participation",
    "quality_assurance",
]


def test_the_mandatory_elements_are_the_eleven_of_annex_one():
    assert [element.value for element in MANDATORY] == ELEVEN
    assert [element.value for element in OPTIONAL] == ["entry_requirements", "supervision", "grade", "stackability"]


def test_full_micro_credential_says_every_element():
    elements = read(samples.micro_credential())
    assert elements == EuropeanElements(
        learner="urn:uuid:7a3c1e58-0f0b-4a51-9a55-7ee3d2f0c7c1",
        title="Pipe welding",
        country="NL",
        awarding_body="School of Welding",
        date="2026-01-02T03:04:05Z",
        learning_outcomes=("Welds a pipe in position 6G.", "Chooses the right electrode."),
        workload=Workload(hours=75, credits=3, system="ECTS"),
        level=Level(code="4", framework=EQF, url="http://data.europa.eu/snb/eqf/4"),
        assessment=("application-of-a-skill",),
        participation=("blended",),
        quality_assurance=("Accredited by the Example Agency",),
        entry_requirements=("Basic welding",),
        supervision="onsite-with-identity-verification",
        grade=("B", samples.LEVEL_URL),
        stackability="stackable",
    )
    assert elements.present == tuple(Element)
    assert elements.missing == ()
    assert elements.unsaid == ()


def test_plain_badge_names_what_is_missing():
    elements = read(samples.badge())
    assert [element.value for element in elements.missing] == [
        "country",
        "workload",
        "level",
        "assessment",
        "participation",
        "quality_assurance",
    ]
    assert [element.value for element in elements.present] == [
        "learner",
        "title",
        "awarding_body",
        "date",
        "learning_outcomes",
    ]
    assert elements.unsaid == OPTIONAL


def test_nothing_is_said_by_an_empty_document_or_a_malformed_one():
    assert read({}).present == ()
    malformed = {"credentialSubject": [5, {"achievement": 7, "identifier": [{}], "result": "A"}], "issuer": "did:a:b"}
    assert read(malformed).present == ()


@pytest.mark.parametrize(
    ("identifier", "learner"),
    [([{"identityType": "emailAddress"}], "emailAddress"), ([{"identityHash": "x"}], None)],
)
def test_learner_is_identified_by_identifier_where_there_is_no_id(identifier, learner):
    document = samples.badge()
    del document["credentialSubject"]["id"]
    document["credentialSubject"]["identifier"] = identifier
    assert read(document).learner == learner


@pytest.mark.parametrize(
    ("address", "country"),
    [
        ({"addressCountryCode": "NL", "addressCountry": "Netherlands"}, "NL"),
        ({"addressCountry": "Netherlands"}, "Netherlands"),
        ({"addressRegion": "Flanders"}, "Flanders"),
        ({"addressLocality": "Utrecht"}, None),
    ],
)
def test_country_or_region_comes_from_the_address(address, country):
    document = samples.badge()
    document["issuer"]["address"] = address
    assert read(document).country == country


def test_creator_stands_in_for_an_issuer_that_is_only_an_address():
    document = samples.badge()
    document["issuer"] = "did:example:issuer"
    samples.achievement(document)["creator"] = {"name": "Guild", "address": {"addressCountryCode": "BE"}}
    assert (read(document).awarding_body, read(document).country) == ("Guild", "BE")


def test_awarded_date_comes_before_the_start_of_validity():
    assert read(samples.badge() | {"awardedDate": "2025-12-24T00:00:00Z"}).date == "2025-12-24T00:00:00Z"


def test_outcomes_are_our_term_else_skills_else_criteria_in_words():
    document = samples.badge()
    assert read(document).learning_outcomes == ("Three pipes pass the bend test.",)
    samples.achievement(document)["alignment"] = [samples.level(), samples.skill()]
    assert read(document).learning_outcomes == ("weld pipes",)
    samples.achievement(document)["learningOutcome"] = "Welds pipes."
    assert read(document).learning_outcomes == ("Welds pipes.",)
    document = samples.badge()
    samples.achievement(document)["criteria"] = {"id": "https://a.example/criteria"}
    assert read(document).learning_outcomes == ()


@pytest.mark.parametrize(
    ("subject", "achievement", "workload"),
    [
        ({}, {"creditsAvailable": 3}, Workload(credits=3)),
        ({"creditsEarned": 2}, {"creditsAvailable": 3, "creditSystem": "ECTS"}, Workload(credits=2, system="ECTS")),
        ({"creditsEarned": 0}, {"creditsAvailable": 3}, Workload(credits=0)),
        ({"notionalWorkload": 10}, {}, Workload(hours=10)),
        ({}, {"notionalWorkload": "10"}, None),
        ({}, {"notionalWorkload": True}, None),
    ],
)
def test_workload_is_hours_and_credits(subject, achievement, workload):
    document = samples.badge()
    document["credentialSubject"].update(subject)
    samples.achievement(document).update(achievement)
    assert read(document).workload == workload


@pytest.mark.parametrize("place", ["achievement", "subject", "credential"])
def test_element_is_read_wherever_it_may_stand(place):
    document = samples.badge()
    subject = document["credentialSubject"]
    bearer = {"achievement": subject["achievement"], "subject": subject, "credential": document}[place]
    bearer.update({"supervision": "supervised-online", "assessmentType": ["testing", 5], "participationForm": "online"})
    elements = read(document)
    assert (elements.supervision, elements.assessment, elements.participation) == (
        "supervised-online",
        ("testing",),
        ("online",),
    )


@pytest.mark.parametrize(
    ("alignment", "level"),
    [
        (samples.level(), True),
        ({"targetUrl": "http://data.europa.eu/snb/eqf/5"}, True),
        ({"targetType": "ext:EQF"}, True),
        ({"targetFramework": "EQF"}, True),
        ({"targetFramework": "German Qualifications Framework"}, True),
        (samples.skill(), False),
        ({}, False),
    ],
)
def test_alignment_to_a_level_is_told_from_one_to_a_skill(alignment, level):
    assert is_level(alignment) is level


def test_level_needs_a_code_or_name():
    document = samples.badge()
    samples.achievement(document)["alignment"] = [
        {"targetType": "ext:EQF"},
        {"targetType": "ext:EQF", "targetName": "level 5"},
    ]
    assert read(document).level == Level(code="level 5", framework=EQF, url=None)


def test_grade_is_value_level_or_status():
    document = samples.badge()
    document["credentialSubject"]["result"] = [
        {"value": "B"},
        {"achievedLevel": "urn:a:b"},
        {"status": "Completed"},
        {},
    ]
    assert read(document).grade == ("B", "urn:a:b", "Completed")


texts = st.text(min_size=1, max_size=20)
several = st.lists(texts, max_size=3).map(tuple)
numbers = st.none() | st.integers(min_value=1, max_value=500) | st.floats(min_value=0.5, max_value=500)


@given(
    elements=st.builds(
        EuropeanElements,
        learning_outcomes=several,
        workload=st.none() | st.builds(Workload, hours=st.integers(1, 500), credits=numbers, system=st.none() | texts),
        level=st.none() | st.builds(Level, code=texts, framework=st.just(EQF), url=st.just("urn:a:level")),
        assessment=several,
        participation=several,
        quality_assurance=several,
        entry_requirements=several,
        supervision=st.none() | texts,
        stackability=st.none() | texts,
    )
)
def test_written_members_are_read_back(elements):
    achievement = json.loads(json.dumps(achievement_members(elements)))
    assert read({"credentialSubject": {"achievement": achievement}}) == elements


def test_nothing_said_is_nothing_written():
    assert achievement_members(EuropeanElements()) == {}
    assert achievement_members(EuropeanElements(title="T", workload=Workload())) == {}


def test_level_of_the_european_framework_needs_only_its_number():
    assert level_alignment(Level(code="5")) == {
        "type": ["Alignment"],
        "targetName": "European Qualifications Framework, level 5",
        "targetUrl": "http://data.europa.eu/snb/eqf/5",
        "targetFramework": "European Qualifications Framework",
        "targetCode": "5",
        "targetType": "ext:QualificationLevel",
    }
