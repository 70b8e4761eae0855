"""What `verify` and `inspect` are given: files, addresses, standard input, and files with a credential a line."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from skillmark.cli import files
from skillmark.cli.ending import CommandError

STANDARD_INPUT: Final = "-"

_LINES: Final = (".jsonl", ".ndjson")
_ADDRESSES: Final = ("https://", "http://")
_LONGEST_LINE: Final = (1 << 20) + 2  # more than a credential may have, so the verifier says what is wrong
_PIECE: Final = 1 << 20
_TOKEN: Final = b"ey"
_BEGINNINGS: Final = (b"{", _TOKEN)


class Document(NamedTuple):
    """One thing to verify: what to call it, and its bytes or its address."""

    name: str
    source: bytes | str


def check_inputs(inputs: Sequence[str]) -> None:
    """Raise CommandError before any work is done for an input that is not there."""
    if inputs.count(STANDARD_INPUT) > 1:
        raise CommandError("standard input (-) can be read only once")
    for name in inputs:
        if name != STANDARD_INPUT and not is_address(name):
            try:
                with Path(name).open("rb"):
                    pass
            except OSError as error:
                raise files.unopened(Path(name), error) from error


def is_address(name: str) -> bool:
    """Whether an input is to be fetched."""
    return name.startswith(_ADDRESSES)


def documents(inputs: Sequence[str]) -> Iterator[Document]:
    """Every document of the inputs, read one after the other."""
    for name in inputs:
        if is_address(name):
            yield Document(name, name)
        elif name == STANDARD_INPUT:
            yield from _documents_of(sys.stdin.buffer, "standard input")
        else:
            with Path(name).open("rb") as file:
                yield from _documents_of(file, name)


def _documents_of(file: BinaryIO, name: str) -> Iterator[Document]:
    head = file.read(files.LARGEST + 1)
    if not name.endswith(_LINES) and not _holds_lines(head):
        yield Document(name, head)
        return
    found = False
    for number, line in enumerate(_lines(head, file), 1):
        if line.strip():
            found = True
            yield Document(f"{name}:{number}", line.strip())
    if not found:
        yield Document(name, b"")


def _holds_lines(head: bytes) -> bool:
    """Whether the first line is a whole credential and the next one begins as another."""
    if not head.startswith(_BEGINNINGS):
        return False
    first, _, rest = head.partition(b"\n")
    whole = first.startswith(_TOKEN) or first.rstrip().endswith(b"}")
    return whole and rest.lstrip().startswith(_BEGINNINGS)


def _lines(head: bytes, file: BinaryIO) -> Iterator[bytes]:
    """The lines of what was read and what is left; of one that is far too long, its beginning."""
    *lines, rest = head.split(b"\n")
    yield from lines
    for piece in iter(lambda: file.read(_PIECE), b""):
        *lines, rest = (rest[:_LONGEST_LINE] + piece).split(b"\n")
        yield from lines
    yield rest
