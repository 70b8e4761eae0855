"""The audit table. Rows are added, never changed. No personal data: who is a number, details are words and numbers."""

from __future__ import annotations

from django.db import models

from skillmark.server.foundation.base.models import Row


class Event(Row):
    """One thing that was done."""

    action = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True, blank=True)
    organization_id = models.BigIntegerField(null=True, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=["organization_id", "-id"], name="audit_by_organization"),)

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
