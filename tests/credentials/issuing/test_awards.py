"""One award: every bad value is refused and its column named."""

from __future__ import annotations

from typing import Any

import pytest

from skillmark.credentials.issuing import Award, AwardError, time_of_day

GOOD: dict[str, Any] = {
    "email": "ann@example.org",
    "name": "Ann O'Neil",
    "subject_id": "did:example:ann",
    "awarded_date": "2026-01-01T00:00:00Z",
    "valid_until": "2027-01-01T00:00:00+01:00",
    "evidence_url": "https://issuer.example/e?x=1#y",
    "evidence_narrative": "two\nlines\tand a tab",
    "results": {"": "12"},
    "credential_id": "urn:uuid:1",
}


def test_good_award_is_taken_as_it_is() -> None:
    award = Award(**GOOD)
    assert {name: getattr(award, name) for name in GOOD} == GOOD


@pytest.mark.parametrize("given", [{"email": "a@b.example"}, {"name": "Ann"}, {"subject_id": "urn:x"}])
def test_one_of_email_name_and_subject_is_enough(given: dict[str, Any]) -> None:
    award = Award(**given)
    assert {"email": award.email, "name": award.name, "subject_id": award.subject_id} == (
        {"email": "", "name": "", "subject_id": ""} | given
    )


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"email": "", "name": "", "subject_id": ""}, "email"),
        ({"email": "ann"}, "email"),
        ({"email": "ann@example"}, "email"),
        ({"email": "ann@exa mple.org"}, "email"),
        ({"email": "ann@example.org\n"}, "email"),
        ({"email": "ann@-example.org"}, "email"),
        ({"email": "a" * 65 + "@example.org"}, "email"),
        ({"name": "Ann\r\nBcc: x"}, "name"),
        ({"name": "Ann\u2028"}, "name"),
        ({"name": "A" * 201}, "name"),
        ({"name": "Ann\x00"}, "name"),
        ({"name": "Ann\ud800"}, "name"),
        ({"name": "Ann\ufdd0"}, "name"),
        ({"subject_id": "ann"}, "subject_id"),
        ({"subject_id": "_:ann"}, "subject_id"),
        ({"subject_id": "urn:with space"}, "subject_id"),
        ({"subject_id": "urn:" + "x" * 10_000}, "subject_id"),
        ({"credential_id": "relative"}, "credential_id"),
        ({"evidence_url": "ftp://issuer.example/"}, "evidence_url"),
        ({"evidence_url": "javascript:alert(1)"}, "evidence_url"),
        ({"evidence_narrative": "\x07"}, "evidence_narrative"),
        ({"evidence_narrative": "x" * 10_001}, "evidence_narrative"),
        ({"results": {"": "a\nb"}}, "result"),
        ({"results": {"Mark": "\x1b"}}, "result:Mark"),
        ({"awarded_date": "2026-01-01"}, "awarded_date"),
        ({"awarded_date": "2026-01-01T00:00:00"}, "awarded_date"),
        ({"awarded_date": "2026-02-30T00:00:00Z"}, "awarded_date"),
        ({"valid_until": "soon"}, "valid_until"),
        ({"valid_until": "2025-12-31T23:59:59Z"}, "valid_until"),
    ],
)
def test_bad_value_is_refused_and_its_column_named(changes: dict[str, Any], column: str) -> None:
    with pytest.raises(AwardError) as refused:
        Award(**GOOD | changes)
    assert refused.value.column == column
    assert refused.value.rule == "award"


@pytest.mark.parametrize("size", [200, 10_000])
def test_texts_may_be_as_long_as_stated(size: int) -> None:
    text = "x" * size
    assert Award(name=text[:200], evidence_narrative=text).evidence_narrative == text


def test_message_shows_a_hostile_value_harmlessly() -> None:
    with pytest.raises(AwardError) as refused:
        Award(email="\u202e<script>" + "x" * 1000)
    assert refused.value.message.isascii()
    assert len(refused.value.message) < 200


@pytest.mark.parametrize(
    ("text", "end", "moment"),
    [
        ("2026-01-02", False, "2026-01-02T00:00:00Z"),
        ("2026-01-02", True, "2026-01-02T23:59:59Z"),
        ("2026-01-02T03:04:05Z", True, "2026-01-02T03:04:05Z"),
        ("", False, ""),
        ("2026-1-2", True, "2026-1-2"),
    ],
)
def test_bare_date_is_the_first_or_last_second_of_its_day(text: str, *, end: bool, moment: str) -> None:
    assert time_of_day(text, end=end) == moment
