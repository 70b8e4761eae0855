"""Keys, signers and documents that the tests of proofs share."""

import json
from pathlib import Path
from typing import Any

import pytest

from skillmark.credentials.keys import Algorithm, LocalSigner, PrivateKey

CONTEXTS = ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]


def signer_of(algorithm: Algorithm, seed: int = 1) -> LocalSigner:
    """A signer under did:key, or under an https address where no did:key exists for the algorithm."""
    key = (
        PrivateKey.generate(algorithm)
        if algorithm is Algorithm.RSA
        else PrivateKey.from_seed(bytes([seed] * 32), algorithm)
    )
    name = key.public.to_multikey()
    return LocalSigner(key, verification_method=f"did:key:{name}#{name}", controller=f"did:key:{name}")


@pytest.fixture(scope="session")
def signers() -> dict[Algorithm, LocalSigner]:
    return {algorithm: signer_of(algorithm) for algorithm in Algorithm}


@pytest.fixture(scope="session")
def signer(signers) -> LocalSigner:
    return signers[Algorithm.ED25519]


@pytest.fixture
def credential(signer) -> dict[str, Any]:
    return {
        "@context": list(CONTEXTS),
        "id": "urn:uuid:0f2e3d4c-0000-4000-8000-000000000001",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": signer.controller, "type": ["Profile"], "name": "Fern School"},
        "validFrom": "2026-01-02T03:04:05Z",
        "credentialSubject": {
            "id": "did:example:learner",
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "urn:uuid:0f2e3d4c-0000-4000-8000-0000000000aa",
                "type": ["Achievement"],
                "name": "Knot tying",
                "description": "Ties twelve knots.",
                "criteria": {"narrative": "Tied in front of an assessor."},
            },
        },
    }


@pytest.fixture(scope="session")
def vector(shared: Path):
    """A published vector: JSON parsed, anything else as text."""

    def read(path: str) -> Any:
        text = (shared / "vectors" / path).read_text(encoding="utf-8")
        return json.loads(text) if path.endswith(".json") else text

    return read


@pytest.fixture(scope="session")
def attack(shared: Path):
    """A file of the attack corpus: JSON parsed, a token as text."""

    def read(name: str) -> Any:
        text = (shared / "attack" / name).read_text(encoding="utf-8")
        return json.loads(text) if name.endswith(".json") else text.strip()

    return read
