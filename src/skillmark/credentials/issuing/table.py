"""Awards from CSV: every row is either an award or a fault, named by line and column. Reads text, issues nothing."""

from __future__ import annotations

import csv
import io
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import chain, pairwise
from typing import BinaryIO, Final, NamedTuple

from skillmark.credentials.issuing.awards import Award, AwardError, time_of_day
from skillmark.credentials.issuing.building import Definition, check_award
from skillmark.errors import InputError

PEOPLE: Final = ("email", "name", "subject_id")
COLUMNS: Final = (
    *PEOPLE,
    "awarded_date",
    "valid_until",
    "evidence_url",
    "evidence_narrative",
    "result",
    "credential_id",
)
ERROR_COLUMN: Final = "error"
"""The column an error file adds. A corrected error file may keep it; it is not read."""

_RESULT: Final = "result:"
_LONGEST_LINE: Final = 1 << 20
_MARK: Final = "\ufeff"
_BLANK: Final = " \t"
_OTHER_SEPARATORS: Final = {";": "semicolons", "\t": "tabs", "|": "bars"}
_REASONS: Final = {
    "unexpected end of data": "a quote opened here is never closed",
    "field larger": "a cell is longer than any award needs",
    "expected after": "the quotes do not match; a quote within a quoted cell is written twice",
}

Source = Callable[[], Iterable[str]]
"""Gives the lines of one and the same table, from its first, as often as it is asked."""


class TableError(InputError):
    """The table as a whole cannot be read: its columns, its quotes, its encoding."""

    rule = "table"


class GoodRow(NamedTuple):
    """A row that can be issued, with its cells as they came."""

    line: int
    award: Award
    cells: Sequence[str]


class BadRow(NamedTuple):
    """A row that cannot, why, and its cells as they came. `column` is empty where the whole row is meant."""

    line: int
    column: str
    message: str
    cells: Sequence[str]

    def __str__(self) -> str:
        return f"line {self.line}{f', column {self.column}' if self.column else ''}: {self.message}"


Row = GoodRow | BadRow


def lines_of(stream: BinaryIO) -> Iterator[str]:
    """The lines of UTF-8 text with any line ends; TableError where it is no UTF-8 or a line has no end."""
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="surrogateescape", newline="")
    number = 0
    try:
        while line := text.readline(_LONGEST_LINE):
            number += 1
            if len(line) == _LONGEST_LINE:
                raise TableError(f"line {number} is longer than {_LONGEST_LINE} characters: this is no table of awards")
            if not line.isascii():
                _check_unicode(line, number)
            yield line
    finally:
        text.detach()


def read_rows(lines: Iterable[str], definition: Definition, *, created: str) -> Iterator[Row]:
    """The rows of a table that fits into memory. See `AwardTable`."""
    kept = list(lines)
    return AwardTable(lambda: kept, definition, created=created).rows()


class AwardTable:
    """A CSV of awards for one Definition, read as a stream, as often as needed.

    Making one reads the header (TableError). `created` is when the awards are issued. A credential id or a whole row
    that stood before is a bad row that names the first line; to find these the table is read once more, and eight bytes
    a row are kept.
    """

    def __init__(self, source: Source, definition: Definition, *, created: str) -> None:
        self._source = source
        self._definition = definition
        self._created = created
        header = next(_records(source()), None)
        if header is None:
            raise TableError(f"the table is empty; its first line names the columns: {_listed(definition)}")
        self.columns = tuple(_stripped(header[1]))
        _check_columns(self.columns, definition)
        places = {name: place for place, name in enumerate(self.columns) if name != ERROR_COLUMN}
        self._results = [(_described(name), place) for name, place in places.items() if name.startswith("result")]
        self._members = [(name, place) for name, place in places.items() if not name.startswith("result")]
        self._places = list(places.values())
        self._id_place = places.get("credential_id")
        self._repeats: _Repeats | None = None

    def rows(self) -> Iterator[Row]:
        """Every row but the blank ones, in order; TableError where what follows cannot be told apart."""
        if self._repeats is None:
            self._repeats = _Repeats(self._key(_stripped(cells)) for _, cells in self._body())
        for line, cells in self._body():
            texts = _stripped(cells)
            first = self._repeats.first_line(self._key(texts), line) if self._repeats.suspects else None
            if len(cells) != len(self.columns) or first is not None:
                yield self._misplaced(line, cells, first)
                continue
            try:
                yield GoodRow(line, self._award(texts), cells)
            except AwardError as error:
                yield BadRow(line, error.column, error.message, cells)

    def _body(self) -> Iterator[tuple[int, list[str]]]:
        records = _records(self._source())
        next(records)
        return records

    def _award(self, texts: Sequence[str]) -> Award:
        values = {name: texts[place] for name, place in self._members}
        if values.get("awarded_date"):
            values["awarded_date"] = time_of_day(values["awarded_date"], end=False)
        if values.get("valid_until"):
            values["valid_until"] = time_of_day(values["valid_until"], end=True)
        results = {name: texts[place] for name, place in self._results if texts[place]}
        award = Award(results=results, **values)
        check_award(self._definition, award, created=self._created)
        return award

    def _misplaced(self, line: int, cells: Sequence[str], first: int | None) -> BadRow:
        """A row of the wrong width, or one that stood before."""
        count, width = len(cells), len(self.columns)
        if count != width:
            column = self.columns[count] if count < width else str(width + 1)
            told = f"{count} cells where the header has {width}; an empty cell still needs its comma"
        elif self._identifier(_stripped(cells)):
            column, told = "credential_id", f"this credential_id stands in line {first} already"
        else:
            column, told = "", f"the whole row stands in line {first} already"
        return BadRow(line, column, told, cells)

    def _identifier(self, texts: Sequence[str]) -> str:
        return texts[self._id_place] if self._id_place is not None and self._id_place < len(texts) else ""

    def _key(self, texts: Sequence[str]) -> str:
        """What may stand only once: the credential id, or without one the whole row but its `error`."""
        identifier = self._identifier(texts)
        if identifier:
            return f"\1{identifier}"
        if len(self._places) == len(texts):
            return "\0".join(texts)
        return "\0".join([texts[place] for place in self._places if place < len(texts)])


