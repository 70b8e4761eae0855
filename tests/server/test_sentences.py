"""What a report means in words: a verdict, three answers, and never more than the signature supports."""

from datetime import UTC, datetime

import pytest

from skillmark.credentials.verifying import Answer, Check, Outcome, Report
from skillmark.server.doors.pages.components import sentences

PASSED, FAILED, UNKNOWN = Outcome.PASSED, Outcome.FAILED, Outcome.UNKNOWN
GOOD = Answer(PASSED, "eddsa-rdfc-2022")
VALID = Answer(PASSED, "valid")
LISTED = Answer(PASSED, "listed")
UNLISTED = Answer(UNKNOWN, "unlisted")


def report(intact: Answer = GOOD, current: Answer = VALID, issuer: Answer = LISTED, *checks: Check) -> Report:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    return Report(intact=intact, current=current, issuer_known=issuer, checks=checks, moment=moment, form="json")


@pytest.mark.parametrize(
    ("found", "word", "tone"),
    [
        (report(), "Valid", "good"),
        (report(issuer=UNLISTED), "Valid, issuer not listed", "warn"),
        (report(current=Answer(FAILED, "expired")), "Expired", "bad"),
        (report(current=Answer(FAILED, "revoked")), "Revoked", "bad"),
        (report(current=Answer(FAILED, "suspended")), "Suspended", "bad"),
        (report(current=Answer(FAILED, "not-yet-valid")), "Not valid yet", "bad"),
        (report(current=Answer(UNKNOWN, "status-unreachable")), "We cannot tell", "warn"),
        (report(intact=Answer(UNKNOWN, "key-unreachable")), "We cannot tell", "warn"),
        (report(intact=Answer(FAILED, "broken")), "Do not rely on this", "bad"),
        (report(intact=Answer(FAILED, "no-proof")), "Do not rely on this", "bad"),
        (report(issuer=Answer(FAILED, "withdrawn")), "Not valid", "bad"),
    ],
)
def test_verdict_is_said_in_words(found: Report, word: str, tone: str) -> None:
    said = sentences.verdict(found)
    assert (said.word, said.tone) == (word, tone)


@pytest.mark.parametrize(
    ("intact", "word"),
    [
        (Answer(FAILED, "broken"), "Changed or broken"),
        (Answer(FAILED, "no-proof"), "Not signed"),
        (Answer(FAILED, "unreadable"), "Not readable"),
        (Answer(FAILED, "malformed"), "Not well-formed"),
        (Answer(FAILED, "a state of tomorrow"), "Changed or broken"),
    ],
)
def test_failed_proof_is_the_only_answer(intact: Answer, word: str) -> None:
    issuer = Check("issuer", PASSED, "A registry lists Someone Famous")
    fault = Check("proof", FAILED, "the signature does not match")
    found = report(intact, Answer(UNKNOWN, "not-checked"), LISTED, issuer, fault)
    assert [answer.word for answer in sentences.answers(found)] == [word]
    assert [row.explanation for row in sentences.rows(found)] == ["the signature does not match"]


@pytest.mark.parametrize("state", ["status-unreachable", "status-unsupported", "not-checked"])
def test_status_that_was_not_seen_is_never_called_current(state: str) -> None:
    answer = sentences.answers(report(current=Answer(UNKNOWN, state)))[1]
    assert answer.word == "Could not be checked"
    assert "does not mean that it has not" in answer.why


def test_registry_is_named() -> None:
    check = Check("issuer", PASSED, "The Nordic List lists Lindeholm")
    assert sentences.answers(report(GOOD, VALID, LISTED, check))[2].why == "The Nordic List lists Lindeholm"


def test_unknown_issuer_is_amber_and_no_fault() -> None:
    answer = sentences.answers(report(issuer=UNLISTED))[2]
    assert (answer.tone, answer.word) == ("warn", "Not listed anywhere we look")


def test_withdrawn_issuer_is_said() -> None:
    assert sentences.answers(report(issuer=Answer(FAILED, "withdrawn")))[2].word == "No longer listed"


def test_failed_state_without_a_word_of_its_own_gives_the_reason() -> None:
    check = Check("valid-from", FAILED, "the date has no zone")
    found = report(GOOD, Answer(FAILED, "malformed-dates"), LISTED, check)
    assert sentences.verdict(found).why == "the date has no zone"
