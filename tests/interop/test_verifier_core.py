"""@digitalcredentials/verifier-core accepts our eddsa-rdfc-2022 badges and tells what was changed or revoked."""

import pytest

from skillmark.credentials.contexts import registry
from skillmark.credentials.dids import did_key_signer
from skillmark.credentials.encoding.strict_json import parse_object
from skillmark.credentials.issuing import issue
from skillmark.credentials.keys import PrivateKey
from skillmark.credentials.proofs.data_integrity import add_proof
from tests.interop import badges

all_badges = pytest.mark.parametrize("badge", badges.BADGES.values(), ids=badges.BADGES)
REGISTRY = "https://registry.example.org/registry.json"
REGISTRIES = [{"name": "Example Registry", "type": "dcc-legacy", "url": REGISTRY}]


@pytest.fixture(scope="module")
def signer():
    return did_key_signer(PrivateKey.from_seed(bytes(31) + b"\x01"))


def judged(peer, signer, documents, *, revoked=False):
    """Their results, with the status list, the registry and our extension context published on the loopback."""
    listed = {signer.controller: {"name": "Example University", "location": "x", "url": "https://example.edu"}}
    listing = add_proof(badges.status_list(signer, revoked=revoked), signer, created=badges.CREATED)
    extension = registry.document(registry.SKILLMARK)
    documents_there = {badges.LIST_URL: listing, REGISTRY: {"registry": listed}}
    peer.ask("publish", documents={**documents_there, registry.SKILLMARK: extension})
    return peer.ask("verify_core", documents=list(documents), registries=REGISTRIES)


def signed(badge, signer):
    return parse_object(issue(badge(signer.controller), signer, created=badges.CREATED))


def step(result, name):
    return next(entry["valid"] for entry in result["log"] if entry["id"] == name)


@all_badges
def test_accepts_ours(badge, signer, peer):
    (result,) = judged(peer, signer, [signed(badge, signer)])
    assert result["verified"], result
    assert step(result, "valid_signature")
    assert step(result, "registered_issuer")


def test_finds_the_status_of_ours(signer, peer):
    credential = signed(badges.with_status, signer)
    (current,) = judged(peer, signer, [credential])
    (revoked,) = judged(peer, signer, [credential], revoked=True)
    assert [step(current, "revocation_status"), step(revoked, "revocation_status")] == [True, False]
    assert not revoked["verified"]


@all_badges
def test_refuses_ours_when_anything_was_changed(badge, signer, peer):
    results = judged(peer, signer, badges.tampered(signed(badge, signer)))
    assert [result["verified"] for result in results] == [False] * 5
    assert all(result["errors"] for result in results)
