"""Three answers make one verdict; the report is data and never a truth value."""

from __future__ import annotations

from typing import Any

import pytest

from skillmark.credentials.verifying import Answer, Check, NotValidError, Outcome, Report
from tests.credentials.verifying.stage import NOW

# intact, current, issuer known → verdict, verdict where the issuer must be known
VERDICTS = """
passed  passed  passed  valid   valid
passed  passed  unknown valid   unknown
passed  passed  failed  invalid invalid
passed  unknown passed  unknown unknown
passed  unknown unknown unknown unknown
passed  unknown failed  invalid invalid
passed  failed  passed  invalid invalid
passed  failed  unknown invalid invalid
passed  failed  failed  invalid invalid
unknown passed  passed  unknown unknown
unknown passed  unknown unknown unknown
unknown passed  failed  invalid invalid
unknown unknown passed  unknown unknown
unknown unknown unknown unknown unknown
unknown unknown failed  invalid invalid
unknown failed  passed  invalid invalid
unknown failed  unknown invalid invalid
unknown failed  failed  invalid invalid
failed  passed  passed  invalid invalid
failed  passed  unknown invalid invalid
failed  passed  failed  invalid invalid
failed  unknown passed  invalid invalid
failed  unknown unknown invalid invalid
failed  unknown failed  invalid invalid
failed  failed  passed  invalid invalid
failed  failed  unknown invalid invalid
failed  failed  failed  invalid invalid
"""
ROWS = [line.split() for line in VERDICTS.strip().splitlines()]
GOOD, UNKNOWN, BAD = ["passed"] * 3, ["passed", "unknown", "passed"], ["failed", "passed", "passed"]


def report(outcomes: list[str], **members: Any) -> Report:
    intact, current, known = (Answer(Outcome(outcome), "word") for outcome in outcomes)
    given = {"intact": intact, "current": current, "issuer_known": known, "checks": (), "moment": NOW, "form": "json"}
    return Report(**{**given, **members})


def test_the_table_holds_every_combination_once() -> None:
    assert len({tuple(row[:3]) for row in ROWS}) == 27


@pytest.mark.parametrize("row", ROWS, ids=" ".join)
def test_three_answers_give_the_verdict_of_the_table(row: list[str]) -> None:
    assert report(row[:3]).verdict.value == row[3]
    assert report(row[:3], require_known_issuer=True).verdict.value == row[4]


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        ([GOOD, GOOD], "valid"),
        ([GOOD, UNKNOWN], "unknown"),
        ([UNKNOWN, BAD], "invalid"),
    ],
)
def test_presentation_is_as_good_as_its_worst_credential(shown: list[list[str]], verdict: str) -> None:
    assert report(GOOD, credentials=[report(outcomes) for outcomes in shown]).verdict.value == verdict


def test_endorsements_change_no_verdict() -> None:
    assert report(GOOD, endorsements=[report(BAD)]).verdict.value == "valid"


def test_report_refuses_to_be_a_truth_value() -> None:
    with pytest.raises(TypeError, match="no truth value"):
        bool(report(GOOD))


def test_require_returns_a_valid_report_and_raises_for_any_other() -> None:
    good = report(GOOD)
    assert good.require() is good
    checks = [
        Check("a", Outcome.FAILED, "one reason"),
        Check("b", Outcome.PASSED, "no reason"),
        Check("c", Outcome.UNKNOWN, "another"),
    ]
    with pytest.raises(NotValidError) as refused:
        report(BAD, checks=checks).require()
    assert (refused.value.message, refused.value.rule) == (
        "the credential is invalid: one reason; another",
        "not-valid",
    )
    with pytest.raises(NotValidError, match="the credential is unknown: see its checks"):
        report(GOOD, credentials=[report(UNKNOWN)]).require()


def test_report_prints_as_one_json_document() -> None:
    check = Check("dates", Outcome.FAILED, "it expired", "clause", "/validUntil")
    whole = report(
        BAD,
        checks=[Check("parse", Outcome.PASSED, "read"), check],
        conformance=[check],
        endorsements=[report(GOOD)],
        rows=lambda: [{"outcome": "passed"}],
    )
    answers = {"intact": "failed", "current": "passed", "issuer_known": "passed"}
    written = {"rule": "dates", "outcome": "failed", "explanation": "it expired"}
    written |= {"clause": "clause", "pointer": "/validUntil"}
    states = dict.fromkeys(answers, "word")
    common = {"states": states, "form": "json", "moment": "2026-06-01T12:00:00Z", "signed": None}
    inner = {"verdict": "valid", **dict.fromkeys(answers, "passed"), **common}
    assert whole.to_json() == {
        "verdict": "invalid",
        **answers,
        **common,
        "checks": [{"rule": "parse", "outcome": "passed", "explanation": "read"}, written],
        "conformance": [written],
        "proofs": [{"outcome": "passed"}],
        "endorsements": [inner | {"checks": [], "conformance": [], "proofs": []}],
    }


def test_only_an_intact_document_is_shown_as_signed() -> None:
    document = {"name": "Knots", "proof": {}}
    assert report(GOOD, source=lambda: document).signed == {"name": "Knots"}
    assert report(BAD, source=lambda: document).signed is None
    assert report(BAD, source=lambda: document).document == document
    assert report(GOOD).signed is None
