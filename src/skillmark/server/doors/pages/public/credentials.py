"""The page of one credential: one plain sentence, three answers, and what its signature covers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from skillmark.server.credentialing.issuance.addresses import credential_address
from skillmark.server.credentialing.issuance.queries import credential
from skillmark.server.credentialing.verification.actions import verify
from skillmark.server.doors.pages.components import sentences
from skillmark.server.doors.pages.components.reading import Reading, read
from skillmark.server.doors.pages.public import documents


@require_safe
def credential_page(request: HttpRequest, token: str) -> HttpResponse:
    """One address, many forms: HTML for people, the signed document for machines."""
    response = _page(request, token) if _wants_html(request) else documents.credential(request, token)
    patch_vary_headers(response, ["Accept"])
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return response


def _wants_html(request: HttpRequest) -> bool:
    preferred = request.get_preferred_type(["text/html", documents.CREDENTIAL, documents.LINKED, "application/json"])
    return preferred in ("text/html", None)


def _page(request: HttpRequest, token: str) -> HttpResponse:
    issued = credential(token)
    if issued is None:
        raise Http404
    report = verify(bytes(issued.document))
    reading = read(report.signed) if report.signed is not None else None
    achievement = issued.award.version.achievement
    context = {
        "token": token,
        "address": credential_address(token),
        "answers": sentences.answers(report),
        "checks": sentences.rows(report),
        "reading": reading,
        "sentence": _sentence(reading, report.current.state) if reading else "",
        "art": {
            "organization": achievement.organization.slug,
            "slug": achievement.slug,
            "number": issued.award.version.number,
        },
    }
    response = render(request, "public/credential.html", context)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _sentence(reading: Reading, state: str) -> str:
    """Who says what about whom, and how it was found out: for someone who has never seen a badge."""
    names = {"issuer": reading.issuer, "title": reading.title, "assessment": reading.assessment}
    if state in ("revoked", "withdrawn"):
        return (
            _("%(issuer)s has taken this credential back. It no longer states that the holder has earned it.") % names
        )
    if reading.assessment:
        return _("%(issuer)s confirms that the holder has earned “%(title)s”. Assessed by: %(assessment)s.") % names
    return _("%(issuer)s confirms that the holder has earned “%(title)s”.") % names
