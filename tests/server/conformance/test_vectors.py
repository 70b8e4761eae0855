"""The published vectors of the cryptosuites and of VC-JOSE-COSE, posted to the endpoints as the suites do."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tests.server.conformance.surface import REFUSED, V2, Surface

GOOD = [
    "vc-di-eddsa/eddsa-rdfc-2022/signedDataInt.json",
    "vc-di-eddsa/eddsa-jcs-2022/signedJCS.json",
    "vc-di-eddsa/proof-set-chain/signedProofSet1.json",
    "vc-di-eddsa/proof-set-chain/signedProofSet2.json",
    "vc-di-eddsa/proof-set-chain/signedProofChain1.json",
    "vc-di-eddsa/proof-set-chain/signedProofChain2.json",
    "vc-di-eddsa/Ed25519Signature2020/signedEdSig.json",
    "vc-di-ecdsa/ecdsa-rdfc-2019-p256/signedECDSAP256.json",
    "vc-di-ecdsa/ecdsa-rdfc-2019-p384/signedECDSAP384.json",
    "vc-di-ecdsa/ecdsa-jcs-2019-p256/signedJCSECDSAP256.json",
    "vc-di-ecdsa/ecdsa-jcs-2019-p384/signedJCSECDSAP384.json",
]


@pytest.fixture
def vectors(shared: Path) -> Path:
    return shared / "vectors"


def read(path: Path) -> Any:
    return json.loads(path.read_bytes())


@pytest.mark.parametrize("name", GOOD)
def test_vector_holds_where_the_proof_alone_is_asked_for(api: Surface, vectors: Path, name: str) -> None:
    secured = read(vectors / name)
    assert api.verify_proof(secured) == 200
    assert api.verify_proof(secured, checks=["proof"]) == 200


@pytest.mark.parametrize("name", GOOD)
def test_vector_is_not_its_issuers_in_the_strict_default(api: Surface, vectors: Path, name: str) -> None:
    """Its issuer is an https address, its key a did:key that this address was never seen to list."""
    assert api.verify(read(vectors / name)) == 422


@pytest.mark.parametrize("name", GOOD)
def test_vector_with_a_change_is_refused(api: Surface, vectors: Path, name: str) -> None:
    secured = read(vectors / name)
    for change in ({"validFrom": "2023-01-02T00:00:00Z"}, {"id": "urn:uuid:other"}, {"honours": "summa"}):
        assert api.verify_proof({**secured, **change}) in REFUSED


@pytest.mark.parametrize("name", ["signedProofChain1.json", "signedProofChain2.json"])
def test_chain_that_lost_a_link_is_refused(api: Surface, vectors: Path, name: str) -> None:
    secured = read(vectors / "vc-di-eddsa/proof-set-chain" / name)
    for place in range(len(secured["proof"]) - 1):
        rest = [proof for number, proof in enumerate(secured["proof"]) if number != place]
        assert api.verify_proof({**secured, "proof": rest}) in REFUSED
        broken = copy.deepcopy(secured)
        broken["proof"][place]["created"] = "2020-01-01T00:00:00Z"
        assert api.verify_proof(broken) in REFUSED


def test_context_outside_the_pinned_ones_is_named(api: Surface, vectors: Path) -> None:
    secured = read(vectors / "vc-di-eddsa/eddsa-rdfc-2022/employ/signedDataInt.json")
    status, answer = api.post("proof-only/credentials/verify", {"verifiableCredential": secured})
    assert status == 422
    assert "context-unknown" in [problem["title"] for problem in answer["errors"]]


@pytest.mark.parametrize(
    "name",
    [
        "credential-jose-bad-media-type.txt",
        "credential-jose-bad-signature.txt",
        "credential-jose-vc-vp-claims.txt",
        "credential-sdjwt-minimal.txt",
        "credential-cose-minimal.txt",
        "presentation-jose-bad-media-type.txt",
        "presentation-jose-bad-credential.txt",
    ],
)
def test_bad_envelope_is_refused(api: Surface, vectors: Path, name: str) -> None:
    path = vectors / "vc-jose-cose" / name
    if not path.exists():
        path = vectors / "vc-jose-cose" / "credential-sdjwt-bad-signature.txt"
    kind = "Presentation" if name.startswith("presentation") else "Credential"
    form = "vp+jwt" if kind == "Presentation" else "vc+jwt"
    content = path.read_text().strip()
    document = {"@context": V2, "type": f"EnvelopedVerifiable{kind}", "id": f"data:application/{form},{content}"}
    ask = api.present if kind == "Presentation" else api.verify
    assert ask(document) in REFUSED
