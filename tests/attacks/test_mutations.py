"""Live mutations: what the server itself issued, changed in a score of ways and refused; unchanged, accepted."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.test import Client

from skillmark.credentials.dids import did_key_signer
from skillmark.credentials.issuing import Form, issue
from skillmark.credentials.keys import Algorithm, PrivateKey, PublicKey
from tests.attacks.conftest import Site
from tests.attacks.doors import library, page, verdict_in
from tests.attacks.lists import ListsInHand
from tests.attacks.test_bounds import post
from tests.attacks.test_canary import load

pytestmark = [pytest.mark.usefixtures("shared"), pytest.mark.loopback]
CREATED = "2026-01-01T00:00:00Z"
# A trailing newline may be trimmed, and reversed contexts may be refused as malformed: either way is right.
EITHER = {"sig-space", "context-order"}
SUITES = ["eddsa-rdfc-2022", "eddsa-jcs-2022", "ecdsa-rdfc-2019/p256", "ecdsa-rdfc-2019/p384", "ecdsa-jcs-2019/p256"]


@pytest.fixture
def mutate(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The corpus's mutator, loaded from where it lies."""
    load(corpus, "vclib", monkeypatch)
    return load(corpus, "mutate", monkeypatch)


def badge(issuer: str) -> dict[str, Any]:
    """An unsigned badge as an organisation would issue it."""
    achievement = {
        "id": "https://badges.example/welding",
        "type": ["Achievement"],
        "name": "Welding",
        "description": "Joins steel with an electric arc.",
        "criteria": {"narrative": "Three test pieces."},
    }
    return {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:5b5a1d6e-7a8a-4f57-a3a1-0d1f1d9a6f10",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer, "type": ["Profile"], "name": "Example College"},
        "validFrom": CREATED,
        "name": "Welding",
        "credentialSubject": {
            "id": "did:example:learner",
            "type": ["AchievementSubject"],
            "achievement": achievement,
        },
    }


def issued_by(site: Site, path: str) -> dict[str, Any]:
    """A badge that the running site signed."""
    manifest = fetch(f"{site.address}/vcapi/manifest")
    issuer = next(one for one in manifest["issuers"] if f"/issuers/{path}/" in one["endpoint"])
    body = json.dumps({"credential": badge(issuer["id"])}).encode()
    return fetch(f"{site.address}/vcapi/issuers/{path}/credentials/issue", body)


def fetch(url: str, body: bytes | None = None) -> Any:
    request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.loads(answer.read())


@pytest.mark.parametrize("path", SUITES)
def test_json_that_the_server_issued(path: str, running_site: Site, mutate: ModuleType, canary: Path) -> None:
    original = issued_by(running_site, path)
    text = json.dumps(original).encode()
    assert verdict_in(post(running_site, text)[1]) == "valid"
    seen = set()
    for name, variant in mutate.json_variants(original):
        if variant == original:
            continue
        seen.add(name)
        status, page_text = post(running_site, json.dumps(variant).encode())
        assert status < 500
        if name not in EITHER:
            assert verdict_in(page_text) == "invalid", name
        assert "cum laude" not in page_text, name
    assert len(seen) > 14
    assert canary.read_text() == ""  # the address that a swapped context names (A16)


@pytest.mark.parametrize("algorithm", [Algorithm.ED25519, Algorithm.P256, Algorithm.P384, Algorithm.RSA])
def test_token_of_every_algorithm(algorithm: Algorithm, mutate: ModuleType, browser: Client) -> None:
    key = PrivateKey.generate(algorithm)
    signer = did_key_signer(key)
    token = issue(badge(signer.controller), signer, form=Form.JWT, created=CREATED).decode()
    assert library(token.encode()).verdict == "valid"
    assert page(browser, token.encode()).verdict == "valid"
    for name, variant in mutate.jwt_variants(token, key.public.to_pem()):
        if name not in EITHER and variant != token:  # a P-384 token has the other algorithm already
            assert library(variant.encode()).verdict == "invalid", name
            assert page(browser, variant.encode()).verdict == "invalid", name


