"""The European approach: a warning for each mandatory element left unsaid, advice for the optional ones."""

import pytest

from skillmark.credentials.lints import Severity, lint
from tests.credentials.lints.findings_of import changed, finding, told
from tests.credentials.model import samples

ACHIEVEMENT = ("credentialSubject", "achievement")


@pytest.mark.parametrize(
    ("rule", "path", "replacement"),
    [
        ("missing-title", (*ACHIEVEMENT, "name"), ""),
        ("missing-country", ("issuer", "address"), {"type": ["Address"]}),
        ("missing-awarding-body", ("issuer", "name"), ""),
        ("missing-date", ("validFrom",), ""),
        ("missing-learner", ("credentialSubject", "id"), ""),
        ("missing-level", (*ACHIEVEMENT, "alignment"), [samples.skill()]),
        ("missing-assessment", (*ACHIEVEMENT, "assessmentType"), []),
        ("missing-participation", (*ACHIEVEMENT, "participationForm"), []),
        ("missing-quality-assurance", (*ACHIEVEMENT, "qualityAssurance"), []),
    ],
)
def test_mandatory_element_left_unsaid_is_a_warning(rule, path, replacement):
    found = finding(changed(samples.micro_credential(), path, replacement), rule)
    assert (found.severity, found.authority) == (Severity.WARNING, "european")
    assert found.clause == "Council Recommendation 2022/C 243/02, Annex I"
    assert found.message.startswith("nothing is said of the ")


def test_outcomes_and_workload_have_several_carriers():
    document = samples.micro_credential()
    achievement = samples.achievement(document)
    for member in ("learningOutcome", "alignment"):
        assert "missing-learning-outcomes" not in rules(document)
        del achievement[member]
    assert "missing-learning-outcomes" not in rules(document)
    achievement["criteria"] = {"id": "https://a.example/criteria"}
    assert "missing-learning-outcomes" in rules(document)
    del achievement["notionalWorkload"]
    assert "missing-workload" not in rules(document)
    del achievement["creditsAvailable"]
    assert "missing-workload" in rules(document)


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("missing-entry-requirements", (*ACHIEVEMENT, "entryRequirement")),
        ("missing-supervision", (*ACHIEVEMENT, "supervision")),
        ("missing-grade", ("credentialSubject", "result")),
        ("missing-stackability", (*ACHIEVEMENT, "stackability")),
    ],
)
def test_optional_element_left_unsaid_is_advice(rule, path):
    found = finding(changed(samples.micro_credential(), path, []), rule)
    assert (found.severity, found.authority) == (Severity.NOTICE, "european")


def test_credits_without_a_system_are_asked_about():
    document = samples.micro_credential()
    del samples.achievement(document)["creditSystem"]
    assert told(document) == [("credit-system-unnamed", "/credentialSubject/achievement/creditSystem")]
    del samples.achievement(document)["creditsAvailable"]
    assert told(document) == []


def rules(document):
    return {found.rule for found in lint(document)}
