"""Open Badges 3.0 in its current form, upon the Verifiable Credentials Data Model 2.0.

An issuer's Profile may carry endorsements, which are credentials with an issuer: the classes know each other.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from skillmark.credentials.model import patterns
from skillmark.credentials.model.achievements import (
    Address,
    Alignment,
    CredentialSchema,
    CredentialStatus,
    Criteria,
    Evidence,
    IdentifierEntry,
    IdentityObject,
    Image,
    Proof,
    RefreshService,
    Related,
    Result,
    ResultDescription,
    TermsOfUse,
)
from skillmark.credentials.model.credentials import BASE_CONTEXT, CredentialSubject, Issuer, VerifiableCredential
from skillmark.credentials.model.nodes import (
    CompactJws,
    ContextArray,
    Contexts,
    Date,
    DateTime,
    Iri,
    LanguageCode,
    Many,
    Node,
    Number,
    OneOrMany,
    Text,
    Types,
)
from skillmark.credentials.model.vocabularies import AchievementType, Extension


class ProfileMembers(Issuer):
    """A Profile without the members that hold credentials or further Profiles."""

    type: Annotated[OneOrMany[Text], Types((("Profile",),))]
    name: Text | None = None
    url: Iri | None = None
    phone: Text | None = None
    description: Text | None = None
    endorsement_jwt: Many[CompactJws] | None = None
    image: Image | None = None
    email: Text | None = None
    address: Address | None = None
    other_identifier: Many[IdentifierEntry] | None = None
    official: Text | None = None
    family_name: Text | None = None
    given_name: Text | None = None
    additional_name: Text | None = None
    patronymic_name: Text | None = None
    honorific_prefix: Text | None = None
    honorific_suffix: Text | None = None
    family_name_prefix: Text | None = None
    date_of_birth: Date | None = None


class Profile(ProfileMembers):
    """A person or organisation: issuer, endorser, creator, assessor."""

    endorsement: Many[EndorsementCredential] | None = None
    parent_org: Profile | None = None


class BadgeCredential(VerifiableCredential):
    """What an AchievementCredential and an EndorsementCredential have in common."""

    context: Annotated[ContextArray, Contexts(BASE_CONTEXT, patterns.OPEN_BADGES_CONTEXT)] = Field(alias="@context")
    id: Iri
    name: Text | None = None
    description: Text | None = None
    issuer: Iri | Profile
    valid_from: DateTime
    awarded_date: DateTime | None = None
    proof: OneOrMany[Proof] | None = None
    credential_schema: OneOrMany[CredentialSchema] | None = None
    credential_status: CredentialStatus | None = None
    refresh_service: RefreshService | None = None
    terms_of_use: OneOrMany[TermsOfUse] | None = None


class EndorsementSubject(CredentialSubject):
    """Who or what is endorsed, and the comment."""

    id: Iri
    type: Annotated[OneOrMany[Text], Types((("EndorsementSubject",),))]
    endorsement_comment: Text | None = None


class EndorsementCredential(BadgeCredential):
    """A signed statement about a person, an organisation, an achievement or a credential."""

    type: Annotated[OneOrMany[Text], Types((("VerifiableCredential",), ("EndorsementCredential",)))]
    name: Text
    credential_subject: EndorsementSubject


class AchievementMembers(Node):
    """An Achievement without the members that hold credentials or Profiles."""

    id: Iri
    type: Annotated[OneOrMany[Text], Types((("Achievement",),))]
    alignment: Many[Alignment] | None = None
    achievement_type: AchievementType | Extension | None = None
    credits_available: Number | None = None
    criteria: Criteria
    description: Text
    endorsement_jwt: Many[CompactJws] | None = None
    field_of_study: Text | None = None
    human_code: Text | None = None
    image: Image | None = None
    in_language: LanguageCode | None = None
    name: Text
    other_identifier: Many[IdentifierEntry] | None = None
    related: Many[Related] | None = None
    result_description: Many[ResultDescription] | None = None
    specialization: Text | None = None
    tag: Many[Text] | None = None
    version: Text | None = None


class Achievement(AchievementMembers):
    """What can be earned."""

    creator: Profile | None = None
    endorsement: Many[EndorsementCredential] | None = None


class SubjectMembers(CredentialSubject):
    """An AchievementSubject without the members that hold an Achievement or a Profile."""

    type: Annotated[OneOrMany[Text], Types((("AchievementSubject",),))]
    activity_end_date: DateTime | None = None
    activity_start_date: DateTime | None = None
    credits_earned: Number | None = None
    identifier: Many[IdentityObject] | None = None
    image: Image | None = None
    license_number: Text | None = None
    narrative: Text | None = None
    result: Many[Result] | None = None
    role: Text | None = None
    term: Text | None = None


class AchievementSubject(SubjectMembers):
    """Who earned the achievement, and how well."""

    achievement: Achievement
    source: Profile | None = None


class AchievementCredential(BadgeCredential):
    """The signed statement that someone earned an achievement."""

    type: Annotated[
        OneOrMany[Text], Types((("VerifiableCredential",), ("AchievementCredential", "OpenBadgeCredential")))
    ]
    image: Image | None = None
    credential_subject: AchievementSubject
    endorsement: Many[EndorsementCredential] | None = None
    endorsement_jwt: Many[CompactJws] | None = None
    evidence: Many[Evidence] | None = None
