"""The first answer: is it intact? Every proof on its own, then what they say together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from skillmark.credentials.dids import ControllerDocument, VerificationMethod
from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.keys import PublicKey
from skillmark.credentials.proofs.authority import check_authority, method_faults_at, token_method
from skillmark.credentials.proofs.chains import checking_order, matching_previous
from skillmark.credentials.proofs.cryptosuites import Suite, check_algorithm, signature_of
from skillmark.credentials.proofs.data_integrity import signed_data
from skillmark.credentials.proofs.jose import token_faults_at
from skillmark.credentials.proofs.shapes import check_shape, proof_faults_at
from skillmark.credentials.proofs.tokens import Token, verify_token
from skillmark.credentials.verifying.known import KnownForms
from skillmark.credentials.verifying.reading import Opened
from skillmark.credentials.verifying.report import Answer, Check, Outcome, failed, of_error
from skillmark.errors import FetchError, ProofError, SkillmarkError

TIMES = frozenset({"proof-created", "proof-expires", "jose-nbf", "jose-exp"})
"""Faults of the clock. They leave a proof intact and belong to the second answer."""

_LENIENT = TIMES | {"proof-time-zone"}
_CLAUSE = "VC Data Integrity 1.0, 4.4"
_JWT_CLAUSE = "Open Badges 3.0, 8.2.4; VC-JOSE-COSE 1.0"


class Resolver(Protocol):
    """Leads from an identifier to the keys its controller lists."""

    def resolve(self, identifier: str) -> ControllerDocument:
        """The controller document of a DID or https URL; FetchError where it could not be had."""

    def dereference(self, url: str) -> tuple[ControllerDocument, VerificationMethod]:
        """The method a URL names, with the document that lists it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a proof must be for: its purpose, the audience that asked, and whether only the proof itself counts."""

    purpose: str = "assertionMethod"
    domain: str | None = None
    challenge: str | None = None
    proof_only: bool = False
    conformance: bool = False
    """The conformance profile: inline contexts and proof times without an offset are accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proved:
    """The answer and the checks behind it, one for each of `proofs`."""

    answer: Answer
    checks: Sequence[Check]
    proofs: Sequence[JsonObject] = ()

    def rows(self) -> list[JsonObject]:
        """What the report shows of each proof."""
        return [_row(proof, check) for proof, check in zip(self.proofs, self.checks, strict=True)]


