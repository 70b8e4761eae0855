"""Proof sets and chains: which proofs a document carries, which each builds on, and in what order to check them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from skillmark.errors import ProofError

MOST_PROOFS = 8  # each may cost a whole work limit of canonicalisation

Proof = Mapping[str, Any]


def proofs_of(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The proofs of a secured document, one or several."""
    found = document.get("proof")
    proofs: list[Any] = found if isinstance(found, list) else [found]
    if not proofs or not all(isinstance(proof, dict) for proof in proofs):
        raise ProofError("no proof: `proof` must be an object or a list of objects", rule="proof-missing")
    if len(proofs) > MOST_PROOFS:
        raise ProofError(f"the document carries {len(proofs)} proofs, more than {MOST_PROOFS}", rule="proof-count")
    return proofs


def previous_ids(proof: Proof) -> frozenset[str]:
    """The ids in `previousProof`, which may be one or several."""
    named = proof.get("previousProof", [])
    names = named if isinstance(named, list) else [named]
    if not all(isinstance(name, str) for name in names):
        raise ProofError("previousProof must be the id of a proof or a list of them", rule="proof-previous-proof")
    return frozenset(names)


def matching_previous(proofs: Sequence[Proof], proof: Proof) -> list[Proof]:
    """The proofs that `proof` is computed over, in the order of the document (VC Data Integrity §4.5)."""
    positions = _positions(proofs)
    return [proofs[position] for position in sorted(_position(positions, name) for name in previous_ids(proof))]


def checking_order(proofs: Sequence[Proof]) -> list[int]:
    """Positions of the proofs, each after those it builds on; linear in their number and references.

    Refuses an id used twice, a reference to a proof that is not there, and a circle.
    """
    positions = _positions(proofs)
    waiting = [0] * len(proofs)
    followers: list[list[int]] = [[] for _ in proofs]
    for position, proof in enumerate(proofs):
        for name in previous_ids(proof):
            followers[_position(positions, name)].append(position)
            waiting[position] += 1
    order = [position for position, count in enumerate(waiting) if count == 0]
    for position in order:
        for follower in followers[position]:
            waiting[follower] -= 1
            if waiting[follower] == 0:
                order.append(follower)
    if len(order) < len(proofs):
        raise ProofError("the proofs build on one another in a circle", rule="proof-cycle")
    return order


def _positions(proofs: Sequence[Proof]) -> dict[str, int]:
    positions: dict[str, int] = {}
    for position, proof in enumerate(proofs):
        name = proof.get("id")
        if not isinstance(name, str):
            continue
        if name in positions:
            raise ProofError(f"two proofs have the id {name}", rule="proof-id")
        positions[name] = position
    return positions


def _position(positions: Mapping[str, int], name: str) -> int:
    if name not in positions:
        raise ProofError(f"previousProof names {name}, which is no proof of this document", rule="proof-previous-proof")
    return positions[name]
