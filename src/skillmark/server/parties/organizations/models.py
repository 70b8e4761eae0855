"""Organisations as tenants, with the fields of their published Profile."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from skillmark.server.foundation.base.models import Row

SLUG = RegexValidator(r"\A[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?\Z", _("Small letters, digits and hyphens."))


class Kind(models.TextChoices):
    """What sort of body it is."""

    UNIVERSITY = "university", _("University")
    SCHOOL = "school", _("School")
    ASSOCIATION = "association", _("Association")
    COMPANY = "company", _("Company")
    PUBLIC_BODY = "public-body", _("Public body")
    OTHER = "other", _("Other")


class Organization(Row):
    """A body that awards credentials. `did` is fixed for life: issued credentials name it."""

    slug = models.CharField(max_length=60, unique=True, validators=[SLUG])
    did = models.CharField(max_length=300, unique=True)
    name = models.CharField(max_length=200)
    legal_name = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.OTHER)
    description = models.TextField(max_length=2000, blank=True)
    url = models.URLField(blank=True)
    email = models.EmailField(blank=True)
    # ISO 3166: two letters, and a region code where the European approach asks for one.
    country = models.CharField(max_length=2, blank=True)
    region = models.CharField(max_length=10, blank=True)
    locality = models.CharField(max_length=100, blank=True)
    palette = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name
