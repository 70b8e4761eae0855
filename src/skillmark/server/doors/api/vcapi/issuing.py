"""Issuing for the test suites: what the W3C's rules refuse is refused, inline contexts are accepted here alone."""

from __future__ import annotations

from typing import Any

from skillmark.credentials.canonical import canonicalize
from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.encoding.timestamps import format_timestamp
from skillmark.credentials.issuing import LintError
from skillmark.credentials.lints import Severity, lint
from skillmark.credentials.proofs.data_integrity import add_proof
from skillmark.errors import IssuingError
from skillmark.server.doors.api.vcapi import lists
from skillmark.server.doors.api.vcapi.issuers import Issuer
from skillmark.server.foundation.base.clock import now


def issue(issuer: Issuer, credential: JsonObject, options: JsonObject) -> JsonObject:
    """Sign a credential, with a status entry where it has none. Raises SkillmarkError with the reason not to."""
    _check_party(issuer, credential)
    _check(credential)
    if "credentialStatus" not in credential:
        credential = {**credential, "credentialStatus": _status(issuer, options)}
        _check(credential)
    return add_proof(
        credential,
        issuer.signer,
        cryptosuite=issuer.cryptosuite,
        created=format_timestamp(now()),
        allow_inline_contexts=True,
    )


def _check_party(issuer: Issuer, credential: JsonObject) -> None:
    if "proof" in credential:
        raise IssuingError("a credential to be issued carries no proof", rule="issuing-proof", pointer="/proof")
    party = credential.get("issuer")
    named = party.get("id") if isinstance(party, dict) else party
    if isinstance(named, str) and named != issuer.did:
        raise IssuingError(f"this address issues for {issuer.did} alone", rule="issuing-issuer", pointer="/issuer")


def _check(credential: JsonObject) -> None:
    errors = [finding for finding in lint(credential, conformance=True) if finding.severity is Severity.ERROR]
    if errors:
        raise LintError(errors)
    canonicalize(credential, allow_inline_contexts=True)  # a jcs proof alone would let undefined terms pass


def _status(issuer: Issuer, options: JsonObject) -> Any:
    """One entry for revocation, or one for each purpose that `options.statusPurpose` names."""
    asked = options.get("statusPurpose", lists.PURPOSES[0])
    purposes = asked if isinstance(asked, list) else [asked]
    if not purposes or any(purpose not in lists.PURPOSES for purpose in purposes):
        raise IssuingError(f"statusPurpose is one or more of {', '.join(lists.PURPOSES)}", rule="issuing-options")
    entries = [lists.give_entry(issuer, purpose) for purpose in purposes]
    return entries if isinstance(asked, list) else entries[0]
