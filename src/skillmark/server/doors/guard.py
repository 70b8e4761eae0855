"""Middleware before every door: headers that keep strangers' content harmless, and the limit on what may be sent."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

MIB = 1024 * 1024
FILE_LIMIT = 10 * MIB
BODY_LIMIT = MIB
# Boundaries and part headers of a form around the content itself.
FORM_MARGIN = 64 * 1024

# No inline script or style, no third party at all. `data:` images are none of ours either.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PERMISSIONS = "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

Answer = Callable[[HttpRequest], HttpResponse]


class SafetyHeaders:
    """Sets the headers of every answer, static files and errors included."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then add what the view has not decided itself."""
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class BodyLimit:
    """Refuses a body that is too large, or compressed, before anything of it is read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer 413 or 415 by the headers alone."""
        if request.headers.get("Content-Encoding", "identity").lower() != "identity":
            return _refusal(request, 415, _("Send it uncompressed."))
        if _length(request) > limit_for(request):
            return _refusal(request, 413, _("That is too large. A file may have 10 MiB, text 1 MiB."))
        return self.get_response(request)


def limit_for(request: HttpRequest) -> int:
    """How many bytes a body of this kind may have."""
    is_form = request.content_type == "multipart/form-data"
    return (
        FILE_LIMIT + FORM_MARGIN if is_form else 3 * BODY_LIMIT + FORM_MARGIN if _is_urlencoded(request) else BODY_LIMIT
    )


def _is_urlencoded(request: HttpRequest) -> bool:
    """Percent-encoding makes a text of 1 MiB up to three times as long; its own limit is checked after decoding."""
    return request.content_type == "application/x-www-form-urlencoded"


def _length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _refusal(request: HttpRequest, status: int, reason: str) -> HttpResponse:
    return render(request, "components/error.html", {"status": status, "reason": reason}, status=status)
