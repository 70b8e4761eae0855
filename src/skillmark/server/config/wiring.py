"""Which part hears which other part. The only place that knows both doors and the floors below."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve

from skillmark.fetching import Fetched

# The views of these names answer with signed or pinned bytes and nothing else.
PUBLISHED = "published"
CREDENTIAL_PAGE = "public:credential"
VERSION_PAGE = "public:version"
MACHINE_FORM = "application/vc+ld+json, application/ld+json"


def published(path: str) -> Fetched | None:
    """What this site answers at one of its own paths: by the view that serves it, without a socket."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if PUBLISHED not in match.namespaces and match.view_name not in (CREDENTIAL_PAGE, VERSION_PAGE):
        return None
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.META = {"HTTP_ACCEPT": MACHINE_FORM, "SERVER_NAME": "localhost", "SERVER_PORT": "80"}
    try:
        response = match.func(request, *match.args, **match.kwargs)
    except Http404:
        return None
    return Fetched(
        url=path,
        status=response.status_code,
        body=response.content,
        content_type=response.headers["Content-Type"],
        headers=dict(response.headers),
    )
