"""Results refer to descriptions of the same achievement and keep to what these allow."""

import pytest

from tests.credentials.lints.findings_of import changed, errors, finding
from tests.credentials.model import samples

RESULTS = "/credentialSubject/result"
DESCRIPTIONS = "/credentialSubject/achievement/resultDescription"


def described(result, **description):
    document = samples.badge()
    base = {"id": "urn:example:d", "type": ["ResultDescription"], "name": "Score", "resultType": "RawScore"}
    samples.achievement(document)["resultDescription"] = [base | description]
    document["credentialSubject"]["result"] = [{"type": ["Result"], "resultDescription": "urn:example:d", **result}]
    return document


def test_good_results_pass():
    assert errors(samples.graded_badge()) == []


def test_result_names_a_description_of_the_achievement():
    document = changed(samples.graded_badge(), ("credentialSubject", "result", 0, "resultDescription"), "urn:a:other")
    assert errors(document) == [("result-description-unknown", f"{RESULTS}/0/resultDescription")]
    assert "urn:a:other" in finding(document, "result-description-unknown").message


def test_result_may_name_no_description():
    document = samples.badge()
    document["credentialSubject"]["result"] = [{"type": ["Result"], "value": "A"}]
    assert errors(document) == []


def test_two_descriptions_have_two_ids():
    document = samples.graded_badge()
    samples.achievement(document)["resultDescription"][1]["id"] = samples.RESULT_URL
    assert ("result-description-twice", f"{DESCRIPTIONS}/1/id") in errors(document)


def test_level_is_one_of_the_rubric():
    document = changed(samples.graded_badge(), ("credentialSubject", "result", 1, "achievedLevel"), "urn:a:level")
    assert errors(document) == [("result-level", f"{RESULTS}/1/achievedLevel")]
    assert "'Seam'" in finding(document, "result-level").message


def test_level_required_to_pass_is_one_of_the_rubric():
    document = samples.graded_badge()
    samples.achievement(document)["resultDescription"][1]["requiredLevel"] = "urn:a:level"
    assert errors(document) == [("required-level", f"{DESCRIPTIONS}/1/requiredLevel")]


@pytest.mark.parametrize(
    ("value", "limits", "fits"),
    [
        ("B", {"allowedValue": ["C", "B", "A"]}, True),
        ("D", {"allowedValue": ["C", "B", "A"]}, False),
        ("b", {"allowedValue": ["C", "B", "A"]}, False),
        ("5", {"valueMin": "0", "valueMax": "10"}, True),
        ("0", {"valueMin": "0", "valueMax": "10"}, True),
        ("10.5", {"valueMin": "0", "valueMax": "10"}, False),
        ("-1", {"valueMin": "0"}, False),
        ("99", {"valueMin": "0"}, True),
        ("99", {"valueMax": "10"}, False),
        ("good", {"valueMin": "0", "valueMax": "10"}, True),  # not a number: nothing to compare
        ("5", {"valueMin": "low", "valueMax": "high"}, True),
        ("9" * 50, {"valueMax": "10"}, True),  # no number anybody means
        ("5", {}, True),
    ],
)
def test_value_is_allowed_and_within_limits(value, limits, fits):
    assert errors(described({"value": value}, **limits)) == ([] if fits else [("result-value", f"{RESULTS}/0/value")])
    required = errors(described({}, requiredValue=value, **limits))
    assert required == ([] if fits else [("required-value", f"{DESCRIPTIONS}/0/requiredValue")])


def test_message_says_what_would_fit():
    message = finding(described({"value": "11"}, valueMin="0", valueMax="10"), "result-value").message
    assert message == "expected a value from 0 to 10; came '11'"
    message = finding(described({"value": "D"}, allowedValue=["C", "B"]), "result-value").message
    assert message == "expected one of 'C', 'B'; came 'D'"


def test_status_is_required_where_the_description_is_of_type_status():
    document = described({}, resultType="Status")
    assert errors(document) == [("result-status-missing", f"{RESULTS}/0/status")]
    assert errors(described({"status": "Completed"}, resultType="Status")) == []


def test_description_without_id_is_told_by_the_structure():
    document = samples.graded_badge()
    del samples.achievement(document)["resultDescription"][0]["id"]
    assert set(errors(document)) == {
        ("structure", f"{DESCRIPTIONS}/0/id"),
        ("result-description-unknown", f"{RESULTS}/0/resultDescription"),
    }
