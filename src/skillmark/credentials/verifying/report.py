"""What verification found: single checks, three answers, and one verdict. Data, never an exception."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.encoding.timestamps import format_timestamp
from skillmark.errors import SkillmarkError


class Outcome(StrEnum):
    """How one check ended. `unknown` means it could not be made, `skipped` that it does not apply here."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


class Verdict(StrEnum):
    """The whole in one word."""

    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class Check(NamedTuple):
    """One thing that was looked at, with the reason in plain words and the clause that asks for it."""

    rule: str
    outcome: Outcome
    explanation: str
    clause: str = ""
    pointer: str = ""

    def to_json(self) -> JsonObject:
        """As the report prints it; empty members are left out."""
        return {name: str(value) for name, value in self._asdict().items() if value}


class Answer(NamedTuple):
    """One of the three answers: passed, failed or unknown, and the state in a word."""

    outcome: Outcome
    state: str


class NotValidError(SkillmarkError):
    """Raised by `Report.require` for anything but a valid credential."""

    rule = "not-valid"


@dataclass(frozen=True, kw_only=True)
class Report:
    """The result of verifying one document.

    `intact`: the proof is good, by a key its issuer controls, over a well-formed document. `current`: dates and status.
    `issuer_known`: whether a registry this verifier trusts lists the issuer. `conformance` holds faults against the
    Open Badges schema that change no answer. Endorsements and the credentials of a presentation have reports of their
    own.
    """

    intact: Answer
    current: Answer
    issuer_known: Answer
    checks: Sequence[Check]
    moment: datetime
    form: str
    require_known_issuer: bool = False
    conformance: Sequence[Check] = ()
    rows: Callable[[], list[JsonObject]] = field(default=list, repr=False)
    endorsements: Sequence[Report] = ()
    credentials: Sequence[Report] = ()
    source: Callable[[], JsonObject | None] = field(default=lambda: None, repr=False)

    def __bool__(self) -> bool:
        raise TypeError("a report has three answers and is no truth value; read `verdict`, or call `require()`")

    @property
    def verdict(self) -> Verdict:
        """Invalid if any answer failed; unknown if intact or current is; else valid, known issuer or not."""
        outcomes = [self.intact.outcome, self.current.outcome, self.issuer_known.outcome]
        verdicts = {report.verdict for report in self.credentials}
        if Outcome.FAILED in outcomes or Verdict.INVALID in verdicts:
            return Verdict.INVALID
        if self.require_known_issuer and outcomes[2] is not Outcome.PASSED:
            return Verdict.UNKNOWN
        return Verdict.UNKNOWN if Outcome.UNKNOWN in outcomes[:2] or Verdict.UNKNOWN in verdicts else Verdict.VALID

    @property
    def proofs(self) -> list[JsonObject]:
        """One row a proof: its suite, key and purpose, and how its check ended."""
        return self.rows()

    @cached_property
    def document(self) -> JsonObject | None:
        """The document as it came, proved or not; None where nothing could be read."""
        return self.source()

    @property
    def signed(self) -> JsonObject | None:
        """What the signatures cover, where the proof holds: the only part to show as verified."""
        if self.intact.outcome is not Outcome.PASSED or self.document is None:
            return None
        return {name: value for name, value in self.document.items() if name != "proof"}

    def require(self) -> Report:
        """Return this report if the verdict is valid, else raise NotValidError with the reasons."""
        if self.verdict is not Verdict.VALID:
            reasons = [check.explanation for check in self.checks if check.outcome in {Outcome.FAILED, Outcome.UNKNOWN}]
            raise NotValidError(f"the credential is {self.verdict}: {'; '.join(reasons) or 'see its checks'}")
        return self

    def to_json(self) -> JsonObject:
        """The report as one JSON document, the same at the command line and from the API."""
        answers = {"intact": self.intact, "current": self.current, "issuer_known": self.issuer_known}
        report: JsonObject = {
            "verdict": self.verdict.value,
            **{name: answer.outcome.value for name, answer in answers.items()},
            "states": {name: answer.state for name, answer in answers.items()},
            "form": self.form,
            "moment": format_timestamp(self.moment),
            "checks": [check.to_json() for check in self.checks],
            "conformance": [check.to_json() for check in self.conformance],
            "proofs": self.proofs,
            "signed": self.signed,
        }
        for name, reports in (("endorsements", self.endorsements), ("credentials", self.credentials)):
            if reports:
                report[name] = [inner.to_json() for inner in reports]
        return report


def failed(rule: str, explanation: str, *, clause: str = "", pointer: str | None = None) -> Check:
    """A check that failed."""
    return Check(rule, Outcome.FAILED, explanation, clause, pointer or "")


def unknown(rule: str, explanation: str, *, clause: str = "", pointer: str | None = None) -> Check:
    """A check that could not be made."""
    return Check(rule, Outcome.UNKNOWN, explanation, clause, pointer or "")


def of_error(error: SkillmarkError, *, outcome: Outcome = Outcome.FAILED, clause: str = "") -> Check:
    """A check that ended in one of our errors."""
    return Check(error.rule, outcome, error.message, clause, error.pointer or "")


def of_document(document: Any) -> Callable[[], JsonObject | None]:
    """A source that has its document already."""
    return lambda: document
