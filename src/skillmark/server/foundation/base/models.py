"""The abstract row every table of ours starts from."""

from __future__ import annotations

from django.db import models

from skillmark.server.foundation.base.clock import now


class Row(models.Model):
    """A row that knows when it was made."""

    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True
