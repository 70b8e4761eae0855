"""The terms of our own context, https://w3id.org/skillmark/v1, where each belongs, and whether a credential needs it.

Meaning, range and examples: docs/guides/extension-context.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from skillmark.credentials.model.places import Place, achievements, alignments, subjects

CONTEXT: Final = "https://w3id.org/skillmark/v1"

ACHIEVEMENT_TERMS: Final = frozenset(
    {
        "assessmentType",
        "creditSystem",
        "entryRequirement",
        "learningOutcome",
        "notionalWorkload",
        "participationForm",
        "qualityAssurance",
        "stackability",
        "supervision",
    }
)
"""Said of an Achievement; where one award differs, of its AchievementSubject or AchievementCredential."""

ALIGNMENT_TERMS: Final = frozenset({"frameworkVersion", "proficiencyLevel"})
"""Said of an Alignment."""

TERMS: Final = ACHIEVEMENT_TERMS | ALIGNMENT_TERMS

# Annex I of the Council Recommendation names these; own terms begin with `ext:`, as in Open Badges.
VALUES: Final[Mapping[str, frozenset[str]]] = {
    "assessmentType": frozenset({"application-of-a-skill", "portfolio", "recognition-of-prior-learning", "testing"}),
    "participationForm": frozenset({"blended", "online", "onsite", "work-based"}),
    "stackability": frozenset({"integrated", "stackable", "standalone"}),
    "supervision": frozenset(
        {
            "onsite-with-identity-verification",
            "supervised-online",
            "supervised-without-identity-verification",
            "unsupervised-without-identity-verification",
        }
    ),
}


def uses(credential: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Each of our terms that stands where it belongs: its pointer, the term and its value."""
    for at, node in _bearers(credential):
        for term in sorted(ACHIEVEMENT_TERMS & node.keys()):
            yield f"{at}/{term}", term, node[term]
    for at, node in alignments(credential):
        for term in sorted(ALIGNMENT_TERMS & node.keys()):
            yield f"{at}/{term}", term, node[term]


def context_needed(document: Mapping[str, Any]) -> bool:
    """Whether any of our terms stands where it belongs, so that the credential must name our context."""
    return any(True for _ in uses(document))


def _bearers(credential: Mapping[str, Any]) -> Iterator[Place]:
    yield "", credential
    yield from subjects(credential)
    yield from achievements(credential)
