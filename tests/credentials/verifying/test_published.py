"""What others published: the signing vector and the examples of Open Badges 3.0, through the one entry."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from skillmark.credentials.canonical import canonicalize
from skillmark.credentials.model.schemas import kind_of, schema_faults
from tests.credentials.canonical.engines import pyld
from tests.credentials.verifying.stage import rules, verify, words

EXAMPLES = [
    "achievementAlignmentCase",
    "achievementAlignmentCe",
    "basicOpenBadgeCredential",
    "endorsement",
    "fullOpenBadge",
    "skillAssertionCase",
    "skillAssertionCtdl",
]


def example(shared: Path, name: str) -> Any:
    return json.loads((shared / "vectors/openbadges-3.0/examples" / f"{name}.json").read_bytes())


@pytest.fixture
def vector(shared: Path) -> Any:
    folder = shared / "vectors/openbadges-3.0/signing-ob"
    return {file.stem: json.loads(file.read_bytes()) for file in folder.glob("*.json")}


def controller(vector: Any, **members: Any) -> dict[str, Any]:
    """The document that the issuer of the vector would publish."""
    keys = vector["vector"]
    method = {
        "id": keys["verificationMethod"],
        "type": "Multikey",
        "controller": keys["controller"],
        "publicKeyMultibase": keys["publicKeyMultibase"],
    }
    return {"id": keys["controller"], "assertionMethod": [method], **members}


def test_signing_vector_of_open_badges_is_valid(vector: Any) -> None:
    pages = {vector["vector"]["controller"]: controller(vector)}
    report = verify(vector["signed-credential"], pages)
    assert words(report) == ("valid", "passed eddsa-rdfc-2022", "passed valid")
    assert (report.signed, list(report.conformance)) == (vector["credential"], [])


def test_changed_signing_vector_is_broken(vector: Any) -> None:
    changed = copy.deepcopy(vector["signed-credential"])
    changed["credentialSubject"]["id"] = "did:example:another"
    report = verify(changed, {vector["vector"]["controller"]: controller(vector)})
    assert (words(report)[1], rules(report)[0]) == ("failed broken", "proof-signature")


def test_signing_vector_needs_the_issuer_to_list_the_key(vector: Any) -> None:
    page = controller(vector, assertionMethod=[], authentication=controller(vector)["assertionMethod"])
    report = verify(vector["signed-credential"], {vector["vector"]["controller"]: page})
    assert (words(report)[1], rules(report)[0]) == ("failed broken", "proof-authority")


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_has_the_canonical_form_that_pyld_gives(shared: Path, name: str) -> None:
    document = example(shared, name)
    assert canonicalize(document).decode() == pyld(document)


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_keeps_the_schema_and_says_that_it_has_no_proof(shared: Path, name: str) -> None:
    document = example(shared, name)
    assert schema_faults(document, kind=kind_of(document)) == []
    report = verify(document)
    assert words(report)[:2] == ("invalid", "failed no-proof")
    assert [check.rule for check in report.checks[:3]] == ["parse", "conformance", "proof-missing"]
