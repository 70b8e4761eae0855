"""The site's addresses with those of the conformance profile, which the other tests run without."""

from django.urls import include, path

from skillmark.server.config.urls import handler400, handler403, handler404, handler500
from skillmark.server.config.urls import urlpatterns as site

__all__ = ["handler400", "handler403", "handler404", "handler500"]

urlpatterns = [*site, path("vcapi/", include("skillmark.server.doors.api.vcapi.urls"))]
