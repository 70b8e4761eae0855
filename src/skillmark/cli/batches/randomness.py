"""Random values that the same row of the same batch gets again, so that a row issued twice gives the same bytes."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

SEED_BYTES: Final = 32

_WIDTH: Final = 64
_COUNTER: Final = 8


class RowRandomness:
    """Unpredictable bytes for each row, from a seed that is drawn once a batch (BLAKE2b as a keyed function)."""

    def __init__(self, seed: bytes) -> None:
        self._keyed = blake2b(key=seed, digest_size=_WIDTH)
        self._row = b""
        self._pool = b""
        self._blocks = 0

    def begin(self, row: int) -> None:
        """Start with a row's bytes from their first one."""
        self._row = row.to_bytes(_COUNTER, "big")
        self._pool = b""
        self._blocks = 0

    def __call__(self, size: int) -> bytes:
        """The next bytes of the row."""
        while len(self._pool) < size:
            block = self._keyed.copy()
            block.update(self._row + self._blocks.to_bytes(_COUNTER, "big"))
            self._pool += block.digest()
            self._blocks += 1
        taken, self._pool = self._pool[:size], self._pool[size:]
        return taken
