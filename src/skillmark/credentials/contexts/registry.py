"""The context documents we pin: by IRI, with their digests checked when they are read. No other context exists for us.

What is in `documents/`, where each file comes from and how one is added: documents/README.md.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any, Final

from skillmark.credentials.encoding.strict_json import JsonObject, parse, parse_object
from skillmark.errors import CanonicalizationError

SKILLMARK: Final = "https://w3id.org/skillmark/v1"

_FOLDER: Final = Path(__file__).parent / "documents"


def document(iri: str) -> JsonObject:
    """Return the parsed context document of `iri`. It is shared: read it, never change it."""
    return _read(_entry(iri)["file"], _entry(iri)["sha256"])


def document_bytes(iri: str) -> bytes:
    """Return the shipped bytes of the context document of `iri`."""
    return _bytes(_entry(iri)["file"], _entry(iri)["sha256"])


def digest(iri: str) -> str:
    """Return the SHA-256 (hex) of the bytes that the owner of `iri` publishes; ours may differ in white space."""
    return _entry(iri)["published"]


def iris() -> frozenset[str]:
    """Return every IRI that has a document here, accepted or not."""
    return frozenset(_index())


def _entry(iri: str) -> dict[str, str]:
    try:
        return _index()[iri]
    except KeyError:
        raise CanonicalizationError(
            f"the context {iri[:200]!r} is not among the {len(_index())} pinned ones", rule="context-unknown"
        ) from None


@cache
def _index() -> dict[str, dict[str, str]]:
    entries: Any = parse((_FOLDER / "index.json").read_bytes())
    return {entry["iri"]: entry for entry in entries}


@cache
def _bytes(file: str, sha256: str) -> bytes:
    content = (_FOLDER / file).read_bytes()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise CanonicalizationError(
            f"the pinned context {file} was changed after it was installed; install Skillmark again",
            rule="context-digest",
        )
    return content


@cache
def _read(file: str, sha256: str) -> JsonObject:
    return parse_object(_bytes(file, sha256))


def _accepted(where: str) -> frozenset[str]:
    return frozenset(iri for iri, entry in _index().items() if entry["accepted"] == where)


PRODUCT: Final = _accepted("product")
"""The contexts that a credential may name."""

CONFORMANCE_ONLY: Final = _accepted("conformance")
"""The contexts that published test vectors name besides."""
