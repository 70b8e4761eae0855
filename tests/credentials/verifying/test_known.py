"""Forms met before give the verdicts of the long way, and nothing that a stranger sends can change that."""

from __future__ import annotations

import itertools
import json
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from skillmark.credentials.encoding.strict_json import dumps
from skillmark.credentials.issuing import Award, BatchIssuer, Definition, StatusPosition, issuer_profile
from skillmark.credentials.keys import Algorithm, PrivateKey
from skillmark.credentials.verifying import known
from skillmark.credentials.verifying.known import KnownForms
from tests.credentials.verifying.stage import Scene, credential, issuer, rules, secured, web_page, web_signer, words

INTACT = "passed eddsa-rdfc-2022"
ACHIEVEMENT = {
    "id": "https://issuer.example/a",
    "type": ["Achievement"],
    "name": "Knot tying",
    "description": "Ties knots.",
    "criteria": {"narrative": "Tied 100 % of them."},
    "resultDescription": [
        {"id": "https://issuer.example/a#grade", "type": ["ResultDescription"], "name": "Grade", "resultType": "Result"}
    ],
}


def batch(signer: Any = None) -> BatchIssuer:
    signer = signer or issuer()
    random = itertools.count()
    return BatchIssuer(
        Definition(achievement=ACHIEVEMENT, issuer=issuer_profile(ACHIEVEMENT, signer.controller, {"name": "Fern"})),
        signer,
        created="2026-01-02T03:04:05Z",
        randomness=lambda size: next(random).to_bytes(size, "big"),
    )


def award(number: int, **members: Any) -> Award:
    return Award(
        email=f"learner{number}@example.org",
        results={"": "ABCDF"[number % 5]},
        evidence_url=f"https://issuer.example/evidence/{number}",
        **members,
    )


def learned(documents: list[bytes]) -> Scene:
    """A scene whose verifier met these documents and has a form of them."""
    scene = Scene()
    for data in documents:
        assert words(scene.verify(data))[1] == INTACT
    assert forms(scene)
    return scene


def forms(scene: Scene) -> list[Any]:
    return [form for kept in scene.verifier._prover._known._forms.values() for form in kept]


def issued(count: int) -> list[bytes]:
    issuer_of_batch = batch()
    return [issuer_of_batch.issue(award(number)).data for number in range(count)]


def test_form_is_learned_at_the_third_sighting() -> None:
    scene = Scene()
    for count, data in enumerate(issued(5), 1):
        assert words(scene.verify(data))[1] == INTACT
        assert len(forms(scene)) == (1 if count >= known.SIGHTINGS else 0)


