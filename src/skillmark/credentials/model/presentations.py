"""What a holder shows: presentations, and credentials or presentations inside an envelope."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, StrictStr, StringConstraints

from skillmark.credentials.model import patterns
from skillmark.credentials.model.credentials import BASE_CONTEXT, ProofObject, TermsObject, VerifiableCredential
from skillmark.credentials.model.legacy import LEGACY_CONTEXT, LegacyCredential
from skillmark.credentials.model.nodes import (
    ContextArray,
    Contexts,
    Document,
    Iri,
    Least1,
    Node,
    OneOrMany,
    Text,
    Types,
)

DataUrl: TypeAlias = Annotated[StrictStr, StringConstraints(pattern=patterns.DATA_URL)]


class EnvelopedVerifiableCredential(Node):
    """A credential secured by an envelope, carried as a data: URL (§4.13.2)."""

    context: Text | Least1[object] = Field(alias="@context")
    id: DataUrl
    type: Annotated[OneOrMany[Text], Types((("EnvelopedVerifiableCredential",),))]


class EnvelopedVerifiablePresentation(Document):
    """A presentation secured by an envelope, carried as a data: URL (§4.13.3)."""

    context: Text | Least1[object] = Field(alias="@context")
    id: DataUrl
    type: Annotated[OneOrMany[Text], Types((("EnvelopedVerifiablePresentation",),))]


class Holder(Node):
    """A holder given as an object."""

    id: Iri


class PresentationMembers(Document):
    """What presentations of both data models have in common."""

    id: Iri | None = None
    type: Annotated[OneOrMany[Text], Types((("VerifiablePresentation",),))]
    holder: Iri | Holder | None = None
    terms_of_use: OneOrMany[TermsObject] | None = None
    proof: OneOrMany[ProofObject] | None = None


Presented: TypeAlias = VerifiableCredential | LegacyCredential | EnvelopedVerifiableCredential


class VerifiablePresentation(PresentationMembers):
    """A presentation of the Verifiable Credentials Data Model 2.0 (§4.13)."""

    context: Annotated[ContextArray, Contexts(BASE_CONTEXT)] = Field(alias="@context")
    verifiable_credential: OneOrMany[Presented] | None = None


class LegacyPresentation(PresentationMembers):
    """A presentation of the Verifiable Credentials Data Model 1.1; a credential may be a compact JWT."""

    context: Annotated[ContextArray, Contexts(LEGACY_CONTEXT)] = Field(alias="@context")
    verifiable_credential: OneOrMany[Text | LegacyCredential] | None = None
