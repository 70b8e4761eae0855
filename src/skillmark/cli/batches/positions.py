"""Positions of status lists for the rows of a batch: drawn in blocks, kept by the list and by the journal before use.

Killed between the two, a block of positions stays given and unused; no position is ever given twice.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from skillmark.cli.batches.journal import Journal
from skillmark.cli.ending import CommandError
from skillmark.credentials.issuing import StatusPosition
from skillmark.credentials.status import list_file

_BLOCK: Final = 4096
_SHARE: Final = 64  # of a large list, whose record takes long to write, a larger block is drawn


@dataclass(slots=True, kw_only=True)
class ListedPositions:
    """One status list: where its record lies, what it is, and what this batch holds of it."""

    path: Path
    url: str
    purpose: str
    free: int
    block: int
    held: array[int] = field(default_factory=lambda: array("I"))

    @classmethod
    def read(cls, path: Path) -> ListedPositions:
        """Read a record; only lists of single bits can be used here."""
        record = list_file.read(path)
        if record.values.size != 1:
            raise CommandError(f"the entries of {path} have {record.values.size} bits; `issue` takes lists of one bit")
        positions = record.positions
        block = max(_BLOCK, positions.capacity // _SHARE)
        return cls(path=path, url=record.url, purpose=record.purpose, free=positions.free, block=block)


class StatusPositions:
    """The positions of all lists a batch uses, by the number of the row."""

    def __init__(self, lists: Sequence[ListedPositions], journal: Journal, *, total: int) -> None:
        self._lists = lists
        self._journal = journal
        self._total = total
        self.lists = len(lists)

    def reserve(self, count: int) -> None:
        """Make sure the first `count` rows have their positions."""
        for number, listed in enumerate(self._lists):
            held = self._journal.positions(number)
            while len(held) < count:
                wanted = min(listed.block, self._total - len(held))
                with list_file.editing(listed.path) as record:
                    drawn = record.draw(wanted, os.urandom)
                self._journal.give(number, drawn)
                held = self._journal.positions(number)
            listed.held = held

    def of(self, row: int) -> tuple[StatusPosition, ...]:
        """The positions of a row; `reserve` came before."""
        if not self._lists:
            return ()
        return tuple(
            [StatusPosition(list_url=one.url, purpose=one.purpose, index=one.held[row]) for one in self._lists]
        )


def require_room(lists: Sequence[ListedPositions], journal: Journal, *, total: int) -> None:
    """Raise CommandError where a list has fewer positions left than the batch still needs."""
    for number, listed in enumerate(lists):
        needed = total - len(journal.positions(number))
        if needed > listed.free:
            raise CommandError(
                f"{needed} positions are needed and {listed.path} has {listed.free} left; "
                "make another list with `skillmark status new`"
            )
