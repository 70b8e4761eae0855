"""A batch gives what the long way gives, for every form, suite and shape; and it is inspected as promised."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmark.credentials.issuing import Award, AwardError, Form, Identifier, LintError, StatusPosition, inspection
from skillmark.credentials.issuing import batch as batch_module
from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.data_integrity import add_proof, verify_proof
from skillmark.credentials.proofs.tokens import split_token, verify_token
from skillmark.errors import ProofError, SkillmarkError
from tests.credentials.issuing.desk import (
    ACHIEVEMENT,
    CREATED,
    PLACE,
    Spy,
    batch,
    by_hand,
    counted,
    definition,
    profile,
    signer,
)

SUITES = [
    ("eddsa-rdfc-2022", Algorithm.ED25519),
    ("eddsa-jcs-2022", Algorithm.ED25519),
    ("ecdsa-rdfc-2019", Algorithm.P256),
    ("ecdsa-rdfc-2019", Algorithm.P384),
    ("ecdsa-jcs-2019", Algorithm.P256),
]
TOKENS = [
    (Algorithm.ED25519, "EdDSA"),
    (Algorithm.P256, "ES256"),
    (Algorithm.P384, "ES384"),
    (Algorithm.RSA, "RS256"),
]
BAD = "\x00\x08\x0b\x0c\x0e\x1f\x7f\x9f\ufffe\uffff"
NASTY = ['"', "\\", "%s", "%(a)s", "_:c14n0", "</script>", "\u202e", "😀", "urn:mark:0:", "urn:slot:", "\ud7ff\ue000"]
CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"], exclude_characters=BAD).filter(
    lambda character: not 0xFDD0 <= ord(character) <= 0xFDEF
)
LINE = st.text(CHARACTERS, max_size=20) | st.sampled_from(NASTY)
TEXT = LINE | st.sampled_from(["two\nlines", "tab\t", "\r\n"])
IRI = st.just("") | st.from_regex(r"(?:urn|https|did):[a-z0-9%./:-]{1,12}", fullmatch=True)
DATE = st.sampled_from(["", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05.5+02:00"])
AWARDS = st.builds(
    Award,
    email=st.sampled_from(["ann@example.org", "o'neil+x@a-b.example"]),
    name=LINE,
    subject_id=IRI,
    credential_id=IRI,
    awarded_date=DATE,
    valid_until=st.sampled_from(["", "2030-01-01T00:00:00Z"]),
    evidence_url=st.sampled_from(["", "https://issuer.example/e/%20?a=b#c"]),
    evidence_narrative=TEXT,
    results=st.fixed_dictionaries(
        {},
        optional={
            "Mark": st.sampled_from(["0", "99.5", "+100"]),
            "Word: spoken": LINE.filter(bool),
            "State": st.just("Completed"),
            "Grade": st.sampled_from(["A", "B"]),
            "Rubric": st.sampled_from(["Fair", "Good", "urn:level:1"]),
        },
    ),
).filter(lambda award: not award.subject_id or award.subject_id != award.credential_id)
PLACES = st.sampled_from(
    [(), (PLACE,), (StatusPosition(list_url="urn:list:a", purpose="suspension", index=0),)],
)


def without_value(document: dict[str, Any]) -> dict[str, Any]:
    proof = {name: value for name, value in document["proof"].items() if name != "proofValue"}
    return document | {"proof": proof}


@pytest.mark.parametrize(("suite", "algorithm"), SUITES)
@settings(max_examples=40)
@given(rows=st.lists(st.tuples(AWARDS, PLACES), min_size=1, max_size=3), identifier=st.sampled_from(Identifier))
def test_batch_signs_the_credential_written_by_hand(
    suite: str, algorithm: Algorithm, rows: list[Any], identifier: Identifier
) -> None:
    defined = definition(identifier=identifier)
    issuing = batch(signer(algorithm), defined=defined, cryptosuite=suite)
    random = counted()
    for award, places in rows:
        expected = by_hand(award, profile(), randomness=random, identifier=identifier, places=places)
        issued = issuing.issue(award, status=places)
        document = json.loads(issued.data)
        assert (issued.id, issued.subject) == (expected["id"], expected["credentialSubject"]["id"])
        long_way = add_proof(expected, signer(algorithm), cryptosuite=suite, created=CREATED)
        assert without_value(document) == without_value(long_way)
        verify_proof(expected, document["proof"], signer(algorithm).public)
        if algorithm is Algorithm.ED25519:
            assert document == long_way
    assert issuing.finish() == len(rows)


@pytest.mark.parametrize(("algorithm", "alg"), TOKENS)
@settings(max_examples=40)
@given(award=AWARDS, places=PLACES)
def test_batch_of_tokens_carries_the_credential_written_by_hand(
    algorithm: Algorithm, alg: str, award: Award, places: Any
) -> None:
    issued = batch(signer(algorithm), form=Form.JWT).issue(award, status=places)
    expected = by_hand(award, profile(), randomness=counted(), places=places)
    header, payload = (
        json.loads(base64.urlsafe_b64decode(part + b"=" * (-len(part) % 4))) for part in issued.data.split(b".")[:2]
    )
    assert (header["alg"], header["kid"]) == (alg, signer(algorithm).verification_method)
    claims = {name: payload.pop(name) for name in ("iss", "jti", "sub", "nbf")}
    assert payload == expected
    assert (claims["iss"], claims["jti"], claims["sub"]) == (
        expected["issuer"]["id"],
        expected["id"],
        expected["credentialSubject"]["id"],
    )
    assert claims["nbf"] == {"2026-01-02T03:04:05Z": 1767323045, "2026-01-02T03:04:05.5+02:00": 1767315845}.get(
        expected["validFrom"], 1777636800
    )
    verify_token(split_token(issued.data.decode()), signer(algorithm).public)


def test_suite_follows_the_key_unless_one_is_named() -> None:
    for algorithm, suite in ((Algorithm.ED25519, "eddsa-rdfc-2022"), (Algorithm.P384, "ecdsa-rdfc-2019")):
        document = json.loads(batch(signer(algorithm)).issue(Award(name="Ann")).data)
        assert document["proof"]["cryptosuite"] == suite
    with pytest.raises(ProofError):
        batch(cryptosuite="unheard-2026").issue(Award(name="Ann"))


def test_equal_randomness_gives_equal_bytes() -> None:
    award = Award(email="ann@example.org", name="Ann")
    first, second = (batch().issue(award).data for _ in range(2))
    assert first == second
    given = Award(name="Ann", subject_id="urn:ann")
    assert batch(randomness=bytes).issue(given).id == "urn:uuid:00000000-0000-4000-8000-000000000000"


def test_several_status_entries_are_not_issued_for_open_badges_has_room_for_one() -> None:
    spy = Spy()
    other = StatusPosition(list_url="https://issuer.example/status/2", purpose="suspension", index=0)
    with pytest.raises(LintError) as refused:
        batch(spy).issue(Award(name="Ann"), status=(PLACE, other))
    assert (refused.value.pointer, spy.signed) == ("/credentialStatus", [])


# Where the template gives way to the long way


def test_achievement_that_no_template_takes_is_issued_the_long_way() -> None:
    alike = {"type": ["Alignment"], "targetName": "Knots", "targetUrl": "https://x.example/k"}
    achievement = ACHIEVEMENT | {"alignment": [alike, alike]}
    spy = Spy()
    issuing = batch(spy, defined=definition(achievement))
    for number in range(2):
        document = json.loads(issuing.issue(Award(name=f"Ann {number}")).data)
        proof = document.pop("proof")
        verify_proof(document, proof, spy.public)
    assert len(spy.signed) == 2


def test_what_the_template_passes_over_is_issued_the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_module.CanonicalTemplate, "digest", lambda _self, _values: None)
    document = json.loads(batch().issue(Award(name="Ann")).data)
    proof = document.pop("proof")
    verify_proof(document, proof, signer().public)


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"subject_id": "urn:same", "credential_id": "urn:same"}, "subject_id"),
        ({"credential_id": ACHIEVEMENT["id"]}, "credential_id"),
        ({"subject_id": signer().controller}, "subject_id"),
        ({"subject_id": "https://a.example/b", "evidence_url": "https://a.example/b"}, "evidence_url"),
    ],
)
def test_id_of_something_else_in_the_credential_is_refused(values: dict[str, str], column: str) -> None:
    spy = Spy()
    with pytest.raises(AwardError) as caught:
        batch(spy).issue(Award(name="Ann", **values))
    assert (caught.value.column, spy.signed) == (column, [])


# What is inspected


class Inspected:
    """Which credentials were read as a stranger would, and with whose key."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, spy: Spy) -> None:
        self.trials: list[int] = []
        self.real: list[str] = []
        true = inspection.inspect

        def inspect(data: bytes, key: Any, **options: Any) -> None:
            true(data, key, **options)
            if key == spy.public:
                self.real.append(json.loads(data)["id"])
            else:
                self.trials.append(len(spy.signed))

        monkeypatch.setattr(batch_module, "inspect", inspect)


