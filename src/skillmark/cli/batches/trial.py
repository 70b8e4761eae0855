"""Before anything is signed: each structure that rows take is tried with a throw-away key, verified and linted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from skillmark.cli.batches.positions import ListedPositions
from skillmark.credentials.issuing import Award, BatchIssuer, LintError, StatusPosition
from skillmark.credentials.issuing.table import AwardTable, BadRow, GoodRow, Row
from skillmark.errors import IssuingError, SkillmarkError

_PROBE: Final = Award(email="somebody@example.org", name="Somebody")
_SHARED: Final = ("/credentialSubject/achievement", "/issuer")
_MOST_FINDINGS: Final = 20

Shape = tuple[bool | tuple[str, ...], ...]
Look = Callable[[Award], object]


class Trial:
    """Says of an award whether a credential of its structure may be signed. Each structure is tried once."""

    def __init__(self, batch: BatchIssuer, lists: Sequence[ListedPositions], *, look: Look | None = None) -> None:
        """`batch` signs with a throw-away key. `look` says what is wrong with the words of one row."""
        self._batch = batch
        self._look = look
        self._status = tuple(StatusPosition(list_url=one.url, purpose=one.purpose, index=0) for one in lists)
        self._known: dict[Shape, str] = {}
        self._passed = False  # whether all rows of the table were seen and none was at fault

    def check_definition(self) -> None:
        """Raise IssuingError where the achievement or the issuer is at fault, whatever a row says."""
        try:
            self._batch.issue(_PROBE, status=self._status)
        except LintError as error:
            faults = [finding for finding in error.findings if finding.pointer.startswith(_SHARED)]
            if faults:
                told = [f"\n  {one.message} ({one.rule}, at {one.pointer})" for one in faults[:_MOST_FINDINGS]]
                raise IssuingError(f"this achievement cannot be signed:{''.join(told)}", rule="lint") from error
        except SkillmarkError as error:
            raise IssuingError(
                f"this achievement cannot be signed: {error.message}", rule=error.rule, pointer=error.pointer
            ) from error

    def rows(self, table: AwardTable) -> Iterator[Row]:
        """The rows of a table; those whose structure may not be signed as bad ones."""
        if self._passed:
            yield from table.rows()
            return
        found = False
        for row in table.rows():
            fault = self._fault(row.award) if isinstance(row, GoodRow) else ""
            found = found or bool(fault)
            yield BadRow(row.line, "", fault, row.cells) if fault else row
        self._passed = not found

    def _fault(self, award: Award) -> str:
        shape = _shape(award)
        fault = self._known.get(shape)
        if fault is None:
            fault = self._known[shape] = self._try(award)
        if not fault and self._look is not None:
            return _told(self._look, award)
        return fault

    def _try(self, award: Award) -> str:
        return _told(lambda one: self._batch.issue(one, status=self._status), award)


def _told(attempt: Look, award: Award) -> str:
    """What an attempt says against an award; empty where nothing."""
    try:
        attempt(award)
    except LintError as error:
        return "; ".join(f"{one.message} (at {one.pointer})" for one in error.findings[:_MOST_FINDINGS])
    except SkillmarkError as error:
        return error.message
    return ""


def _shape(award: Award) -> Shape:
    """What decides which members a credential has."""
    return (
        not award.email,
        not award.name,
        not award.awarded_date,
        not award.valid_until,
        not award.evidence_url,
        not award.evidence_narrative,
        tuple(award.results),
    )
