"""Writes of achievements."""

from __future__ import annotations

from django.db import transaction

from skillmark.server.credentialing.achievements.definitions import AchievementDefinition
from skillmark.server.credentialing.achievements.models import Achievement, Alignment, ResultDescription, Version
from skillmark.server.foundation.audit.actions import record
from skillmark.server.foundation.base.clock import now
from skillmark.server.parties.organizations.models import Organization


@transaction.atomic
def publish(organization: Organization, definition: AchievementDefinition) -> Version:
    """Publish a definition as the next version. What was published before stays as it was."""
    achievement, _ = Achievement.objects.get_or_create(organization=organization, slug=definition.slug)
    newest = achievement.versions.order_by("-number").first()
    version = _version(achievement, definition, number=newest.number + 1 if newest else 1)
    version.full_clean()
    version.save()
    _add_parts(version, definition)
    achievement.current = version
    achievement.full_clean(exclude=["current"])
    achievement.save(update_fields=["current"])
    record("achievement.publish", organization_id=organization.pk, subject=str(achievement), number=version.number)
    return version


def _version(achievement: Achievement, definition: AchievementDefinition, *, number: int) -> Version:
    parts = definition.model_dump(mode="json", exclude={"slug", "skills", "results", "artwork"}, exclude_none=True)
    return Version(
        achievement=achievement, number=number, published_at=now(), **definition.artwork.model_dump(), **parts
    )


def _add_parts(version: Version, definition: AchievementDefinition) -> None:
    Alignment.objects.bulk_create(
        Alignment(version=version, position=position, **skill.model_dump())
        for position, skill in enumerate(definition.skills)
    )
    ResultDescription.objects.bulk_create(
        ResultDescription(
            version=version,
            position=position,
            allowed_values=list(result.allowed_values),
            **result.model_dump(exclude={"allowed_values"}),
        )
        for position, result in enumerate(definition.results)
    )
