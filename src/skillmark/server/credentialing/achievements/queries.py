"""Reads of achievements: the catalogue with its filters, a published version, its artwork."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from skillmark.server.credentialing.achievements.artwork import Artwork
from skillmark.server.credentialing.achievements.models import Achievement, Alignment, Version

MAX_WORDS = 8
# Hours from, up to and including; the last has no end.
WORKLOADS: dict[str, tuple[int, int | None]] = {
    "short": (0, 10),
    "medium": (10, 30),
    "long": (30, 75),
    "extended": (75, None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What someone looks for in the catalogue; empty means everything."""

    text: str = ""
    skill: str = ""
    level: int | None = None
    organization: str = ""
    workload: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing narrows the catalogue."""
        return self == Search()


def catalogue(search: Search) -> QuerySet[Version]:
    """Current published versions that match, by name."""
    found = _published()
    for word in search.text.split()[:MAX_WORDS]:
        found = found.filter(
            Q(name__icontains=word)
            | Q(description__icontains=word)
            | Q(field_of_study__icontains=word)
            | Q(pk__in=Alignment.objects.filter(name__icontains=word).values("version"))
        )
    if search.skill:
        found = found.filter(pk__in=Alignment.objects.filter(name=search.skill).values("version"))
    if search.level is not None:
        found = found.filter(level=search.level)
    if search.organization:
        found = found.filter(achievement__organization__slug=search.organization)
    return _within(found, search.workload).order_by("name", "pk")


def _within(found: QuerySet[Version], workload: str) -> QuerySet[Version]:
    if workload not in WORKLOADS:
        return found
    low, high = WORKLOADS[workload]
    found = found.filter(workload_hours__gt=low)
    return found if high is None else found.filter(workload_hours__lte=high)


def _published() -> QuerySet[Version]:
    current = Achievement.objects.published().values("current")
    return (
        Version.objects.filter(pk__in=current)
        .select_related("achievement__organization")
        .prefetch_related("alignments")
    )


def skills_offered() -> list[tuple[str, int]]:
    """Skills in the catalogue with the number of achievements that prove each."""
    rows = Alignment.objects.filter(version__in=_published().values("pk")).values("name").annotate(n=Count("pk"))
    return [(row["name"], row["n"]) for row in rows.order_by("name")]


def levels_offered() -> list[int]:
    """Levels that occur in the catalogue."""
    found = _published().filter(level__isnull=False).order_by("level").values_list("level", flat=True).distinct()
    return [level for level in found if level is not None]


def published_version(organization: str, slug: str, *, number: int | None = None) -> Version | None:
    """A published version, with all its parts; the current one unless a number is named."""
    found = Version.objects.filter(
        achievement__organization__slug=organization, achievement__slug=slug, published_at__isnull=False
    )
    if number is None:
        found = found.filter(pk__in=Achievement.objects.published().values("current"))
    else:
        found = found.filter(number=number)
    parts = found.select_related("achievement__organization").prefetch_related("alignments", "result_descriptions")
    return parts.first()


def achievements_of(organization_id: int) -> QuerySet[Version]:
    """Current versions of one organisation."""
    return _published().filter(achievement__organization=organization_id).order_by("name", "pk")


def artwork_of(version: Version) -> Artwork:
    """The drawing of a version's badge."""
    return Artwork(
        shape=version.shape,
        palette=version.palette,
        icon=version.icon,
        level=version.level or 0,
        seed=f"{version.achievement.organization.slug}/{version.achievement.slug}",
    )
