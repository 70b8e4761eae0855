"""The implementation manifest that the W3C's suites read: what is offered here, where, and under which tags."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from skillmark.credentials.encoding.strict_json import JsonObject
from skillmark.server.doors.api.vcapi.issuers import Issuer, issuers

CURVES = {"p256": "P-256", "p384": "P-384"}
MODEL_ISSUER = "eddsa-rdfc-2022"
NAME = "Skillmark"


def manifest() -> JsonObject:
    """One implementation with its endpoints, as the suites' localConfig.cjs takes it."""
    suites = sorted({issuer.cryptosuite for issuer in issuers().values()})
    strict = {"endpoint": _url("verify-credential"), "supports": {"vc": ["2.0"]}}
    model = issuers()[MODEL_ISSUER].did
    proof_only = {"endpoint": _url("verify-proof"), "supports": {"vc": ["2.0"]}, "supportedEcdsaKeyTypes": _curves()}
    return {
        "name": NAME,
        "implementation": NAME,
        "issuers": [_issuer(issuer) for issuer in issuers().values()],
        "verifiers": [
            {"id": model, **strict, "tags": ["vc2.0", "BitstringStatusList"]},
            {"id": model, **proof_only, "tags": suites},
        ],
        "vpVerifiers": [{"id": model, "endpoint": _url("verify-presentation"), "tags": ["vc2.0"]}],
        "didResolvers": [{"id": model, "endpoint": _url("resolver"), "tags": ["did-key"]}],
    }


def _issuer(issuer: Issuer) -> JsonObject:
    curve = issuer.path.partition("/")[2]
    entry: JsonObject = {
        "id": issuer.did,
        "endpoint": _url("issue", issuer=issuer.path),
        "supports": {"vc": ["2.0"]},
        "tags": [issuer.cryptosuite],
    }
    if issuer.path == MODEL_ISSUER:
        entry["tags"] += ["vc2.0", "BitstringStatusList"]
    return {**entry, "supportedEcdsaKeyTypes": [CURVES[curve]]} if curve else entry


def _curves() -> list[str]:
    return list(CURVES.values())


def _url(name: str, **named: str) -> str:
    return f"{settings.SKILLMARK_ORIGIN}{reverse(f'vcapi:{name}', kwargs=named)}"
