"""The form in which Skillmark writes a badge: the contexts it needs, nothing null, empty or only meant for reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.model.extension import CONTEXT, context_needed
from skillmark.credentials.model.places import objects, texts
from skillmark.errors import IssuingError

BASE: Final = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES: Final = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
OPEN_BADGES_EXTENSIONS: Final = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

READ_ONLY: Final = frozenset({"endorsementJwt", "jti"})
"""Terms of the second edition of the 3.0.3 context: a verifier that holds the first one refuses them."""

EXTENSION_TYPES: Final = frozenset(
    {"1EdTechCredentialRefresh", "1EdTechJsonSchemaValidator2019", "1EdTechRevocationList"}
)
"""Types that no Open Badges context defines, only the one for extensions."""


def contexts(document: Mapping[str, Any]) -> list[str]:
    """The contexts a badge must name, in order: the two always, the two others only where their terms occur."""
    named = [BASE, OPEN_BADGES]
    if any(True for _ in extension_types(document)):
        named.append(OPEN_BADGES_EXTENSIONS)
    if context_needed(document):
        named.append(CONTEXT)
    return named


def written(document: Mapping[str, Any]) -> JsonObject:
    """A badge as it is written: contexts set, null values and empty arrays left out (Open Badges 3.0, §Serialization).

    Raises IssuingError for members that are only ever read.
    """
    pruned: JsonObject = _pruned({**document, "@context": None}, "")
    return {"@context": contexts(pruned), **pruned}


def extension_types(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Where a document uses types of the extensions context: pointer of the object, and the type."""
    for member in ("credentialSchema", "credentialStatus", "refreshService"):
        for at, node in objects(document, member):
            for kind in texts(node, "type"):
                if kind in EXTENSION_TYPES:
                    yield at, kind


def _pruned(value: Any, at: str) -> Any:
    if isinstance(value, list):
        return [_pruned(item, f"{at}/{position}") for position, item in enumerate(value) if item is not None]
    if not isinstance(value, dict):
        return value
    if at and "@context" in value:
        return value  # an embedded endorsement is signed: it stays as it is
    for member in READ_ONLY & value.keys():
        raise IssuingError(
            f"{member} is read but never written: editions of the Open Badges context differ over it; leave it out",
            pointer=f"{at}/{member}",
        )
    pruned = ((member, _pruned(child, f"{at}/{member}")) for member, child in value.items())
    return {member: child for member, child in pruned if child is not None and child != []}
