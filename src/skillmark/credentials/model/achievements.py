"""Parts of an achievement and of what its earner reached: the Open Badges 3.0 classes that hold no credential."""

from __future__ import annotations

from typing import Annotated, Literal

from skillmark.credentials.model.credentials import (
    EvidenceObject,
    ProofObject,
    RefreshObject,
    SchemaObject,
    StatusObject,
    TermsObject,
)
from skillmark.credentials.model.nodes import (
    Closed,
    DateTime,
    Flag,
    Iri,
    LanguageCode,
    Many,
    Node,
    Number,
    OneOrMany,
    Text,
    Types,
)
from skillmark.credentials.model.vocabularies import (
    AlignmentTargetType,
    Extension,
    IdentifierTypeEnum,
    ResultStatusType,
    ResultType,
)


class Image(Closed):
    """An image, by address or as a data: URL."""

    id: Iri
    type: Literal["Image"]
    caption: Text | None = None


class GeoCoordinates(Node):
    """A point on the Earth (WGS84)."""

    type: Literal["GeoCoordinates"]
    latitude: Number
    longitude: Number


class Address(Node):
    """A postal address."""

    type: Annotated[OneOrMany[Text], Types((("Address",),))]
    address_country: Text | None = None
    address_country_code: Text | None = None
    address_region: Text | None = None
    address_locality: Text | None = None
    street_address: Text | None = None
    post_office_box_number: Text | None = None
    postal_code: Text | None = None
    geo: GeoCoordinates | None = None


class IdentifierEntry(Closed):
    """An identifier and what kind it is."""

    type: Literal["IdentifierEntry"]
    identifier: Text
    identifier_type: IdentifierTypeEnum | Extension


class IdentityObject(Closed):
    """An identifier of the recipient, plain or hashed."""

    type: Literal["IdentityObject"]
    hashed: Flag
    identity_hash: Text
    identity_type: IdentifierTypeEnum | Extension
    salt: Text | None = None


class Criteria(Node):
    """How the achievement is earned."""

    id: Iri | None = None
    narrative: Text | None = None


class Alignment(Node):
    """A tie between an achievement and a node of a framework."""

    type: Annotated[OneOrMany[Text], Types((("Alignment",),))]
    target_code: Text | None = None
    target_description: Text | None = None
    target_name: Text
    target_framework: Text | None = None
    target_type: AlignmentTargetType | Extension | None = None
    target_url: Iri


class Related(Node):
    """Another achievement that counts as the same for most purposes: another language or an earlier version."""

    id: Iri
    type: Annotated[OneOrMany[Text], Types((("Related",),))]
    in_language: LanguageCode | None = None
    version: Text | None = None


class RubricCriterionLevel(Node):
    """One level of a rubric criterion."""

    id: Iri
    type: Annotated[OneOrMany[Text], Types((("RubricCriterionLevel",),))]
    alignment: Many[Alignment] | None = None
    description: Text | None = None
    level: Text | None = None
    name: Text
    points: Text | None = None


class ResultDescription(Node):
    """A result that the achievement may have."""

    id: Iri
    type: Annotated[OneOrMany[Text], Types((("ResultDescription",),))]
    alignment: Many[Alignment] | None = None
    allowed_value: Many[Text] | None = None
    name: Text
    required_level: Iri | None = None
    required_value: Text | None = None
    result_type: ResultType | Extension
    rubric_criterion_level: Many[RubricCriterionLevel] | None = None
    value_max: Text | None = None
    value_min: Text | None = None


class Result(Node):
    """A result that was reached."""

    type: Annotated[OneOrMany[Text], Types((("Result",),))]
    achieved_level: Iri | None = None
    alignment: Many[Alignment] | None = None
    result_description: Iri | None = None
    status: ResultStatusType | None = None
    value: Text | None = None


class Evidence(EvidenceObject):
    """What shows that the achievement was earned."""

    type: Annotated[OneOrMany[Text], Types((("Evidence",),))]
    narrative: Text | None = None
    name: Text | None = None
    description: Text | None = None
    genre: Text | None = None
    audience: Text | None = None


class CredentialStatus(StatusObject):
    """Where the status of a badge is found: one type."""

    type: Text


class CredentialSchema(SchemaObject):
    """A schema that the badge claims to meet: one type."""

    type: Text


class RefreshService(RefreshObject):
    """Where a newer edition of a badge is found: an address and one type."""

    id: Iri
    type: Text


class TermsOfUse(TermsObject):
    """Terms under which the badge was issued: one type."""

    type: Text


class Proof(ProofObject):
    """An embedded proof: one type."""

    type: Text
    created: DateTime | None = None
    cryptosuite: Text | None = None
    challenge: Text | None = None
    domain: Text | None = None
    nonce: Text | None = None
    proof_purpose: Text | None = None
    proof_value: Text | None = None
    verification_method: Text | None = None
