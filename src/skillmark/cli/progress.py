"""Progress of long work, shown on a terminal only."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

Advance = Callable[[int], None]


def progress(label: str, *, total: int | None, quiet: bool) -> AbstractContextManager[Advance]:
    """A context that gives a function to call with the number of things done since the last call."""
    if quiet or not sys.stderr.isatty():
        return nullcontext(_ignore)
    shown: AbstractContextManager[Advance] = importlib.import_module(f"{__package__}.bars").bar(label, total)
    return shown


def _ignore(count: int) -> None:
    """Nobody looks."""
