"""Home, catalogue, achievement, organisation, contexts."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from skillmark.credentials.contexts import registry
from skillmark.server.credentialing.achievements.addresses import image_address
from skillmark.server.credentialing.achievements.queries import (
    Search,
    achievements_of,
    catalogue,
    levels_offered,
    published_version,
    skills_offered,
)
from skillmark.server.credentialing.issuance.queries import examples, times_awarded
from skillmark.server.credentialing.signing.queries import published_keys
from skillmark.server.doors.pages.components.reading import Fact
from skillmark.server.doors.pages.components.structured import achievement_data, structured_data
from skillmark.server.doors.pages.components.words import hours, language
from skillmark.server.doors.pages.public import documents
from skillmark.server.foundation.base.identifiers import address
from skillmark.server.parties.organizations.queries import organization as find_organization
from skillmark.server.parties.organizations.queries import organizations

PAGE_SIZE = 12
FEATURED = 4
EXAMPLES = 6
MOST_TEXT = 100


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, and the ways in."""
    everything = catalogue(Search())
    context = {
        "featured": list(everything.order_by("-published_at", "-pk")[:FEATURED]),
        "count": everything.count(),
        "examples": examples(EXAMPLES),
        "organizations": organizations(),
    }
    return render(request, "public/home.html", context)


@require_safe
def catalogue_page(request: HttpRequest) -> HttpResponse:
    """Search and filters over what is published."""
    search = _search(request)
    page = Paginator(catalogue(search), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "section": "catalogue",
        "search": search,
        "page": page,
        "skills": skills_offered(),
        "levels": levels_offered(),
        "organizations": organizations(),
        "workloads": _workloads(),
    }
    return render(request, "public/catalogue.html", context)


def _search(request: HttpRequest) -> Search:
    """What the query string asks for; what cannot be read is left out."""
    asked = {name: str(value).replace("\x00", "")[:200].strip() for name, value in request.GET.items()}
    level = asked.get("level", "")
    return Search(
        text=asked.get("q", "")[:MOST_TEXT],
        skill=asked.get("skill", ""),
        level=int(level) if level in {"1", "2", "3", "4", "5", "6", "7", "8"} else None,
        organization=asked.get("organization", ""),
        workload=asked.get("workload", ""),
    )


def _workloads() -> list[tuple[str, str]]:
    return [
        ("short", _("Up to 10 hours")),
        ("medium", _("10 to 30 hours")),
        ("long", _("30 to 75 hours")),
        ("extended", _("More than 75 hours")),
    ]


@require_safe
def achievement_page(request: HttpRequest, *, organization: str, slug: str, number: int | None = None) -> HttpResponse:
    """What can be earned: outcomes, assessment, skills, and the elements of the European approach."""
    version = published_version(organization, slug, number=number)
    if version is None:
        raise Http404
    canonical = address(f"/achievements/{organization}/{slug}")
    context = {
        "section": "catalogue",
        "version": version,
        "organization": version.achievement.organization,
        "is_current": version.achievement.current_id == version.pk,
        "skills": version.alignments.all(),
        "facts": _facts(version),
        "awarded": times_awarded(version.pk),
        "canonical": canonical,
        "image": image_address(version),
        "structured": structured_data(achievement_data(version, url=canonical, image=image_address(version))),
    }
    return render(request, "public/achievement.html", context)


@require_safe
def version_page(request: HttpRequest, *, organization: str, slug: str, number: int) -> HttpResponse:
    """One address, two forms: the Achievement for machines, the page for people."""
    if not request.accepts("text/html"):
        return documents.achievement(request, organization=organization, slug=slug, number=number)
    response = achievement_page(request, organization=organization, slug=slug, number=number)
    response.headers["Link"] = f'<{version_address_of(organization, slug, number)}.json>; rel="alternate"'
    return response


def version_address_of(organization: str, slug: str, number: int) -> str:
    """The lasting address of a version, from the parts of a path."""
    return address(f"/achievements/{organization}/{slug}/versions/{number}")


def _facts(version: Any) -> list[Fact]:
    credits_ = f"{version.credits.normalize():f} ECTS" if version.credits else ""
    rows = (
        (_("Level"), _("European level %(level)s of 8") % {"level": version.level} if version.level else ""),
        (_("Workload"), hours(version.workload_hours) if version.workload_hours else ""),
        (_("Credits"), credits_),
        (_("Assessment"), version.assessment or ", ".join(version.assessment_labels)),
        (_("Participation"), version.get_participation_display()),
        (_("Supervision"), version.get_supervision_display()),
        (_("Prerequisites"), version.prerequisites),
        (_("Quality assurance"), version.quality_assurance),
        (_("Stacking"), version.stack_note or version.get_stackability_display()),
        (_("Field"), version.field_of_study),
        (_("Country"), version.achievement.organization.country),
        (_("Language"), language(version.language)),
        (_("Version"), str(version.number)),
    )
    return [Fact(label=label, value=value) for label, value in rows if value]


@require_safe
def organization_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Who an organisation is, what it offers, which keys it signs with."""
    organization = find_organization(slug)
    if organization is None:
        raise Http404
    versions = list(achievements_of(organization.pk))
    facts = [
        Fact(label=_("Legal name"), value=organization.legal_name),
        Fact(label=_("Website"), value=organization.url),
        Fact(
            label=_("Offers"),
            value=ngettext("%(count)s achievement", "%(count)s achievements", len(versions)) % {"count": len(versions)},
        ),
    ]
    context = {
        "organization": organization,
        "versions": versions,
        "keys": published_keys(organization),
        "facts": [fact for fact in facts if fact.value],
        "canonical": address(f"/organizations/{slug}"),
    }
    return render(request, "public/organization.html", context)


@require_safe
def contexts_page(request: HttpRequest) -> HttpResponse:
    """The pinned contexts with their digests."""
    rows = [
        {"iri": iri, "path": f"/contexts/{path}", "digest": registry.digest(iri)}
        for path, iri in documents.context_paths().items()
    ]
    return render(request, "public/contexts.html", {"contexts": rows})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may not keep; credential pages say so themselves as well."""
    del request
    return HttpResponse("User-agent: *\nDisallow: /credentials/\nDisallow: /verify\n", content_type="text/plain")
