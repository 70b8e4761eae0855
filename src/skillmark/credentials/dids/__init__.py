"""Decentralised identifiers and key documents: from an identifier to the keys its controller lists, and what for."""

from skillmark.credentials.dids.documents import ControllerDocument, VerificationMethod
from skillmark.credentials.dids.jwk_method import did_jwk
from skillmark.credentials.dids.key_method import did_key, did_key_document, did_key_signer
from skillmark.credentials.dids.resolver import DidResolver
from skillmark.credentials.dids.web_method import did_web, did_web_document

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
