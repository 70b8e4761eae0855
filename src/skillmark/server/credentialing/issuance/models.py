"""Awards, issued bytes, status lists and their positions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from skillmark.server.credentialing.achievements.models import Version
from skillmark.server.credentialing.signing.models import IssuerKey
from skillmark.server.foundation.base.identifiers import new_token
from skillmark.server.foundation.base.models import Row
from skillmark.server.parties.organizations.models import Organization


class Award(Row):
    """Our recorded decision to credit a person; yields one credential."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="awards")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="awards")
    # A name used for this award alone; the credential carries it and nothing else about the person.
    subject_id = models.CharField(max_length=300)
    # Purpose of both: telling the person, and letting them claim. Kept until erased; never on a public page.
    recipient_name = models.CharField(max_length=200, blank=True)
    recipient_email = models.EmailField(max_length=254, blank=True)
    awarded_at = models.DateTimeField()
    valid_until = models.DateTimeField(null=True, blank=True)
    evidence = models.JSONField(default=list, blank=True)
    results = models.JSONField(default=list, blank=True)

    class Meta:
        indexes = (models.Index(fields=["organization", "-awarded_at"], name="award_by_organization"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=models.F("awarded_at")),
                name="award_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.subject_id


class Visibility(models.TextChoices):
    """Who may come across a credential. Its address alone never says whose it is."""

    LINK = "link", _("Whoever has the address")
    PUBLIC = "public", _("Shown as an example on public pages")


class IssuedCredential(Row):
    """The bytes that were signed, never rebuilt."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="credential")
    token = models.CharField(max_length=40, unique=True, default=new_token)
    document = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    key = models.ForeignKey(IssuerKey, on_delete=models.PROTECT, related_name="+")
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.LINK)

    class Meta:
        indexes = (models.Index(fields=["visibility", "id"], name="credential_by_visibility"),)

    def __str__(self) -> str:
        return self.sha256


class Purpose(models.TextChoices):
    """Status purposes we publish (Bitstring Status List)."""

    REVOCATION = "revocation", _("Revocation")
    SUSPENSION = "suspension", _("Suspension")


class StatusList(Row):
    """A published list of bits. Its positions are given at random and never twice."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="status_lists")
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.REVOCATION)
    length = models.PositiveIntegerField(default=131_072)
    full = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organization", "number"], name="status_list_number_once"),
            models.CheckConstraint(condition=Q(length__gte=131_072), name="status_list_hides_in_a_crowd"),
        )

    def __str__(self) -> str:
        return f"{self.organization_id}/{self.number}"


class StatusEntry(Row):
    """The position of one credential in one list."""

    credential = models.ForeignKey(IssuedCredential, on_delete=models.PROTECT, related_name="status_entries")
    status_list = models.ForeignKey(StatusList, on_delete=models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    is_set = models.BooleanField(default=False)
    changed_at = models.DateTimeField(null=True, blank=True)
    # For the organisation's own record; never published.
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["status_list", "position"], name="status_position_once"),
            models.UniqueConstraint(fields=["credential", "status_list"], name="status_entry_once_a_list"),
        )
        indexes = (models.Index(fields=["status_list"], condition=Q(is_set=True), name="status_set_positions"),)

    def __str__(self) -> str:
        return f"{self.status_list_id}[{self.position}]"
