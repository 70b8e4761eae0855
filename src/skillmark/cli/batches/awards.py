"""The CSV of a batch, read several times over and watched: it must not change between."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from skillmark.cli import files
from skillmark.cli.ending import CommandError
from skillmark.credentials.issuing.table import lines_of


class AwardsFile:
    """Gives the lines of the file each time it is called, as `AwardTable` wants them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None

    def __call__(self) -> Iterator[str]:
        try:
            file = self._path.open("rb")
        except OSError as error:
            raise files.unopened(self._path, error, "awards file") from error
        with file:
            self._watch(file)
            yield from lines_of(file)
            self._watch(file)

    def _watch(self, file: BinaryIO) -> None:
        state = os.fstat(file.fileno())
        found = state.st_ino, state.st_size, state.st_mtime_ns
        if self._seen not in (None, found):
            raise CommandError(f"{self._path} was changed while it was read; run this again once it is complete")
        self._seen = found
