"""Verifying: any common secured form in, a report with three answers out. Works on what it is handed, nothing else."""

from skillmark.credentials.verifying.proving import Policy, Resolver
from skillmark.credentials.verifying.report import Answer, Check, NotValidError, Outcome, Report, Verdict
from skillmark.credentials.verifying.verifier import Verifier, now_in_utc

__all__ = [
    "Answer",
    "Check",
    "NotValidError",
    "Outcome",
    "Policy",
    "Report",
    "Resolver",
    "Verdict",
    "Verifier",
    "now_in_utc",
]
