"""Canonical JSON: the vectors of RFC 8785 and of the cryptosuites that use it, and a second implementation."""

import json
import math
import struct
from enum import StrEnum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.canonical.jcs import jcs
from skillmark.errors import CanonicalizationError

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
SORTED_DIFFERENTLY = st.text(st.sampled_from("a\uffee\U00010000\U0010ffff\ue000\u20ac"), max_size=3)
SCALARS = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT
FLOATS = st.floats(allow_nan=False, allow_infinity=False)


def values(scalars, names):
    return st.recursive(
        scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=5), max_leaves=20
    )


def test_sample_of_section_3_2_2_is_written_so():
    sample = r"""{
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    }"""
    expected = (
        r'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
        '"string":"\u20ac$' + r"""\u000f\nA'B\"\\\\\"/"}"""
    )
    assert jcs(json.loads(sample)) == expected.encode()


def test_names_are_sorted_by_utf_16_as_in_section_3_2_3():
    names = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert list(json.loads(jcs(names)).values()) == [
        "Carriage Return",
        "One",
        "Control",
        "Latin Small Letter O With Diaeresis",
        "Euro Sign",
        "Emoji: Grinning Face",
        "Hebrew Letter Dalet With Dagesh",
    ]


@pytest.mark.parametrize(
    ("bits", "text"),
    # RFC 8785, appendix B
    [
        ("0000000000000000", "0"),
        ("8000000000000000", "0"),
        ("0000000000000001", "5e-324"),
        ("8000000000000001", "-5e-324"),
        ("7fefffffffffffff", "1.7976931348623157e+308"),
        ("ffefffffffffffff", "-1.7976931348623157e+308"),
        ("4340000000000000", "9007199254740992"),
        ("c340000000000000", "-9007199254740992"),
        ("4430000000000000", "295147905179352830000"),
        ("44b52d02c7e14af5", "9.999999999999997e+22"),
        ("44b52d02c7e14af6", "1e+23"),
        ("44b52d02c7e14af7", "1.0000000000000001e+23"),
        ("444b1ae4d6e2ef4e", "999999999999999700000"),
        ("444b1ae4d6e2ef4f", "999999999999999900000"),
        ("444b1ae4d6e2ef50", "1e+21"),
        ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
        ("3eb0c6f7a0b5ed8d", "0.000001"),
        ("41b3de4355555553", "333333333.3333332"),
        ("41b3de4355555554", "333333333.33333325"),
        ("41b3de4355555555", "333333333.3333333"),
        ("41b3de4355555556", "333333333.3333334"),
        ("41b3de4355555557", "333333333.33333343"),
        ("becbf647612f3696", "-0.0000033333333333333333"),
        ("43143ff3c1cb0959", "1424953923781206.2"),
    ],
)
def test_double_is_written_as_ecmascript_writes_it(bits, text):
    (number,) = struct.unpack(">d", bytes.fromhex(bits))
    assert jcs([number]) == f"[{text}]".encode()


@given(values(SCALARS, TEXT))
def test_usual_document_has_the_form_that_a_second_implementation_gives_it(value):
    assert jcs(value) == rfc8785.dumps(value)


@given(values(SCALARS | FLOATS, TEXT | SORTED_DIFFERENTLY))
def test_unusual_document_has_the_form_that_a_second_implementation_gives_it(value):
    assert jcs(value) == rfc8785.dumps(value)


def test_astral_names_are_sorted_by_code_unit_and_astral_values_change_nothing():
    assert jcs({"\uffff": 1, "\U00010000": [{"": 0}]}) == '{"\U00010000":[{"":0}],"\uffff":1}'.encode()
    assert (
        jcs({"b": "\U0001f600", "a": ["\U0010ffff", {"": None}]})
        == '{"a":["\U0010ffff",{"":null}],"b":"\U0001f600"}'.encode()
    )


class Word(StrEnum):
    YES = "yes"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2**53 - 1, b"9007199254740991"),
        (-(2**53) + 1, b"-9007199254740991"),
        ((1, "a"), b'[1,"a"]'),
        ({"a": Word.YES}, b'{"a":"yes"}'),
    ],
)
def test_value_at_the_edge_is_written(value, text):
    assert jcs(value) == text


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        [math.inf],
        {"a": {"b": -math.inf}},
        2**53,
        -(2**53),
        [10**400],
        "\ud800",
        ["a\udc00"],
        {"\ud800": 1},
        {1: 2},
        {None: 1},
        b"bytes",
        object(),
    ],
)
def test_value_without_canonical_form_is_refused(value):
    with pytest.raises(CanonicalizationError):
        jcs(value)


def test_value_that_holds_itself_is_refused():
    endless = []
    endless.append(endless)
    with pytest.raises(CanonicalizationError, match="too deep"):
        jcs(endless)


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("vc-di-eddsa/eddsa-jcs-2022", "JCS"),
        ("vc-di-ecdsa/ecdsa-jcs-2019-p256", "JCSECDSAP256"),
        ("vc-di-ecdsa/ecdsa-jcs-2019-p384", "JCSECDSAP384"),
    ],
)
def test_document_and_proof_of_the_cryptosuite_vectors_have_the_published_form(shared, folder, name):
    vectors = shared / "vectors" / folder
    document = json.loads((vectors / f"signed{name}.json").read_bytes())
    del document["proof"]
    assert jcs(document) == (vectors / f"canonDoc{name}.txt").read_bytes().strip()
    proof = json.loads((vectors / f"proofConfig{name}.json").read_bytes())
    assert jcs(proof) == (vectors / f"proofCanon{name}.txt").read_bytes().strip()
