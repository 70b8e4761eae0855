"""Answers that caches may keep: published documents with a strong ETag, and 304 when the asker has them."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
YEAR = 365 * DAY


def document(request: HttpRequest, body: bytes, *, content_type: str, max_age: int) -> HttpResponse:
    """A public document: readable from any origin, kept by caches for `max_age` seconds, then asked for by its ETag."""
    response = HttpResponse(body, content_type=content_type)
    response.headers["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response.headers["Cache-Control"] = f"public, max-age={max_age}"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    answer = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return _with_headers(answer, response) if isinstance(answer, HttpResponseNotModified) else response


def _with_headers(answer: HttpResponseNotModified, response: HttpResponse) -> HttpResponse:
    for name in ("Access-Control-Allow-Origin", "Cross-Origin-Resource-Policy", "Cache-Control", "ETag"):
        answer.headers[name] = response.headers[name]
    return answer
