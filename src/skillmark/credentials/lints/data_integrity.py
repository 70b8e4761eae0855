"""Rules of Data Integrity and of JSON-LD under it: what is signed must be what is read, in every engine."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from skillmark.credentials.canonical import STRICT, canonicalize
from skillmark.credentials.canonical.emitter import Emitter
from skillmark.credentials.contexts import registry
from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.lints.findings import Authority, Finding, Severity, shown
from skillmark.credentials.lints.survey import FORBIDDEN, Survey
from skillmark.credentials.model.extension import CONTEXT, uses
from skillmark.errors import CanonicalizationError

_error: Final = partial(Finding, severity=Severity.ERROR, authority=Authority.DATA_INTEGRITY)
_warning: Final = partial(Finding, severity=Severity.WARNING, authority=Authority.DATA_INTEGRITY)

_CONTEXTS: Final = "Data Integrity 1.0 §2.4 Contexts and Vocabularies"
_LOSS: Final = "Data Integrity 1.0 §4 Algorithms, DATA_LOSS_DETECTION_ERROR"
_CANONICAL: Final = "RDF Dataset Canonicalization 1.0 §5 Serialization"
_NUMBERS: Final = "JSON-LD 1.1 API §8.6 Data Round Tripping"

_EMITTERS: Final = {False: STRICT, True: Emitter(allow_inline_contexts=True)}


def findings(document: JsonObject, noted: Survey, *, conformance: bool) -> Iterator[Finding]:
    """Everything this authority objects to. The conformance profile lets inline contexts pass."""
    yield from _contexts(document, conformance=conformance)
    yield from _members(noted)
    yield from _values(noted)
    if noted.high_texts and _order_differs(document, conformance=conformance):
        yield _warning(
            rule="text-order",
            message="some verifiers sort characters above U+FFFF before those from U+E000; they will refuse the proof",
            pointer="",
            clause=_CANONICAL,
        )


def loss(document: JsonObject, *, conformance: bool) -> Iterator[Finding]:
    """What a signature would not cover: undefined terms, relative types and ids, redefined terms, hidden forms."""
    try:
        _EMITTERS[conformance].quads(document, in_place=True)
    except CanonicalizationError as fault:
        yield _error(
            rule=fault.rule,
            message=f"{fault.message}; a signature would not cover it",
            pointer=fault.pointer or "",
            clause=_LOSS,
        )


def _contexts(document: JsonObject, *, conformance: bool) -> Iterator[Finding]:
    contexts = document.get("@context")
    known = registry.PRODUCT | registry.CONFORMANCE_ONLY if conformance else registry.PRODUCT
    for position, context in enumerate(contexts if isinstance(contexts, list) else []):
        if isinstance(context, dict) and not conformance:
            yield _error(
                rule="context-inline",
                message="a context stands in the document itself and could change what terms mean; publish it instead",
                pointer=f"/@context/{position}",
                clause=_CONTEXTS,
            )
        elif isinstance(context, str) and context not in known:
            yield _error(
                rule="context-unknown",
                message=f"the context {shown(context)} is not pinned, so nobody can know its terms; leave it out",
                pointer=f"/@context/{position}",
                clause=_CONTEXTS,
            )
    if isinstance(contexts, list) and CONTEXT not in contexts:
        for at, term, _ in uses(document):
            yield _error(
                rule="extension-context-missing",
                message=f"{term} is a term of {CONTEXT}, which @context does not name; add it",
                pointer=at,
                clause=_LOSS,
            )


def _members(noted: Survey) -> Iterator[Finding]:
    for at in noted.nulls:
        yield _error(
            rule="null-member",
            message="null is dropped before anything is signed; leave the member out",
            pointer=at,
            clause=_LOSS,
        )
    for at in noted.read_only:
        yield _error(
            rule="read-only-term",
            message="editions of the Open Badges 3.0.3 context differ over this term; leave it out",
            pointer=at,
            clause=_CONTEXTS,
        )


def _values(noted: Survey) -> Iterator[Finding]:
    for at, number in noted.numbers:
        yield _error(
            rule="number-range",
            message=f"{number} is not written alike by all engines; use 0, or a magnitude from 0.000001 to 2^53",
            pointer=at,
            clause=_NUMBERS,
        )
    for at, text in noted.texts:
        if found := FORBIDDEN.search(text):
            yield _error(
                rule="text-noncharacter",
                message=f"U+{ord(found[0]):04X} is no character, and engines differ in writing it; remove it",
                pointer=at,
                clause=_CANONICAL,
            )


def _order_differs(document: JsonObject, *, conformance: bool) -> bool:
    """Whether the canonical lines stand in another order when sorted by UTF-16 code units."""
    try:
        lines = canonicalize(document, allow_inline_contexts=conformance).decode().splitlines()
    except CanonicalizationError:
        return False
    return sorted(lines, key=lambda line: line.encode("utf-16-be")) != sorted(lines)
