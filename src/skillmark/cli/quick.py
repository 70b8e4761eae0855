"""The quick way to `skillmark verify`. Typer takes as long to load as all of verifying, so plain calls are read here.

Whatever is not plain, help and mistakes among it, goes the ordinary way and is answered there.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

COMMAND: Final = "verify"
FLAGS: Final = {
    "--require-known-issuer": "require_known_issuer",
    "--offline": "offline",
    "--json": "json",
    "--quiet": "quiet",
    "-q": "quiet",
}
TEXTS: Final = {"--at": "at"}
FILES: Final = {"--report": "report"}
LISTS: Final = {"--registry": "registry"}


def plain_call(words: Sequence[str]) -> dict[str, Any] | None:
    """The arguments of `verification.verify` that a command line means; None where it is anything but plain."""
    if words[:1] != [COMMAND] or "_SKILLMARK_COMPLETE" in os.environ:
        return None
    call: dict[str, Any] = {"inputs": []}
    rest = iter(words[1:])
    for word in rest:
        if word in FLAGS:
            call[FLAGS[word]] = True
        elif word == "-" or not word.startswith("-"):
            call["inputs"].append(word)
        elif not _take(call, word, next(rest, "-")):
            return None
    return call if call["inputs"] else None


def _take(call: dict[str, Any], option: str, value: str) -> bool:
    """Take an option with its value, if it is one that is known here."""
    if value.startswith("-"):
        return False
    if option in TEXTS:
        call[TEXTS[option]] = value
    elif option in FILES:
        call[FILES[option]] = Path(value)
    elif option in LISTS:
        call.setdefault(LISTS[option], []).append(Path(value))
    else:
        return False
    return True
