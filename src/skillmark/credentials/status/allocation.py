"""Positions of a list, given at random and never twice. The randomness is handed in; receivers are not known here."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias

from skillmark.credentials.status.bitstring import value_at
from skillmark.errors import StatusError

Randomness: TypeAlias = Callable[[int], bytes]
"""Returns as many unpredictable bytes as asked for, as os.urandom does."""

_WORD: Final = "I"  # 32 bits: more than any list that a verifier inflates has positions
_WORD_BYTES: Final = array(_WORD).itemsize
_BATCH: Final = 1 << 14
_ALL_GIVEN: Final = 0xFF


class Positions:
    """Which positions of a list are given, one bit each, and the draw of further ones.

    A position is drawn uniformly from those not yet given: first by trying positions at random, and once seven of eight
    are given, from the list of those left. It is marked in the same step, so no draw can return it again.
    """

    __slots__ = ("_bits", "_given", "capacity")

    def __init__(self, given: bytes) -> None:
        self._bits = bytearray(given)
        self._given = int.from_bytes(given, "big").bit_count()
        self.capacity = len(given) * 8

    def __bytes__(self) -> bytes:
        return bytes(self._bits)

    def __contains__(self, index: int) -> bool:
        return 0 <= index < self.capacity and value_at(self._bits, index) == 1

    @property
    def given(self) -> int:
        return self._given

    @property
    def free(self) -> int:
        return self.capacity - self._given

    def draw(self, count: int, random: Randomness) -> array[int]:
        """Give `count` positions, in the order drawn; all of them or, where fewer are free, none."""
        if not 0 <= count <= self.free:
            raise StatusError(
                f"{count} positions are asked for and {self.free} of {self.capacity} are free: start another list",
                rule="status-list-full",
            )
        easy = max(0, min(count, self.capacity * 7 // 8 - self._given))
        drawn = self._draw_by_trial(easy, random)
        drawn.extend(self._draw_from_rest(count - easy, random))
        return drawn

    def _draw_by_trial(self, count: int, random: Randomness) -> array[int]:
        drawn, bits = array(_WORD), self._bits
        candidates = _uniform(self.capacity, random, expected=count)
        while len(drawn) < count:
            candidate = next(candidates)
            place, mask = candidate >> 3, 0x80 >> (candidate & 7)
            if not bits[place] & mask:
                bits[place] |= mask
                drawn.append(candidate)
        self._given += count
        return drawn

    def _draw_from_rest(self, count: int, random: Randomness) -> array[int]:
        """The first `count` steps of a Fisher-Yates shuffle of the positions that are left."""
        rest = array(_WORD, self._left() if count else ())
        for step in range(count):
            chosen = step + next(_uniform(len(rest) - step, random, expected=1))
            rest[step], rest[chosen] = rest[chosen], rest[step]
            self._bits[rest[step] >> 3] |= 0x80 >> (rest[step] & 7)
        self._given += count
        return rest[:count]

    def _left(self) -> Iterator[int]:
        for place, byte in enumerate(self._bits):
            if byte != _ALL_GIVEN:
                yield from (place * 8 + bit for bit in range(8) if not byte & 0x80 >> bit)


def _uniform(bound: int, random: Randomness, *, expected: int) -> Iterator[int]:
    """Uniform numbers below `bound`, without end: random words cut to its width, those not below it thrown away."""
    mask = (1 << (bound - 1).bit_length()) - 1
    words = min(expected + 1, _BATCH)
    while True:
        for word in array(_WORD, random(words * _WORD_BYTES)):
            if word & mask < bound:
                yield word & mask
