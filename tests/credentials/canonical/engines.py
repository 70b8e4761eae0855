"""The engines that our canonical form is compared with, and what is known to be wrong with each.

The differences are those of the engines named in docs/evidence; each comes with a test of the document that shows when
it can occur, so that none excuses anything else.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyoxigraph as oxigraph
from pyld.jsonld import JsonLdError

from bench.peers.python import PyldProofs
from skillmark.credentials.canonical import canonicalize
from skillmark.errors import CanonicalizationError
from tests.credentials.canonical.generators import JsonObject
from tests.peers import contexts

ALGORITHMS = {
    "sha256": oxigraph.CanonicalizationAlgorithm.RDFC_1_0,
    "sha384": oxigraph.CanonicalizationAlgorithm.RDFC_1_0_SHA_384,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an engine gives no form."""

    rule: str
    message: str = ""


def skillmark(document: JsonObject, *, hash_name: str = "sha256") -> str | Refusal:
    """Our form."""
    try:
        return canonicalize(document, hash_name=hash_name).decode()
    except CanonicalizationError as error:
        return Refusal(error.rule, error.message)


def pyoxigraph(document: JsonObject, *, hash_name: str = "sha256") -> str | Refusal:
    """pyoxigraph's form of a document; it drops what it does not understand, so ask only for documents we accept."""
    try:
        quads = list(oxigraph.parse(json.dumps(inlined(document)), format=oxigraph.RdfFormat.JSON_LD))
    except SyntaxError as error:
        return Refusal("syntax", str(error))
    return canonical(quads, hash_name=hash_name)


def pyoxigraph_nquads(text: str, *, hash_name: str = "sha256") -> str:
    """pyoxigraph's canonical form of N-Quads."""
    return canonical(list(oxigraph.parse(text.encode(), format=oxigraph.RdfFormat.N_QUADS)), hash_name=hash_name)


def canonical(quads: list[oxigraph.Quad], *, hash_name: str) -> str:
    """Sorted canonical lines; pyoxigraph labels but does not sort."""
    dataset = oxigraph.Dataset(quads)
    dataset.canonicalize(ALGORITHMS[hash_name])
    lines = oxigraph.serialize(dataset, format=oxigraph.RdfFormat.N_QUADS).decode().split("\n")[:-1]
    return "".join(f"{line}\n" for line in sorted(lines))


def pyld(document: JsonObject) -> str | Refusal:
    """PyLD's form; it drops what it does not understand."""
    try:
        return _pyld().canonicalize(document)
    except JsonLdError as error:
        return Refusal("PyLD", str(error))


@cache
def _pyld() -> PyldProofs:
    return PyldProofs(contexts())


def inlined(value: Any) -> Any:
    """The document with every context IRI replaced by the context."""
    if isinstance(value, list):
        return [inlined(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {name: _context(item) if name == "@context" else inlined(item) for name, item in value.items()}


def _context(value: Any) -> Any:
    if isinstance(value, str):
        return contexts()[value]["@context"]
    return [_context(item) for item in value] if isinstance(value, list) else value
