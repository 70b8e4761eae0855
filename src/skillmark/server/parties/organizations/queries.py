"""Reads of organisations, and their published Profile."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from skillmark.server.parties.organizations.models import Organization


def organizations() -> QuerySet[Organization]:
    """All organisations by name."""
    return Organization.objects.all()


def organization(slug: str) -> Organization | None:
    """The organisation of a slug."""
    return Organization.objects.filter(slug=slug).first()


def profile(organization: Organization) -> dict[str, Any]:
    """The Open Badges Profile that stands as issuer in its credentials; members without a value are left out."""
    address = {
        "type": ["Address"],
        "addressCountryCode": organization.country,
        "addressRegion": organization.region,
        "addressLocality": organization.locality,
    }
    members = {
        "id": organization.did,
        "type": ["Profile"],
        "name": organization.name,
        "url": organization.url,
        "email": organization.email,
        "description": organization.description,
        "address": {name: value for name, value in address.items() if value} if organization.country else None,
    }
    return {name: value for name, value in members.items() if value}
