"""The gzip member made of pieces, and the refusal of whatever is not exactly one honest member."""

import gzip
import random
import tracemalloc
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.status.bitstring import decode_list
from skillmark.credentials.status.deflate import Piece, combine_crc, compress, expand, join
from skillmark.credentials.status.problems import Problem
from skillmark.errors import StatusError

HONEST = gzip.compress(bytes(20_000), mtime=0)


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_combined_checksum_is_that_of_the_joined_bytes(first, second):
    assert combine_crc(zlib.crc32(first), zlib.crc32(second), len(second)) == zlib.crc32(first + second)


@given(st.lists(st.binary(max_size=300), max_size=5), st.booleans())
def test_joined_pieces_are_one_gzip_member_of_the_joined_bytes(parts, periodic):
    text = join([compress(part, periodic=periodic) for part in parts])
    assert gzip.decompress(decoded(text)) == b"".join(parts)
    assert expand(text) == b"".join(parts)


@pytest.mark.parametrize("seed", range(6))
def test_every_piece_is_a_whole_number_of_base64_quads(seed):
    generator = random.Random(seed)
    piece = compress(generator.randbytes(generator.randrange(1, 5000)))
    assert len(piece.text) % 4 == 0
    assert "=" not in piece.text


def test_pieces_refer_to_nothing_before_them():
    one, two = compress(b"\x00\x80" * 900), compress(b"\x00\x80" * 700)
    assert expand(join([two, one])) == b"\x00\x80" * 1600


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(HONEST + b"\0", id="a byte after the member"),
        pytest.param(HONEST + HONEST, id="two members"),
        pytest.param(HONEST + HONEST[-8:], id="a second trailer"),
        pytest.param(HONEST[:-1], id="cut short"),
        pytest.param(HONEST[:-4] + (19_999).to_bytes(4, "little"), id="announces one byte too few"),
        pytest.param(HONEST[:-4] + (20_001).to_bytes(4, "little"), id="announces one byte too many"),
        pytest.param(HONEST[:-4] + bytes(4), id="announces nothing"),
        pytest.param(HONEST[:-8] + bytes(4) + HONEST[-4:], id="wrong checksum"),
        pytest.param(zlib.compress(bytes(20_000)), id="zlib, not gzip"),
        pytest.param(b"", id="nothing"),
        pytest.param(bytes(17), id="too few bytes"),
        pytest.param(bytes(400), id="zeros"),
    ],
)
def test_anything_but_one_honest_member_is_malformed(data):
    with pytest.raises(StatusError) as caught:
        expand(encoded(data))
    assert caught.value.problem == Problem.MALFORMED_VALUE


@pytest.mark.parametrize("text", ["H4sI*", "H4sI=", "H4sIA", "H 4s", "Ħ4sI"])
def test_text_that_is_not_base64url_is_malformed(text):
    with pytest.raises(StatusError, match="base64url"):
        expand(text)


def test_member_with_a_file_name_is_read():
    named = HONEST[:3] + b"\x08" + HONEST[4:10] + b"list\0" + HONEST[10:]
    assert expand(encoded(named)) == bytes(20_000)


def test_list_without_the_multibase_prefix_is_malformed():
    with pytest.raises(StatusError, match="begin with 'u'"):
        decode_list(encoded(HONEST))


def test_list_at_the_limit_is_read_and_one_byte_above_is_refused():
    text = encoded(gzip.compress(bytes(5000)))
    assert expand(text, limit=5000) == bytes(5000)
    with pytest.raises(StatusError) as caught:
        expand(text, limit=4999)
    assert (caught.value.rule, caught.value.problem) == ("status-list-size", Problem.VERIFICATION)


def test_bomb_that_announces_little_is_not_inflated_beyond_its_word():
    bomb = gzip.compress(bytes(100 << 20))
    bomb = bomb[:-4] + (16_384).to_bytes(4, "little")
    text = encoded(bomb)
    tracemalloc.start()
    with pytest.raises(StatusError):
        expand(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 << 20


def test_length_of_four_gib_is_announced_modulo_its_width():
    piece = compress(b"")
    text = join([Piece(piece.text, 0, 1 << 32)])
    assert decoded(text)[-4:] == bytes(4)


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