def own_variants(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the corpus's mutator leaves out: data hidden from readers while the signature stays."""
    subject, proof = document["credentialSubject"], document["proof"]
    achievement = subject["achievement"]
    ob = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
    yield "included", {**document, "@included": [{"id": "urn:x", "type": "Profile", "name": "Hidden"}]}
    yield "reverse", {**document, "@reverse": {"issuer": {"id": "urn:x"}}}
    yield "full-name", {**{k: v for k, v in document.items() if k != "validFrom"},
                        "https://www.w3.org/2018/credentials#validFrom": document["validFrom"]}  # fmt: skip
    yield "compact-name", {**document, "cred:name": "Other"}
    yield "keyword-id", {**{k: v for k, v in document.items() if k != "id"}, "@id": document["id"]}
    yield "keyword-type", {**{k: v for k, v in document.items() if k != "type"}, "@type": document["type"]}
    yield "nested-array", {**document, "credentialSubject": [[subject]]}
    yield "null-member", {**document, "validUntil": None}
    yield "empty-context", {**document, "credentialSubject": {**subject, "@context": {"name": "urn:x"}}}
    yield "two-issuers", {**document, "issuer": [document["issuer"], {"id": "did:example:x", "type": ["Profile"]}]}
    yield "full-type", {**document, "type": ["VerifiableCredential", f"{ob}OpenBadgeCredential"]}
    yield "graph-proof", {**document, "proof": {"@graph": [proof]}}
    yield "proof-context", {**document, "proof": {**proof, "@context": {"created": "urn:x"}}}
    yield "proof-nonce", {**document, "proof": {**proof, "nonce": "n"}}
    yield "proof-expires", {**document, "proof": {**proof, "expires": "2099-01-01T00:00:00Z"}}
    yield "proof-domain", {**document, "proof": {**proof, "domain": "x.example"}}
    yield "purpose-iri", {**document, "proof": {**proof, "proofPurpose": "https://w3id.org/security#assertionMethod"}}
    yield "value-cut", {**document, "proof": {**proof, "proofValue": proof["proofValue"][:-1]}}
    yield "value-longer", {**document, "proof": {**proof, "proofValue": proof["proofValue"] + "1"}}
    yield "value-base64", {**document, "proof": {**proof, "proofValue": "u" + proof["proofValue"][1:]}}
    yield "proof-twice-one-broken", {**document, "proof": [proof, {**proof, "proofValue": "z" + "1" * 64}]}
    yield "key-of-nobody", {**document, "proof": {**proof, "verificationMethod": "did:key:z6Mk#z6Mk"}}
    yield "criteria-id", {**document, "credentialSubject": {**subject, "achievement": {
        **achievement, "criteria": {**achievement["criteria"], "id": "https://evil.example/"}}}}  # fmt: skip


@pytest.mark.parametrize("path", ["eddsa-rdfc-2022", "ecdsa-rdfc-2019/p384", "eddsa-jcs-2022"])
def test_json_that_hides_or_adds_data(path: str, running_site: Site) -> None:
    original = issued_by(running_site, path)
    lists = ListsInHand({})
    assert library(json.dumps(original).encode()).intact.outcome == "passed"
    names = set()
    for name, variant in own_variants(original):
        names.add(name)
        assert library(json.dumps(variant).encode()).verdict == "invalid", name
    assert len(names) == 23
    assert lists.asked == []


def test_status_of_what_the_server_issued_is_told(running_site: Site) -> None:
    """Revoked by its issuer: the page says so, and its neighbour on the list stays valid."""
    original = issued_by(running_site, "eddsa-rdfc-2022")
    other = issued_by(running_site, "eddsa-rdfc-2022")
    body = json.dumps({"credentialStatus": original["credentialStatus"], "status": True}).encode()
    assert fetch(f"{running_site.address}/vcapi/credentials/status", body) == {"status": True}
    assert verdict_in(post(running_site, json.dumps(original).encode())[1]) == "invalid"
    assert verdict_in(post(running_site, json.dumps(other).encode())[1]) == "valid"


def test_public_key_of_the_server_is_no_secret_of_a_token(running_site: Site, mutate: ModuleType) -> None:
    """HMAC with every spelling of the key that the running site publishes (A03)."""
    did = issued_by(running_site, "eddsa-rdfc-2022")["proof"]["verificationMethod"].partition("#")[0]
    pem = PublicKey.from_multikey(did.removeprefix("did:key:")).to_pem()
    signer = did_key_signer(PrivateKey.from_seed(bytes(32)))
    token = issue(badge(signer.controller), signer, form=Form.JWT, created=CREATED).decode()
    names = set()
    for name, variant in mutate.jwt_variants(token, pem):
        if name.startswith("hs"):
            names.add(name)
            assert verdict_in(post(running_site, variant.encode())[1]) == "invalid", name
    assert len(names) == 10
