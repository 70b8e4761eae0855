"""The tables of a batch: what became of each row, and the bad rows to be corrected."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TextIO

from skillmark.cli.batches.sinks import open_cut
from skillmark.credentials.issuing import Issued, StatusPosition
from skillmark.credentials.issuing.table import ERROR_COLUMN, BadRow

_COLUMNS: Final = ("line", "credential_id", "subject_id", "file")


class ResultTable:
    """One row for each issued credential, in the order of the CSV."""

    def __init__(self, path: Path, *, lists: int, keep: int) -> None:
        """Open the table, keeping its header and its first rows."""
        self._file = open_cut(path, keep + 1 if keep else 0)
        self._block: list[Sequence[object]] = []
        if not keep:
            numbers = range(1, lists + 1)
            status = [name for number in numbers for name in (f"status_list_{number}", f"status_index_{number}")]
            self._block.append([*_COLUMNS, *status])

    def add(self, line: int, issued: Issued, place: str, *, status: Sequence[StatusPosition]) -> None:
        """Add what became of a row."""
        given = [part for position in status for part in (position.list_url, position.index)] if status else ()
        self._block.append((line, issued.id, issued.subject, place, *given))

    def commit(self) -> None:
        """Have everything added so far outlive a power cut."""
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(self._block)
        self._block.clear()
        self._file.write(text.getvalue().encode())
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class ErrorTable:
    """The bad rows with the columns they came in and one more that says what is wrong. Without any there is no file."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._path = path
        self._draft = path.with_name(f".{path.name}.part")
        self._columns = [name for name in columns if name != ERROR_COLUMN]
        self._places = [place for place, name in enumerate(columns) if name != ERROR_COLUMN]
        self._width = len(columns)
        self._file: TextIO | None = None

    def add(self, row: BadRow) -> None:
        """Add a row. Cells for which there is no column follow what is said of it, so that none is lost."""
        if self._file is None:
            self._file = self._draft.open("w", encoding="utf-8", newline="")
            self._write([*self._columns, ERROR_COLUMN])
        cells = [row.cells[place] if place < len(row.cells) else "" for place in self._places]
        self._write([*cells, str(row), *row.cells[self._width :]])

    def close(self) -> None:
        """Put the table in place."""
        if self._file is not None:
            self._file.close()
            self._draft.replace(self._path)

    def _write(self, cells: Sequence[str]) -> None:
        csv.writer(self._file, lineterminator="\n").writerow(cells)  # type: ignore[arg-type]  # the caller has opened it
