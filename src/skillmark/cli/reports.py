"""Reports of verification as they are printed: one in full, many as a table, or all as one JSON document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO, Final, Protocol

from skillmark.cli import talk, words
from skillmark.cli.ending import Ending
from skillmark.credentials.encoding.strict_json import JsonObject, dumps
from skillmark.credentials.verifying import Report, Verdict

_WIDTHS: Final = (8, 8, 8, 8)


class Writer(Protocol):
    """Takes reports as they come and the summary at the end."""

    def add(self, name: str, report: Report) -> None:
        """Take one report."""

    def finish(self, tally: Tally) -> None:
        """Say what all came to."""


class Tally:
    """How many verdicts of each kind there were."""

    def __init__(self) -> None:
        self.counts: Counter[Verdict] = Counter()

    def add(self, report: Report) -> None:
        """Count one report."""
        self.counts[report.verdict] += 1

    def ending(self) -> Ending:
        """Invalid if any is, else unknown if any is, else valid."""
        if self.counts[Verdict.INVALID]:
            return Ending.INVALID
        return Ending.UNKNOWN if self.counts[Verdict.UNKNOWN] else Ending.VALID

    def to_json(self) -> JsonObject:
        """The summary of many results."""
        return {"total": self.counts.total(), **{verdict.value: self.counts[verdict] for verdict in Verdict}}


class JsonWriter:
    """One JSON document, written as the reports come, one line for each."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._separator = b'{"results":[\n'

    def add(self, name: str, report: Report) -> None:
        """See `Writer`."""
        self._stream.write(self._separator + dumps({"input": name, **report.to_json()}))
        self._separator = b",\n"

    def finish(self, tally: Tally) -> None:
        """See `Writer`."""
        self._stream.write(b'\n],"summary":' + dumps(tally.to_json()) + b"}\n")


class TextWriter:
    """For people: a single report in full, several as a table. Which it is shows when the second one comes."""

    def __init__(self) -> None:
        self._first: tuple[str, Report] | None = None
        self._rows = 0

    def add(self, name: str, report: Report) -> None:
        """See `Writer`."""
        self._rows += 1
        if self._rows == 1:
            self._first = name, report
            return
        if self._first is not None:
            talk.print_text(talk.coloured(_cells("VERDICT", "INTACT", "CURRENT", "ISSUER") + "INPUT", "bold"))
            _print_row(*self._first)
            self._first = None
        _print_row(name, report)

    def finish(self, tally: Tally) -> None:
        """See `Writer`."""
        if self._first is not None:
            _print_in_full(*self._first)
        else:
            counts = ", ".join(f"{tally.counts[verdict]} {verdict}" for verdict in Verdict)
            talk.print_text(f"\n{tally.counts.total()} credentials: {counts}")


def _cells(*texts: str) -> str:
    return "".join(f"{text:{width}} " for text, width in zip(texts, _WIDTHS, strict=True))


def _print_row(name: str, report: Report) -> None:
    answers = (report.intact, report.current, report.issuer_known)
    line = _cells(report.verdict, *(answer.outcome for answer in answers)) + talk.printable(name)
    talk.print_text(talk.coloured(line, words.VERDICT_COLOURS[report.verdict]))
    if report.verdict is not Verdict.VALID:
        talk.print_text(f"         {talk.printable(words.reason(report))}")


def _print_in_full(name: str, report: Report) -> None:
    colour = words.VERDICT_COLOURS[report.verdict]
    talk.print_text(f"{talk.printable(name)}: {talk.coloured(report.verdict.value, colour)}\n")
    for question, outcome, why in words.answers(report):
        answer = talk.coloured(f"{words.ANSWERS[outcome]:20}", words.COLOURS[outcome])
        talk.print_text(f"  {question:13} {answer} {talk.printable(why)}")
    for title, lines in (("Signed", _signed(report)), ("Checks", _checks(report)), ("Inside", _inside(report))):
        shown = list(lines)
        if shown:
            talk.print_text(f"\n{title}")
            for line in shown:
                talk.print_text(f"  {line}")


def _signed(report: Report) -> Iterator[str]:
    """What the signature covers, in short; nothing of a document whose proof does not hold."""
    document = report.signed or {}
    subject = document.get("credentialSubject")
    members = {
        "credential": document.get("name"),
        "issuer": _named(document.get("issuer")),
        "holder": _named(document.get("holder")),
        "subject": subject.get("id") if isinstance(subject, dict) else None,
        "valid from": document.get("validFrom"),
        "valid until": document.get("validUntil"),
    }
    for name, value in members.items():
        if isinstance(value, str):
            yield f"{name:13} {talk.printable(value)}"


def _named(party: Any) -> Any:
    if not isinstance(party, dict):
        return party
    return f"{party['name']} ({party.get('id')})" if isinstance(party.get("name"), str) else party.get("id")


def _checks(report: Report) -> Iterator[str]:
    for check in (*report.checks, *report.conformance):
        outcome = talk.coloured(f"{check.outcome:8}", words.COLOURS[check.outcome])
        place = f" (at {check.pointer})" if check.pointer else ""
        yield f"{outcome} {check.rule:16} {talk.printable(check.explanation + place)}"


def _inside(report: Report) -> Iterator[str]:
    for kind, reports in (("credential", report.credentials), ("endorsement", report.endorsements)):
        for number, inner in enumerate(reports, 1):
            verdict = talk.coloured(inner.verdict.value, words.VERDICT_COLOURS[inner.verdict])
            why = words.reason(inner) if inner.verdict is not Verdict.VALID else ""
            yield f"{kind} {number}: {verdict} {talk.printable(why)}".rstrip()
