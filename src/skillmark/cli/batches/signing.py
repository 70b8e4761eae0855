"""The signing of checked rows, block by block, from where an earlier run is sure to have come."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from skillmark.cli.batches.positions import StatusPositions
from skillmark.cli.batches.randomness import RowRandomness
from skillmark.cli.batches.sinks import FolderSink, LinesSink, Sink, whole_lines
from skillmark.cli.batches.tables import ResultTable
from skillmark.cli.progress import Advance
from skillmark.credentials.issuing import BatchIssuer
from skillmark.credentials.issuing.table import GoodRow

BLOCK: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The rows to sign, what they get besides, and where they go. An empty suffix means one file for all."""

    out: Path
    results: Path
    suffix: str
    image: bytes
    rows: Iterator[GoodRow]
    randomness: RowRandomness
    positions: StatusPositions

    def kept(self) -> int:
        """How many rows of an earlier run stay as they are.

        A block is begun when the one before it is on the disk, so all but the last two are whole even after a power
        cut. What is signed again is signed to the same bytes.
        """
        whole = max(0, whole_lines(self.results) - 1)
        if not self.suffix:
            whole = min(whole, whole_lines(self.out))
        return max(0, whole // BLOCK - 1) * BLOCK

    def sink(self, kept: int) -> Sink:
        """Where the credentials go, ready for the one after those that are kept."""
        if self.suffix:
            return FolderSink(self.out, suffix=self.suffix, image=self.image)
        return LinesSink(self.out, keep=kept)


def sign(work: Work, batch: BatchIssuer, advance: Advance) -> int:
    """Sign what is left and return how many credentials there are."""
    count = work.kept()
    advance(count)
    for _ in islice(work.rows, count):
        pass
    results = ResultTable(work.results, lists=work.positions.lists, keep=count)
    with closing(work.sink(count)) as sink, closing(results):
        while block := list(islice(work.rows, BLOCK)):
            work.positions.reserve(count + len(block))
            for number, row in enumerate(block, count):
                work.randomness.begin(number)
                status = work.positions.of(number)
                issued = batch.issue(row.award, status=status)
                results.add(row.line, issued, sink.add(row.line, issued.data), status=status)
            sink.commit()
            results.commit()
            count += len(block)
            advance(len(block))
    batch.finish()
    return count
