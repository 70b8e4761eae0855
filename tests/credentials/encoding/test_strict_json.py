"""Strict JSON: what is read, what is refused, and where the fault is said to lie."""

import json
import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.encoding.json_faults import find_fault
from skillmark.credentials.encoding.strict_json import LIMITS, Limits, dumps, parse, parse_object
from skillmark.errors import InputError

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20) + 1, 10**20 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=30,
)


def refusal(data, **limits):
    with pytest.raises(InputError) as caught:
        parse(data, limits=Limits(**limits))
    return caught.value.rule, caught.value.pointer


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (b"{}", {}),
        (b"[]", []),
        (b'"\\ud83d\\ude00"', "\N{GRINNING FACE}"),
        (b' \t\r\n{"a":[1,2.5,true,false,null,"x"]}\n', {"a": [1, 2.5, True, False, None, "x"]}),
        (b'{\n  "a": [\n    1\n  ]\n}\n', {"a": [1]}),
        (b'{"a" : "\\u00e9\\/\\n"}', {"a": "\u00e9/\n"}),
        ('{"name":"Z\u00fcrich"}', {"name": "Z\u00fcrich"}),
        (b"-0", 0),
        (b"1E2", 100.0),
        (b"1e-400", 0.0),
        (b'"\x7f"', "\x7f"),
    ],
)
def test_document_is_read(text, value):
    read = parse(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize("number", ["18446744073709551616", "-9223372036854775809", "99999999999999999999"])
def test_integer_beyond_64_bits_stays_exact(number):
    assert parse(f'{{"a":[{number}]}}') == {"a": [int(number)]}


@given(
    VALUES, st.sampled_from([{}, {"indent": 2}, {"indent": "\t"}, {"ensure_ascii": False, "separators": (",", ":")}])
)
def test_value_is_read_as_the_standard_library_wrote_it(value, style):
    assert repr(parse(json.dumps(value, **style))) == repr(value)


@given(VALUES)
def test_written_value_is_read_back(value):
    assert repr(parse(dumps(value))) == repr(value)


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        (b'{"a":1,"a":1}', "/a"),
        (b'{"a":1,"b":{"c":[0,{"d":1,"e":2,"d":3}]}}', "/b/c/1/d"),
        (b'{"a":1, "\\u0061":2}', "/a"),
        (b'{"a/b~c":{"":0,"":0}}', "/a~1b~0c/"),
        (b'{"issuer":"honest","issuer":"attacker"}', "/issuer"),
    ],
)
def test_duplicate_member_is_refused_at_its_place(text, pointer):
    assert refusal(text) == ("json-duplicate-member", pointer)


def test_nesting_is_read_up_to_the_limit_and_refused_beyond():
    at_limit = b"[" * 64 + b"]" * 64
    assert json.loads(at_limit) == parse(at_limit)
    assert refusal(b"[" + at_limit + b"]") == ("json-depth", "/0" * 64)
    assert refusal(b'{"a":{"b":{}}}', depth=2) == ("json-depth", "/a/b")
    assert refusal(b'{"a":{"b":[[]]}}', depth=3) == ("json-depth", "/a/b/0")


def test_wide_document_is_not_deep():
    wide = {"a": [{"b": [number]} for number in range(100)]}
    assert parse(json.dumps(wide)) == wide
    assert parse('"' + "[{" * 100 + '"') == "[{" * 100


@pytest.mark.parametrize("depth", [300, 1010, 20_000])
@pytest.mark.parametrize("form", ["closed", "open", "hidden by a duplicate"])
def test_deep_nesting_is_refused_without_recursion(depth, form):
    text = "[" * depth + ("" if form == "open" else "]" * depth)
    if form == "hidden by a duplicate":
        text = '{"a":' + text + ',"a":1}'
    rule, pointer = refusal(text)
    assert rule == "json-depth"
    assert pointer.count("/0") >= 63


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        (b'{"a":[0,1e400]}', "/a/1"),
        (b"[-1e400]", "/0"),
        (b"NaN", ""),
        (b'{"a":NaN}', "/a"),
        (b"[Infinity]", "/0"),
        (b"[1,-Infinity]", "/1"),
        (b'{"n":100000000000000000000}', "/n"),
        (b'{"n":-100000000000000000000}', "/n"),
        (b"9" * 20_000, ""),
        (b'{"a":{"n":' + b"9" * 20_000 + b"}}", "/a/n"),
    ],
)
def test_number_that_json_or_a_double_lacks_is_refused(text, pointer):
    assert refusal(text) == ("json-number", pointer)


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        (b'"\\ud800"', ""),
        (b'{"a":["x","\\udc00y"]}', "/a/1"),
        (b'{"a":{"\\ud800":1}}', "/a"),
        (b'"\xed\xa0\x80"', ""),
        ('{"a":"\ud800"}', "/a"),
        ('{"b":{"\udfff":1}}', "/b"),
        (b'{"\\ud83d\\ude00":["\\ude00\\ud83d"]}', "/\N{GRINNING FACE}/0"),
    ],
)
def test_lone_surrogate_is_refused(text, pointer):
    assert refusal(text) == ("json-surrogate", pointer)


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        (b"", ""),
        (b" \n", ""),
        (b"\xef\xbb\xbf{}", ""),
        (b"{} {}", ""),
        (b"{}x", ""),
        (b"01", ""),
        (b"-", ""),
        (b"+1", ""),
        (b".5", ""),
        (b"[1.]", "/0"),
        (b"[1e]", "/0"),
        (b"[tru]", "/0"),
        (b"[1,]", "/1"),
        (b"[1 2]", "/0"),
        (b"[1}", "/0"),
        (b'{"a":1]', "/a"),
        (b"[1", "/0"),
        (b"[", "/0"),
        (b"{", ""),
        (b"{a:1}", ""),
        (b"{'a':1}", ""),
        (b'{"a":1,}', ""),
        (b'{"a":{"b":1,}}', "/a"),
        (b'{"a"}', "/a"),
        (b'{"a" 1}', "/a"),
        (b'{"a":}', "/a"),
        (b'{"a":"b', "/a"),
        (b'{"a":"\\x41"}', "/a"),
        (b'{"a":"\\u12"}', "/a"),
        (b'{"a":"\x00"}', "/a"),
        (b'{"a":"\n"}', "/a"),
        (b'{"a":{"b\t":1}}', "/a"),
        (b'{"a":["\xff"]}', "/a/0"),
        (b'{"a":{"\xc0\x80":1}}', "/a"),
        (b"[1,\xff]", "/1"),
        (b"\x00", ""),
        ('{"a":1}'.encode("utf-16"), ""),
        (b"[1,//\n2]", "/1"),
    ],
)
def test_text_that_is_not_json_is_refused_at_its_place(text, pointer):
    assert refusal(text) == ("json-syntax", pointer)


