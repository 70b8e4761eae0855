"""What may stand inside another document: endorsements of what it names, and credentials that a presentation shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from skillmark.credentials.verifying.reading import Opened, types_of
from skillmark.credentials.verifying.report import Check, failed

_ENDORSEMENT: Final = "Open Badges 3.0, 8.4 and B.1.7"
_PRESENTATION: Final = "VC Data Model 2.0, 4.13"


def named(opened: Opened) -> frozenset[str]:
    """The ids an endorsement inside a credential may be about: it, its issuer, its subjects, their achievements."""
    document = opened.document
    subjects = list(_nodes(document.get("credentialSubject")))
    achievements = [node for subject in subjects for node in _nodes(subject.get("achievement"))]
    ids = [document.get("id"), opened.issuer, *(node.get("id") for node in [*subjects, *achievements])]
    return frozenset(value for value in ids if isinstance(value, str))


def not_endorsing(inner: Opened, *, about: frozenset[str]) -> Check | None:
    """Why a document endorses none of these: it is no endorsement, or was copied from where it endorses another."""
    if "EndorsementCredential" not in types_of(inner.document):
        return failed("endorsement-type", "what stands as an endorsement is none", clause=_ENDORSEMENT)
    if not any(node.get("id") in about for node in _nodes(inner.document.get("credentialSubject"))):
        return failed("endorsement-subject", "it endorses something else than this credential", clause=_ENDORSEMENT)
    return None


def not_shown(inner: Opened) -> Check | None:
    """Why a presentation may not show this: another presentation answers nobody's challenge here."""
    if inner.is_presentation:
        return failed("presentation-nested", "a presentation shows credentials only", clause=_PRESENTATION)
    return None


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    return (item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict))
