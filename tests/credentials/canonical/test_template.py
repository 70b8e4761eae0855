"""Templates give the canonical form that the long way gives, or say that they cannot."""

from __future__ import annotations

from hashlib import sha256, sha384
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.canonical import STRICT, canonicalize
from skillmark.credentials.canonical.template import CanonicalTemplate, NoTemplateError
from skillmark.credentials.encoding.json_template import Path, with_values
from skillmark.errors import CanonicalizationError

DOCUMENT: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
    "id": "urn:uuid:7c2f7e5c-8a0e-4f8b-9d5a-1f2e3d4c5b6a",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {
        "id": "did:example:100%25",
        "type": ["Profile"],
        "name": "100 % of it",
        "address": {"type": ["Address"]},
    },
    "validFrom": "2026-01-01T00:00:00Z",
    "credentialSubject": {
        "id": "urn:uuid:11111111-2222-3333-4444-555555555555",
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "hashed": True, "identityHash": "sha256$00", "identityType": "emailAddress"},
            {"type": "IdentityObject", "hashed": False, "identityHash": "Anna", "identityType": "name"},
        ],
        "achievement": {
            "id": "https://example.org/a",
            "type": ["Achievement"],
            "name": "%s %d %%",
            "criteria": {"narrative": "n"},
            "tag": ["a", "b"],
        },
        "result": [{"type": ["Result"], "value": "A"}],
    },
    "evidence": [{"id": "https://example.org/evidence", "type": ["Evidence"], "narrative": "n"}],
}
PATHS: list[Path] = [
    ("id",),
    ("credentialSubject", "id"),
    ("credentialSubject", "identifier", 0, "identityHash"),
    ("credentialSubject", "identifier", 1, "identityHash"),
    ("credentialSubject", "result", 0, "value"),
    ("evidence", 0, "id"),
    ("evidence", 0, "narrative"),
    ("validFrom",),
]
IRIS = st.from_regex(r"(?:urn|https|did|a|zz):[a-z0-9%./:-]{0,12}", fullmatch=True)
TEXTS = st.text(max_size=12) | st.sampled_from(["%s", "%", "_:c14n0", '"', "\\", "\x00\x7f\ufffe", "😀", "urn:slot:"])
VALUES = st.tuples(IRIS, IRIS, TEXTS, TEXTS, TEXTS, IRIS, TEXTS, TEXTS)

TEMPLATE = CanonicalTemplate(DOCUMENT, PATHS, emitter=STRICT)


@given(VALUES)
def test_template_agrees_with_the_long_way_or_declines(values: tuple[str, ...]) -> None:
    found = TEMPLATE.digest(values)
    if found is not None:
        document = with_values(DOCUMENT, dict(zip(PATHS, values, strict=True)))
        assert found[0] == sha256(canonicalize(document)).digest()


def test_template_hashes_with_the_hash_of_the_suite() -> None:
    template = CanonicalTemplate(DOCUMENT, PATHS[:1], emitter=STRICT, hash_name="sha384")
    found = template.digest(["urn:x"])
    assert found is not None
    assert found[0] == sha384(canonicalize({**DOCUMENT, "id": "urn:x"}, hash_name="sha384")).digest()


def values(**changes: str) -> list[str]:
    given_values = {
        "id": "urn:a",
        "subject": "urn:b",
        "hash": "h",
        "name": "n",
        "value": "v",
        "evidence": "urn:e",
        "narrative": "t",
        "from": "2026-01-01T00:00:00Z",
    }
    return list({**given_values, **changes}.values())


@pytest.mark.parametrize(
    "changes", [{"subject": "urn:a"}, {"subject": "https://example.org/a"}, {"evidence": "did:example:100%25"}]
)
def test_subjects_that_fall_together_need_the_long_way(changes: dict[str, str]) -> None:
    assert TEMPLATE.digest(values(**changes)) is None


def test_alike_blank_nodes_need_the_long_way() -> None:
    alike = {
        **DOCUMENT,
        "credentialSubject": {**DOCUMENT["credentialSubject"], "result": [{"type": ["Result"], "value": "A"}] * 2},
    }
    paths: list[Path] = [("credentialSubject", "result", 0, "value"), ("credentialSubject", "result", 1, "value")]
    template = CanonicalTemplate(alike, paths, emitter=STRICT)
    assert template.digest(["same", "same"]) is None
    constant = {**alike, "evidence": [{"type": ["Evidence"], "narrative": "x"}] * 2}
    with pytest.raises(NoTemplateError):
        CanonicalTemplate(constant, [("id",)], emitter=STRICT)
    one_slot = CanonicalTemplate(alike, paths[:1], emitter=STRICT)
    assert one_slot.digest(["A"]) is None
    assert one_slot.digest(["B"]) is not None


def test_relative_iri_in_a_slot_is_refused() -> None:
    with pytest.raises(CanonicalizationError) as caught:
        TEMPLATE.digest(values(id="relative"))
    assert caught.value.rule == "relative-iri"


def test_prefix_of_a_context_in_a_slot_is_left_to_the_long_way_which_refuses_it() -> None:
    old = {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "id": "urn:x",
        "type": ["VerifiableCredential"],
        "issuer": "urn:i",
        "credentialSubject": {"id": "urn:y"},
    }
    template = CanonicalTemplate(old, [("issuer",)], emitter=STRICT)
    assert template.digest(["cred:issuer"]) is None
    with pytest.raises(CanonicalizationError):
        canonicalize({**old, "issuer": "cred:issuer"})
    found = template.digest(["urn:other"])
    assert found is not None
    assert found[0] == sha256(canonicalize({**old, "issuer": "urn:other"})).digest()


@pytest.mark.parametrize(
    ("members", "paths"),
    [
        ({}, [("credentialSubject", "achievement", "tag", 0)]),
        ({"@context": DOCUMENT["@context"]}, [("type", 1)]),
        ({"proof": {"type": "DataIntegrityProof", "cryptosuite": "x"}}, [("id",)]),
    ],
)
def test_structures_without_a_template_are_named(members: dict[str, Any], paths: list[Path]) -> None:
    with pytest.raises(CanonicalizationError):
        CanonicalTemplate({**DOCUMENT, **members}, paths, emitter=STRICT)


def test_slot_inside_a_larger_value_has_no_template() -> None:
    schema = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:s",
        "type": ["VerifiableCredential"],
        "issuer": "did:example:issuer",
        "credentialSubject": {"id": "urn:schema", "type": "JsonSchema", "jsonSchema": {"title": "x"}},
    }
    with pytest.raises(NoTemplateError):
        CanonicalTemplate(schema, [("credentialSubject", "jsonSchema", "title")], emitter=STRICT)


def test_template_that_may_keep_one_order_gives_the_same_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillmark.credentials.canonical.template._MOST_KEPT", 1)
    template = CanonicalTemplate(DOCUMENT, PATHS[:2], emitter=STRICT)
    for pair in (("urn:a", "urn:b"), ("urn:b", "urn:a"), ("zz:a", "a:b"), ("urn:a", "urn:b")):
        found = template.digest(pair)
        assert found is not None
        document = with_values(DOCUMENT, dict(zip(PATHS[:2], pair, strict=True)))
        assert found[0] == sha256(canonicalize(document)).digest()


def test_slot_that_no_statement_holds_has_no_template() -> None:
    empty = {"@context": DOCUMENT["@context"], "id": "urn:x"}
    with pytest.raises(NoTemplateError, match="not part of the canonical form"):
        CanonicalTemplate(empty, [("id",)], emitter=STRICT)
