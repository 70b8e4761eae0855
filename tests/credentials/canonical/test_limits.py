"""Documents made to cost more than they weigh are refused by the work they would take, whatever their shape."""

from __future__ import annotations

from typing import Any

import pytest

from skillmark.credentials.canonical import canonicalize, emitter
from skillmark.credentials.contexts.compiler import EMPTY, process
from skillmark.errors import WorkLimitError

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


def badge(**members: Any) -> dict[str, Any]:
    document = {"@context": [V2, OB], "id": "urn:badge", "type": ["VerifiableCredential", "OpenBadgeCredential"]}
    return {**document, **members}


def twins(kind: str, members: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": kind, **members}] * 2


@pytest.mark.parametrize(
    "document",
    [
        {**badge(), "@context": [V2, *[OB] * 1000]},
        badge(type=["VerifiableCredential", *(f"urn:type:{number}" for number in range(1000))]),
        badge(evidence=[{"type": ["Evidence", f"urn:type:{number}"]} for number in range(1000)]),
        badge(endorsement=[{"@context": [V2, OB, *[OB] * (number % 14)], "type": "Profile"} for number in range(600)]),
        badge(evidence=[{"type": "Evidence", "name": str(number)} for number in range(30_000)]),
        badge(
            credentialSubject={"type": "AchievementSubject", "result": twins("Result", {"alignment": [{}] * 20_000})}
        ),
        {
            "@context": [V2, OB],
            "type": "VerifiablePresentation",
            "verifiableCredential": twins("VerifiableCredential", {"@context": V2, "evidence": [{}] * 10_000}),
        },
    ],
    ids=["contexts", "types", "kinds", "nested contexts", "statements", "alike trees", "alike graphs"],
)
def test_costly_document_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(WorkLimitError):
        canonicalize(document)


@pytest.mark.parametrize(
    "context",
    [
        {f"t{number}": f"urn:{number}" for number in range(2000)},
        {**{f"t{number}": f"t{number + 1}" for number in range(1000)}, "t1000": "urn:x"},
        {"t0": "urn:x:", **{f"t{number}": f"t{number - 1}:{'x' * 900}:" for number in range(1, 900)}},
    ],
    ids=["many terms", "terms by way of terms", "long IRIs"],
)
def test_costly_context_is_refused(context: dict[str, str]) -> None:
    with pytest.raises(WorkLimitError):
        process(EMPTY, context, allow_inline=True)


def test_thousands_of_terms_of_one_iri_are_refused() -> None:
    contexts = [{f"t{place}x{number}": "urn:same" for number in range(1000)} for place in range(10)]
    with pytest.raises(WorkLimitError):
        canonicalize({"@context": [V2, *contexts], "id": "urn:x", "t0x0": "y"}, allow_inline_contexts=True)


def test_nothing_a_stranger_makes_up_is_remembered() -> None:
    compiled = emitter.Emitter(allow_inline_contexts=True)
    before = _kept(compiled)
    for number in range(20):
        compiled.quads(badge(type=["VerifiableCredential", f"urn:type:{number}"]))
        compiled.quads(
            {"@context": [V2, {"@vocab": "urn:v:", f"t{number}": "urn:t"}], "id": "urn:x", f"w{number}": "1"}
        )
        compiled.quads({"@context": [V2, {"@vocab": "urn:v:"}], "id": "urn:x", f"w{number}": "1"})
    assert _kept(compiled) <= before + 1  # the set of V2 and OB, with no type


def test_strangers_cannot_fill_the_memory_of_compiled_contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emitter, "_MOST_KEPT", 100)
    compiled = emitter.Emitter()
    expected = compiled.quads(badge())
    for number in range(2, 60):
        compiled.quads(badge(type=["VerifiableCredential"] * number))
        assert _kept(compiled) < 100
    assert compiled.quads(badge()) == expected


def _kept(compiled: emitter.Emitter) -> int:
    """How many states hang on an emitter."""
    seen: set[int] = set()
    waiting = [compiled._root, *compiled._sets.values()]
    while waiting:
        state = waiting.pop()
        if id(state) not in seen:
            seen.add(id(state))
            waiting += [state.base, *state.nested.values(), *(inner for inner, _ in state.types.values())]
    return len(seen) + sum(len(state.types) for state in compiled._sets.values())
