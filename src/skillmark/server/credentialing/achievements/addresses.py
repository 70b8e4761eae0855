"""Where a version of an achievement is published."""

from __future__ import annotations

from skillmark.server.credentialing.achievements.models import Version
from skillmark.server.foundation.base.identifiers import address


def version_address(version: Version) -> str:
    """The lasting address of a version: the Achievement's `id`."""
    achievement = version.achievement
    return address(f"/achievements/{achievement.organization.slug}/{achievement.slug}/versions/{version.number}")


def image_address(version: Version) -> str:
    """The address of its badge as PNG."""
    return f"{version_address(version)}/badge.png"
