"""did:key: what the published vectors say of each DID, and a name for every kind of key we do not verify with."""

import json
from pathlib import Path
from typing import Any

import base58
import pytest

from skillmark.credentials.dids import DidResolver, did_key, did_key_document, did_key_signer
from skillmark.credentials.keys import Algorithm, PrivateKey, PublicKey
from skillmark.errors import ResolutionError

SIGNING = ("authentication", "assertionMethod", "capabilityInvocation", "capabilityDelegation")


def vectors(shared: Path, name: str) -> dict[str, Any]:
    found = json.loads((shared / "vectors/did-key" / f"{name}.json").read_text())
    return {did: entry.get("didDocument", entry) for did, entry in found.get("didDocument", found).items()}


def key_of(method: dict[str, Any]) -> PublicKey:
    if "publicKeyJwk" in method:
        return PublicKey.from_jwk(method["publicKeyJwk"])
    prefix = {"Ed25519VerificationKey2018": b"\xed\x01", "P256Key2021": b"\x80\x24"}[method["type"]]
    octets = prefix + base58.b58decode(method["publicKeyBase58"])
    return PublicKey.from_multikey("z" + base58.b58encode(octets).decode())


@pytest.mark.parametrize(("name", "count"), [("ed25519-x25519", 5), ("nist-curves", 5), ("rsa", 2)])
def test_published_dids_lead_to_the_published_key_and_purposes(shared: Path, name: str, count: int) -> None:
    resolver, seen = DidResolver(), 0
    for did, published in vectors(shared, name).items():
        if did.startswith("did:key:z2J9"):  # P-521
            continue
        seen += 1
        method = published["verificationMethod"][0]
        document, found = resolver.dereference(method["id"])
        assert document.id == published["id"] == did
        assert found.id == method["id"]
        assert found.controller == method["controller"] == did
        assert found.key == key_of(method)
        assert did_key(found.key) == did
        for purpose in SIGNING:
            assert document.authorises(method["id"], purpose) is (method["id"] in published.get(purpose, []))
    assert seen == count


@pytest.mark.parametrize(
    ("name", "words", "count"),
    [
        ("bls12381", "BLS12-381", 6),
        ("secp256k1", "secp256k1", 6),
        ("x25519", "X25519", 4),
        ("nist-curves", "P-521", 2),
    ],
)
def test_published_dids_of_other_kinds_are_refused_by_name(shared: Path, name: str, words: str, count: int) -> None:
    others = [did for did in vectors(shared, name) if not did.startswith(("did:key:zDna", "did:key:z82L"))]
    assert len(others) == count
    for did in others:
        with pytest.raises(ResolutionError, match=words) as caught:
            DidResolver().resolve(did)
        assert caught.value.rule == "key-unsupported"


def test_document_is_whole_and_holds_one_multikey() -> None:
    did = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
    method = f"{did}#z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
    assert did_key_document(did) == {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [
            {
                "id": method,
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
            }
        ],
        "authentication": [method],
        "assertionMethod": [method],
        "capabilityInvocation": [method],
        "capabilityDelegation": [method],
    }


@pytest.mark.parametrize("algorithm", [Algorithm.ED25519, Algorithm.P256, Algorithm.P384])
def test_signer_is_found_under_its_own_name(algorithm: Algorithm) -> None:
    signer = did_key_signer(PrivateKey.from_seed(b"s" * 32, algorithm))
    document, method = DidResolver().dereference(signer.verification_method)
    assert document.id == method.controller == signer.controller
    assert method.key.verify(signer.sign(b"message"), b"message")


@pytest.mark.parametrize(
    ("did", "rule"),
    [
        ("did:key:", "key-malformed"),
        ("did:key:z", "key-unsupported"),
        ("did:key:6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "key-malformed"),
        ("did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0", "key-malformed"),
        ("did:key:z" + base58.b58encode(b"\xed\x01" + b"\x07" * 31).decode(), "key-length"),
        ("did:key:z" + base58.b58encode(b"\xed\x01\x01" + bytes(31)).decode(), "key-weak"),
        ("did:key:" + "z" * 5000, "invalid-did"),
    ],
)
def test_text_that_is_no_did_key_is_refused_by_name(did: str, rule: str) -> None:
    with pytest.raises(ResolutionError) as caught:
        DidResolver().resolve(did)
    assert caught.value.rule == rule
