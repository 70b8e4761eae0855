"""Controller documents as the verifier sees them: an identifier, its keys, and what each key may be used for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from skillmark.credentials.keys import PublicKey
from skillmark.errors import ResolutionError

RELATIONSHIPS: Final = (
    "authentication",
    "assertionMethod",
    "capabilityInvocation",
    "capabilityDelegation",
    "keyAgreement",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationMethod:
    """One key with its full identifier, who controls it, and from when on it no longer counts."""

    id: str
    controller: str
    key: PublicKey
    revoked: datetime | None = None
    expires: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ControllerDocument:
    """What one identifier says of its keys (Controlled Identifiers 1.0 §2). All method identifiers are absolute.

    `unusable` holds the methods that were listed but cannot be used, each with the reason.
    """

    id: str
    methods: Mapping[str, VerificationMethod]
    relationships: Mapping[str, frozenset[str]]
    unusable: Mapping[str, ResolutionError] = field(default_factory=dict)

    def method(self, identifier: str) -> VerificationMethod:
        """Return the method of this absolute identifier; ResolutionError if it is not listed or not usable."""
        found = self.methods.get(identifier)
        if found is not None:
            return found
        if reason := self.unusable.get(identifier):
            raise ResolutionError(reason.message, rule=reason.rule)
        raise ResolutionError(f"{self.id} does not list the key {identifier}", rule="verification-method")

    def authorises(self, identifier: str, purpose: str) -> bool:
        """Say whether the document lists the method for the purpose, such as `assertionMethod` (§2.3)."""
        return identifier in self.relationships.get(purpose, frozenset())
