"""Any changed byte of a signed document that changes its meaning is never intact; mutations are refused."""

from __future__ import annotations

import importlib
import json
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from skillmark.credentials.encoding.strict_json import dumps
from skillmark.credentials.issuing import Award, BatchIssuer, Definition, Form, Identifier, StatusPosition
from skillmark.credentials.keys import Algorithm
from skillmark.credentials.proofs.jose import sign_vc_jose
from skillmark.credentials.verifying import Outcome, Report
from tests.credentials.verifying.stage import LIST, Scene, credential, issuer, secured, status_list

SUITES = [
    ("eddsa-rdfc-2022", Algorithm.ED25519),
    ("eddsa-jcs-2022", Algorithm.ED25519),
    ("ecdsa-rdfc-2019", Algorithm.P256),
    ("ecdsa-rdfc-2019", Algorithm.P384),
    ("ecdsa-jcs-2019", Algorithm.P256),
]


def rich(algorithm: Algorithm) -> dict[str, Any]:
    """A badge with numbers, booleans, lists, languages and nodes without ids."""
    document = credential(issuer(1, algorithm), validUntil="2030-01-01T00:00:00Z", awardedDate="2026-01-01T00:00:00Z")
    document["name"] = {"@value": "Knot tying", "@direction": "ltr"}
    subject = document["credentialSubject"]
    subject["creditsEarned"] = 2.5
    subject["identifier"] = [
        {"type": "IdentityObject", "hashed": True, "identityHash": "sha256$00ff", "identityType": "emailAddress"}
    ]
    subject["achievement"] |= {
        "creditsAvailable": 12,
        "tag": ["rope", "sea"],
        "alignment": [{"type": ["Alignment"], "targetName": "Knots", "targetUrl": "https://x.example/k"}],
        "resultDescription": [
            {"id": "urn:r", "type": ["ResultDescription"], "name": "G", "resultType": "Result", "allowedValue": ["A"]}
        ],
        "creator": {
            "id": "https://x.example/",
            "type": ["Profile"],
            "address": {"type": ["Address"], "addressLocality": "Ay"},
        },
    }
    return document


def meaning(data: bytes) -> Any:
    """The JSON value, members in order left aside; the bytes themselves where they are no JSON."""
    try:
        return json.dumps(json.loads(data), sort_keys=True)
    except ValueError:
        return data


def intact(report: Report) -> bool:
    return report.intact.outcome is Outcome.PASSED


@pytest.mark.parametrize(("suite", "algorithm"), SUITES)
def test_no_changed_byte_of_a_signed_document_is_intact(suite: str, algorithm: Algorithm) -> None:
    data = dumps(secured(rich(algorithm), issuer(1, algorithm), cryptosuite=suite))
    scene = Scene()
    assert intact(scene.verify(data))
    rng = random.Random(suite)
    tried = 0
    for position, byte in enumerate(data):
        for other in {byte ^ 0x01, byte ^ 0x20, rng.choice(b'0129"\\,:{}[]eE+-. Zz')} - {byte}:
            changed = data[:position] + bytes([other]) + data[position + 1 :]
            if meaning(changed) != meaning(data):
                tried += 1
                assert not intact(scene.verify(changed)), (position, chr(byte), chr(other))
    assert tried > 4500


@pytest.mark.parametrize("suite", ["eddsa-rdfc-2022", "eddsa-jcs-2022"])
def test_no_byte_left_out_or_put_in_is_intact(suite: str) -> None:
    data = dumps(secured(rich(Algorithm.ED25519), issuer(), cryptosuite=suite))
    scene = Scene()
    rng = random.Random(suite)
    for position in range(len(data)):
        added = bytes([rng.choice(b'0a"\\,:{}[] e.')])
        for changed in (data[:position] + data[position + 1 :], data[:position] + added + data[position:]):
            if meaning(changed) != meaning(data):
                assert not intact(scene.verify(changed)), (position, changed[position - 5 : position + 5])


