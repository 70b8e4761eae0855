"""Rules of Data Integrity and of JSON-LD under it: what is signed must be what is read, in every engine.

Undefined terms, relative types and redefined terms show when the document is made canonical, which issuing always does.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from skillmark.credentials.canonical import canonicalize
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

_LANGUAGE: Final = frozenset({"@value", "@language", "@direction"})
_NAMING: Final = frozenset({"name", "description"})
_WITH_CONTEXT: Final = frozenset({"endorsement", "proof", "verifiableCredential"})


def findings(document: JsonObject, noted: Survey, *, conformance: bool) -> Iterator[Finding]:
    """Everything this authority objects to. The conformance profile lets inline contexts pass."""
    yield from _contexts(document, conformance=conformance)
    yield from _form(noted)
    yield from _values(noted)
    if noted.high_texts and _order_differs(document, conformance=conformance):
        yield _warning(
            rule="text-order",
            message="some verifiers sort characters above U+FFFF before those from U+E000; they will refuse the proof",
            pointer="",
            clause=_CANONICAL,
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


def _form(noted: Survey) -> Iterator[Finding]:
    for at in noted.nulls:
        yield _error(
            rule="null-member",
            message="null is dropped before anything is signed; leave the member out",
            pointer=at,
            clause=_LOSS,
        )
    for at, keyword in noted.keywords:
        if not _expected_keyword(at, keyword):
            yield _error(
                rule="keyword",
                message=f"{keyword} may not stand here: a signed document uses plain terms only",
                pointer=at,
                clause=_LOSS,
            )
    for at in noted.full_names:
        yield _error(
            rule="full-name",
            message="a member named by an IRI keeps its meaning but hides from readers; use the term of the context",
            pointer=at,
            clause=_LOSS,
        )
    for at in noted.nested_arrays:
        yield _error(
            rule="nested-array",
            message="an array inside an array is flattened before anything is signed; use one array",
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


def _expected_keyword(at: str, keyword: str) -> bool:
    """`@context` at the root and in embedded documents; language values in names and descriptions."""
    above = [step for step in at.split("/")[1:-1] if not step.isdigit()]
    if keyword == "@context":
        return not above or above[-1] in _WITH_CONTEXT
    return keyword in _LANGUAGE and bool(above) and above[-1] in _NAMING


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
        return False  # told by whoever signs
    return sorted(lines, key=lambda line: line.encode("utf-16-be")) != sorted(lines)
