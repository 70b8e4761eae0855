"""The Verifiable Credentials Data Model 2.0: a credential and the objects inside it. No Open Badges here."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self, TypeAlias

from pydantic import ConfigDict, Field, StrictStr, StringConstraints, model_validator

from skillmark.credentials.model import patterns
from skillmark.credentials.model.nodes import (
    Closed,
    ContextArray,
    Contexts,
    DateTime,
    Document,
    Iri,
    Least1,
    Node,
    OneOrMany,
    Text,
    Types,
)

BASE_CONTEXT: Final = "https://www.w3.org/ns/credentials/v2"

LanguageTag: TypeAlias = Annotated[StrictStr, StringConstraints(pattern=patterns.LANGUAGE_TAG)]


class LanguageValue(Closed):
    """A text with its language and direction (§11.1)."""

    value: Text = Field(alias="@value")
    language: LanguageTag | None = Field(default=None, alias="@language")
    direction: Literal["ltr", "rtl"] | None = Field(default=None, alias="@direction")


LanguageText: TypeAlias = Text | LanguageValue | Least1[LanguageValue]


class TypedObject(Node):
    """An object that must say its type, and may have an id."""

    id: Iri | None = None
    type: Annotated[OneOrMany[Text], Types()]


class StatusObject(TypedObject):
    """Where the status of a credential is found (§4.10)."""


class SchemaObject(TypedObject):
    """A schema that the credential claims to meet (§4.11)."""

    id: Iri


class RefreshObject(TypedObject):
    """Where a newer edition is found (§5.4)."""


class TermsObject(TypedObject):
    """Terms under which the credential was issued (§5.5)."""


class EvidenceObject(TypedObject):
    """What supports the claims (§5.6)."""


class ProofObject(TypedObject):
    """An embedded proof (§4.12). Its shape is judged by the securing mechanism."""


class RelatedResource(Node):
    """A resource the credential depends on, with its digest (§5.3)."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["digestSRI"]}, {"required": ["digestMultibase"]}]}
    )

    id: Iri
    digest_sri: Text | None = Field(default=None, alias="digestSRI")
    digest_multibase: Text | None = None
    media_type: Text | None = None

    @model_validator(mode="after")
    def _has_a_digest(self) -> Self:
        if self.digest_sri is None and self.digest_multibase is None:
            raise ValueError("expected digestSRI or digestMultibase")
        return self


class Issuer(Node):
    """An issuer given as an object (§4.7)."""

    id: Iri
    name: LanguageText | None = None
    description: LanguageText | None = None


class CredentialSubject(Node):
    """Whom or what the claims are about (§4.8); never empty."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    id: Iri | None = None

    @model_validator(mode="after")
    def _claims_something(self) -> Self:
        if not self.model_fields_set:
            raise ValueError("the credential subject is empty")
        return self


class VerifiableCredential(Document):
    """A credential of the Verifiable Credentials Data Model 2.0 (§4)."""

    context: Annotated[ContextArray, Contexts(BASE_CONTEXT)] = Field(alias="@context")
    id: Iri | None = None
    type: Annotated[OneOrMany[Text], Types((("VerifiableCredential",),))]
    name: LanguageText | None = None
    description: LanguageText | None = None
    issuer: Iri | Issuer
    credential_subject: CredentialSubject | Least1[CredentialSubject]
    valid_from: DateTime | None = None
    valid_until: DateTime | None = None
    credential_status: OneOrMany[StatusObject] | None = None
    credential_schema: OneOrMany[SchemaObject] | None = None
    refresh_service: OneOrMany[RefreshObject] | None = None
    terms_of_use: OneOrMany[TermsObject] | None = None
    evidence: OneOrMany[EvidenceObject] | None = None
    related_resource: OneOrMany[RelatedResource] | None = None
    proof: OneOrMany[ProofObject] | None = None