class Prover:
    """Checks the proofs of opened documents with keys from one resolver."""

    def __init__(self, resolver: Resolver, known: KnownForms) -> None:
        self._resolver = resolver
        self._known = known

    def prove(self, opened: Opened, now: datetime, policy: Policy) -> Proved:
        """Check every proof; each that claims the issuer must hold (VC Data Integrity 1.0, 4.4 and 4.5)."""
        if opened.token is not None:
            return self._prove_token(opened, opened.token, now, policy)
        try:
            proofs = opened.proofs()
            order = checking_order(proofs) if len(proofs) > 1 or "previousProof" in proofs[0] else [0]
        except SkillmarkError as error:
            return _alone(
                of_error(error, clause=_CLAUSE), state="no-proof" if error.rule == "proof-missing" else "broken"
            )
        checks: dict[int, Check] = {}
        for position in order:
            previous = matching_previous(proofs, proofs[position]) if "previousProof" in proofs[position] else []
            broken = [proof for proof in previous if checks[proofs.index(dict(proof))].outcome is not Outcome.PASSED]
            if broken:
                checks[position] = failed("proof-previous-proof", "a proof it builds on does not hold", clause=_CLAUSE)
            else:
                checks[position] = self._check(opened, proofs[position], now, policy=policy, previous=previous)
        return _together(opened, proofs, [checks[position] for position in range(len(proofs))], policy)

    def _check(
        self, opened: Opened, proof: JsonObject, now: datetime, *, policy: Policy, previous: Sequence[Mapping[str, Any]]
    ) -> Check:
        try:
            suite = check_shape(proof, purpose=policy.purpose)
            url = proof["verificationMethod"]
            document, method = self._resolver.dereference(url)
            if not policy.proof_only:
                # A presentation need not name its holder (VC Data Model 2.0, 4.13); then the key speaks for itself.
                unnamed = opened.is_presentation and "holder" not in opened.document
                self._check_party(document, method, document.id if unnamed else opened.issuer, policy.purpose)
            check_algorithm(suite, method.key.algorithm)
            self._check_signature(opened, proof, method.key, suite=suite, previous=previous, policy=policy)
            self._check_audience(proof, method, now, policy)
        except FetchError as error:
            return of_error(error, outcome=Outcome.UNKNOWN, clause=_CLAUSE)
        except SkillmarkError as error:
            return of_error(error, clause=_CLAUSE)
        return Check("proof", Outcome.PASSED, f"the {suite.name} proof holds, by {url}", _CLAUSE)

    def _check_signature(
        self,
        opened: Opened,
        proof: JsonObject,
        key: PublicKey,
        *,
        suite: Suite,
        previous: Sequence[Mapping[str, Any]],
        policy: Policy,
    ) -> None:
        data = None if previous or policy.conformance else self._known.signature_input(opened, suite, key.algorithm)
        if data is None:
            data = signed_data(
                opened.document,
                proof,
                suite=suite,
                algorithm=key.algorithm,
                previous=previous,
                allow_inline_contexts=policy.conformance,
                appended_contexts=policy.conformance,
            )
        if not key.verify(signature_of(proof["proofValue"], key.algorithm), data):
            raise ProofError("the signature does not match the document", rule="proof-signature")

    @staticmethod
    def _check_audience(proof: JsonObject, method: VerificationMethod, now: datetime, policy: Policy) -> None:
        """Domain, challenge and the key's own end; what the clock says of the proof belongs to the second answer."""
        passed_over = _LENIENT if policy.conformance else TIMES
        faults = proof_faults_at(proof, now, domain=policy.domain, challenge=policy.challenge)
        for fault in [*faults, *method_faults_at(method, now)]:
            if fault.rule not in passed_over:
                raise ProofError(fault.message, rule=fault.rule)

    def _check_party(self, document: ControllerDocument, method: VerificationMethod, party: Any, purpose: str) -> None:
        if not isinstance(party, str):
            raise ProofError("the document names nobody whose key could sign it", rule="proof-controller")
        if method.controller != document.id and method.controller == party:
            document = self._resolver.resolve(party)
        check_authority(method, document, purpose=purpose, party=party)

    def _prove_token(self, opened: Opened, token: Token, now: datetime, policy: Policy) -> Proved:
        try:
            party = opened.issuer
            if not isinstance(party, str):
                raise ProofError("the token names no issuer whose key could sign it", rule="jose-key")
            method = token_method(token, self._resolver.resolve(party), purpose=policy.purpose)
            verify_token(token, method.key)
            faults = token_faults_at(token, now, domain=policy.domain, challenge=policy.challenge)
            for fault in [*faults, *method_faults_at(method, now)]:
                if fault.rule not in TIMES:
                    raise ProofError(fault.message, rule=fault.rule)
        except FetchError as error:
            return _alone(of_error(error, outcome=Outcome.UNKNOWN, clause=_JWT_CLAUSE), state="key-unreachable")
        except SkillmarkError as error:
            return _alone(of_error(error, clause=_JWT_CLAUSE), state="broken")
        check = Check("proof", Outcome.PASSED, f"the {opened.form} signature holds, by {method.id}", _JWT_CLAUSE)
        proof = {"type": str(token.kind), "alg": token.header["alg"], "verificationMethod": method.id}
        return Proved(answer=Answer(Outcome.PASSED, opened.form), checks=(check,), proofs=(proof,))


def _alone(check: Check, *, state: str) -> Proved:
    return Proved(answer=Answer(check.outcome, state), checks=(check,), proofs=({},))


def _together(opened: Opened, proofs: Sequence[JsonObject], checks: Sequence[Check], policy: Policy) -> Proved:
    """All proofs in one answer: those of the issuer must all hold, and there must be one; others are only reported."""
    if len(proofs) == 1 and checks[0].outcome is Outcome.PASSED:
        return Proved(answer=Answer(Outcome.PASSED, _form(proofs, checks)), checks=checks, proofs=proofs)
    counted = [
        check for proof, check in zip(proofs, checks, strict=True) if policy.proof_only or _claims(proof, opened.issuer)
    ]
    counted = counted or list(checks)
    outcome = Outcome.PASSED
    for check in counted:
        if check.outcome is not Outcome.PASSED:
            outcome = check.outcome if outcome is not Outcome.FAILED else outcome
    state = {Outcome.FAILED: "broken", Outcome.UNKNOWN: "key-unreachable"}.get(outcome) or _form(proofs, checks)
    return Proved(answer=Answer(outcome, state), checks=checks, proofs=proofs)


def _claims(proof: JsonObject, party: Any) -> bool:
    method = proof.get("verificationMethod")
    return isinstance(method, str) and isinstance(party, str) and method.partition("#")[0] == party.partition("#")[0]


def _form(proofs: Sequence[JsonObject], checks: Sequence[Check]) -> str:
    names = [
        proof.get("cryptosuite") or proof["type"]
        for proof, check in zip(proofs, checks, strict=True)
        if check.outcome is Outcome.PASSED
    ]
    return " + ".join(dict.fromkeys(names))


def _row(proof: JsonObject, check: Check) -> JsonObject:
    names = ("id", "type", "alg", "cryptosuite", "verificationMethod", "proofPurpose", "created", "previousProof")
    shown = {name: proof[name] for name in names if name in proof}
    return {**shown, "outcome": check.outcome.value, "explanation": check.explanation}
