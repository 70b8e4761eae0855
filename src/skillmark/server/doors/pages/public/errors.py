"""Pages for when something does not work: what happened, whether anything was lost, what to do."""

from __future__ import annotations

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    del exception
    return _page(
        request, 400, _("What your browser sent could not be read. Nothing was changed. Go back and try again.")
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    del exception
    return _page(request, 403, _("You may not do this. Nothing was changed."))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is missing or old."""
    del reason
    return _page(
        request,
        403,
        _("For your safety a form works once and only in the browser that opened it. Open it again and resend."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: the same for what never was and for what may not be seen."""
    del exception
    return _page(request, 404, _("Check the address for missing letters. A credential's address is long and exact."))


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return _page(
        request,
        500,
        _("Nothing you entered was stored. Try again; if it happens again, tell the operator the reference below."),
        reference=secrets.token_hex(4),
    )


def _page(request: HttpRequest, status: int, reason: str, *, reference: str = "") -> HttpResponse:
    context = {"status": status, "reason": reason, "reference": reference}
    return render(request, "components/error.html", context, status=status)
