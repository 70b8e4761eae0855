"""Reads of issued credentials."""

from __future__ import annotations

from django.db.models import QuerySet

from skillmark.credentials.baking import bake
from skillmark.server.credentialing.achievements.artwork import png
from skillmark.server.credentialing.achievements.queries import artwork_of
from skillmark.server.credentialing.issuance.models import Award, IssuedCredential, Visibility


def credential(token: str) -> IssuedCredential | None:
    """The credential of an address."""
    found = IssuedCredential.objects.select_related("award__version__achievement__organization")
    return found.filter(token=token).first()


def document(token: str) -> bytes | None:
    """The signed bytes of an address, nothing else read."""
    found = IssuedCredential.objects.filter(token=token).values_list("document", flat=True).first()
    return None if found is None else bytes(found)


def baked(issued: IssuedCredential) -> bytes:
    """The badge picture with the signed bytes inside."""
    return bake(png(artwork_of(issued.award.version)), bytes(issued.document))


def examples(limit: int) -> QuerySet[IssuedCredential]:
    """Credentials that may be found from public pages."""
    found = IssuedCredential.objects.filter(visibility=Visibility.PUBLIC)
    return found.select_related("award__version__achievement__organization").order_by("id")[:limit]


def times_awarded(version_id: int) -> int:
    """How often a version was awarded."""
    return Award.objects.filter(version=version_id).count()
