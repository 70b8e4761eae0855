"""The Python peers: openbadgeslib, and PyLD with `cryptography` put together by hand."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from openbadgeslib.ob3.ldp import OB3LdpSigner, OB3LdpVerifier
from pyld import jsonld

JsonObject = dict[str, Any]


class Unchanged:
    """A document in the shape OB3LdpSigner asks for; it keeps every member, as openbadgeslib's own does not."""

    def __init__(self, document: JsonObject) -> None:
        self._document = document

    def to_vc(self) -> JsonObject:
        """The document."""
        return self._document


def openbadgeslib_signer(key: Ed25519PrivateKey) -> OB3LdpSigner:
    """openbadgeslib's Data Integrity signer with this key as did:key."""
    return OB3LdpSigner(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))


def openbadgeslib_verifier(key: Ed25519PublicKey) -> OB3LdpVerifier:
    """openbadgeslib's Data Integrity verifier for this key."""
    return OB3LdpVerifier(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


class PyldProofs:
    """eddsa-rdfc-2022 by PyLD's canonical form (URDNA2015) and `cryptography`."""

    def __init__(self, contexts: Mapping[str, JsonObject]) -> None:
        self._contexts = contexts

    def sign(self, document: JsonObject, *, key: Ed25519PrivateKey, verification_method: str) -> JsonObject:
        """The document with its proof."""
        proof = {
            "type": "DataIntegrityProof",
            "cryptosuite": "eddsa-rdfc-2022",
            "created": "2026-01-05T09:00:00Z",
            "verificationMethod": verification_method,
            "proofPurpose": "assertionMethod",
        }
        signature = key.sign(self._hash(document, proof))
        return {**document, "proof": {**proof, "proofValue": "z" + base58.b58encode(signature).decode()}}

    def verify(self, data: bytes, *, key: Ed25519PublicKey) -> None:
        """InvalidSignature unless the signature holds; checks nothing else."""
        document = json.loads(data)
        proof = document.pop("proof")
        signature = base58.b58decode(proof.pop("proofValue")[1:])
        key.verify(signature, self._hash(document, proof))

    def canonicalize(self, document: JsonObject) -> str:
        """The canonical N-Quads."""
        options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": self._load}
        return str(jsonld.normalize(document, options))

    def _hash(self, document: JsonObject, proof: JsonObject) -> bytes:
        configuration = {"@context": document["@context"], **proof}
        return b"".join(hashlib.sha256(self.canonicalize(part).encode()).digest() for part in (configuration, document))

    def _load(self, url: str, _options: JsonObject) -> JsonObject:
        return {"contextUrl": None, "documentUrl": url, "document": self._contexts[url]}
