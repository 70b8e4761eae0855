"""Documents about the status of credentials: Bitstring Status List, and the two older kinds that are only read."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt, StrictStr, StringConstraints

from skillmark.credentials.model import patterns
from skillmark.credentials.model.credentials import CredentialSubject, StatusObject, VerifiableCredential
from skillmark.credentials.model.legacy import LegacyCredential
from skillmark.credentials.model.nodes import Document, Flag, Iri, Many, Node, OneOrMany, Text, Types

StatusIndex = Annotated[StrictStr, StringConstraints(pattern=patterns.STATUS_INDEX)]


class StatusMessage(Node):
    """The meaning of one status value (Bitstring Status List §2.1)."""

    status: Text
    message: Text


class BitstringStatusListEntry(StatusObject):
    """Where a credential stands in a list (Bitstring Status List §2.1)."""

    type: Literal["BitstringStatusListEntry"]
    status_purpose: Text
    status_list_index: StatusIndex
    status_list_credential: Iri
    status_size: Annotated[StrictInt, Field(ge=1)] | None = None
    status_message: Many[StatusMessage] | None = None
    status_reference: OneOrMany[Iri] | None = None


class BitstringStatusList(CredentialSubject):
    """The list itself (Bitstring Status List §2.2)."""

    type: Literal["BitstringStatusList"]
    status_purpose: OneOrMany[Text]
    encoded_list: Text
    ttl: Annotated[StrictInt, Field(ge=0)] | None = None


class BitstringStatusListCredential(VerifiableCredential):
    """The credential that carries a list (Bitstring Status List §2.2)."""

    type: Annotated[OneOrMany[Text], Types((("VerifiableCredential",), ("BitstringStatusListCredential",)))]
    credential_subject: BitstringStatusList


class StatusList2021Entry(StatusObject):
    """Where a credential stands in a StatusList2021 list."""

    type: Literal["StatusList2021Entry"]
    status_purpose: Text
    status_list_index: StatusIndex
    status_list_credential: Iri


class StatusList2021(CredentialSubject):
    """A list of the older kind."""

    type: Literal["StatusList2021"]
    status_purpose: Text
    encoded_list: Text


class StatusList2021Credential(LegacyCredential):
    """The credential that carries a list of the older kind."""

    type: Annotated[OneOrMany[Text], Types((("VerifiableCredential",), ("StatusList2021Credential",)))]
    credential_subject: StatusList2021


class RevokedCredential(Node):
    """One line of a 1EdTechRevocationList."""

    id: Iri
    revoked: Flag | None = None
    revocation_reason: Text | None = None


class RevocationList1EdTech(Document):
    """The document behind a 1EdTechRevocationList entry (1EdTech Verifiable Credentials Revocation List 1.0)."""

    id: Iri
    issuer: Iri
    revoked_credential: Many[RevokedCredential] | None = None
