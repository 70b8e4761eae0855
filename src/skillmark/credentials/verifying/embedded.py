"""What may stand inside another document: endorsements of what it names, and credentials that a presentation shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.verifying.reading import Opened, types_of
from skillmark.credentials.verifying.report import Check, Outcome, Report, failed, unknown

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
    if about.isdisjoint(_ids(inner.document)):
        return failed("endorsement-subject", "it endorses something else than this credential", clause=_ENDORSEMENT)
    return None


def not_shown(inner: Opened) -> Check | None:
    """Why a presentation may not show this: another presentation answers nobody's challenge here."""
    if inner.is_presentation:
        return failed("presentation-nested", "a presentation shows credentials only", clause=_PRESENTATION)
    return None


def held(presentation: Opened, shown: Sequence[Report]) -> list[Check]:
    """Whether each credential shown is about its holder. It need not be, so no answer changes; the reader decides."""
    checks = []
    for place, report in enumerate(shown):
        if report.document is not None:
            ids = _ids(report.document)
            pointer = f"/verifiableCredential/{place}"
            if ids and all(identifier == presentation.issuer for identifier in ids):
                checks.append(Check("holder", Outcome.PASSED, "it is about its holder", _PRESENTATION, pointer))
            else:
                text = "it is not about who shows it: that they may is for the reader to know"
                checks.append(unknown("holder", text, clause=_PRESENTATION, pointer=pointer))
    return checks


def _ids(document: JsonObject) -> list[str]:
    """The ids of the subjects; the empty text for one without."""
    found = (node.get("id") for node in _nodes(document.get("credentialSubject")))
    return [identifier if isinstance(identifier, str) else "" for identifier in found]


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    return (item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict))