def ordered(number: int) -> Award:
    """Awards of one layout: their ids rank alike among themselves."""
    return Award(subject_id=f"urn:b:{number:06}", credential_id=f"urn:a:{number:06}")


def test_first_and_last_and_one_in_a_sample_are_inspected(monkeypatch: pytest.MonkeyPatch) -> None:
    spy = Spy()
    seen = Inspected(monkeypatch, spy)
    issuing = batch(spy, sample=10)
    for number in range(25):
        issuing.issue(ordered(number))
    assert issuing.finish() == 25
    assert seen.real == [f"urn:a:{number:06}" for number in (0, 10, 20, 24)]
    assert seen.trials == [0]
    assert len(spy.signed) == 25


def test_last_one_is_not_inspected_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    spy = Spy()
    seen = Inspected(monkeypatch, spy)
    issuing = batch(spy, sample=10)
    for number in range(11):
        issuing.issue(ordered(number))
    assert (issuing.finish(), seen.real) == (11, ["urn:a:000000", "urn:a:000010"])


def test_sample_of_one_inspects_every_credential(monkeypatch: pytest.MonkeyPatch) -> None:
    spy = Spy()
    seen = Inspected(monkeypatch, spy)
    issuing = batch(spy, sample=1)
    for number in range(5):
        issuing.issue(ordered(number))
    assert (issuing.finish(), len(seen.real)) == (5, 5)


