"""Walking documents of unknown shape finds objects with their pointers and trips over nothing."""

import pytest

from skillmark.credentials.model import places


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"a": 1}, [("/at/m", {"a": 1})]),
        ([{"a": 1}, 5, None, {"b": 2}], [("/at/m/0", {"a": 1}), ("/at/m/3", {"b": 2})]),
        (None, []),
        ("text", []),
        ([["nested"]], []),
    ],
)
def test_objects_of_a_member_are_found_single_or_in_an_array(value, found):
    assert list(places.objects({"m": value}, "m", "/at")) == found


def test_absent_member_has_no_objects():
    assert list(places.objects({}, "m")) == []


@pytest.mark.parametrize(
    ("value", "found"), [("a", ("a",)), (["a", 5, "b"], ("a", "b")), ([], ()), (5, ()), (None, ())]
)
def test_texts_of_a_member(value, found):
    assert places.texts({"m": value}, "m") == found


@pytest.mark.parametrize(("value", "found"), [("a", "a"), ("", None), (5, None), (None, None), (["a"], None)])
def test_text_of_a_member(value, found):
    assert places.text({"m": value}, "m") == found


@pytest.mark.parametrize(("value", "found"), [(5, 5), (0, 0), (2.5, 2.5), (True, None), ("5", None), (None, None)])
def test_number_of_a_member(value, found):
    assert places.number({"m": value}, "m") == found