def test_known_form_is_taken_instead_of_the_long_way(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = issued(6)
    scene = learned(documents[:3])

    def forbidden(*_: Any, **__: Any) -> None:
        raise AssertionError("the long way was taken")

    monkeypatch.setattr("skillmark.credentials.verifying.proving.signed_data", forbidden)
    for data in documents:
        assert words(scene.verify(data)) == ("valid", INTACT, "passed valid")
    signature = json.loads(documents[0])["proof"]["proofValue"]
    swapped = documents[1].replace(json.loads(documents[1])["proof"]["proofValue"].encode(), signature.encode())
    assert words(scene.verify(swapped))[1] == "failed broken"


TEXTS = st.text(max_size=30) | st.sampled_from(["%s", "%", '"', "\\", "_:c14n0", "\x7f", "</", "\ud7ff\ue000", "😀"])
IRIS = st.from_regex(r"(?:urn|https|did):[a-zA-Z0-9%./:-]{1,20}", fullmatch=True)
SCENE = learned(issued(4))
LONG_WAY = Scene()


class NothingKnown(KnownForms):
    """Sends every document the long way."""

    def _find(self, *_: Any) -> None:
        return None

    def _learn(self, *_: Any) -> None:
        return None


LONG_WAY.verifier._prover._known = NothingKnown()


@given(IRIS, IRIS, TEXTS, st.integers(0, 99), st.booleans())
def test_known_form_gives_the_verdict_of_the_long_way(
    identifier: str, subject: str, value: str, number: int, tampered: bool
) -> None:
    assume(identifier != subject)
    document = json.loads(issued(1)[0])
    del document["proof"]
    document["id"] = identifier
    document["credentialSubject"]["id"] = subject
    document["credentialSubject"]["result"][0]["value"] = value
    document["evidence"][0]["id"] = f"https://issuer.example/{number}"
    signed = secured(document, issuer())
    if tampered:
        signed["credentialSubject"]["result"][0]["value"] += "x"
    data = dumps(signed)
    assert words(SCENE.verify(data)) == words(LONG_WAY.verify(data))
    assert words(SCENE.verify(data))[1] == ("failed broken" if tampered else INTACT)


def test_slot_that_needs_an_iri_takes_no_other_text() -> None:
    documents = issued(4)
    scene = learned(documents)
    changed = json.loads(documents[0])
    changed["id"] = "relative"
    report = scene.verify(dumps(changed))
    assert words(report)[1] in {"failed broken", "failed malformed"}
    assert words(report) == words(Scene().verify(dumps(changed)))


def test_no_single_changed_byte_of_a_matching_document_is_intact() -> None:
    """Every position, three other bytes each; only bytes that mean the same JSON may stay intact."""
    documents = issued(4)
    scene = learned(documents)
    original = json.loads(documents[3])
    tried = 0
    for position, byte in enumerate(documents[3]):
        for other in (byte ^ 0x01, byte ^ 0x20, 0x30 + (position % 10)):
            changed = documents[3][:position] + bytes([other]) + documents[3][position + 1 :]
            if other == byte or same_meaning(changed, original):
                continue
            tried += 1
            assert not words(scene.verify(changed))[1].startswith("passed"), (position, byte, other)
    assert tried > 3500


def same_meaning(data: bytes, original: Any) -> bool:
    try:
        return bool(json.loads(data) == original)
    except ValueError:
        return False


def hostile(number: int, **members: Any) -> dict[str, Any]:
    """A document that nobody signed, of a shape of its own."""
    document = credential(issuer(), id=f"urn:x:{number}", **members)
    document["credentialSubject"]["achievement"]["id"] = f"urn:x:achievement:{number}"
    proof = secured(credential(issuer()), issuer())["proof"]
    return document | {"proof": proof}


def test_flood_of_strange_documents_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_MOST_SIGHTINGS", 50)
    documents = issued(4)
    scene = learned(documents)
    for number in range(100):
        for _ in range(3):
            assert words(scene.verify(dumps(hostile(number))))[1] == "failed broken"
    store = scene.verifier._prover._known
    assert len(store._sightings) == 50
    assert len(forms(scene)) == 32
    for data in documents:
        assert words(scene.verify(data)) == ("valid", INTACT, "passed valid")


def test_flood_under_many_keys_stays_bounded() -> None:
    scene = Scene()
    for number in range(40):
        document = hostile(number)
        document["proof"]["verificationMethod"] = issuer(100 + number).verification_method
        document["issuer"]["id"] = issuer(100 + number).controller
        for _ in range(3):
            assert words(scene.verify(dumps(document)))[1] == "failed broken"
    assert len(scene.verifier._prover._known._forms) == 32


def test_form_learned_from_forged_documents_lets_the_honest_ones_through_and_no_other() -> None:
    documents = issued(4)
    scene = Scene()
    for data in documents[:3]:
        forged = json.loads(data)
        forged["credentialSubject"]["result"][0]["value"] = "forged"
        assert words(scene.verify(dumps(forged)))[1] == "failed broken"
    assert forms(scene)
    for data in documents:
        assert words(scene.verify(data))[1] == INTACT


def test_key_of_another_kind_under_the_same_name_is_verified_with_its_own_hash() -> None:
    """The suite of P-256 and P-384 has one name and two hashes."""
    address = "https://issuer.example/.well-known/did.json"
    signers = [
        web_signer("did:web:issuer.example", PrivateKey.from_seed(bytes([4] * 32), algorithm))
        for algorithm in (Algorithm.P256, Algorithm.P384)
    ]
    scene = Scene({address: web_page(signers[0])})
    old = batch(signers[0])
    for number in range(4):
        assert words(scene.verify(old.issue(award(number)).data))[1] == "passed ecdsa-rdfc-2019"
    assert forms(scene)
    moved = Scene({address: web_page(signers[1])})
    moved.verifier._prover._known = scene.verifier._prover._known
    new = batch(signers[1])
    for number in range(4):
        assert words(moved.verify(new.issue(award(number)).data))[1] == "passed ecdsa-rdfc-2019"


def alike() -> dict[str, Any]:
    """A subject whose achievement holds two nodes that only their number tells apart."""
    subject: dict[str, Any] = credential(issuer())["credentialSubject"]
    subject["achievement"]["alignment"] = [
        {"type": ["Alignment"], "targetName": "Knots", "targetUrl": "https://x.example/k"}
    ] * 2
    return subject


@pytest.mark.parametrize(
    ("change", "options"),
    [
        ({}, {"cryptosuite": "eddsa-jcs-2022"}),
        ({}, {"domain": "shop.example"}),
        ({}, {"proof_id": "urn:proof:1"}),
        ({"description": "x" * 40_000}, {}),
        ({"credentialSubject": [credential(issuer())["credentialSubject"]]}, {}),
        ({"credentialSubject": alike()}, {}),
    ],
    ids=["jcs", "domain", "proof id", "too long", "list of subjects", "alike nodes"],
)
def test_what_has_no_template_always_goes_the_long_way(change: dict[str, Any], options: dict[str, Any]) -> None:
    scene = Scene()
    for number in range(5):
        data = dumps(secured(credential(issuer(), id=f"urn:x:{number}", **change), issuer(), **options))
        assert words(scene.verify(data))[1].startswith("passed")
    assert forms(scene) == []


def test_proof_set_goes_the_long_way() -> None:
    scene = Scene()
    for number in range(5):
        once = secured(credential(issuer(), id=f"urn:x:{number}"), issuer())
        assert words(scene.verify(dumps(secured(once, issuer()))))[1] == INTACT
    assert forms(scene) == []


def test_indented_documents_are_not_learned_and_go_the_long_way() -> None:
    scene = Scene()
    for number in range(5):
        signed = secured(credential(issuer(), id=f"urn:x:{number}"), issuer())
        assert words(scene.verify(json.dumps(signed, indent=1).encode()))[1] == INTACT
    assert forms(scene) == []


def test_documents_of_another_structure_are_learned_beside_the_first() -> None:
    making = batch()
    scene = Scene()
    place = (StatusPosition(list_url="https://issuer.example/s", purpose="revocation", index=1),)
    for number in range(4):
        assert words(scene.verify(making.issue(award(number)).data))[1] == INTACT
        assert words(scene.verify(making.issue(award(number), status=place).data))[1] == INTACT
        assert words(scene.verify(making.issue(Award(name="Ann")).data))[1] == INTACT
    assert len(forms(scene)) == 3


def test_values_that_fall_together_take_the_long_way() -> None:
    scene = Scene()
    for number in range(6):
        document = json.loads(issued(1)[0])
        del document["proof"]
        document["credentialSubject"]["id"] = f"urn:x:{number}"
        document["evidence"] = [{"id": f"urn:{'y' if number < 4 else 'x'}:{number}", "type": ["Evidence"]}]
        assert words(scene.verify(dumps(secured(document, issuer()))))[1] == INTACT
    assert forms(scene)


def test_known_form_hides_no_subject_of_the_credentials_own_id() -> None:
    documents = issued(4)
    scene = learned(documents)
    document = json.loads(documents[0])
    document["credentialSubject"]["id"] = document["id"]
    report = scene.verify(dumps(document))
    assert rules(report)[0] == "scattered-statements"


def test_document_of_very_many_slots_is_not_learned() -> None:
    document = json.loads(issued(1)[0])
    del document["proof"]
    document["credentialSubject"]["result"] = [{"type": ["Result"], "value": str(number)} for number in range(99)]
    scene = Scene()
    for _ in range(5):
        assert words(scene.verify(dumps(secured(document, issuer()))))[1] == INTACT
    assert forms(scene) == []


def test_forms_hold_no_verdict() -> None:
    """What is kept is templates and counts, and nothing that says valid."""
    scene = learned(issued(4))
    store = scene.verifier._prover._known
    assert isinstance(store, KnownForms)
    assert {type(count) for count in store._sightings.values()} == {int}
    assert set(vars(store)) == {"_forms", "_sightings", "_lock"}
