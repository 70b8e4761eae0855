"""Root addresses: which door answers where."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

urlpatterns = [path("", include("skillmark.server.doors.pages.public.urls"))]
if settings.SKILLMARK_CONFORMANCE:
    urlpatterns.append(path("vcapi/", include("skillmark.server.doors.api.vcapi.urls")))

handler400 = "skillmark.server.doors.pages.public.errors.bad_request"
handler403 = "skillmark.server.doors.pages.public.errors.forbidden"
handler404 = "skillmark.server.doors.pages.public.errors.not_found"
handler500 = "skillmark.server.doors.pages.public.errors.server_error"
