"""Awards from a CSV file in the columns of `skillmark issue`."""

from __future__ import annotations

import csv
from pathlib import Path

from skillmark.credentials.issuing import Award, time_of_day


def read_awards(path: Path) -> list[Award]:
    """The awards of a file, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_award(row) for row in csv.DictReader(file)]


def _award(row: dict[str, str]) -> Award:
    return Award(
        email=row["email"],
        name=row["name"],
        subject_id=row["subject_id"],
        awarded_date=time_of_day(row["awarded_date"], end=False),
        valid_until=time_of_day(row["valid_until"], end=True),
        evidence_url=row["evidence_url"],
        evidence_narrative=row["evidence_narrative"],
        results={"": row["result"]} if row["result"] else {},
    )
