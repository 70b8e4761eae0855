"""Issuer keys. The secret half is sealed by the vault's master key, which is outside the database."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from skillmark.server.foundation.base.models import Row
from skillmark.server.parties.organizations.models import Organization


class IssuerKey(Row):
    """One key of one organisation."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="issuer_keys")
    fragment = models.CharField(max_length=60)
    algorithm = models.CharField(max_length=20)
    # Multikey form. Unique over the whole site: one key, one organisation.
    public_key = models.CharField(max_length=500, unique=True)
    sealed = models.BinaryField()
    # A retired key signs nothing new and stays published; a withdrawn key leaves the DID document.
    retired_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("organization", "id")
        constraints = (
            models.UniqueConstraint(fields=["organization", "fragment"], name="key_fragment_once"),
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(retired_at__isnull=True, withdrawn_at__isnull=True),
                name="one_signing_key_an_organization",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organization_id}#{self.fragment}"
