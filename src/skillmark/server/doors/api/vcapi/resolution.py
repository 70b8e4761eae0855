"""DID resolution over HTTP for did:key, with the error names of the test suite's draft."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from skillmark.credentials.dids import did_key_document
from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.errors import ResolutionError
from skillmark.server.doors.api.vcapi import answers

CONTEXT = "https://w3id.org/did-resolution/v1"
METHOD = "did:key:"
FORMATS = ("Multikey", "Ed25519VerificationKey2020", "JsonWebKey2020")
ERRORS = {
    "key-length": "invalidPublicKeyLength",
    "key-unsupported": "unsupportedPublicKeyType",
    "key-malformed": "invalidDid",
    "invalid-did-url": "invalidDidUrl",
}


def resolve(request: HttpRequest, did: str) -> HttpResponse:
    """The DID document, or a named error with a status that says so."""
    wanted = request.GET.get("publicKeyFormat", FORMATS[0])
    if wanted != FORMATS[0]:
        return _answer(None, "unsupportedPublicKeyType" if wanted in FORMATS else "invalidPublicKeyType")
    if not did.startswith("did:") or len(did.split(":")) < len(METHOD.split(":")):
        return _answer(None, "invalidDid")
    if not did.startswith(METHOD):
        return _answer(None, "methodNotSupported")
    if any(mark in did for mark in "#?/"):
        return _answer(None, "invalidDidUrl")
    try:
        return _answer(did_key_document(did))
    except ResolutionError as error:
        return _answer(None, ERRORS.get(error.rule, "invalidDid"))


def _answer(document: JsonObject | None, error: str = "") -> HttpResponse:
    told: JsonObject = {"error": error} if error else {"contentType": "application/did+ld+json"}
    body = {
        "@context": CONTEXT,
        "didDocument": document,
        "didDocumentMetadata": {},
        "didResolutionMetadata": told,
        "didDereferencingMetadata": told if error else {},
    }
    return answers.json(body, 501 if error == "methodNotSupported" else 400 if error else 200)
