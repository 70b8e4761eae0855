"""Verify anything: a file, pasted text, an address. What is sent is checked and forgotten."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skillmark.credentials.verifying import Report
from skillmark.errors import SkillmarkError
from skillmark.server.credentialing.verification.actions import own_path, verify, verify_address
from skillmark.server.doors.guard import BODY_LIMIT, FILE_LIMIT
from skillmark.server.doors.pages.components import sentences
from skillmark.server.doors.pages.components.reading import read

UNREADABLE = "unreadable"


@require_http_methods(["GET", "HEAD", "POST"])
def verify_page(request: HttpRequest) -> HttpResponse:
    """The form, or what was found."""
    if request.method != "POST":
        return render(request, "public/verify.html", {"section": "verify", "url": request.GET.get("url", "")[:2000]})
    file, text, url = request.FILES.get("file"), request.POST.get("text", ""), request.POST.get("url", "").strip()
    if file is not None:
        if file.size is None or file.size > FILE_LIMIT:
            return _refused(request, 413, _("The file is larger than 10 MiB."))
        return _answer(request, file.read())
    if text.strip():
        content = text.encode("utf-8", "surrogatepass")
        if len(content) > BODY_LIMIT:
            return _refused(request, 413, _("The text is longer than 1 MiB."))
        return _answer(request, content)
    if url:
        return _fetch(request, url[:2000])
    return _refused(request, 400, _("Choose a file, paste the text, or give an address."))


def _fetch(request: HttpRequest, url: str) -> HttpResponse:
    try:
        report = verify_address(url)
    except SkillmarkError as error:
        return _refused(
            request, 400, _("Nothing could be read at that address: %(reason)s") % {"reason": error.message}, url=url
        )
    return _result(request, report)


def _answer(request: HttpRequest, content: bytes) -> HttpResponse:
    if not content.strip():
        return _refused(request, 400, _("It is empty."))
    return _result(request, verify(content))


def _refused(request: HttpRequest, status: int, problem: str, *, url: str = "") -> HttpResponse:
    context = {"section": "verify", "problem": problem, "url": url}
    return render(request, "public/verify.html", context, status=status)


def _result(request: HttpRequest, report: Report) -> HttpResponse:
    context = {
        "section": "verify",
        **_found(report),
        "checks": sentences.rows(report),
        "conformance": report.conformance,
        "shown": [_found(inner) for inner in report.credentials],
        "endorsements": [_found(inner) for inner in report.endorsements],
        "shows_others": _is_presentation(report),
    }
    # Nothing to read is the asker's fault (400); what was read and refused is an answer (200).
    status = 400 if report.intact.state == UNREADABLE else 200
    response = render(request, "public/result.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _found(report: Report) -> dict[str, Any]:
    """A verdict, its answers, and what was signed where the proof holds."""
    reading = read(report.signed) if report.signed is not None else None
    return {
        "verdict": sentences.verdict(report),
        "answers": sentences.answers(report),
        "reading": reading,
        "own": own_path(reading.id) if reading else "",
    }


def _is_presentation(report: Report) -> bool:
    kinds = (report.signed or {}).get("type")
    return "VerifiablePresentation" in (kinds if isinstance(kinds, list) else [kinds])
