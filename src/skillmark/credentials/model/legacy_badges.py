"""Open Badges 3.0 as first issued, upon the Verifiable Credentials Data Model 1.1. Read, never written."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from skillmark.credentials.model import patterns
from skillmark.credentials.model.achievements import (
    CredentialSchema,
    CredentialStatus,
    Evidence,
    Image,
    Proof,
    RefreshService,
    TermsOfUse,
)
from skillmark.credentials.model.badges import (
    AchievementMembers,
    EndorsementSubject,
    ProfileMembers,
    SubjectMembers,
)
from skillmark.credentials.model.legacy import LEGACY_CONTEXT, LegacyCredential
from skillmark.credentials.model.nodes import (
    CompactJws,
    ContextArray,
    Contexts,
    DateTime,
    Iri,
    Many,
    OneOrMany,
    Text,
    Types,
)


class LegacyProfile(ProfileMembers):
    """A Profile whose endorsements have the older form."""

    endorsement: Many[LegacyEndorsementCredential] | None = None
    parent_org: LegacyProfile | None = None


class LegacyBadgeCredential(LegacyCredential):
    """What both kinds of older badge credentials have in common."""

    context: Annotated[ContextArray, Contexts(LEGACY_CONTEXT, patterns.OPEN_BADGES_CONTEXT)] = Field(alias="@context")
    id: Iri
    name: Text
    description: Text | None = None
    issuer: LegacyProfile
    awarded_date: DateTime | None = None
    proof: OneOrMany[Proof] | None = None
    credential_schema: OneOrMany[CredentialSchema] | None = None
    credential_status: CredentialStatus | None = None
    refresh_service: RefreshService | None = None
    terms_of_use: OneOrMany[TermsOfUse] | None = None


class LegacyEndorsementCredential(LegacyBadgeCredential):
    """An endorsement in the older form."""

    type: Annotated[OneOrMany[Text], Types((("VerifiableCredential",), ("EndorsementCredential",)))]
    credential_subject: EndorsementSubject


class LegacyAchievement(AchievementMembers):
    """An Achievement whose endorsements have the older form."""

    creator: LegacyProfile | None = None
    endorsement: Many[LegacyEndorsementCredential] | None = None


class LegacyAchievementSubject(SubjectMembers):
    """An AchievementSubject of the older form."""

    achievement: LegacyAchievement
    source: LegacyProfile | None = None


class LegacyAchievementCredential(LegacyBadgeCredential):
    """An AchievementCredential in the older form."""

    type: Annotated[
        OneOrMany[Text], Types((("VerifiableCredential",), ("AchievementCredential", "OpenBadgeCredential")))
    ]
    image: Image | None = None
    credential_subject: LegacyAchievementSubject
    endorsement: Many[LegacyEndorsementCredential] | None = None
    endorsement_jwt: Many[CompactJws] | None = None
    evidence: Many[Evidence] | None = None
