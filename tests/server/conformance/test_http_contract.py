"""The HTTP contract (standards design, 2.2): which status answers what, JSON always, never a 500."""

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.server.conformance.surface import PATHS, REFUSED, Surface, credential

ISSUE = f"issuers/{PATHS[0]}/credentials/issue"
VERIFY = ["credentials/verify", "proof-only/credentials/verify", "presentations/verify"]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=12,
)
MEMBERS = st.sampled_from(
    ["@context", "id", "type", "issuer", "holder", "credentialSubject", "proof", "credentialStatus", "validFrom",
     "validUntil", "evidence", "relatedResource", "name", "verifiableCredential", "credentialSchema"]
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("body", [{}, {"options": {}}, {"options": None}])
def test_issue_answers_with_the_secured_credential(api: Surface, path: str, body: dict[str, Any]) -> None:
    status, secured = api.issue(credential(path), path, **body)
    assert status == 201
    assert secured["proof"]["type"] == "DataIntegrityProof"
    assert secured["proof"]["cryptosuite"] == path.partition("/")[0]
    assert secured["proof"]["verificationMethod"].startswith(f"{secured['issuer']}#")


@pytest.mark.parametrize("path", PATHS)
def test_what_is_issued_verifies(api: Surface, path: str) -> None:
    secured = api.issued(path)
    assert api.verify(secured) == 200
    assert api.verify(secured, checks=["proof"]) == 200
    assert api.verify_proof(secured) == 200
    assert api.post("credentials/verify", {"verifiableCredential": secured})[0] == 200


def test_refused_credential_is_422_with_reasons(api: Surface) -> None:
    status, answer = api.issue(credential(type=["Something"]))
    assert status == 422
    assert answer["errors"][0]["type"].startswith("https://www.w3.org/TR/vc-data-model#")
    assert answer["errors"][0]["pointer"] == "/type"


@pytest.mark.parametrize("path", [ISSUE, *VERIFY])
@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"text"', b"7", b"\xff\xfe", b'{"a":1,"a":2}', b"[" * 5000, b'{"a":1e999}']
)
def test_body_that_is_no_json_object_is_400(api: Surface, path: str, body: bytes) -> None:
    assert api.post(path, body)[0] == 400


@pytest.mark.parametrize("path", [ISSUE, *VERIFY])
@pytest.mark.parametrize("value", [None, "text", 7, True, [], ["x"], [{}]])
def test_document_that_is_no_map_is_400(api: Surface, path: str, value: Any) -> None:
    name = {"presentations/verify": "verifiablePresentation", ISSUE: "credential"}.get(path, "verifiableCredential")
    assert api.post(path, {name: value, "options": {}})[0] == 400
    assert api.post(path, {"options": {}})[0] == 400


@pytest.mark.parametrize(
    "options",
    [{"checks": "proof"}, {"checks": [1]}, {"challenge": 1}, {"domain": {}}, {"domain": ["a", "b"]}, "text", []],
)
def test_options_that_cannot_be_read_are_400(api: Surface, options: Any) -> None:
    body = {"verifiableCredential": api.issued(), "options": options}
    assert api.post("credentials/verify", body)[0] == 400


def test_verified_answer_has_no_errors(api: Surface) -> None:
    _, answer = api.post("credentials/verify", {"verifiableCredential": api.issued()})
    assert answer["verified"] is True
    assert answer["errors"] == []
    assert answer["report"]["verdict"] == "valid"


def test_unknown_verdict_is_422(api: Surface) -> None:
    """A status list that nobody can fetch: the verdict cannot be told, and that is no success."""
    entry = {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "5"}
    url = "http://localhost:8000/vcapi/issuers/nobody/status/revocation"
    secured = api.issued(credentialStatus={**entry, "statusListCredential": url})
    _, answer = api.post("credentials/verify", {"verifiableCredential": secured})
    assert answer["report"]["verdict"] == "unknown"
    assert api.verify(secured) == 422
    assert api.verify(secured, checks=["proof"]) == 200


def test_method_must_fit(client: Client) -> None:
    assert client.get("/vcapi/credentials/verify").status_code == 405
    assert client.post("/vcapi/manifest").status_code == 405


@pytest.mark.parametrize("path", ["issuers/nobody/credentials/issue", "issuers/eddsa-rdfc-2022/p256/credentials/issue"])
def test_issuer_that_is_not_there_is_404(client: Client, path: str) -> None:
    response = client.post(f"/vcapi/{path}", data=json.dumps({"credential": {}}), content_type="application/json")
    assert response.status_code == 404


@settings(max_examples=60)
@given(members=st.dictionaries(MEMBERS, VALUES, max_size=4), kind=st.sampled_from([ISSUE, *VERIFY]))
def test_nothing_makes_it_fail(members: dict[str, Any], kind: str) -> None:
    document = {**credential(), **members}
    if kind != ISSUE:
        document = {"proof": {}, **document}
    names = ("credential", "verifiableCredential", "verifiablePresentation")
    status, answer = Surface(Client()).post(kind, dict.fromkeys(names, document))
    assert status in {201, *REFUSED}
    assert isinstance(answer, dict)
