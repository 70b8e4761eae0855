"""Verifying what a command line names: documents in, reports out, and the exit code that sums them up."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from skillmark.cli import files
from skillmark.cli.documents import check_inputs, documents
from skillmark.cli.ending import CommandError
from skillmark.cli.moments import moment
from skillmark.cli.progress import progress
from skillmark.cli.reports import JsonWriter, Tally, TextWriter, Writer
from skillmark.credentials.dids import DidResolver
from skillmark.credentials.keys import OPENSSL, Engine
from skillmark.credentials.trust import Registry
from skillmark.credentials.verifying import Verifier, now_in_utc
from skillmark.errors import InputError
from skillmark.fetching import Fetcher, HttpFetcher, OfflineFetcher

_REGISTRY_SIZE: Final = 16 << 20


def verify(
    *,
    inputs: Sequence[str],
    registry: Sequence[Path] = (),
    require_known_issuer: bool = False,
    offline: bool = False,
    at: str | None = None,
    report: Path | None = None,
    json: bool = False,
    quiet: bool = False,
) -> int:
    """Verify every input, print what was found, and return the exit code."""
    check_inputs(inputs)
    fetcher: Fetcher = OfflineFetcher() if offline else HttpFetcher()
    judged = moment(at, "--at") if at is not None else None
    verifier = Verifier(
        resolver=DidResolver(fetcher, engine=_engine(inputs)),
        fetcher=fetcher,
        clock=now_in_utc if judged is None else lambda: judged,
        registries=_registries(registry),
        require_known_issuer=require_known_issuer,
    )
    with ExitStack() as stack:
        writers: list[Writer] = [] if quiet else [JsonWriter(sys.stdout.buffer) if json else TextWriter()]
        if report is not None:
            writers.append(JsonWriter(stack.enter_context(_report_file(report))))
        tally = _verify_all(verifier, inputs, writers)
    return tally.ending()


def _engine(inputs: Sequence[str]) -> Engine | None:
    """One document is verified before a faster engine would be loaded."""
    return OPENSSL if len(inputs) == 1 and not inputs[0].endswith(".jsonl") else None


def _verify_all(verifier: Verifier, inputs: Sequence[str], writers: Sequence[Writer]) -> Tally:
    tally = Tally()
    rows_are_seen = sys.stdout.isatty() and any(isinstance(writer, TextWriter) for writer in writers)
    with progress("Verifying", total=None, quiet=rows_are_seen or len(inputs) == 1) as advance:
        for name, source in documents(inputs):
            found = verifier.verify(source)
            tally.add(found)
            for writer in writers:
                writer.add(name, found)
            advance(1)
    for writer in writers:
        writer.finish(tally)
    return tally


def _registries(paths: Sequence[Path]) -> list[Registry]:
    found = []
    for path in paths:
        try:
            found.append(Registry.parse(files.read(path, limit=_REGISTRY_SIZE, what="registry"), name=path.name))
        except InputError as error:
            raise InputError(f"the registry {path}: {error.message}", rule=error.rule, pointer=error.pointer) from error
    return found


@contextmanager
def _report_file(path: Path) -> Iterator[BinaryIO]:
    """A file that takes its name when it is whole."""
    draft = path.with_name(f".{path.name}.part")
    try:
        file = draft.open("wb")
    except OSError as error:
        raise CommandError(f"the report {path} cannot be written: {error.strerror}") from error
    try:
        with file:
            yield file
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
