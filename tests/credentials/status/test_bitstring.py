"""Order, width and encoding of a status list's bits, against literals and two other implementations."""

import gzip
import random
import shutil
import subprocess
from base64 import urlsafe_b64decode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openbadgeslib.ob3 import status as stranger
from openbadgeslib.ob3 import status_list as stranger_list

from skillmark.credentials.status import MINIMUM_ENTRIES, Problem, StatusList, decode_list, value_at
from skillmark.errors import StatusError

# Written by hand as a string of 0 and 1, packed by perl's pack("B*"), compressed by the program gzip.
ONE_BIT = "uH4sIAAAAAAAAA-3OQREAAAQAMJqJJroMXu7clmBdAQAAAAAAAAAAAADAM3kdAAAAAGArB361UNYAQAAA"
TWO_BITS = "uH4sIAAAAAAAAA-3BAQEAAAgCoOz_uCY1ROB2AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAKBdHpjB1fIAgAAA"
THREE_BITS = (
    "uH4sIAAAAAAAAA-3BMQEAAAgDoB32L2GRRTOGD7BpAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAADg2RyJ"
    "ovPrAMAAAA"
)
VECTORS = [
    pytest.param(ONE_BIT, 1, {0: 1, 9: 1, 94567: 1, 131071: 1}, id="one bit"),
    pytest.param(TWO_BITS, 2, {0: 3, 1: 1, 7: 2, 131071: 1}, id="two bits"),
    pytest.param(THREE_BITS, 3, {0: 5, 2: 6, 5: 3, 131071: 4}, id="three bits, across bytes"),
]
LAYOUTS = [
    pytest.param(1, 0, 1, {0: 0x80}, id="index 0 is the left-most bit"),
    pytest.param(1, 7, 1, {0: 0x01}, id="index 7 ends the first byte"),
    pytest.param(1, 8, 1, {1: 0x80}, id="index 8 begins the second byte"),
    pytest.param(1, 131071, 1, {16383: 0x01}, id="the last index is the right-most bit"),
    pytest.param(2, 0, 3, {0: 0xC0}, id="both bits on the left"),
    pytest.param(2, 0, 1, {0: 0x40}, id="the left bit counts most"),
    pytest.param(2, 3, 2, {0: 0x02}, id="fourth entry of two bits"),
    pytest.param(3, 2, 7, {0: 0x03, 1: 0x80}, id="an entry may straddle bytes"),
    pytest.param(4, 1, 0xA, {0: 0x0A}, id="half a byte"),
    pytest.param(8, 1, 0x5C, {1: 0x5C}, id="a whole byte"),
    pytest.param(16, 1, 0x1234, {2: 0x12, 3: 0x34}, id="two bytes, most significant first"),
]


@pytest.mark.parametrize(("encoded", "size", "values"), VECTORS)
def test_list_made_by_other_tools_is_read_at_the_right_positions(encoded, size, values):
    bits = decode_list(encoded)
    assert {index: value for index in range(MINIMUM_ENTRIES) if (value := value_at(bits, index, size))} == values


@pytest.mark.parametrize(("encoded", "size", "values"), VECTORS)
def test_list_written_by_us_holds_the_bytes_of_other_tools(encoded, size, values):
    ours = StatusList(size=size)
    for index, value in values.items():
        ours.set(index, value)
    assert bytes(ours) == inflated(encoded)
    assert inflated(ours.encode()) == inflated(encoded)


@pytest.mark.parametrize(("size", "index", "value", "expected"), LAYOUTS)
def test_entry_lies_where_the_standard_puts_it(size, index, value, expected):
    ours = StatusList(size=size)
    ours.set(index, value)
    assert {place: byte for place, byte in enumerate(bytes(ours)) if byte} == expected
    assert ours.get(index) == value


def test_published_example_list_is_16_kib_of_nothing(shared):
    text = (shared / "vectors/bitstring-status-list/example-4.json").read_text()
    encoded = text.split('"encodedList": "')[1].split('"')[0]
    assert decode_list(encoded) == bytes(16_384)


def test_stranger_reads_the_bits_we_wrote_and_we_read_his():
    chosen = set(random.Random(7).sample(range(MINIMUM_ENTRIES), 500))
    ours = StatusList()
    for index in chosen:
        ours.set(index)
    theirs = stranger.decode_encoded_list(ours.encode())
    assert {index for index in range(MINIMUM_ENTRIES) if stranger._bit_set(theirs, index)} == chosen
    bits = decode_list(stranger_list.encode_bitstring(chosen))
    assert {index for index in range(MINIMUM_ENTRIES) if value_at(bits, index)} == chosen


