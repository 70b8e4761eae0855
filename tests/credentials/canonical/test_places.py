"""Where statements about one id may stand in what is signed: no signature tells in which object a member stood."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from skillmark.credentials.canonical import canonicalize
from skillmark.errors import CanonicalizationError

V2 = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
RULE = "scattered-statements"
Document = dict[str, Any]


def badge() -> Document:
    return {
        "@context": [V2, OB],
        "id": "urn:badge",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Knots",
        "issuer": {"id": "urn:issuer", "type": ["Profile"], "name": "Fern School", "url": "https://fern.example"},
        "validFrom": "2026-01-02T03:04:05Z",
        "validUntil": "2027-01-02T03:04:05Z",
        "credentialStatus": {"id": "urn:entry", "type": "BitstringStatusListEntry", "statusPurpose": "revocation"},
        "credentialSubject": {
            "id": "urn:learner",
            "type": ["AchievementSubject"],
            "achievement": {"id": "urn:knots", "type": ["Achievement"], "name": "Knots", "criteria": {}},
            "result": [{"id": "urn:result", "type": ["Result"], "value": "F"}],
        },
        "evidence": [{"id": "urn:evidence", "type": ["Evidence"], "name": "A rope"}],
        "endorsement": [
            {
                "id": "urn:endorsement",
                "type": ["VerifiableCredential", "EndorsementCredential"],
                "issuer": {"id": "urn:guild", "type": ["Profile"], "name": "Guild"},
                "credentialSubject": {"id": "urn:badge", "type": ["EndorsementSubject"], "endorsementComment": "Good."},
            }
        ],
    }


def refusal(document: Document) -> str | None:
    try:
        canonicalize(document, in_place=True)
    except CanonicalizationError as error:
        return error.rule
    return None


def endorsed(document: Document) -> Document:
    subject: Document = document["endorsement"][0]["credentialSubject"]
    return subject


def move_status(document: Document) -> None:
    endorsed(document)["type"].append("VerifiableCredential")
    endorsed(document)["credentialStatus"] = document.pop("credentialStatus")


def move_end(document: Document) -> None:
    endorsed(document)["type"].append("VerifiableCredential")
    endorsed(document)["validUntil"] = document.pop("validUntil")


def move_name(document: Document) -> None:
    endorsed(document)["name"] = document.pop("name")


def move_kind(document: Document) -> None:
    document["type"].remove("OpenBadgeCredential")
    endorsed(document)["type"].append("OpenBadgeCredential")


@pytest.mark.parametrize("move", [move_status, move_end, move_name, move_kind])
def test_member_moved_to_another_object_of_the_credentials_id_keeps_the_form_and_is_refused(
    move: Callable[[Document], None],
) -> None:
    honest, moved = badge(), badge()
    move(moved)
    assert refusal(honest) is None
    assert canonicalize(moved) == canonicalize(honest)
    assert refusal(moved) == RULE


def share(name: str, *path: str | int) -> Document:
    """A badge whose evidence has the id of another object."""
    document = badge()
    place: Any = document
    for step in path:
        place = place[step]
    document["evidence"][0]["id"] = place[name]
    return document


@pytest.mark.parametrize(
    "path",
    [
        (),
        ("credentialSubject",),
        ("credentialSubject", "achievement"),
        ("credentialSubject", "result", 0),
        ("credentialStatus",),
        ("issuer",),
    ],
)
def test_evidence_under_the_id_of_what_policy_reads_is_refused(path: tuple[str | int, ...]) -> None:
    document = share("id", *path)
    assert refusal(document) == RULE
    document["evidence"][0].pop("name")
    assert refusal(document) == (RULE if path == () else None)


def test_two_names_of_one_issuer_are_refused_and_equal_ones_are_not() -> None:
    document = badge()
    creator = document["credentialSubject"]["achievement"]["creator"] = deepcopy(document["issuer"])
    assert refusal(document) is None
    creator["description"] = creator.pop("url")
    assert refusal(document) is None
    creator["name"] = "Harvard"
    assert refusal(document) == RULE


def test_issuer_may_be_endorsed_and_be_named_by_id_elsewhere() -> None:
    document = badge()
    endorsed(document)["id"] = "urn:issuer"
    document["credentialSubject"]["achievement"]["creator"] = {"id": "urn:issuer", "type": ["Profile"]}
    assert refusal(document) is None


def test_two_subjects_of_one_id_are_refused_unless_they_say_the_same() -> None:
    document = badge()
    first = document["credentialSubject"]
    second = deepcopy(first)
    document["credentialSubject"] = [first, second]
    assert refusal(document) is None
    del second["result"]
    assert refusal(document) == RULE
    document["credentialSubject"] = [second, first]
    assert refusal(document) == RULE


def test_two_status_entries_of_one_id_are_refused() -> None:
    document = badge()
    entry = document["credentialStatus"]
    document["credentialStatus"] = [entry, {**entry, "statusPurpose": "suspension"}]
    assert refusal(document) == RULE


def test_embedded_credential_speaks_for_itself() -> None:
    document = badge()
    inner = document["endorsement"][0]
    inner["issuer"] = {"id": "urn:issuer", "type": ["Profile"], "name": "Fern School, trading as Fern"}
    inner["credentialSubject"] = {"id": "urn:knots", "type": ["EndorsementSubject"], "endorsementComment": "Good."}
    assert refusal(document) is None


def test_ids_that_policy_never_reads_may_occur_again() -> None:
    document = badge()
    document["evidence"].append({"id": "urn:evidence", "type": ["Evidence"], "name": "Another rope"})
    assert refusal(document) is None


def test_json_literal_is_no_object_of_the_document() -> None:
    document = badge()
    document["credentialSchema"] = {
        "id": "urn:schema", "type": "JsonSchema", "jsonSchema": {"id": "urn:badge", "name": "x"}
    }  # fmt: skip
    document["evidence"].append({"id": "urn:evidence", "type": ["Evidence"]})
    assert refusal(document) is None


def test_criteria_may_tell_their_narrative_under_the_id_of_their_achievement() -> None:
    document = badge()
    achievement = document["credentialSubject"]["achievement"]
    achievement["criteria"] = {"id": "urn:knots", "narrative": "Tie ten knots."}
    assert refusal(document) is None
    achievement["criteria"]["type"] = "Criteria"
    assert refusal(document) is None


def test_narrative_may_not_move_from_criteria_to_their_achievement() -> None:
    document = badge()
    achievement = document["credentialSubject"]["achievement"]
    achievement["criteria"] = {"id": "urn:knots"}
    achievement["narrative"] = "Tie ten knots."
    assert refusal(document) == RULE


def test_members_of_an_achievement_may_not_hide_in_its_criteria() -> None:
    document = badge()
    achievement = document["credentialSubject"]["achievement"]
    achievement["criteria"] = {"id": "urn:knots", "narrative": "Tie ten knots.", "name": achievement.pop("name")}
    assert refusal(document) == RULE


def test_json_literal_of_an_inline_context_may_hold_anything() -> None:
    document = badge()
    document["@context"] = [V2, OB, {"literal": {"@id": "urn:literal", "@type": "@json"}}]
    document["literal"] = {"id": "urn:badge", "type": [{}]}
    canonicalize(document, allow_inline_contexts=True, in_place=True)
