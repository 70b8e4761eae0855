"""Where the passphrase of a key file comes from: a file, the environment, or somebody at the terminal."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import typer

from skillmark.cli import files, talk
from skillmark.cli.ending import CommandError

VARIABLE: Final = "SKILLMARK_PASSPHRASE"
_LONGEST: Final = 4096


def passphrase(file: Path | None, *, key: Path, confirm: bool = False) -> str:
    """The passphrase for a key file; a new one is asked for twice."""
    if file is not None:
        return _first_line(file)
    given = os.environ.get(VARIABLE)
    if given:
        return given
    if not talk.may_ask():
        raise CommandError(
            f"the passphrase of {key} is needed: give --passphrase-file, set {VARIABLE}, or run this at a terminal"
        )
    answer: str = typer.prompt(f"Passphrase of {key}", hide_input=True, confirmation_prompt=confirm, err=True)
    return answer


def _first_line(file: Path) -> str:
    lines = files.read(file, limit=_LONGEST, what="passphrase file").splitlines()
    try:
        text = lines[0].decode() if lines else ""
    except UnicodeDecodeError as error:
        raise CommandError(f"the passphrase file {file} is no UTF-8 text") from error
    if not text:
        raise CommandError(f"the first line of the passphrase file {file} is empty; write the passphrase there")
    return text
