"""Issuing: one credential or many, linted before they are signed. Knows no store and no clock."""

from skillmark.credentials.issuing.awards import Award, AwardError, time_of_day
from skillmark.credentials.issuing.batch import BatchIssuer, Issued
from skillmark.credentials.issuing.building import (
    Definition,
    Identifier,
    StatusPosition,
    build_credential,
    issuer_profile,
)
from skillmark.credentials.issuing.inspection import LintError
from skillmark.credentials.issuing.single import Form, issue, secure

__all__ = [
    "Award",
    "AwardError",
    "BatchIssuer",
    "Definition",
    "Form",
    "Identifier",
    "Issued",
    "LintError",
    "StatusPosition",
    "build_credential",
    "issue",
    "issuer_profile",
    "secure",
    "time_of_day",
]
