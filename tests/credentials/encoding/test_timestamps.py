"""Timestamps: the xsd:dateTimeStamp forms, and nothing near them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.encoding.timestamps import format_timestamp, parse_timestamp
from skillmark.errors import InputError


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-01-02T03:04:05Z", utc(2026, 1, 2, 3, 4, 5)),
        ("2026-01-02T03:04:05+00:00", utc(2026, 1, 2, 3, 4, 5)),
        ("2026-01-02T03:04:05-00:00", utc(2026, 1, 2, 3, 4, 5)),
        ("2026-01-02T03:04:05+05:30", utc(2026, 1, 1, 21, 34, 5)),
        ("2026-01-02T03:04:05-14:00", utc(2026, 1, 2, 17, 4, 5)),
        ("2026-01-02T03:04:05+14:00", utc(2026, 1, 1, 13, 4, 5)),
        ("2026-01-02T03:04:05.5Z", utc(2026, 1, 2, 3, 4, 5, 500_000)),
        ("2026-01-02T03:04:05.000001999Z", utc(2026, 1, 2, 3, 4, 5, 1)),
        ("2026-01-02T03:04:05." + "9" * 200 + "Z", utc(2026, 1, 2, 3, 4, 5, 999_999)),
        ("2026-12-31T24:00:00Z", utc(2027, 1, 1)),
        ("2026-12-31T24:00:00.000+01:00", utc(2026, 12, 31, 23)),
        ("2024-02-29T00:00:00Z", utc(2024, 2, 29)),
        ("0001-01-01T00:00:00Z", utc(1, 1, 1)),
        ("9999-12-31T23:59:59Z", utc(9999, 12, 31, 23, 59, 59)),
    ],
)
def test_timestamp_is_read_in_utc(text, moment):
    read = parse_timestamp(text)
    assert read == moment
    assert read.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-01-02",
        "2026-01-02T03:04Z",
        "2026-01-02t03:04:05Z",
        "2026-01-02T03:04:05z",
        "2026-01-02 03:04:05Z",
        "2026-1-2T03:04:05Z",
        "20260102T030405Z",
        "2026-W01-1T00:00:00Z",
        "2026-01-02T03:04:05.Z",
        "2026-01-02T03:04:05,5Z",
        "2026-01-02T03:04:05+14:01",
        "2026-01-02T03:04:05+15:00",
        "2026-01-02T03:04:05+0100",
        "2026-01-02T03:04:05+01",
        "2026-01-02T03:04:05+01:00:00",
        "2026-01-02T03:04:60Z",
        "2016-12-31T23:59:60Z",
        "-2026-01-02T03:04:05Z",
        "12026-01-02T03:04:05Z",
        "2026-01-02T03:04:05Z\n",
        " 2026-01-02T03:04:05Z",
        "\u0662\u0660\u0662\u0666-01-02T03:04:05Z",
        "2026-01-02T03:04:05",
    ],
)
def test_other_form_is_refused(text):
    with pytest.raises(InputError, match="expected a date and time with a zone") as caught:
        parse_timestamp(text)
    assert caught.value.rule == "timestamp"


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-02T25:00:00Z",
        "2026-01-02T24:00:01Z",
        "2026-01-02T24:00:00.001Z",
        "2026-01-02T24:30:00Z",
        "0000-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:00:00-14:00",
        "9999-12-31T24:00:00Z",
    ],
)
def test_moment_that_does_not_exist_is_refused(text):
    with pytest.raises(InputError, match="no such date or time") as caught:
        parse_timestamp(text)
    assert caught.value.rule == "timestamp"


def test_time_without_zone_is_utc_only_where_none_is_required():
    assert parse_timestamp("2026-01-02T03:04:05", zone_required=False) == utc(2026, 1, 2, 3, 4, 5)
    assert parse_timestamp("2026-01-02T03:04:05+01:00", zone_required=False) == utc(2026, 1, 2, 2, 4, 5)


def test_long_text_is_shown_in_part():
    with pytest.raises(InputError) as caught:
        parse_timestamp("x" * 10_000)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (utc(2026, 1, 2, 3, 4, 5), "2026-01-02T03:04:05Z"),
        (utc(2026, 1, 2, 3, 4, 5, 999_999), "2026-01-02T03:04:05Z"),
        (utc(33, 4, 5, 6), "0033-04-05T06:00:00Z"),
        (datetime(2026, 1, 2, 1, tzinfo=timezone(timedelta(hours=2))), "2026-01-01T23:00:00Z"),
    ],
)
def test_moment_is_written_in_utc_to_the_second(moment, text):
    assert format_timestamp(moment) == text


def test_moment_without_zone_is_not_written():
    with pytest.raises(InputError, match="time zone"):
        format_timestamp(datetime(2026, 1, 2))  # noqa: DTZ001 - the fault under test


@given(st.datetimes(timezones=st.just(UTC)))
def test_written_moment_is_read_back(moment):
    assert parse_timestamp(format_timestamp(moment)) == moment.replace(microsecond=0)


def test_timestamp_too_long_to_be_remembered_is_refused():
    with pytest.raises(InputError):
        parse_timestamp("2026-01-02T03:04:05." + "0" * 300 + "Z")
