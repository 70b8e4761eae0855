"""What an issuer must refuse and what it must accept (standards design, 2.3), one row after the other."""

import json
from typing import Any

import pytest
from django.test import Client

from tests.server.conformance.surface import EXAMPLES, PATHS, REFUSED, V2, Surface, credential, did

OTHER = "https://www.w3.org/2018/credentials/v1"
ENTRY = {
    "id": "https://status.example/list#5",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "5",
    "statusListCredential": "https://status.example/list",
}
SCHEMA = {"id": "https://schemas.example/a.json", "type": "JsonSchema"}
SRI = "sha256-WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ="  # of the file the W3C publishes
SUBJECT = {"id": "did:example:subject"}
TYPED = ["credentialStatus", "termsOfUse", "evidence", "refreshService", "credentialSchema"]
NOT_IDS: list[Any] = [None, [], ["urn:x:a"], 7, {}, "", "not a url", "relative/path", "urn:with space"]


def with_(name: str, *values: Any) -> list[dict[str, Any]]:
    return [{name: value} for value in values]


REFUSALS = {
    "undefined term": [{"honours": "summa"}, {"credentialSubject": {**SUBJECT, "honours": "summa"}}],
    "undefined type": with_("type", ["VerifiableCredential", "Nowhere"]),
    "relative type": with_("type", ["VerifiableCredential", "./Type"], ["VerifiableCredential", "/Type"]),
    "relative id": [{"id": "credentials/1"}, {"credentialSubject": {"id": "learners/1"}}],
    "redefined protected term": [
        {"@context": [V2, {"name": "https://x.example/name"}]},
        {"@context": [V2, {"type": "https://x.example/type"}]},
        {"@context": [V2, {"VerifiableCredential": "https://x.example/VC"}]},
    ],
    "context that leads nowhere": with_(
        "@context", [V2, "https://contexts.example/none"], [V2, "https://localhost/never"], [V2, "https ://x"]
    ),
    "context that is no URL": with_("@context", [V2, "words"], [V2, ""], [V2, None], [V2, True], [V2, [V2]]),
    "number in @context": with_("@context", [V2, 7], [V2, {"a": 7}], 7),
    "missing base context": with_("@context", [], [EXAMPLES], V2, None, {"@vocab": "https://x.example/"}),
    "base context not first": with_("@context", [EXAMPLES, V2], [OTHER, V2], [{"a": "https://x.example/a"}, V2]),
    "id of the credential": with_("id", *[value for value in NOT_IDS if value is not None]),
    "id of the subject": [{"credentialSubject": {"id": value, "name": "x"}} for value in NOT_IDS],
    "id of the status": [{"credentialStatus": {**ENTRY, "id": value}} for value in NOT_IDS],
    "id of the schema": [{"credentialSchema": {**SCHEMA, "id": value}} for value in NOT_IDS],
    "id of the issuer": [{"issuer": {"id": value}} for value in NOT_IDS] + with_("issuer", "words", 7, [], {}, [did]),
    "missing issuer": [{"issuer": None}],
    "issuer is somebody else": with_("issuer", "did:example:other", {"id": "https://issuer.example"}),
    "type of a typed object": [{name: {"id": "urn:x:a"}} for name in TYPED] + [{name: [{}]} for name in TYPED],
    "type is missing": with_("type", None, [], "Nothing", ["UnknownType"], 7, [7]),
    "subject": with_("credentialSubject", None, {}, [], [{}], "did:example:subject", 7, [SUBJECT, {}]),
    "validFrom": with_("validFrom", "yesterday", "2024-01-01", "2024-01-01T00:00:00", "2024-13-01T00:00:00Z", 7, []),
    "validUntil": with_("validUntil", "tomorrow", "2099-02-30T00:00:00Z", "2099-01-01T00:00:00", {}, True),
    "validUntil before validFrom": [{"validFrom": "2025-01-01T00:00:00Z", "validUntil": "2024-01-01T00:00:00Z"}],
    "language value with more": [
        {name: {"@value": "x", "@language": "en", "url": "https://x.example"}} for name in ("name", "description")
    ] + [{"name": {"@value": 7}}, {"name": {"@language": "en"}}, {"name": [{"@value": "x", "extra": 1}]}],
    "related resource": with_(
        "relatedResource",
        "https://x.example/file",
        ["https://x.example/file"],
        [{"digestSRI": SRI}],
        [{"id": "https://x.example/file"}],
        [{"id": "https://x.example/file", "digestSRI": SRI}, {"id": "https://x.example/file", "digestSRI": SRI}],
        [{"id": V2, "digestSRI": "sha256-" + "A" * 43 + "="}],
        [{"id": V2, "digestMultibase": "uEiAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}],
    ),
    "status entry under an undefined term": [{"credentialSubject": {**SUBJECT, "hidden": {**ENTRY, "type": None}}}],
    "status entry": [
        {"credentialStatus": {**ENTRY, **change}}
        for change in (
            {"statusListIndex": 5}, {"statusListIndex": "-1"}, {"statusListIndex": "1_0"}, {"statusPurpose": 7},
            {"statusListCredential": "list"}, {"id": ENTRY["statusListCredential"]}, {"statusListIndex": None},
        )
    ],
    "evidence that is text": with_("evidence", "https://evidence.example/", ["x"], 7),
    "proof already there": with_("proof", {}, {"type": "DataIntegrityProof"}, []),
}  # fmt: skip
ACCEPTANCES = {
    "several schemas": with_("credentialSchema", SCHEMA, [SCHEMA, {**SCHEMA, "id": "https://schemas.example/b.json"}]),
    "refresh services": with_(
        "refreshService", {"id": "https://refresh.example/1", "type": "urn:x:Refresh"},
        [{"id": "https://refresh.example/1", "type": "urn:x:Refresh"}, {"type": ["urn:x:Refresh"]}],
    ),
    "evidence": with_("evidence", {"type": "urn:x:A"}, [{"type": "urn:x:A"}, {"id": "urn:e:2", "type": "urn:x:A"}]),
    "terms of use": with_("termsOfUse", {"type": "urn:x:Terms"}, [{"type": "urn:x:A"}, {"type": ["urn:x:B"]}]),
    "several subjects": with_("credentialSubject", [SUBJECT, {"id": "did:example:second"}]),
    "type as URL": with_("type", ["VerifiableCredential", "https://types.example/Type"], "VerifiableCredential"),
    "inline context": [
        {"@context": [V2, {"honours": "https://x.example/honours"}], "honours": "summa"},
        {"@context": [V2, {"@vocab": "https://x.example/#"}], "anything": {"type": "Goes"}},
        {"@context": [V2, {"@protected": True, "A": {"@id": "urn:x:A", "@type": "@id"}}], "A": "https://x.example"},
    ],
    "examples context": [{"@context": [V2, EXAMPLES], "type": ["VerifiableCredential", "ExampleDegreeCredential"]}],
    "issuer as object": [{"issuer": {"id": "OWN", "name": "Example", "description": {"@value": "x"}}}],
    "dates": [
        {"validFrom": "2020-01-01T00:00:00Z", "validUntil": "2099-01-01T00:00:00+02:00"},
        {"validFrom": "2020-01-01T00:00:00.123Z"}, {"validUntil": "2099-12-31T23:59:59-11:30"},
    ],
    "language values": [
        {"name": {"@value": "Zeugnis", "@language": "de"}, "description": {"@value": "x", "@direction": "ltr"}},
        {"name": [{"@value": "a", "@language": "en"}, {"@value": "b", "@language": "fr", "@direction": "ltr"}]},
    ],
    "related resource": with_(
        "relatedResource", [{"id": V2, "digestSRI": SRI}], {"id": "https://x.example/file", "digestSRI": SRI}
    ),
    "own status": with_("credentialStatus", ENTRY, [ENTRY, {**ENTRY, "id": "urn:s:2", "statusPurpose": "suspension"}]),
    "no id": [{"id": None}, {"credentialSubject": {"name": "x"}}],
}  # fmt: skip


def cases(rows: dict[str, list[dict[str, Any]]]) -> list[Any]:
    return [pytest.param(change, id=f"{row}-{n}") for row, changes in rows.items() for n, change in enumerate(changes)]


@pytest.mark.parametrize("change", cases(REFUSALS))
def test_issuer_refuses(api: Surface, change: dict[str, Any]) -> None:
    document = credential() | change
    document = {name: value for name, value in document.items() if name == "credentialSubject" or value is not None}
    if change == {"issuer": [did]}:
        document["issuer"] = [did()]
    status, answer = api.issue(document)
    assert status in REFUSED
    assert answer["errors"]


def test_null_id_is_refused(api: Surface) -> None:
    assert api.issue(credential() | {"id": None})[0] in REFUSED


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "row", ["undefined term", "undefined type", "redefined protected term", "missing base context"]
)
def test_every_suite_refuses_what_json_ld_would_lose(api: Surface, path: str, row: str) -> None:
    for change in REFUSALS[row]:
        document = {name: value for name, value in (credential(path) | change).items() if value is not None}
        assert api.issue(document, path)[0] in REFUSED


@pytest.mark.parametrize("change", cases(ACCEPTANCES))
def test_issuer_accepts(api: Surface, change: dict[str, Any]) -> None:
    if change.get("issuer", {}).get("id") == "OWN":
        change = {"issuer": {**change["issuer"], "id": did()}}
    document = {name: value for name, value in (credential() | change).items() if value is not None}
    status, secured = api.issue(document)
    assert status == 201, secured
    assert {name: secured[name] for name in document} == document
    assert api.verify(secured, checks=["proof"]) == 200


def test_product_refuses_what_the_profile_accepts(api: Surface, client: Client) -> None:
    """The same document, taken to the verify page: an inline context, and the one with a vocabulary."""
    for context in ({"a": "https://x.example/a"}, EXAMPLES):
        secured = api.issued(**{"@context": [V2, context]})
        page = client.post("/verify", {"text": json.dumps(secured)}).content.decode()
        assert 'class="verdict bad' in page
