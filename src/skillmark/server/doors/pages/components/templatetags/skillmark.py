"""The tags of our templates."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils import formats
from django.utils.safestring import SafeString

from skillmark.server.doors.pages.components import words
from skillmark.server.doors.pages.components.icons import icon_svg
from skillmark.server.doors.pages.components.markdown import render_markdown
from skillmark.server.doors.pages.components.qr import qr_svg

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon by name."""
    return icon_svg(name)


@register.simple_tag
def qr(text: str) -> SafeString:
    """A QR code of a text."""
    return qr_svg(text)


@register.filter
def markdown(text: str) -> SafeString:
    """Strangers' Markdown as safe HTML."""
    return render_markdown(str(text))


@register.filter
def plain_number(value: Any) -> str:
    """A number without useless zeros, in the reader's way of writing."""
    return formats.number_format(Decimal(str(value)).normalize().__format__("f"))


@register.filter
def hours(value: Any) -> str:
    """Hours in words."""
    return words.hours(Decimal(str(value)))


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The present query string with some parameters changed; an empty value leaves one out."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value not in ("", None):
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}" if parameters else "?"
