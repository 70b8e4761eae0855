"""base58btc, base64url and multibase: two independent writers agree, and only canonical text is read."""

import base64

import base58
import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.encoding import multibase
from skillmark.credentials.encoding.multibase import (
    base58_decode,
    base58_encode,
    base64url_decode,
    base64url_encode,
    multibase_decode,
    multibase_encode,
)
from skillmark.errors import InputError

NO_LIMIT = 100_000


@pytest.mark.parametrize(
    ("data", "text"),
    # draft-msporny-base58-03, section 5
    [
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (bytes.fromhex("0000287fb4cd"), "11233QC4"),
        (b"", ""),
        (b"\0", "1"),
    ],
)
def test_published_base58_vector_holds_both_ways(data, text):
    assert base58_encode(data) == text
    assert base58_decode(text) == data


@given(st.binary(max_size=140), st.integers(0, 8))
def test_base58_is_what_a_second_implementation_writes(data, zeros):
    data = bytes(zeros) + data
    assert base58_encode(data) == base58.b58encode(data).decode()
    assert base58_decode(base58_encode(data), limit=NO_LIMIT) == data


@pytest.mark.parametrize("size", [1, 11, 12, 23, 24, 32, 34, 35, 48, 64, 96, 270, 1040])
@pytest.mark.parametrize("fill", [b"\x01", b"\x80", b"\xff"])
def test_base58_holds_at_the_edges_of_its_chunks(size, fill):
    for data in (fill * size, fill + bytes(size - 1), bytes(size - 1) + fill):
        assert base58_encode(data) == base58.b58encode(data).decode()
        assert base58_decode(base58_encode(data), limit=NO_LIMIT) == data


@pytest.mark.parametrize("power", range(1, 100, 7))
@pytest.mark.parametrize("nearby", [-1, 0, 1])
def test_base58_holds_near_powers_of_its_base(power, nearby):
    number = 58**power + nearby
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    assert base58_encode(data) == base58.b58encode(data).decode()
    assert base58_decode(base58_encode(data)) == data


@pytest.mark.parametrize("text", ["0", "O", "I", "l", "2NEpo7TZRRrLZSi2U ", "\u00e92", "\ud800", "a\0"])
def test_character_outside_base58_is_refused(text):
    with pytest.raises(InputError, match="alphabet"):
        base58_decode(text)


def test_base58_text_is_bounded_before_it_is_read():
    assert base58_decode("z" * 200) == base58.b58decode("z" * 200)
    with pytest.raises(InputError, match="201 characters, more than the 200"):
        base58_decode("z" * 201)
    with pytest.raises(InputError, match="more than the 3"):
        multibase_decode("zzzzz", limit=3)


@given(st.binary(max_size=100))
def test_base64url_is_what_the_standard_library_writes(data):
    text = base64.urlsafe_b64encode(data).rstrip(b"=").decode()
    assert base64url_encode(data) == text
    assert base64url_decode(text) == data


@pytest.mark.parametrize(
    "text", ["AA==", "AAA=", "+A", "/A", "A A", "AAAA\n", "!AAA", "AA-=", "=AAA", "\u00e9A", "AA\ud800A", "AA.A"]
)
def test_character_outside_base64url_is_refused(text):
    with pytest.raises(InputError, match="base64url"):
        base64url_decode(text)


@pytest.mark.parametrize("text", ["A", "AAAAA", "AB", "Ah", "AAB", "AA_", "AAAAA_"])
def test_base64url_cut_short_or_with_unused_bits_is_refused(text):
    with pytest.raises(InputError, match="unused bits"):
        base64url_decode(text)


@given(st.text(st.sampled_from("ABgwQUVZ09-_+/= "), max_size=9))
def test_base64url_text_is_read_only_if_it_would_be_written_so(text):
    try:
        data = base64url_decode(text)
    except InputError:
        return
    assert base64url_encode(data) == text


@pytest.mark.parametrize("base", ["z", "u"])
@given(data=st.binary(max_size=80))
def test_multibase_is_read_as_written(base, data):
    text = multibase_encode(data, base)
    assert text[0] == base
    assert multibase_decode(text) == data


def test_multibase_writes_base58_unless_asked():
    assert multibase_encode(b"Hello World!") == "z2NEpo7TZRRrLZSi2U"


@pytest.mark.parametrize("text", ["", "f00", "mAAA", "Z2NEpo7TZRRrLZSi2U", "\ud800"])
def test_other_multibase_prefix_is_refused(text):
    with pytest.raises(InputError, match="starts with z or u"):
        multibase_decode(text)


@pytest.mark.parametrize(
    ("name", "code"),
    # https://github.com/multiformats/multicodec/blob/master/table.csv
    [
        ("ED25519_PUB", 0xED),
        ("X25519_PUB", 0xEC),
        ("SECP256K1_PUB", 0xE7),
        ("P256_PUB", 0x1200),
        ("P384_PUB", 0x1201),
        ("P521_PUB", 0x1202),
        ("RSA_PUB", 0x1205),
        ("ED25519_PRIV", 0x1300),
        ("P256_PRIV", 0x1306),
        ("P384_PRIV", 0x1307),
    ],
)
def test_multicodec_prefix_is_the_varint_of_its_code(name, code):
    low, high = getattr(multibase, name)
    assert low & 0x80
    assert (low & 0x7F) | high << 7 == code


def test_multihash_prefix_names_function_and_length():
    assert bytes([0x12, 32]) == multibase.SHA2_256
    assert bytes([0x20, 48]) == multibase.SHA2_384
