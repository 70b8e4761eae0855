"""Addresses of the VC-API, below /vcapi/. Status lists are published documents like all others."""

from __future__ import annotations

from django.urls import include, path

from skillmark.server.doors.api.vcapi import views

app_name = "vcapi"
ISSUER = "issuers/<path:issuer>"

published = ([path(f"{ISSUER}/status/<slug:purpose>", views.status_list, name="status-list")], "published")
urlpatterns = [
    path(f"{ISSUER}/credentials/issue", views.issue, name="issue"),
    path("credentials/verify", views.verify_credential, name="verify-credential"),
    path("credentials/status", views.update_status, name="update-status"),
    path("proof-only/credentials/verify", views.verify_proof, name="verify-proof"),
    path("presentations/verify", views.verify_presentation, name="verify-presentation"),
    path("dids", views.did, name="resolver"),
    path("dids/<path:did>", views.did, name="did"),
    path("manifest", views.show_manifest, name="manifest"),
    path("", include(published)),
]
