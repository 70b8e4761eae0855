"""Canonical forms: JSON-LD to N-Quads under pinned contexts, RDFC-1.0, and JCS. Values in, bytes out; nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skillmark.credentials.canonical.emitter import Emitter
from skillmark.credentials.canonical.jcs import jcs
from skillmark.credentials.canonical.nquads import parse
from skillmark.credentials.canonical.rdfc import WORK, Canonical, canonicalize_quads

__all__ = ["STRICT", "WORK", "Canonical", "canonicalize", "canonicalize_nquads", "jcs"]

STRICT = Emitter()
_CONFORMANCE = Emitter(allow_inline_contexts=True)


def canonicalize(
    document: Mapping[str, Any],
    *,
    hash_name: str = "sha256",
    allow_inline_contexts: bool = False,
    in_place: bool = False,
    work: int = WORK,
) -> bytes:
    """The canonical N-Quads of a JSON-LD document, in UTF-8 (RDFC-1.0 over strict JSON-LD 1.1).

    `hash_name` is sha256 or sha384. Inline contexts are for the conformance profile alone. `in_place` is for what is
    signed: the canonical form does not tell in which object of one id a member stands, see `places`. Raises
    CanonicalizationError for anything a signature would not cover, WorkLimitError for a poison graph.
    """
    emitter = _CONFORMANCE if allow_inline_contexts else STRICT
    return canonicalize_quads(emitter.quads(document, in_place=in_place), hash_name=hash_name, work=work).encode()


def canonicalize_nquads(text: str, *, hash_name: str = "sha256", work: int = WORK) -> tuple[bytes, dict[str, str]]:
    """The canonical form of an N-Quads document, and the map from its blank node labels to canonical ones."""
    quads, names = parse(text)
    canonical = canonicalize_quads(quads, hash_name=hash_name, work=work)
    return canonical.encode(), {
        name: canonical.labels[number] for name, number in names.items() if number in canonical.labels
    }
