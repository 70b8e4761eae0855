"""The W3C problem types of status lists, and the one way to raise them."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from skillmark.errors import StatusError


class Problem(StrEnum):
    """Problem types of Bitstring Status List 1.0 §3.5 and VC Data Model 2.0 §7.2."""

    RETRIEVAL = "https://www.w3.org/ns/credentials/status-list#STATUS_RETRIEVAL_ERROR"
    VERIFICATION = "https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR"
    LIST_LENGTH = "https://www.w3.org/ns/credentials/status-list#STATUS_LIST_LENGTH_ERROR"
    MALFORMED_VALUE = "https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR"
    RANGE = "https://www.w3.org/TR/vc-data-model#RANGE_ERROR"


_RULES: Final = {
    Problem.RETRIEVAL: "status-retrieval",
    Problem.VERIFICATION: "status-verification",
    Problem.LIST_LENGTH: "status-list-length",
    Problem.MALFORMED_VALUE: "status-malformed",
    Problem.RANGE: "status-range",
}


def refusal(problem: Problem, message: str, *, rule: str | None = None, pointer: str | None = None) -> StatusError:
    """A StatusError that names its W3C problem; the rule follows from the problem unless a narrower one is given."""
    return StatusError(message, problem=problem.value, rule=rule or _RULES[problem], pointer=pointer)


def malformed(message: str, pointer: str | None = None) -> StatusError:
    """A value that breaks a MUST of the data model."""
    return refusal(Problem.MALFORMED_VALUE, message, pointer=pointer)