def test_fault_says_what_was_expected_and_what_came():
    with pytest.raises(InputError, match=r"expected a value, got ']' \(character 10\)"):
        parse(b'{"a":[ 1, ]}')


def test_size_is_counted_in_bytes():
    text = '"' + "\u00e9" * 10 + '"'
    assert parse(text, limits=Limits(size=22)) == "\u00e9" * 10
    assert refusal(text, size=21) == ("json-size", "")
    assert refusal(b" " * (LIMITS.size + 1)) == ("json-size", "")


def test_first_fault_of_several_is_named():
    assert refusal(b'{"a":1,"a":NaN') == ("json-duplicate-member", "/a")
    assert refusal(b'{"a":NaN,"a":1}') == ("json-number", "/a")


@given(
    st.binary(max_size=60)
    | st.text(st.sampled_from('{}[]",:0123456789.eE+-truefalsn\\u \n\ud800')).map(
        lambda s: s.encode("utf-8", "surrogatepass")
    )
)
def test_text_is_read_as_the_standard_library_reads_it_or_refused_with_a_place(data):
    try:
        value = parse(data)
    except InputError as caught:
        fault = caught
    else:
        assert repr(value) == repr(json.loads(data))
        return
    assert fault.rule.startswith("json-")
    assert fault.pointer is not None
    assert "reader accepts" not in str(fault)


def test_text_without_a_fault_gets_a_general_answer():
    fault = find_fault(b'{"a":[1,-2.5e3,true,null,"x",[],{}]}', depth=64, integer_digits=20)
    assert (fault.rule, fault.pointer) == ("json-syntax", "")


@pytest.mark.parametrize("limits", [{"depth": 0}, {"depth": 251}, {"integer_digits": 19}])
def test_limit_that_the_reader_cannot_keep_is_a_mistake(limits):
    with pytest.raises(ValueError, match=r"depth limit|digits"):
        Limits(**limits)


def test_more_digits_may_be_allowed():
    assert parse(b"9" * 30, limits=Limits(integer_digits=30)) == 10**30 - 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (b"[]", "an array"),
        (b'"x"', "a string"),
        (b"1", "a number"),
        (b"1.5", "a number"),
        (b"true", "a boolean"),
        (b"null", "null"),
    ],
)
def test_object_is_expected_where_asked_for(text, kind):
    with pytest.raises(InputError, match=f"expected a JSON object, got {kind}"):
        parse_object(text)
    assert parse_object(b'{"a":1}') == {"a": 1}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"b": 1, "a": [None, "\u00e9", 1.5]}, '{"b":1,"a":[null,"\u00e9",1.5]}'),
        ([2**64, (-(2**63) - 1,), True], "[18446744073709551616,[-9223372036854775809],true]"),
        ({"null": float(3)}, '{"null":3.0}'),
    ],
)
def test_value_is_written_compactly(value, text):
    assert dumps(value) == text.encode()


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        ([math.nan], "json-number"),
        ({"a": (1, [-math.inf])}, "json-number"),
        ([10**20], "json-number"),
        ("\ud800", "json-surrogate"),
        ({"\udc00": 1}, "json-surrogate"),
        ([2**64, "\udc00"], "json-surrogate"),
        ({1: 2}, "json-syntax"),
        ([2**64, {None: 1}], "json-syntax"),
        (b"bytes", "json-syntax"),
        (datetime(2026, 1, 2, tzinfo=UTC), "json-syntax"),
        (LIMITS, "json-syntax"),
    ],
)
def test_value_that_is_no_json_is_not_written(value, rule):
    with pytest.raises(InputError) as caught:
        dumps(value)
    assert caught.value.rule == rule


def test_value_that_holds_itself_is_not_written():
    endless = [2**64]
    endless.append(endless)
    with pytest.raises(InputError, match="nested too deep"):
        dumps(endless)


@pytest.mark.parametrize(
    ("name", "rule", "pointer"),
    [("A23-deep.json", "json-depth", "/credentialSubject" + "/0" * 63), ("A24-numbers.json", "json-number", "/a")],
)
def test_attack_is_refused(shared, name, rule, pointer):
    assert refusal((shared / "attack" / name).read_bytes()) == (rule, pointer)
