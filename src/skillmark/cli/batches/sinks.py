"""Where signed credentials go: one JSON Lines file, or a folder with a file each, flushed block by block."""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from skillmark.cli import files
from skillmark.credentials.baking import bake

_PIECE: Final = 1 << 20
_BUFFER: Final = 1 << 20


class Sink(Protocol):
    """Takes the credentials of a batch in order."""

    def add(self, line: int, data: bytes) -> str:
        """Take one that came from a line of the CSV; return where it stands."""

    def commit(self) -> None:
        """Have everything taken so far outlive a power cut."""

    def close(self) -> None:
        """Let go of the files."""


class LinesSink:
    """A file with one credential a line: JSON, or a compact token."""

    def __init__(self, path: Path, *, keep: int) -> None:
        """Open the file, keeping its first lines."""
        self._name = path.name
        self._count = keep
        self._block: list[bytes] = []
        self._file = open_cut(path, keep)

    def add(self, line: int, data: bytes) -> str:  # noqa: ARG002 - the protocol's
        """See `Sink`."""
        self._count += 1
        self._block.append(data)
        return f"{self._name}:{self._count}"

    def commit(self) -> None:
        """See `Sink`."""
        self._file.write(b"\n".join([*self._block, b""]))
        self._block.clear()
        self._file.flush()
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """See `Sink`."""
        self._file.close()


class FolderSink:
    """A folder with one file for each credential, named after the line it came from; an image where it is baked."""

    def __init__(self, folder: Path, *, suffix: str, image: bytes) -> None:
        folder.mkdir(exist_ok=True)
        files.flush_folder(folder.parent)
        self._folder = str(folder)
        self._name = folder.name
        self._suffix = suffix
        self._image = image
        self._draft = str(folder / ".part")

    def add(self, line: int, data: bytes) -> str:
        """See `Sink`."""
        name = f"{line:06}{self._suffix}"
        with open(self._draft, "wb") as file:  # noqa: PTH123 - a Path for each of a million files costs more than the file
            file.write(bake(self._image, data) if self._image else data)
        os.rename(self._draft, f"{self._folder}/{name}")  # noqa: PTH104 - as above
        return f"{self._name}/{name}"

    def commit(self) -> None:
        """See `Sink`. One flush of everything is quicker than one for each of the files."""
        os.sync()

    def close(self) -> None:
        """See `Sink`."""


def whole_lines(path: Path) -> int:
    """How many whole lines a file has; none where it does not exist."""
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(_PIECE), b""))


def open_cut(path: Path, keep: int) -> BinaryIO:
    """Open a file for going on after its first `keep` lines; what stands behind them is cut off."""
    file = path.open("r+b" if path.exists() else "w+b", buffering=_BUFFER)
    for _ in range(keep):
        file.readline()
    file.truncate(file.tell())
    file.seek(0, os.SEEK_END)
    return file
