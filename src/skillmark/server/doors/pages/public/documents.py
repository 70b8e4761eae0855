"""Published documents for machines: the bytes that strangers verify by, and we as well. Cacheable, no cookies."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from skillmark.credentials.contexts import registry
from skillmark.credentials.encoding.strict_json import dumps
from skillmark.server.credentialing.achievements import artwork
from skillmark.server.credentialing.achievements.documents import achievement_document
from skillmark.server.credentialing.achievements.queries import artwork_of, published_version
from skillmark.server.credentialing.issuance import queries as issuance
from skillmark.server.credentialing.issuance.status import published_list
from skillmark.server.credentialing.signing.queries import did_document
from skillmark.server.doors.pages.components.caching import DAY, HOUR, MINUTE, document
from skillmark.server.parties.organizations.queries import organization

CREDENTIAL = "application/vc+ld+json"
LINKED = "application/ld+json"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"


@require_safe
def did(request: HttpRequest, slug: str) -> HttpResponse:
    """The DID document of an organisation."""
    found = organization(slug)
    if found is None:
        raise Http404
    return document(request, did_document(found), content_type="application/did+json", max_age=5 * MINUTE)


@require_safe
def status_list(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A status list as signed; short-lived, so that a revocation is seen soon."""
    found = published_list(slug, number)
    if found is None:
        raise Http404
    return document(request, found, content_type=CREDENTIAL, max_age=5 * MINUTE)


@require_safe
def credential(request: HttpRequest, token: str) -> HttpResponse:
    """The signed bytes."""
    found = issuance.document(token)
    if found is None:
        raise Http404
    response = document(request, found, content_type=CREDENTIAL, max_age=5 * MINUTE)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def credential_png(request: HttpRequest, token: str) -> HttpResponse:
    """The badge picture with the signed bytes inside."""
    found = issuance.credential(token)
    if found is None:
        raise Http404
    response = document(request, issuance.baked(found), content_type="image/png", max_age=5 * MINUTE)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def achievement(request: HttpRequest, *, organization: str, slug: str, number: int) -> HttpResponse:
    """A version as an Open Badges Achievement."""
    found = published_version(organization, slug, number=number)
    if found is None:
        raise Http404
    contexts = ["https://www.w3.org/ns/credentials/v2", OPEN_BADGES, registry.SKILLMARK]
    body = dumps({"@context": contexts, **achievement_document(found)})
    return document(request, body, content_type=LINKED, max_age=HOUR)


@require_safe
def badge_svg(request: HttpRequest, *, organization: str, slug: str, number: int) -> HttpResponse:
    """A version's badge as SVG, drawn by us."""
    found = published_version(organization, slug, number=number)
    if found is None:
        raise Http404
    drawing = artwork.svg(artwork_of(found)).encode()
    return document(request, drawing, content_type="image/svg+xml", max_age=DAY)


@require_safe
def badge_png(request: HttpRequest, *, organization: str, slug: str, number: int) -> HttpResponse:
    """A version's badge as PNG."""
    found = published_version(organization, slug, number=number)
    if found is None:
        raise Http404
    return document(request, artwork.png(artwork_of(found)), content_type="image/png", max_age=DAY)


def context_paths() -> dict[str, str]:
    """Under which path each pinned context is served: host and path of its own address."""
    return {iri.removeprefix("https://"): iri for iri in sorted(registry.PRODUCT)}


@require_safe
def context(request: HttpRequest, path: str) -> HttpResponse:
    """A pinned context, the bytes we verify with."""
    iri = context_paths().get(path)
    if iri is None:
        raise Http404
    return document(request, registry.document_bytes(iri), content_type=LINKED, max_age=DAY)