class _Repeats:
    """Which keys come twice: eight bytes a key tell the suspects, and those are compared by a long digest."""

    def __init__(self, keys: Iterable[str]) -> None:
        hashes = sorted(array("q", map(hash, keys)))
        self.suspects = array("q", dict.fromkeys(one for one, following in pairwise(hashes) if one == following))
        self._first: dict[bytes, int] = {}

    def first_line(self, key: str, line: int) -> int | None:
        """The line where this key stood before, None where it did not. Lines come in order."""
        value = hash(key)
        place = bisect_left(self.suspects, value)
        if place == len(self.suspects) or self.suspects[place] != value:
            return None
        first = self._first.setdefault(blake2b(key.encode(), digest_size=16).digest(), line)
        return first if first != line else None


def _records(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, each with the number of its first line."""
    iterator = iter(lines)
    first = next(iterator, "").removeprefix(_MARK)
    reader = csv.reader(chain([first], iterator), strict=True)
    start = 1
    try:
        for cells in reader:
            if "".join(cells).strip(_BLANK):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        reason = next((text for part, text in _REASONS.items() if part in str(error)), str(error))
        raise TableError(f"line {start}: {reason}") from error


def _stripped(cells: Iterable[str]) -> list[str]:
    return [cell.strip(_BLANK) for cell in cells]


def _check_columns(columns: Sequence[str], definition: Definition) -> None:
    known = {*COLUMNS, ERROR_COLUMN, *(f"{_RESULT}{name}" for name in definition.descriptions)}
    for name in columns:
        if name not in known:
            raise TableError(f"{_hint(columns)}unknown column {name[:60]!a}; the columns are {_listed(definition)}")
    for name in columns:
        if columns.count(name) > 1:
            raise TableError(f"the column {name} stands twice in the header")
    if not set(PEOPLE) & set(columns):
        raise TableError("the header needs at least one of the columns email, name and subject_id")
    if "result" in columns and len(definition.descriptions) == 1:
        (only,) = definition.descriptions
        if f"{_RESULT}{only}" in columns:
            raise TableError(f"the columns result and {_RESULT}{only} mean the same; leave one out")


def _hint(columns: Sequence[str]) -> str:
    """A word on tables that other programs have cut at other signs."""
    for sign, name in _OTHER_SEPARATORS.items():
        if len(columns) == 1 and sign in columns[0]:
            return f"the cells are separated by {name}; save the table with commas: "
    return ""


def _listed(definition: Definition) -> str:
    return ", ".join([*COLUMNS, *(f"{_RESULT}{name}" for name in definition.descriptions)])


def _described(column: str) -> str:
    return column.removeprefix("result").removeprefix(":")


def _check_unicode(line: str, number: int) -> None:
    try:
        line.encode()
    except UnicodeEncodeError as error:
        octet = ord(line[error.start]) & 0xFF
        raise TableError(
            f"line {number} holds the byte 0x{octet:02X}, which is not UTF-8; save the table as 'CSV UTF-8'"
        ) from error
