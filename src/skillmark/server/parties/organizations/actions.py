"""Writes of organisations."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from skillmark.credentials.dids import did_web
from skillmark.server.foundation.audit.actions import record
from skillmark.server.parties.organizations.models import Organization


def did_for(slug: str) -> str:
    """The did:web of an organisation of this site."""
    return did_web(urlsplit(settings.SKILLMARK_ORIGIN).netloc, f"organizations/{slug}")


@transaction.atomic
def found(slug: str, **fields: Any) -> Organization:
    """Add an organisation."""
    organization = Organization(slug=slug, did=did_for(slug), **fields)
    organization.full_clean()
    organization.save()
    record("organization.found", organization_id=organization.pk, subject=slug)
    return organization
