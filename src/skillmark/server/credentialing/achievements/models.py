"""What can be earned. An Achievement is the lasting thing; a Version is published and then never changed."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from skillmark.server.foundation.base.models import Row
from skillmark.server.parties.organizations.models import SLUG, Organization


class Participation(models.TextChoices):
    """Form of participation (European approach, element 10)."""

    ONLINE = "online", _("Online")
    ONSITE = "onsite", _("On site")
    BLENDED = "blended", _("Online and on site")
    WORK = "work-based", _("At work")


class Supervision(models.TextChoices):
    """Supervision and identity check during assessment (European approach, optional element)."""

    NONE = "unsupervised-without-identity-verification", _("Unsupervised, identity not checked")
    PRESENT = "supervised-without-identity-verification", _("Supervised, identity not checked")
    ONLINE = "supervised-online", _("Supervised online, identity checked")
    ONSITE = "onsite-with-identity-verification", _("Supervised on site, identity checked")


class Assessment(models.TextChoices):
    """Type of assessment (European approach, element 9)."""

    TESTING = "testing", _("Testing")
    APPLICATION = "application-of-a-skill", _("Application of a skill")
    PORTFOLIO = "portfolio", _("Portfolio")
    RECOGNITION = "recognition-of-prior-learning", _("Recognition of prior learning")


class Stackability(models.TextChoices):
    """How it goes together with others (European approach, optional element)."""

    STANDALONE = "standalone", _("Stands alone")
    STACKABLE = "stackable", _("Counts toward a larger credential")
    INTEGRATED = "integrated", _("Part of a larger programme")


class AchievementQuerySet(models.QuerySet["Achievement"]):
    """Sets of achievements."""

    def published(self) -> AchievementQuerySet:
        """Those that the public may see."""
        return self.filter(current__isnull=False, retired_at__isnull=True)


class Achievement(Row):
    """What can be earned, over all its versions."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="achievements")
    slug = models.CharField(max_length=60, validators=[SLUG])
    current = models.OneToOneField("Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = AchievementQuerySet.as_manager()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organization", "slug"], name="achievement_slug_once"),)

    def __str__(self) -> str:
        return f"{self.organization_id}/{self.slug}"


class Version(Row):
    """One version: every member of the Open Badges Achievement and of the European approach that a person fills."""

    achievement = models.ForeignKey(Achievement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(default=1)
    published_at = models.DateTimeField(null=True, blank=True)

    name = models.CharField(max_length=150)
    description = models.TextField(max_length=2000)
    criteria = models.TextField(max_length=20_000)
    achievement_type = models.CharField(max_length=60, default="MicroCredential")
    language = models.CharField(max_length=12, default="en")
    field_of_study = models.CharField(max_length=100, blank=True)
    tags = models.JSONField(default=list, blank=True)
    outcomes = models.JSONField(default=list, blank=True)

    workload_hours = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    credits = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    level = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    assessment_types = models.JSONField(default=list, blank=True)
    assessment = models.CharField(max_length=300, blank=True)
    participation = models.CharField(max_length=20, choices=Participation, blank=True)
    quality_assurance = models.CharField(max_length=300, blank=True)
    prerequisites = models.CharField(max_length=500, blank=True)
    supervision = models.CharField(max_length=60, choices=Supervision, blank=True)
    stackability = models.CharField(max_length=20, choices=Stackability, blank=True)
    stack_note = models.CharField(max_length=500, blank=True)

    shape = models.CharField(max_length=20, default="seal")
    palette = models.CharField(max_length=20, default="petrol")
    icon = models.CharField(max_length=20, default="star")

    class Meta:
        ordering = ("achievement", "-number")
        constraints = (
            models.UniqueConstraint(fields=["achievement", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__range=(1, 8)), name="version_level_is_eqf"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"

    @property
    def assessment_labels(self) -> list[str]:
        """The types of assessment in words."""
        return [str(Assessment(value).label) for value in self.assessment_types if value in Assessment.values]


class Alignment(Row):
    """A skill of a version: a competency in a framework, with the framework's version and the level reached."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="alignments")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    url = models.URLField(max_length=500)
    code = models.CharField(max_length=100, blank=True)
    framework = models.CharField(max_length=100, blank=True)
    framework_version = models.CharField(max_length=30, blank=True)
    level = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("version", "position")
        constraints = (models.UniqueConstraint(fields=["version", "position"], name="alignment_position_once"),)
        indexes = (models.Index(fields=["name"], name="alignment_by_name"),)

    def __str__(self) -> str:
        return self.name


class ResultDescription(Row):
    """What a result of a version means. Its identifier is an address part, stable over the life of the version."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="result_descriptions")
    position = models.PositiveSmallIntegerField()
    identifier = models.UUIDField(default=uuid.uuid4, unique=True)
    name = models.CharField(max_length=150)
    result_type = models.CharField(max_length=60)
    allowed_values = models.JSONField(default=list, blank=True)
    required_value = models.CharField(max_length=60, blank=True)
    value_min = models.CharField(max_length=30, blank=True)
    value_max = models.CharField(max_length=30, blank=True)

    class Meta:
        ordering = ("version", "position")
        constraints = (models.UniqueConstraint(fields=["version", "position"], name="result_position_once"),)

    def __str__(self) -> str:
        return self.name