@settings(max_examples=40)
@given(
    size=st.integers(1, 16),
    changes=st.lists(st.tuples(st.integers(0, MINIMUM_ENTRIES - 1), st.integers(0, 2**16 - 1)), max_size=30),
)
def test_list_agrees_with_a_string_of_zeros_and_ones(size, changes):
    ours, oracle = StatusList(size=size), ["0" * size] * MINIMUM_ENTRIES
    for index, number in changes:
        value = number % (1 << size)
        ours.set(index, value)
        oracle[index] = f"{value:0{size}b}"
    text = "".join(oracle)
    assert bytes(ours) == int(text, 2).to_bytes(len(text) // 8, "big")
    assert decode_list(ours.encode()) == bytes(ours)
    assert all(ours.get(index) == int(oracle[index], 2) for index, _ in changes)


@settings(max_examples=25)
@given(st.lists(st.lists(st.integers(0, 2**21 - 1), min_size=1, max_size=4), min_size=1, max_size=6))
def test_list_encoded_after_each_change_equals_the_list_encoded_at_once(batches):
    ours, bits = StatusList(1 << 21), bytearray(1 << 18)
    for batch in batches:
        for index in batch:
            ours.set(index, 1 - ours.get(index))
            bits[index // 8] ^= 128 >> index % 8
        encoded = ours.encode()
        assert inflated(encoded) == bytes(bits)
    assert encoded == StatusList.from_bytes(bytes(bits)).encode()


def test_change_that_changes_nothing_leaves_the_text_as_it_was():
    ours = StatusList()
    before = ours.encode()
    ours.set(5, 0)
    assert ours.encode() == before


def test_entry_that_straddles_two_pieces_renews_both():
    ours = StatusList(1 << 18, size=3)
    ours.encode()
    index = 65_536 * 8 // 3  # its bits 524286 to 524288 lie on both sides of the first 65,536 bytes
    ours.set(index, 7)
    bits = inflated(ours.encode())
    assert {place: byte for place, byte in enumerate(bits) if byte} == {65_535: 0x03, 65_536: 0x80}


def test_program_gzip_accepts_the_member(tmp_path):
    if shutil.which("gzip") is None:
        pytest.skip("gzip is absent")
    ours = StatusList(1 << 20)
    for index in random.Random(3).sample(range(1 << 20), 9000):
        ours.set(index)
    path = tmp_path / "list.gz"
    path.write_bytes(unwrapped(ours.encode()))
    subprocess.run(["gzip", "-t", str(path)], check=True)
    assert subprocess.run(["gzip", "-dc", str(path)], check=True, capture_output=True).stdout == bytes(ours)


@pytest.mark.parametrize("share", [0, 0.001, 0.01, 0.02, 0.05, 0.5, 0.99])
def test_text_is_at_most_one_percent_longer_than_one_stream_at_level_6(share):
    generator = random.Random(11)
    bits = bytes(
        sum(0x80 >> bit for bit in range(8) if generator.random() < share) if share else 0 for _ in range(1 << 18)
    )
    encoded = StatusList.from_bytes(bits).encode()
    assert len(unwrapped(encoded)) <= max(len(gzip.compress(bits, 6)) * 1.01, 1000)


def test_repeating_entries_that_straddle_bytes_stay_short():
    bits = bytes.fromhex("924924") * (1 << 17)  # every entry of three bits is 4: a pattern of three bytes
    encoded = StatusList.from_bytes(bits, size=3).encode()
    assert len(unwrapped(encoded)) <= len(gzip.compress(bits, 6)) * 2


IMPOSSIBLE = {
    "below the herd": (lambda: StatusList(MINIMUM_ENTRIES - 8), Problem.LIST_LENGTH),
    "no whole bytes": (lambda: StatusList(MINIMUM_ENTRIES + 1), Problem.LIST_LENGTH),
    "beyond what is inflated": (lambda: StatusList((1 << 27) + 8), Problem.LIST_LENGTH),
    "entries of no bits": (lambda: StatusList(size=0), Problem.MALFORMED_VALUE),
    "entries too wide": (lambda: StatusList(size=17), Problem.MALFORMED_VALUE),
    "bytes as entries of no bits": (lambda: StatusList.from_bytes(bytes(16_384), size=0), Problem.MALFORMED_VALUE),
    "bytes that hold no whole entries": (
        lambda: StatusList.from_bytes(bytes(147_457), size=9),
        Problem.MALFORMED_VALUE,
    ),
    "bytes below the herd": (lambda: StatusList.from_bytes(bytes(16_383)), Problem.LIST_LENGTH),
    "read after the end": (lambda: StatusList().get(MINIMUM_ENTRIES), Problem.RANGE),
    "read before the start": (lambda: StatusList().get(-1), Problem.RANGE),
    "write after the end": (lambda: StatusList().set(MINIMUM_ENTRIES), Problem.RANGE),
    "value too large": (lambda: StatusList().set(0, 2), Problem.RANGE),
    "value below zero": (lambda: StatusList().set(0, -1), Problem.RANGE),
    "look up after the end": (lambda: value_at(bytes(2), 16), Problem.RANGE),
    "look up across the end": (lambda: value_at(bytes(2), 5, 3), Problem.RANGE),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_impossible_list_or_position_is_refused_by_its_problem_type(case):
    make, problem = IMPOSSIBLE[case]
    with pytest.raises(StatusError) as caught:
        make()
    assert caught.value.problem == problem


def test_largest_list_a_verifier_will_inflate_can_be_made():
    assert len(StatusList(1 << 27)) == 134_217_728


def inflated(encoded: str) -> bytes:
    return gzip.decompress(unwrapped(encoded))


def unwrapped(encoded: str) -> bytes:
    assert encoded[0] == "u"
    assert "=" not in encoded
    return urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4))
