"""Whether the key of a proof or token is one that the party it speaks for lists for this purpose."""

from __future__ import annotations

from datetime import datetime

from skillmark.credentials.dids import ControllerDocument, VerificationMethod
from skillmark.credentials.proofs.jose_headers import key_reference
from skillmark.credentials.proofs.shapes import ProofFault
from skillmark.credentials.proofs.tokens import Token, header_key
from skillmark.errors import ProofError


def check_authority(method: VerificationMethod, document: ControllerDocument, *, purpose: str, party: str) -> None:
    """Refuse a key that is not `party`'s own, listed in its controller document for this purpose (CID §3.3)."""
    if party not in {document.id} & {method.controller}:
        raise ProofError(
            f"the key {method.id} belongs to {method.controller}, but the document speaks for {party}",
            rule="proof-controller",
        )
    if not document.authorises(method.id, purpose):
        raise ProofError(f"{party} does not list the key {method.id} for {purpose}", rule="proof-authority")


def token_method(token: Token, document: ControllerDocument, *, purpose: str) -> VerificationMethod:
    """The key in the party's own list that a token's header names, by `kid` or as the same key as `jwk`.

    ProofError or ResolutionError where it is not listed, not usable, or not for this purpose.
    """
    reference = key_reference(token.header, document.id)
    method = _same_key(token, document) if reference is None else document.method(reference)
    check_authority(method, document, purpose=purpose, party=document.id)
    return method


def _same_key(token: Token, document: ControllerDocument) -> VerificationMethod:
    key = header_key(token)
    for method in document.methods.values():
        if method.key == key:
            return method
    raise ProofError(f"{document.id} does not list the key that the token's header holds", rule="jose-jwk")


def method_faults_at(method: VerificationMethod, moment: datetime) -> list[ProofFault]:
    """What a key's own end dates say of a proof made or checked at this moment (CID §2.2)."""
    ends = {"method-revoked": method.revoked, "method-expired": method.expires}
    return [
        ProofFault(rule=rule, message=f"the key {method.id} counts until {end.isoformat()} only")
        for rule, end in ends.items()
        if end is not None and end <= moment
    ]
