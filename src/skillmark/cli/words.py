"""What a report says, in words: the verdict and its three answers."""

from __future__ import annotations

from typing import Final

from skillmark.credentials.verifying import Answer, Outcome, Report, Verdict

COLOURS: Final = {Outcome.PASSED: "green", Outcome.FAILED: "red", Outcome.UNKNOWN: "yellow", Outcome.SKIPPED: "dim"}
VERDICT_COLOURS: Final = {Verdict.VALID: "green", Verdict.INVALID: "red", Verdict.UNKNOWN: "yellow"}
ANSWERS: Final = {Outcome.PASSED: "yes", Outcome.FAILED: "no", Outcome.UNKNOWN: "could not be checked"}

_GRAVITY: Final = (Outcome.FAILED, Outcome.UNKNOWN, Outcome.SKIPPED, Outcome.PASSED)
_INTACT: Final = {
    "unreadable": "this is no credential that can be read",
    "malformed": "something that every credential needs is missing or wrong",
    "no-proof": "it bears no signature, so anyone could have written it",
    "broken": "the signature does not hold: it was changed, or not signed by its issuer",
    "key-unreachable": "the issuer's key could not be had, so the signature could not be compared",
    "unreachable": "nothing could be read at that address",
}
_CURRENT: Final = {
    "valid": "its dates allow it now, and its issuer has not taken it back",
    "expired": "its last day has passed",
    "not-yet-valid": "its first day is still to come",
    "revoked": "its issuer has revoked it",
    "suspended": "its issuer has suspended it, and may allow it again",
    "withdrawn": "its issuer has withdrawn it",
    "malformed-dates": "its dates cannot be read",
    "status-malformed": "its status cannot be read",
    "status-unreachable": "whether its issuer has revoked it could not be found out; that does not mean it has not",
    "status-unsupported": "it names a kind of status that is not known here",
    "not-checked": "this was not looked up",
}
_ISSUER: Final = {
    "listed": "a registry that you trust lists the issuer",
    "withdrawn": "a registry that you trust has withdrawn the issuer",
    "unlisted": "no registry that you gave lists the issuer",
    "no-registry": "no registry was given (--registry), so nothing is said about who the issuer is",
    "not-checked": "this was not looked up",
}


def answers(report: Report) -> list[tuple[str, Outcome, str]]:
    """Question, outcome and reason of the three answers."""
    holds = f"the signature holds ({report.intact.state}), by a key of its issuer; nothing was changed since"
    return [
        ("intact", report.intact.outcome, _reason(report.intact, _INTACT, holds)),
        ("current", report.current.outcome, _reason(report.current, _CURRENT, _CURRENT["valid"])),
        ("issuer known", report.issuer_known.outcome, _reason(report.issuer_known, _ISSUER, _ISSUER["listed"])),
    ]


def reason(report: Report) -> str:
    """The first thing that keeps a report from being valid."""
    checks = [*report.checks, *(check for inner in report.credentials for check in inner.checks)]
    grave = sorted(checks, key=lambda check: _GRAVITY.index(check.outcome))
    return grave[0].explanation


def _reason(answer: Answer, known: dict[str, str], otherwise: str) -> str:
    if answer.outcome is Outcome.PASSED:
        return otherwise
    return known.get(answer.state, answer.state)
