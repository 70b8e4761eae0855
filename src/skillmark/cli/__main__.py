"""The entry point `skillmark`: every run ends with an exit code, none with a traceback."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from skillmark.cli.application import application
from skillmark.cli.ending import Ending, ended_by


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = application()(words, prog_name="skillmark", standalone_mode=False)
        sys.stdout.flush()
    except Exception as error:  # noqa: BLE001 - the last resort: whatever comes is told, never shown as a traceback
        return ended_by(error, as_json="--json" in words)
    return code if isinstance(code, int) else Ending.VALID


if __name__ == "__main__":
    sys.exit(main())
