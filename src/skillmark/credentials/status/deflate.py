"""One gzip member made of pieces that are compressed, checked and base64-encoded each on its own.

A change in one piece leaves the work on all others in place. What the bytes mean is not known here.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from skillmark.credentials.encoding.multibase import base64url_decode, base64url_encode
from skillmark.credentials.status.problems import Problem, malformed, refusal
from skillmark.errors import InputError

PIECE_BYTES: Final = 1 << 16
INFLATED_LIMIT: Final = 16 << 20

_LEVEL: Final = 6
_RAW: Final = -15
_GZIP: Final = 31
_MEMORY: Final = 9
_SPARSE: Final = 0.9

# RFC 1951 §3.2.4: a stored block of no bytes. It may stand at any byte boundary and means nothing.
_EMPTY_BLOCK: Final = b"\x00\x00\x00\xff\xff"
# RFC 1951 §3.2.6: a last block of fixed codes that holds the end-of-block code alone.
_LAST_BLOCK: Final = b"\x03\x00"
# RFC 1952 §2.3: deflate, no flags, no time, unknown system. One empty block brings it to a multiple of three bytes.
_MAGIC: Final = b"\x1f\x8b\x08"
_HEADER: Final = _MAGIC + bytes(6) + b"\xff" + _EMPTY_BLOCK
_SMALLEST_MEMBER: Final = 18

_CRC_POLYNOMIAL: Final = 0xEDB88320
_ONE: Final = 1 << 31  # the polynomial 1 and the polynomial x^8, bit-reflected
_X8: Final = 1 << 23


class Piece(NamedTuple):
    """A compressed piece as base64url text, and what the gzip trailer must know of it."""

    text: str
    crc: int
    length: int


def compress(data: bytes, *, periodic: bool = False) -> Piece:
    """Compress one piece to deflate blocks that end on a byte boundary and refer to nothing before them.

    Bits drawn at random leave bytes that resemble no others, so searching for matches costs ten times the work and
    yields longer output than runs and Huffman codes alone do. `periodic` data (entries that straddle bytes) may repeat
    at a distance, and only there the search is worth its time. Empty blocks fill the piece to a multiple of three
    bytes, so that its base64 text can be joined with others.
    """
    strategies = [zlib.Z_RLE]
    if data.count(0) < _SPARSE * len(data):
        strategies.append(zlib.Z_HUFFMAN_ONLY)
    if periodic:
        strategies.append(zlib.Z_DEFAULT_STRATEGY)
    shortest = min((_deflate(data, strategy) for strategy in strategies), key=len)
    padded = shortest + _EMPTY_BLOCK * (len(shortest) % 3)
    return Piece(base64url_encode(padded), zlib.crc32(data), len(data))


def join(pieces: Sequence[Piece]) -> str:
    """The base64url text, without padding, of one gzip member (RFC 1952) that holds all pieces in order."""
    crc, length = 0, 0
    for piece in pieces:
        crc = combine_crc(crc, piece.crc, piece.length)
        length += piece.length
    trailer = _LAST_BLOCK + crc.to_bytes(4, "little") + (length & 0xFFFFFFFF).to_bytes(4, "little")
    return "".join([base64url_encode(_HEADER), *(piece.text for piece in pieces), base64url_encode(trailer)])


def expand(text: str, *, limit: int = INFLATED_LIMIT) -> bytes:
    """Decode base64url text and inflate the one gzip member in it, never beyond `limit` bytes.

    The member must announce its length truthfully; a second member or bytes after the first are refused.
    """
    try:
        data = base64url_decode(text)
    except InputError as error:
        raise malformed(f"encodedList is not base64url: {error.message}") from error
    if len(data) < _SMALLEST_MEMBER or not data.startswith(_MAGIC):
        raise malformed("encodedList is not gzip")
    announced = int.from_bytes(data[-4:], "little")
    if announced > limit:
        raise refusal(
            Problem.VERIFICATION,
            f"the list announces {announced} bytes, more than the {limit} that are read",
            rule="status-list-size",
        )
    return _inflate(data, announced)


def combine_crc(first: int, second: int, second_length: int) -> int:
    """The CRC-32 of two strings joined, from the CRC-32 of each (zlib's crc32_combine)."""
    return _times(first, _shift(second_length)) ^ second


def _inflate(data: bytes, announced: int) -> bytes:
    inflater = zlib.decompressobj(wbits=_GZIP)
    try:
        inflated = inflater.decompress(data, announced + 1)
    except zlib.error as error:
        raise malformed(f"encodedList is not gzip: {error}") from error
    if len(inflated) != announced or not inflater.eof or inflater.unused_data:
        raise malformed("encodedList must be exactly one gzip member that announces its length truthfully")
    return inflated


def _deflate(data: bytes, strategy: int) -> bytes:
    deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, _RAW, _MEMORY, strategy)
    return deflater.compress(data) + deflater.flush(zlib.Z_FULL_FLUSH)


def _times(left: int, right: int) -> int:
    """Multiply two bit-reflected polynomials over GF(2) modulo that of CRC-32."""
    product = 0
    for place in range(31, -1, -1):
        if left >> place & 1:
            product ^= right
        right = right >> 1 ^ (_CRC_POLYNOMIAL & -(right & 1))
    return product


@lru_cache(maxsize=64)
def _shift(length: int) -> int:
    """The polynomial x^(8·length): what `length` further bytes do to a CRC-32."""
    result, power = _ONE, _X8
    while length:
        if length & 1:
            result = _times(result, power)
        power = _times(power, power)
        length >>= 1
    return result
