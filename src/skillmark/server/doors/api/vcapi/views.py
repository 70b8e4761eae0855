"""The endpoints. Each reads, calls, and renders; which answers when is in `answers`."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.credentials.status import StatusEntry, read_entry
from skillmark.errors import InputError, StatusError
from skillmark.server.doors.api.vcapi import answers, issuing, lists
from skillmark.server.doors.api.vcapi.issuers import Issuer, issuers
from skillmark.server.doors.api.vcapi.manifest import manifest
from skillmark.server.doors.api.vcapi.resolution import resolve
from skillmark.server.doors.api.vcapi.verifying import holds, verify_document

CREDENTIAL, PRESENTATION = "verifiableCredential", "verifiablePresentation"


@answers.endpoint
def issue(body: JsonObject, issuer: str) -> HttpResponse:
    """POST issuers/…/credentials/issue: the secured credential, 201."""
    credential = answers.member(body, "credential")
    return answers.json(issuing.issue(_issuer(issuer), credential, answers.options_of(body)), 201)


@answers.endpoint
def verify_credential(body: JsonObject) -> HttpResponse:
    """POST credentials/verify: the strict default."""
    return _verify(body, CREDENTIAL, proof_only=False)


@answers.endpoint
def verify_proof(body: JsonObject) -> HttpResponse:
    """POST proof-only/credentials/verify: does not ask whether the key is the issuer's."""
    return _verify(body, CREDENTIAL, proof_only=True)


@answers.endpoint
def verify_presentation(body: JsonObject) -> HttpResponse:
    """POST presentations/verify."""
    return _verify(body, PRESENTATION, proof_only=False)


@answers.endpoint
def update_status(body: JsonObject) -> HttpResponse:
    """POST credentials/status: set (`status: true`) or unset the bit that an entry issued here names."""
    entry, value = read_entry(answers.member(body, "credentialStatus")), body.get("status")
    if not isinstance(value, bool) or not isinstance(entry, StatusEntry):
        raise InputError("expected credentialStatus and a status that is true or false", rule="body")
    for issuer in issuers().values():
        if entry.purpose in lists.PURPOSES and entry.list_url == lists.address(issuer, entry.purpose):
            lists.set_status(issuer, entry.purpose, entry.index, value=value)
            return answers.json({"status": value})
    raise StatusError("that list is not kept here", rule="status-foreign")


@require_safe
def status_list(request: HttpRequest, issuer: str, purpose: str) -> HttpResponse:  # noqa: ARG001 - a view
    """GET issuers/…/status/…: the signed list, for anyone."""
    if purpose not in lists.PURPOSES:
        raise Http404
    content = HttpResponse(lists.published(_issuer(issuer), purpose), content_type="application/vc")
    content.headers["Cache-Control"] = "public, max-age=5"
    return content


@require_safe
def did(request: HttpRequest, did: str = "") -> HttpResponse:
    """GET dids/…: DID resolution."""
    return resolve(request, did)


@require_safe
def show_manifest(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - a view
    """GET manifest: what the suites need to know."""
    return answers.json(manifest())


def _issuer(path: str) -> Issuer:
    found = issuers().get(path)
    if found is None:
        raise Http404
    return found


def _verify(body: JsonObject, name: str, *, proof_only: bool) -> HttpResponse:
    document, options = answers.member(body, name), answers.options_of(body)
    report = verify_document(document, options, presentation=name == PRESENTATION, proof_only=proof_only)
    return answers.verified(report, holds=holds(report, options))
