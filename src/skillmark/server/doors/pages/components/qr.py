"""QR codes as inline SVG. Always beside the address in letters, never alone."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO

import segno
from django.utils.safestring import SafeString, mark_safe


@lru_cache(maxsize=256)
def qr_svg(text: str) -> SafeString:
    """A code with error correction M and its quiet zone, dark on light in either colour scheme."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=4, dark="#14181a", light="#ffffff", xmldecl=False, svgns=True, omitsize=True, nl=False
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 - made of numbers by segno; the text becomes modules
