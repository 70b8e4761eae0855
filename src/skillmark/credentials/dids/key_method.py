"""did:key: the identifier is the key (did:key method v0.9). Nothing is fetched."""

from __future__ import annotations

from typing import Any, Final

from skillmark.credentials.dids.documents import RELATIONSHIPS, ControllerDocument, VerificationMethod
from skillmark.credentials.keys import LocalSigner, PrivateKey, PublicKey
from skillmark.errors import KeyMaterialError, ResolutionError

PREFIX: Final = "did:key:"
# All that a key can do that signs. keyAgreement is not among it: no encryption key is derived from a signing key.
PURPOSES: Final = RELATIONSHIPS[:4]


def did_key(key: PublicKey) -> str:
    """Return the did:key of a public key."""
    return PREFIX + key.to_multikey()


def did_key_signer(private_key: PrivateKey) -> LocalSigner:
    """Return a signer that is its own controller, as did:key."""
    multikey = private_key.public.to_multikey()
    did = PREFIX + multikey
    return LocalSigner(private_key, verification_method=f"{did}#{multikey}", controller=did)


def resolve_did_key(did: str) -> ControllerDocument:
    """Resolve a did:key; the rule of a ResolutionError names a kind of key that is not supported."""
    multikey = did.removeprefix(PREFIX)
    try:
        key = PublicKey.from_multikey(multikey)
    except KeyMaterialError as error:
        raise ResolutionError(f"{did[:80]} cannot be used: {error.message}", rule=error.rule) from error
    return single_key_document(did, f"{did}#{multikey}", key)


def did_key_document(did: str) -> dict[str, Any]:
    """Return the full DID document of a did:key, with its one method as Multikey."""
    resolved = resolve_did_key(did)
    identifier, method = next(iter(resolved.methods.items()))
    entry = {
        "id": identifier,
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": method.key.to_multikey(),
    }
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [entry],
        **{purpose: [identifier] for purpose in PURPOSES},
    }


def single_key_document(did: str, identifier: str, key: PublicKey) -> ControllerDocument:
    """Return the document of a DID that is nothing but one key."""
    method = VerificationMethod(id=identifier, controller=did, key=key)
    listed = frozenset([identifier])
    return ControllerDocument(id=did, methods={identifier: method}, relationships=dict.fromkeys(PURPOSES, listed))
