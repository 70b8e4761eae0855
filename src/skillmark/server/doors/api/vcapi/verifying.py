"""Verifying for the test suites: the site's verifier under the conformance policy, its report as an HTTP status."""

from __future__ import annotations

from typing import Any

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.verifying import Outcome, Policy, Report, Verdict
from skillmark.errors import InputError, ProofError
from skillmark.server.credentialing.verification.actions import verify

PROOF_TIMES = frozenset({"proof-created", "proof-expires"})


def verify_document(document: JsonObject, options: JsonObject, *, presentation: bool, proof_only: bool) -> Report:
    """Verify a credential or a presentation. `proof_only` leaves out whether the key is the issuer's."""
    policy = Policy(
        domain=_domain(options.get("domain")),
        challenge=_text(options, "challenge"),
        proof_only=proof_only,
        conformance=True,
    )
    report = verify(document, policy=policy)
    if report.document is not None and _is_presentation(report.document) is not presentation:
        wanted = "presentation" if presentation else "credential"
        raise ProofError(f"what was sent is no {wanted}", rule="document-type", pointer="/type")
    return report


def holds(report: Report, options: JsonObject) -> bool:
    """Whether to answer 200: the verdict, or with `checks: ["proof"]` what concerns the proof alone."""
    checks = options.get("checks")
    if checks is not None and (not isinstance(checks, list) or not all(isinstance(name, str) for name in checks)):
        raise InputError("options.checks is a list of names", rule="options")
    if checks != ["proof"]:
        return report.verdict is Verdict.VALID
    in_time = all(check.rule not in PROOF_TIMES or check.outcome is Outcome.PASSED for check in report.checks)
    return (
        report.intact.outcome is Outcome.PASSED and in_time and all(holds(one, options) for one in report.credentials)
    )


def _is_presentation(document: JsonObject) -> bool:
    types = document.get("type")
    return "VerifiablePresentation" in (types if isinstance(types, list) else [types])


def _domain(value: Any) -> str | None:
    listed = value if isinstance(value, list) else [value]
    if len(listed) != 1 or not isinstance(listed[0], str | None):
        raise InputError("options.domain is one text", rule="options")
    return listed[0]


def _text(options: JsonObject, name: str) -> str | None:
    value = options.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(f"options.{name} is a text", rule="options")
    return value
