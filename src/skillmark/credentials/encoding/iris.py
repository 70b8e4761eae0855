"""Whether a text is an absolute IRI or a web address: shape only, in linear time. Nothing is resolved or rewritten."""

from __future__ import annotations

import re
from typing import Final

# RFC 3987 leaves out controls and these delimiters everywhere; JSON-LD and N-Quads (IRIREF) rely on it.
_OUT: Final = r"\x00-\x20\x7f-\x9f<>\"{}|\\^`"
_ABSOLUTE: Final = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:[^{_OUT}]*")
_HOST: Final = rf"(?:\[[0-9A-Fa-f:.]+\]|[^{_OUT}/?#@:\[\]]+)(?::[0-9]{{1,5}})?"
_AFTER_HOST: Final = rf"(?:[/?#][^{_OUT}]*)?"
_HTTP: Final = re.compile(rf"[Hh][Tt][Tt][Pp][Ss]?://{_HOST}{_AFTER_HOST}")
_HTTPS: Final = re.compile(rf"[Hh][Tt][Tt][Pp][Ss]://{_HOST}{_AFTER_HOST}")


matches_absolute_iri: Final = _ABSOLUTE.fullmatch
"""The match of an absolute IRI, for places where every call counts; `is_absolute_iri` elsewhere."""


def is_absolute_iri(text: str) -> bool:
    """Whether the text has a scheme and no character that RFC 3987 keeps out of every IRI."""
    return _ABSOLUTE.fullmatch(text) is not None


def is_http_url(text: str) -> bool:
    """Whether the text is an http or https address with a host and without user information."""
    return _HTTP.fullmatch(text) is not None


def is_https_url(text: str) -> bool:
    """Whether the text is an https address with a host and without user information."""
    return _HTTPS.fullmatch(text) is not None
