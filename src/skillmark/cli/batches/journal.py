"""The journal of a batch: what a killed run must know to go on, on the disk before it is relied upon.

Its first line states inputs, options, the moment of the batch and the seed of its random values; each further one
status positions given to it, in the order of its rows; the last one that it is finished.
"""

from __future__ import annotations

import fcntl
import os
from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from skillmark.cli import files
from skillmark.cli.batches.randomness import SEED_BYTES
from skillmark.cli.ending import CommandError
from skillmark.credentials.encoding.strict_json import JsonObject, Limits, dumps, parse_object
from skillmark.errors import InputError, SkillmarkError

FORMAT: Final = "skillmark-issue-journal"

_LIMITS: Final = Limits(size=64 << 20)


@dataclass(slots=True, kw_only=True)
class Beginning:
    """How a batch began, and what was added since."""

    created: str
    seed: bytes
    stamp: Mapping[str, str]
    finished: int | None = None
    positions: dict[int, array[int]] = field(default_factory=dict)

    @classmethod
    def new(cls, created: str, stamp: Mapping[str, str]) -> Self:
        """The beginning of a new batch."""
        return cls(created=created, seed=os.urandom(SEED_BYTES), stamp=stamp)

    def require_same(self, stamp: Mapping[str, str], *, of: Path) -> None:
        """Refuse to go on with other inputs or options than the batch began with."""
        changed = [name for name in {**self.stamp, **stamp} if self.stamp.get(name) != stamp.get(name)]
        if changed:
            raise CommandError(
                f"{of} is of a run with other input: {', '.join(changed)} changed. "
                "Give what that run was given, or issue to another --out"
            )

    def dump(self) -> JsonObject:
        """As the first line states it."""
        return {"format": FORMAT, "created": self.created, "seed": self.seed.hex(), "stamp": dict(self.stamp)}


class Journal:
    """The journal beside an output, held by one process at a time. The kernel frees it when that process ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = _locked(path)
        try:
            self.beginning = self._read()
        except SkillmarkError:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.beginning is None:
            self._path.unlink(missing_ok=True)
        self._file.close()

    def begin(self, beginning: Beginning) -> None:
        """Start the journal of a new batch."""
        self._file.truncate(0)
        self._append(beginning.dump())
        files.flush_folder(self._path.parent)
        self.beginning = beginning

    def give(self, number: int, positions: array[int]) -> None:
        """Keep that the next rows have these positions of a list."""
        self._append({"list": number, "positions": positions.tolist()})
        _gather(self.begun, number, positions)

    def positions(self, number: int) -> array[int]:
        """The positions of a list that this batch was given so far."""
        return self.beginning.positions.get(number, array("I")) if self.beginning is not None else array("I")

    def finish(self, count: int) -> None:
        """Keep that nothing is left to do."""
        self._append({"finished": count})
        self.begun.finished = count

    @property
    def begun(self) -> Beginning:
        """The beginning, once there is one."""
        if self.beginning is None:
            raise CommandError(f"{self._path} is not begun")
        return self.beginning

    def _append(self, line: JsonObject) -> None:
        self._file.write(dumps(line) + b"\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def _read(self) -> Beginning | None:
        """Read what is whole; a half-written last line was never relied upon and is cut off."""
        data = self._file.read()
        whole = data[: data.rfind(b"\n") + 1]
        self._file.truncate(len(whole))
        first, *others = whole.splitlines() or [b""]
        if not first:
            return None
        try:
            return _parse(first, others)
        except (InputError, KeyError, TypeError, ValueError) as error:
            raise CommandError(f"{self._path} is no journal of `skillmark issue`, or damaged; move it away") from error


def _locked(path: Path) -> BinaryIO:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from error
    file = os.fdopen(descriptor, "a+b")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise CommandError(f"another run is writing this output just now (it holds {path})") from None
    file.seek(0)
    return file


def _parse(first: bytes, others: list[bytes]) -> Beginning:
    stated = parse_object(first)
    if stated["format"] != FORMAT:
        raise InputError("another format")
    beginning = Beginning(created=stated["created"], seed=bytes.fromhex(stated["seed"]), stamp=stated["stamp"])
    for line in others:
        entry = parse_object(line, limits=_LIMITS)
        if "finished" in entry:
            beginning.finished = entry["finished"]
        else:
            _gather(beginning, entry["list"], array("I", entry["positions"]))
    return beginning


def _gather(beginning: Beginning, number: int, positions: array[int]) -> None:
    beginning.positions.setdefault(number, array("I")).extend(positions)
