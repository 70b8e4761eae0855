"""Decentralised identifiers and key documents: from an identifier to the keys its controller lists, and what for."""

from skillmark.credentials.dids.did_jwk import did_jwk
from skillmark.credentials.dids.did_key import did_key, did_key_document, did_key_signer
from skillmark.credentials.dids.did_web import did_web, did_web_document
from skillmark.credentials.dids.documents import ControllerDocument, VerificationMethod
from skillmark.credentials.dids.resolver import DidResolver

__all__ = [
    "ControllerDocument",
    "DidResolver",
    "VerificationMethod",
    "did_jwk",
    "did_key",
    "did_key_document",
    "did_key_signer",
    "did_web",
    "did_web_document",
]
