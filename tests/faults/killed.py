"""Runs `skillmark` and kills this process, without any farewell, when it comes to a named point for the nth time."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from skillmark.cli.__main__ import main
from skillmark.cli.batches.journal import Journal
from skillmark.cli.batches.sinks import FolderSink, LinesSink
from skillmark.cli.batches.tables import ResultTable
from skillmark.credentials.issuing import BatchIssuer
from skillmark.credentials.status import list_file

Hook = Callable[..., Any]


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def before(act: Hook, fatal: Callable[[], bool]) -> Hook:
    def dying(*arguments: Any, **options: Any) -> Any:
        if fatal():
            die()
        return act(*arguments, **options)

    return dying


def after(act: Hook, fatal: Callable[[], bool]) -> Hook:
    def dying(*arguments: Any, **options: Any) -> Any:
        outcome = act(*arguments, **options)
        if fatal():
            die()
        return outcome

    return dying


def halfway(act: Hook, fatal: Callable[[], bool]) -> Hook:
    """Half of the last line of a block stands in the file."""

    def dying(sink: LinesSink) -> None:
        if fatal():
            sink._file.write(b"\n".join(sink._block)[:-1000])
            sink._file.flush()
            die()
        act(sink)

    return dying


POINTS: dict[str, tuple[Any, str, Callable[[Hook, Callable[[], bool]], Hook]]] = {
    "before the journal begins": (Journal, "begin", before),
    "after the journal began": (Journal, "begin", after),
    "before the record of the list is replaced": (list_file, "_replace", before),
    "after the record of the list was replaced": (list_file, "_replace", after),
    "before the journal has the positions": (Journal, "give", before),
    "after the journal had the positions": (Journal, "give", after),
    "before a row is signed": (BatchIssuer, "issue", before),
    "after half a line was written": (LinesSink, "commit", halfway),
    "after a file was written": (FolderSink, "add", after),
    "before a block is flushed": (LinesSink, "commit", before),
    "after a block was flushed": (LinesSink, "commit", after),
    "after the results were flushed": (ResultTable, "commit", after),
    "before the journal is closed": (Journal, "finish", before),
    "after the journal was closed": (Journal, "finish", after),
}


def arm(point: str, times: int) -> None:
    """Have this process die when it comes to the point for the nth time."""
    holder, name, when = POINTS[point]
    left = times

    def fatal() -> bool:
        nonlocal left
        left -= 1
        return left == 0

    setattr(holder, name, when(getattr(holder, name), fatal))


if __name__ == "__main__":
    arm(sys.argv[1], int(sys.argv[2]))
    sys.exit(main(sys.argv[3:]))