def test_one_in_a_thousand_is_the_usual_sample() -> None:
    assert batch_module.SAMPLE == 1000


def test_every_new_layout_is_inspected(monkeypatch: pytest.MonkeyPatch) -> None:
    spy = Spy()
    seen = Inspected(monkeypatch, spy)
    issuing = batch(spy)
    for identifier, subject in (("urn:a", "urn:b"), ("urn:b", "urn:a"), ("urn:c", "urn:d"), ("urn:zz", "https://a.a")):
        issuing.issue(Award(subject_id=subject, credential_id=identifier))
    assert seen.real[:2] == ["urn:a", "urn:b"]
    assert "urn:c" not in seen.real


def test_every_new_structure_is_tried_with_a_scratch_key_first(monkeypatch: pytest.MonkeyPatch) -> None:
    spy = Spy()
    seen = Inspected(monkeypatch, spy)
    issuing = batch(spy)
    for award in (
        Award(name="Ann"),
        Award(email="a@b.example"),
        Award(name="Bob"),
        Award(name="C", awarded_date=CREATED),
    ):
        issuing.issue(award)
    assert seen.trials == [0, 1, 3]


@pytest.mark.parametrize(
    "options", [{}, {"cryptosuite": "eddsa-jcs-2022"}, {"form": Form.JWT}], ids=["rdfc", "jcs", "jwt"]
)
def test_lint_error_on_the_scratch_credential_leaves_the_real_key_unused(options: dict[str, Any]) -> None:
    spy = Spy()
    faulty = {name: value for name, value in ACHIEVEMENT.items() if name != "description"}
    with pytest.raises(LintError) as refused:
        batch(spy, defined=definition(faulty), **options).issue(Award(name="Ann"))
    assert refused.value.pointer == "/credentialSubject/achievement/description"
    assert {finding.authority for finding in refused.value.findings} == {"open-badges"}
    assert spy.signed == []


@pytest.mark.parametrize(
    "options", [{}, {"cryptosuite": "eddsa-jcs-2022"}, {"form": Form.JWT}], ids=["rdfc", "jcs", "jwt"]
)
def test_required_european_elements_stop_the_signing(options: dict[str, Any]) -> None:
    spy = Spy()
    with pytest.raises(LintError) as refused:
        batch(spy, required=frozenset({"european"}), **options).issue(Award(name="Ann"))
    assert {finding.authority for finding in refused.value.findings} == {"european"}
    assert spy.signed == []
    assert batch(spy, **options).issue(Award(name="Ann")).data


def test_broken_real_signature_is_found_on_the_first_credential() -> None:
    spy = Spy(lie=lambda count: count == 1)
    with pytest.raises(ProofError):
        batch(spy).issue(Award(name="Ann"))


def test_broken_signature_is_found_at_the_sample_and_at_the_end() -> None:
    issuing = batch(Spy(lie=lambda count: count == 6), sample=5)
    for number in range(5):
        issuing.issue(ordered(number))
    with pytest.raises(ProofError):
        issuing.issue(ordered(5))
    ending = batch(Spy(lie=lambda count: count == 3))
    for number in range(3):
        ending.issue(ordered(number))
    with pytest.raises(ProofError):
        ending.finish()


def test_empty_batch_ends_with_none() -> None:
    assert batch().finish() == 0


def test_number_of_structures_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_module, "_MOST_SHAPES", 2)
    issuing = batch()
    for award in (Award(name="A"), Award(email="a@b.example"), Award(name="A", awarded_date=CREATED), Award(name="B")):
        document = json.loads(issuing.issue(award).data)
        proof = document.pop("proof")
        verify_proof(document, proof, signer().public)
        assert len(issuing._shapes) <= 2


def test_bad_value_that_only_the_document_shows_is_refused_and_not_signed() -> None:
    spy = Spy()
    issuing = batch(spy)
    issuing.issue(Award(name="Ann"))
    with pytest.raises(SkillmarkError):
        issuing.issue(Award(name="Ann", results={"Unheard": "1"}))
    assert len(spy.signed) == 1
