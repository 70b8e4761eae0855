"""Proof sets and chains: what a proof builds on, and what is no chain."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.proofs.chains import MOST_PROOFS, checking_order, matching_previous, proofs_of
from skillmark.errors import ProofError


def proof(name=None, previous=None):
    members = {"id": name, "previousProof": previous}
    return {member: value for member, value in members.items() if value is not None}


def test_one_proof_and_several_are_read():
    assert proofs_of({"proof": {"type": "a"}}) == [{"type": "a"}]
    assert proofs_of({"proof": [{"type": "a"}, {"type": "b"}]}) == [{"type": "a"}, {"type": "b"}]


@pytest.mark.parametrize("document", [{}, {"proof": None}, {"proof": []}, {"proof": "x"}, {"proof": [{}, 5]}])
def test_a_document_without_proof_is_refused(document):
    with pytest.raises(ProofError) as refused:
        proofs_of(document)
    assert refused.value.rule == "proof-missing"


def test_more_proofs_than_anyone_needs_are_refused():
    assert len(proofs_of({"proof": [{}] * MOST_PROOFS})) == 8
    with pytest.raises(ProofError) as refused:
        proofs_of({"proof": [{}] * (MOST_PROOFS + 1)})
    assert refused.value.rule == "proof-count"


def test_matching_proofs_come_in_the_order_of_the_document():
    proofs = [proof("urn:a"), proof(), proof("urn:b"), proof("urn:c", ["urn:b", "urn:a"])]
    assert matching_previous(proofs, proofs[3]) == [proofs[0], proofs[2]]
    assert matching_previous(proofs, proof("urn:d", "urn:c")) == [proofs[3]]
    assert matching_previous(proofs, proofs[1]) == []


def test_a_previous_proof_that_is_not_there_is_refused():
    proofs = [proof("urn:a"), proof("urn:b", ["urn:a", "urn:z"])]
    for attempt in (lambda: matching_previous(proofs, proofs[1]), lambda: checking_order(proofs)):
        with pytest.raises(ProofError, match="urn:z") as refused:
            attempt()
        assert refused.value.rule == "proof-previous-proof"


def test_two_proofs_with_one_id_are_refused():
    proofs = [proof("urn:a"), proof("urn:a")]
    with pytest.raises(ProofError, match="urn:a") as refused:
        checking_order(proofs)
    assert refused.value.rule == "proof-id"


@pytest.mark.parametrize(
    "proofs",
    [
        [proof("urn:a", "urn:a")],
        [proof("urn:a", "urn:b"), proof("urn:b", "urn:a")],
        [proof("urn:s"), proof("urn:a", ["urn:s", "urn:c"]), proof("urn:b", "urn:a"), proof("urn:c", ["urn:b"])],
    ],
)
def test_a_circle_is_refused(proofs):
    with pytest.raises(ProofError) as refused:
        checking_order(proofs)
    assert refused.value.rule == "proof-cycle"


@pytest.mark.parametrize("previous", [5, [None], [["urn:a"]], {"id": "urn:a"}])
def test_a_previous_proof_that_is_no_id_is_refused(previous):
    with pytest.raises(ProofError) as refused:
        checking_order([proof("urn:a"), proof("urn:b", previous)])
    assert refused.value.rule == "proof-previous-proof"


def test_an_id_that_is_no_text_matches_nothing():
    assert checking_order([{"id": ["urn:a"]}, {"id": 5}, proof("urn:b")]) == [0, 1, 2]


@given(st.lists(st.sets(st.integers(min_value=0, max_value=30)), max_size=30), st.randoms())
def test_every_proof_comes_after_those_it_builds_on(wishes, randomness):
    proofs = [proof(f"urn:{n}", [f"urn:{m}" for m in wish if m < n] or None) for n, wish in enumerate(wishes)]
    randomness.shuffle(proofs)
    done = []
    for position in checking_order(proofs):
        assert {other["id"] for other in matching_previous(proofs, proofs[position])} <= set(done)
        done.append(proofs[position]["id"])
    assert len(done) == len(proofs)


def test_order_is_found_in_linear_time():
    count = 20_000
    proofs = [proof(f"urn:{n}", f"urn:{n + 1}") for n in range(count - 1)] + [proof(f"urn:{count - 1}")]
    started = time.process_time()
    assert checking_order(proofs)[0] == count - 1
    assert time.process_time() - started < 2
