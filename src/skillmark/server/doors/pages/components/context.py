"""What every template knows: the site and the chosen colour scheme."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


def theme_of(request: HttpRequest) -> str:
    """The chosen colour scheme; `auto` follows the system."""
    chosen = request.COOKIES.get(THEME_COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    return {
        "origin": settings.SKILLMARK_ORIGIN,
        "theme": theme_of(request),
        "path": request.path,
        "conformance": settings.SKILLMARK_CONFORMANCE,
    }
