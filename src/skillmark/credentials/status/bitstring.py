"""The bit string of a status list: set, look up, encode, decode. What a value means is not known here."""

from __future__ import annotations

from typing import Final

from skillmark.credentials.status.deflate import INFLATED_LIMIT, PIECE_BYTES, Piece, compress, expand, join
from skillmark.credentials.status.problems import Problem, malformed, refusal

MINIMUM_ENTRIES: Final = 131_072  # Bitstring Status List 1.0 §3.2: the herd a position hides in
LARGEST_ENTRY: Final = 16  # bits; an entry must spell out a message for every value


class StatusList:
    """A list of equally wide values that remembers its compressed pieces: one change re-encodes one piece.

    Index 0 is the left-most bit; of a wider entry the left-most bit is the most significant one.
    """

    __slots__ = ("_bits", "_pieces", "_stale", "size")

    def __init__(self, length: int = MINIMUM_ENTRIES, *, size: int = 1) -> None:
        check_entry_size(size)
        if length < MINIMUM_ENTRIES or length % 8:
            raise refusal(
                Problem.LIST_LENGTH, f"a list has a multiple of 8 and at least {MINIMUM_ENTRIES} entries, not {length}"
            )
        if length * size // 8 > INFLATED_LIMIT:
            raise refusal(Problem.LIST_LENGTH, f"{length} entries of {size} bits are more than verifiers will inflate")
        self._reset(bytearray(length * size // 8), size)

    @classmethod
    def from_bytes(cls, bits: bytes, *, size: int = 1) -> StatusList:
        """A list that starts from decoded bytes."""
        check_entry_size(size)
        status_list = cls(len(bits) * 8 // size, size=size)
        if len(status_list._bits) != len(bits):
            raise malformed(f"{len(bits)} bytes are no whole number of entries of {size} bits")
        status_list._bits[:] = bits
        return status_list

    def __len__(self) -> int:
        return len(self._bits) * 8 // self.size

    def __bytes__(self) -> bytes:
        return bytes(self._bits)

    def get(self, index: int) -> int:
        """The value at a position."""
        return value_at(self._bits, index, self.size)

    def set(self, index: int, value: int = 1) -> None:
        """Write a value at a position."""
        if not 0 <= value < 1 << self.size:
            raise refusal(Problem.RANGE, f"{value} does not fit an entry of {self.size} bits")
        first, last, shift = _window(self._bits, index, self.size)
        before = int.from_bytes(self._bits[first:last], "big")
        after = before & ~(((1 << self.size) - 1) << shift) | value << shift
        self._bits[first:last] = after.to_bytes(last - first, "big")
        if after != before:
            self._stale.update((first // PIECE_BYTES, (last - 1) // PIECE_BYTES))

    def encode(self) -> str:
        """The `encodedList`: multibase base64url of the gzipped bits (§2.2)."""
        for number in self._stale:
            piece = bytes(self._bits[number * PIECE_BYTES : (number + 1) * PIECE_BYTES])
            self._pieces[number] = compress(piece, periodic=8 % self.size != 0)
        self._stale.clear()
        return "u" + join([self._pieces[number] for number in range(len(self._pieces))])

    def _reset(self, bits: bytearray, size: int) -> None:
        self.size = size
        self._bits = bits
        self._pieces: dict[int, Piece] = {}
        self._stale = set(range(-(-len(bits) // PIECE_BYTES)))


def decode_list(encoded: str, *, limit: int = INFLATED_LIMIT) -> bytes:
    """The bits of an `encodedList`, leftmost entry first (§3.4), inflated no further than `limit` bytes."""
    if not encoded.startswith("u"):
        raise malformed("encodedList must be multibase base64url, so begin with 'u'")
    return expand(encoded[1:], limit=limit)


def value_at(bits: bytes | bytearray, index: int, size: int = 1) -> int:
    """The value of the entry at `index` in decoded bits, each entry `size` bits wide."""
    first, last, shift = _window(bits, index, size)
    return int.from_bytes(bits[first:last], "big") >> shift & ((1 << size) - 1)


def check_entry_size(size: int) -> None:
    """Refuse a width that no list of messages can describe."""
    if not 1 <= size <= LARGEST_ENTRY:
        raise malformed(f"an entry has 1 to {LARGEST_ENTRY} bits, not {size}")


def _window(bits: bytes | bytearray, index: int, size: int) -> tuple[int, int, int]:
    """The bytes an entry touches, as a range, and how far its last bit stands from their right end."""
    start = index * size
    end = start + size
    if index < 0 or end > len(bits) * 8:
        raise refusal(Problem.RANGE, f"index {index} lies outside a list of {len(bits) * 8 // size} entries")
    last = -(-end // 8)
    return start // 8, last, last * 8 - end
