"""The entry point `skillmark`: every run ends with an exit code, none with a traceback."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence
from typing import Final

from skillmark.cli.ending import Ending, ended_by
from skillmark.cli.quick import plain_call

_GARBAGE: Final = 50_000  # objects between two looks for garbage in cycles, of which our work leaves next to none


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code."""
    if arguments is None:
        gc.set_threshold(_GARBAGE)
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _run(words)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return Ending.INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: whatever comes is told, never shown as a traceback
        return ended_by(error, as_json="--json" in words)
    return code


def _run(words: list[str]) -> int:
    """Load what the command line needs and no more."""
    call = plain_call(words)
    if call is not None:
        code: int = importlib.import_module(f"{__package__}.verification").verify(**call)
    else:
        code = importlib.import_module(f"{__package__}.application").run(words)
    return code


if __name__ == "__main__":
    sys.exit(main())
