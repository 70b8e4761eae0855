"""The differences between engines that are known, each with its reason and a test of the documents it can touch.

Anything else that differs is a failed build. Engines: jsonld.js 9.0.0 with rdf-canonize 5.0.0, pyoxigraph 0.5.13,
PyLD 3.3.0.
"""

import re
from collections.abc import Iterator
from typing import Any

from tests.credentials.canonical.engines import Refusal, pyoxigraph_nquads
from tests.credentials.canonical.generators import Specimen

SAME, BOTH_REFUSE, UNNAMED = "same", "both refuse", "unnamed difference"

NONCHARACTER = re.compile("[\ufffe\uffff]")
LATE_PLANE_0 = re.compile("[\ue000-\uffff]")
ASTRAL = re.compile("[\U00010000-\U0010ffff]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

# Variants that jsonld.js takes in safe mode and our profile refuses, and why.
REFUSED_ON_PURPOSE = {
    "inline-context": "a context written into the document can change what signed terms mean",
    "vocab-context": "a context written into the document can change what signed terms mean",
    "nested-context": "a context inside the document can change what signed terms mean",
    "contexts-changed": "an empty @context defines nothing; jsonld.js gives the empty form",
    "context-removed": "without @context no member means anything; jsonld.js gives the empty form",
    "null-member": "null carries nothing that a signature covers",
    "null-item": "null carries nothing that a signature covers",
    "nested-array": "compacted form has no arrays inside arrays",
    "list-object": "compacted form has no list or set objects here",
    "value-object": "compacted form has no value objects but language values",
    "full-iri-member": "the member has a term: full IRIs hide signed members from readers of the JSON",
    "compact-iri-member": "the member has a term: compact IRIs hide signed members from readers of the JSON",
    "keyword-member": "the keyword has an alias: `@id` and `@type` hide members from readers of the JSON",
    "included-block": "@included hides statements from readers of the JSON",
    "graph-block": "@graph hides statements from readers of the JSON",
    "index-member": "@index is dropped, so no signature covers it",
    "nest-member": "@nest hides members from readers of the JSON",
    "language-member": "@language in a node is dropped, so no signature covers it",
    "any-identifier": "a blank node or compact IRI as id; characters no IRI may hold",
    "any-proof-purpose": "the IRI of a term in place of the term",
    "array-emptied": "an empty list of types",
}


def jsonld_js(specimen: Specimen, ours: str | Refusal, theirs: str | Refusal) -> str:
    """The name of the difference between our form and jsonld.js's."""
    if isinstance(ours, Refusal) and isinstance(theirs, Refusal):
        return BOTH_REFUSE
    if isinstance(ours, Refusal):
        return next((name for name in specimen.variants if name in REFUSED_ON_PURPOSE), UNNAMED)
    if ours == theirs:
        return SAME
    if isinstance(theirs, Refusal):
        return UNNAMED
    if any(0 < abs(number) < 1e-6 for number in numbers(specimen.document)):
        return "a tiny number as 0"
    text = "\n".join(strings(specimen.document))
    if pyoxigraph_nquads(theirs) != pyoxigraph_nquads(ours):
        return UNNAMED
    if NONCHARACTER.search(text):
        return "noncharacters left raw"
    return "lines in UTF-16 order" if ASTRAL.search(text) and LATE_PLANE_0.search(text) else UNNAMED


def pyoxigraph(specimen: Specimen, ours: str, theirs: str | Refusal) -> str:
    """The name of the difference between our form and pyoxigraph's."""
    if ours == theirs:
        return SAME
    if any(abs(number) >= 2**63 and float(number).is_integer() for number in numbers(specimen.document)):
        return "a large whole number as double"
    if any(len(f"{number:.17g}".strip("-0.")) > 16 for number in numbers(specimen.document)):
        return "a double in its shortest digits"
    if _has_direction(specimen.document):
        return "a direction as RDF 1.2"
    return "members of the first of two types dropped" if _has_two_types(specimen.document) else UNNAMED


def pyld(specimen: Specimen, ours: str, theirs: str | Refusal) -> str:
    """The name of the difference between our form and PyLD's."""
    if ours == theirs:
        return SAME
    if any(CONTROL.search(text) for text in strings(specimen.document)):
        return "control characters left raw"
    return "a direction dropped" if _has_direction(specimen.document) else UNNAMED


def strings(value: Any) -> Iterator[str]:
    """Every text of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def numbers(value: Any) -> Iterator[float]:
    """Every number of a document."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from numbers(item)


def _has_direction(value: Any) -> bool:
    if isinstance(value, dict):
        return "@direction" in value or any(map(_has_direction, value.values()))
    return isinstance(value, list) and any(map(_has_direction, value))


def _has_two_types(value: Any) -> bool:
    """Whether an object has two types that may each bring terms of their own."""
    if isinstance(value, dict):
        types = value.get("type")
        several = isinstance(types, list) and len(set(map(str, types)) - {"VerifiableCredential"}) > 1
        return several or any(map(_has_two_types, value.values()))
    return isinstance(value, list) and any(map(_has_two_types, value))
