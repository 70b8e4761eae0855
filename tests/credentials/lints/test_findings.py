"""How values stand in messages: short, and harmless on any screen."""

import pytest

from skillmark.credentials.lints.findings import shown


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "'plain'"),
        ("\u202e\x1b[31m", "'\\u202e\\x1b[31m'"),
        (5, "5"),
        (None, "None"),
        (["a"], "['a']"),
        ("x" * 61, "'" + "x" * 59 + "\\u2026'"),
        ([1] * 99, "[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1…"),
    ],
)
def test_value_is_shown_short_and_in_ascii(value, text):
    assert shown(value) == text
