"""Addresses of pages and published documents. They are for life: credentials name them."""

from __future__ import annotations

from django.urls import include, path

from skillmark.server.doors.pages.public import credentials, documents, pages, preferences, verify

VERSION = "achievements/<slug:organization>/<slug:slug>/versions/<int:number>"

published = (
    [
        path("organizations/<slug:slug>/did.json", documents.did, name="did"),
        path("organizations/<slug:slug>/status/<int:number>", documents.status_list, name="status-list"),
        path("credentials/<slug:token>.json", documents.credential, name="credential"),
        path("credentials/<slug:token>.png", documents.credential_png, name="credential-png"),
        path(f"{VERSION}.json", documents.achievement, name="achievement"),
        path(f"{VERSION}/badge.svg", documents.badge_svg, name="badge-svg"),
        path(f"{VERSION}/badge.png", documents.badge_png, name="badge-png"),
        path("contexts/<path:path>", documents.context, name="context"),
    ],
    "published",
)
public = (
    [
        path("", pages.home, name="home"),
        path("catalogue", pages.catalogue_page, name="catalogue"),
        path("achievements/<slug:organization>/<slug:slug>", pages.achievement_page, name="achievement"),
        path(VERSION, pages.version_page, name="version"),
        path("organizations/<slug:slug>", pages.organization_page, name="organization"),
        path("credentials/<slug:token>", credentials.credential_page, name="credential"),
        path("verify", verify.verify_page, name="verify"),
        path("contexts", pages.contexts_page, name="contexts"),
        path("preferences/theme", preferences.theme, name="theme"),
        path("robots.txt", pages.robots, name="robots"),
    ],
    "public",
)
urlpatterns = [path("", include(published)), path("", include(public))]
