"""Which keys an organisation publishes."""

from __future__ import annotations

from django.db.models import QuerySet

from skillmark.credentials.dids import did_web_document
from skillmark.credentials.encoding.strict_json import dumps
from skillmark.credentials.keys import PublicKey
from skillmark.server.credentialing.signing.models import IssuerKey
from skillmark.server.parties.organizations.models import Organization


def published_keys(organization: Organization) -> QuerySet[IssuerKey]:
    """Keys that stand in its DID document: those that sign, and retired ones, so that old credentials stay valid."""
    return IssuerKey.objects.filter(organization=organization, withdrawn_at=None)


def did_document(organization: Organization) -> bytes:
    """The DID document as it is published."""
    keys = {key.fragment: PublicKey.from_multikey(key.public_key) for key in published_keys(organization)}
    return dumps(did_web_document(organization.did, keys))
