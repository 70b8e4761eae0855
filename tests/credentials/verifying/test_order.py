"""The order of work, told by what was asked of the network: key documents, then the proof, then status."""

from __future__ import annotations

from typing import Any

import pytest

from skillmark.credentials.keys import PrivateKey
from tests.credentials.verifying.stage import (
    LIST,
    Scene,
    badge,
    credential,
    entry,
    issuer,
    registry,
    secured,
    status_list,
    web_page,
    web_signer,
    words,
)

WEB = web_signer("did:web:issuer.example", PrivateKey.from_seed(bytes([9] * 32)))
DID_JSON = "https://issuer.example/.well-known/did.json"
PAGES = {DID_JSON: web_page(WEB), LIST: secured(status_list(WEB), WEB)}
ENDORSER = web_signer("did:web:endorser.example", PrivateKey.from_seed(bytes([8] * 32)))
ENDORSER_JSON = "https://endorser.example/.well-known/did.json"


def carrying(**members: Any) -> dict[str, Any]:
    """A badge that could make a verifier fetch a key, a list, an endorser's key, and much that nobody needs."""
    endorsement = {
        "@context": credential(WEB)["@context"],
        "id": "urn:endorsement",
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "name": "Seen",
        "issuer": {"id": ENDORSER.controller, "type": ["Profile"]},
        "validFrom": "2026-01-01T00:00:00Z",
        "credentialSubject": {
            "id": credential(WEB)["id"],
            "type": ["EndorsementSubject"],
            "endorsementComment": "good",
        },
    }
    schema = {"id": "https://issuer.example/schema", "type": "JsonSchema"}
    return credential(
        WEB,
        credentialStatus=entry(7),
        endorsement=[secured(endorsement, ENDORSER)],
        credentialSchema=schema,
        evidence=[{"id": "https://issuer.example/evidence", "type": ["Evidence"]}],
        **members,
    )


def asked(document: dict[str, Any], **options: Any) -> list[str]:
    scene = Scene(PAGES, **options)
    scene.verify(document)
    return scene.asked


def test_keys_come_first_then_status_then_endorsements() -> None:
    assert asked(secured(carrying(), WEB)) == [DID_JSON, LIST, ENDORSER_JSON]


def test_nothing_but_the_key_document_is_fetched_before_the_proof_holds() -> None:
    changed = secured(carrying(), WEB) | {"name": "Another"}
    assert asked(changed) == [DID_JSON]


def test_nothing_at_all_is_fetched_for_a_proof_of_another_party_under_its_own_key() -> None:
    assert asked(secured(carrying(), issuer())) == []


@pytest.mark.parametrize(
    "proof",
    [
        {},
        {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"},
        {"proofPurpose": "authentication"},
        {"created": "yesterday"},
        {"cryptosuite": "unheard-2026"},
    ],
)
def test_nothing_is_fetched_for_a_proof_of_the_wrong_shape_or_purpose(proof: dict[str, str]) -> None:
    good = secured(carrying(), WEB)
    broken = good | {"proof": good["proof"] | proof if "proofPurpose" in proof or len(proof) == 1 else proof}
    assert asked(broken) == []


def test_only_the_key_is_fetched_for_a_malformed_document() -> None:
    assert asked(secured(carrying(credentialSubject=None), WEB)) == [DID_JSON]


def test_no_status_is_fetched_for_what_is_expired() -> None:
    assert asked(secured(carrying(validUntil="2026-02-01T00:00:00Z"), WEB)) == [DID_JSON, ENDORSER_JSON]


def test_registry_is_no_condition_for_fetching() -> None:
    unlisted = Scene(PAGES, registries=[registry()], require_known_issuer=True)
    report = unlisted.verify(secured(carrying(), WEB))
    assert words(report)[2] == "passed valid"
    assert unlisted.asked == [DID_JSON, LIST, ENDORSER_JSON]


def test_unreadable_content_fetches_nothing() -> None:
    scene = Scene(PAGES)
    scene.verify(b'{"issuer":"did:web:issuer.example","issuer":"x"}')
    assert scene.asked == []


def test_key_document_is_fetched_once_for_many_credentials() -> None:
    scene = Scene(PAGES)
    for number in range(5):
        assert words(scene.verify(badge(WEB, id=f"urn:x:{number}")))[0] == "valid"
    assert scene.asked == [DID_JSON]
