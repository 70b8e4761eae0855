"""Reading what was issued under the Verifiable Credentials Data Model 1.1. Nothing here is ever written."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import Field

from skillmark.credentials.model.credentials import (
    CredentialSubject,
    EvidenceObject,
    Issuer,
    ProofObject,
    RefreshObject,
    SchemaObject,
    StatusObject,
    TermsObject,
)
from skillmark.credentials.model.nodes import (
    ContextArray,
    Contexts,
    DateTime,
    Document,
    Iri,
    Least1,
    OneOrMany,
    Text,
    Types,
)

LEGACY_CONTEXT: Final = "https://www.w3.org/2018/credentials/v1"


class LegacyCredential(Document):
    """A credential of the Verifiable Credentials Data Model 1.1 (§4): issuanceDate and expirationDate."""

    context: Annotated[ContextArray, Contexts(LEGACY_CONTEXT)] = Field(alias="@context")
    id: Iri | None = None
    type: Annotated[OneOrMany[Text], Types((("VerifiableCredential",),))]
    issuer: Iri | Issuer
    credential_subject: CredentialSubject | Least1[CredentialSubject]
    issuance_date: DateTime
    expiration_date: DateTime | None = None
    credential_status: OneOrMany[StatusObject] | None = None
    credential_schema: OneOrMany[SchemaObject] | None = None
    refresh_service: OneOrMany[RefreshObject] | None = None
    terms_of_use: OneOrMany[TermsObject] | None = None
    evidence: OneOrMany[EvidenceObject] | None = None
    proof: OneOrMany[ProofObject] | None = None
