"""One credential: linted, tried with a scratch key, then signed; any error leaves the real key unused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from skillmark.credentials.issuing import Award, Form, LintError, issue, secure
from skillmark.credentials.issuing.inspection import check, inspect, scratch_signer
from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.data_integrity import verify_proof
from skillmark.credentials.proofs.tokens import split_token, verify_token
from skillmark.errors import InputError, ProofError
from tests.credentials.issuing.desk import CREATED, Spy, by_hand, counted, profile, signer


def document(**members: Any) -> dict[str, Any]:
    return by_hand(Award(name="Ann"), profile(), randomness=counted()) | members


@pytest.mark.parametrize("algorithm", list(Algorithm))
def test_credential_is_issued_as_a_token(algorithm: Algorithm) -> None:
    text = issue(document(), signer(algorithm), created=CREATED, form=Form.JWT).decode()
    verify_token(split_token(text), signer(algorithm).public)


@pytest.mark.parametrize("suite", [None, "eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_credential_is_issued_with_a_proof(suite: str | None) -> None:
    issued = json.loads(issue(document(), signer(), created=CREATED, cryptosuite=suite))
    proof = issued.pop("proof")
    assert issued == document()
    assert (proof["created"], proof["cryptosuite"]) == (CREATED, suite or "eddsa-rdfc-2022")
    verify_proof(issued, proof, signer().public)


@pytest.mark.parametrize(
    "members",
    [
        {"type": ["OpenBadgeCredential"]},
        {"credentialSubject": {"type": ["AchievementSubject"]}},
        {"validFrom": "2026-01-01T00:00:00"},
        {"honours": "summa"},
        {"id": "relative"},
    ],
)
@pytest.mark.parametrize("form", list(Form))
def test_error_of_the_standards_stops_the_signing(members: dict[str, Any], form: Form) -> None:
    spy = Spy()
    with pytest.raises(LintError):
        issue(document(**members), spy, created=CREATED, form=form)
    assert spy.signed == []


def test_warning_of_the_european_approach_stops_the_signing_where_it_is_required() -> None:
    spy = Spy()
    with pytest.raises(LintError) as refused:
        issue(document(), spy, created=CREATED, required=frozenset({"european"}))
    assert spy.signed == []
    assert len(refused.value.findings) > 1
    assert refused.value.message.endswith(f"(and {len(refused.value.findings) - 1} more)")
    issue(document(), spy, created=CREATED)
    assert len(spy.signed) == 1


def test_failed_trial_leaves_the_real_key_unused(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any, **__: Any) -> None:
        raise ProofError("the trial does not hold")

    monkeypatch.setattr("skillmark.credentials.issuing.single.inspect", failing)
    spy = Spy()
    with pytest.raises(ProofError):
        issue(document(), spy, created=CREATED)
    assert spy.signed == []


def test_findings_that_stop_nothing_are_returned() -> None:
    findings = check(document())
    assert findings
    assert {finding.severity.value for finding in findings} <= {"warning", "notice"}


def test_inspection_reads_bytes_as_a_stranger() -> None:
    data = secure(document(), signer(), created=CREATED)
    inspect(data, signer().public)
    with pytest.raises(ProofError):
        inspect(data.replace(b"Knot tying, 100", b"Knot tying, 101"), signer().public)
    with pytest.raises(InputError):
        inspect(data[:-1] + b',"name":"twice"}', signer().public)
    token = secure(document(), signer(), created=CREATED, form=Form.JWT)
    inspect(token, signer().public)
    with pytest.raises(ProofError):
        inspect(token, signer(Algorithm.P256).public)


def test_scratch_key_is_of_the_same_kind_under_the_same_names_and_never_the_real_one() -> None:
    for algorithm in Algorithm:
        real = signer(algorithm)
        scratch = scratch_signer(real)
        assert (scratch.algorithm, scratch.verification_method, scratch.controller) == (
            algorithm,
            real.verification_method,
            real.controller,
        )
        assert scratch.public != real.public


def test_one_finding_is_told_alone() -> None:
    with pytest.raises(LintError) as refused:
        check(document(issuer=profile() | {"url": 5}))
    assert len(refused.value.findings) == 1
    assert (refused.value.message, refused.value.rule) == (refused.value.findings[0].message, "lint")
