"""Writing to the audit table."""

from __future__ import annotations

from typing import Any

from skillmark.server.foundation.audit.models import Event


def record(action: str, *, organization_id: int | None = None, subject: str = "", **details: Any) -> Event:
    """Record what was done, in the transaction of the deed itself."""
    return Event.objects.create(action=action, organization_id=organization_id, subject=subject, details=details)
