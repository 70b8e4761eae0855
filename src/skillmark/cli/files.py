"""Files a command is given and makes: read with a limit, written whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from skillmark.cli.ending import CommandError
from skillmark.credentials.encoding.strict_json import JsonObject, parse_object
from skillmark.errors import InputError

LARGEST: Final = 10 << 20


def read(path: Path, *, limit: int = LARGEST, what: str = "file") -> bytes:
    """The content of a file; CommandError where it cannot be opened or is larger than such a file can be."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise unopened(path, error, what) from error
    if len(data) > limit:
        raise CommandError(f"{path} is larger than the {limit} bytes a {what} may have")
    return data


def unopened(path: Path, error: OSError, what: str = "file") -> CommandError:
    """What to say of a file that cannot be opened."""
    advice = f"; name the files in it, such as {path}/*.json" if path.is_dir() else ""
    return CommandError(f"the {what} {path} cannot be opened: {error.strerror}{advice}")


def read_object(path: Path, *, what: str) -> JsonObject:
    """A JSON object from a file."""
    try:
        return parse_object(read(path, what=what))
    except InputError as error:
        raise InputError(f"the {what} {path}: {error.message}", rule=error.rule, pointer=error.pointer) from error


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet."""
    if path.exists():
        raise CommandError(f"{path} exists already; name another file, or move it away")
    replace(path, data)


def replace(path: Path, data: bytes) -> None:
    """Put a file in place in one step: whoever reads it finds the old content or the new one, each whole."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    try:
        with draft.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise CommandError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make sure the names of new files outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