@pytest.mark.parametrize("algorithm", [Algorithm.ED25519, Algorithm.P256, Algorithm.P384])
@pytest.mark.parametrize("profile", ["JWT", "vc+jwt"])
def test_no_changed_byte_of_a_token_is_intact(algorithm: Algorithm, profile: str) -> None:
    form = Form.JWT
    signer = issuer(1, algorithm)
    document = credential(signer)
    data = (
        sign_vc_jose(document, signer).encode()
        if profile == "vc+jwt"
        else BatchIssuer(
            Definition(achievement=document["credentialSubject"]["achievement"], issuer=document["issuer"]),
            signer,
            created="2026-01-02T03:04:05Z",
            randomness=random.Random(1).randbytes,
            form=form,
        )
        .issue(Award(name="Ann"))
        .data
    )
    scene = Scene()
    assert intact(scene.verify(data))
    rng = random.Random(profile)
    for position, byte in enumerate(data):
        for other in {byte ^ 0x01, byte ^ 0x20, rng.choice(b"AZaz09-_.")} - {byte}:
            changed = data[:position] + bytes([other]) + data[position + 1 :]
            if changed.strip() != data:
                assert not intact(scene.verify(changed)), (position, chr(byte), chr(other))


@pytest.mark.parametrize(
    "change",
    [
        lambda badge: badge["credentialSubject"]["achievement"].update(type={"Achievement": 1}),
        lambda badge: badge["credentialSubject"]["achievement"]["criteria"].update(type=None),
        lambda badge: badge["credentialSubject"].update(type=["AchievementSubject", "AchievementSubject", None]),
        lambda badge: badge.update({"@context": dict.fromkeys(badge["@context"], 1)}),
        lambda badge: badge["name"].update({"@language": None}),
        lambda badge: badge.update(honours="summa"),
        lambda badge: badge["credentialSubject"]["achievement"].update(
            Criteria=badge["credentialSubject"]["achievement"].pop("criteria")
        ),
        lambda badge: badge["credentialSubject"]["achievement"]["resultDescription"][0]["allowedValue"].append("B"),
    ],
    ids=[
        "types as object",
        "null type",
        "null among types",
        "contexts as object",
        "null language",
        "undefined",
        "renamed",
        "longer list",
    ],
)
def test_changes_of_meaning_that_no_statement_would_carry_are_refused(change: Any) -> None:
    scene = Scene()
    signed = secured(rich(Algorithm.ED25519), issuer())
    assert intact(scene.verify(dumps(signed)))
    change(signed)
    assert not intact(scene.verify(dumps(signed)))


@pytest.fixture
def mutate(shared: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The corpus's own generator of bad variants."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    monkeypatch.syspath_prepend(shared / "attack")
    return importlib.import_module("mutate")


def issued(algorithm: Algorithm, **options: Any) -> bytes:
    signer = issuer(1, algorithm)
    document = credential(signer)
    batch = BatchIssuer(
        Definition(
            achievement=document["credentialSubject"]["achievement"],
            issuer=document["issuer"],
            identifier=Identifier.EMAIL,
        ),
        signer,
        created="2026-01-02T03:04:05Z",
        randomness=random.Random(1).randbytes,
        **options,
    )
    award = Award(email="ann@example.org", name="Ann", valid_until="2030-01-01T00:00:00Z")
    return batch.issue(award, status=(StatusPosition(list_url=LIST, purpose="revocation", index=7),)).data


@pytest.mark.parametrize(("suite", "algorithm"), SUITES)
def test_mutations_of_what_we_issued_are_refused_and_the_unchanged_accepted(
    suite: str, algorithm: Algorithm, mutate: ModuleType
) -> None:
    data = issued(algorithm, cryptosuite=suite)
    signer = issuer(1, algorithm)
    scene = Scene({LIST: secured(status_list(signer), signer)})
    assert scene.verify(data).verdict.value == "valid"
    variants = {name: variant for name, variant in mutate.json_variants(json.loads(data)) if dumps(variant) != data}
    refused = {name for name, variant in variants.items() if scene.verify(dumps(variant)).verdict.value == "invalid"}
    assert (refused, len(variants) >= 16) == (set(variants), True)


@pytest.mark.parametrize("algorithm", [Algorithm.ED25519, Algorithm.P256, Algorithm.P384])
def test_mutations_of_a_token_we_issued_are_refused_and_the_unchanged_accepted(
    algorithm: Algorithm, mutate: ModuleType
) -> None:
    text = issued(algorithm, form=Form.JWT).decode()
    signer = issuer(1, algorithm)
    scene = Scene({LIST: secured(status_list(signer), signer)})
    assert scene.verify(text).verdict.value == "valid"
    variants = dict(mutate.jwt_variants(text, signer.public.to_pem()))
    assert scene.verify(variants.pop("sig-space")).verdict.value == "valid"  # a line end after a token is trimmed
    variants = {name: variant for name, variant in variants.items() if variant != text}
    refused = {name for name, variant in variants.items() if scene.verify(variant).verdict.value == "invalid"}
    assert (refused, len(variants) >= 13) == (set(variants), True)
