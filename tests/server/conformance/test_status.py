"""Status lists of the profile: added by themselves, published for anyone, at random positions."""

import gzip
import json
from base64 import urlsafe_b64decode
from typing import Any

import pytest
from django.test import Client

from tests.server.conformance.surface import PATHS, Surface, credential

ORIGIN = "http://localhost:8000"
MINIMUM = 131_072


def bits(secured_list: Any) -> bytes:
    """The list as the standard writes it, read with nothing of ours."""
    encoded = secured_list["credentialSubject"]["encodedList"]
    assert encoded[0] == "u"
    return gzip.decompress(urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))


def published(client: Client, entry: Any) -> Any:
    response = client.get(entry["statusListCredential"].removeprefix(ORIGIN))
    assert response.status_code == 200
    return json.loads(response.content)


@pytest.mark.parametrize("path", PATHS)
def test_entry_is_added_and_leads_to_a_signed_list(api: Surface, client: Client, path: str) -> None:
    secured = api.issued(path)
    entry = secured["credentialStatus"]
    found = published(client, entry)
    assert entry["type"] == "BitstringStatusListEntry"
    assert entry["statusPurpose"] == found["credentialSubject"]["statusPurpose"] == "revocation"
    assert entry["statusListIndex"].isdecimal()
    assert entry["id"] != entry["statusListCredential"] == found["id"]
    assert "BitstringStatusListCredential" in found["type"]
    assert found["credentialSubject"]["type"] == "BitstringStatusList"
    assert found["issuer"] == secured["issuer"]
    assert len(bits(found)) * 8 >= MINIMUM
    assert int(entry["statusListIndex"]) < MINIMUM
    assert api.verify(found) == 200


def test_list_needs_no_sign_in_and_may_be_cached(api: Surface, client: Client) -> None:
    path = api.issued()["credentialStatus"]["statusListCredential"].removeprefix(ORIGIN)
    response = client.get(path)
    assert not response.cookies
    assert "public" in response.headers["Cache-Control"]


def test_positions_are_distinct_and_in_no_order(api: Surface) -> None:
    drawn = [int(api.issued()["credentialStatus"]["statusListIndex"]) for _ in range(24)]
    assert len(set(drawn)) == 24
    assert drawn != sorted(drawn)
    assert max(drawn) > 1000


@pytest.mark.parametrize(("purpose", "state"), [("revocation", "revoked"), ("suspension", "suspended")])
def test_bit_that_is_set_is_told(api: Surface, client: Client, purpose: str, state: str) -> None:
    _, secured = api.issue(credential(), options={"statusPurpose": purpose})
    entry = secured["credentialStatus"]
    before = bits(published(client, entry))
    assert api.verify(secured) == 200
    assert api.post("credentials/status", {"credentialStatus": entry, "status": True}) == (200, {"status": True})
    after, index = bits(published(client, entry)), int(entry["statusListIndex"])
    assert after[index // 8] - before[index // 8] == 0x80 >> index % 8
    status, answer = api.post("credentials/verify", {"verifiableCredential": secured})
    assert status == 422
    assert answer["report"]["states"]["current"] == state
    assert api.verify(secured, checks=["proof"]) == 200


def test_suspension_can_be_lifted_and_revocation_cannot(api: Surface) -> None:
    _, secured = api.issue(credential(), options={"statusPurpose": ["revocation", "suspension"]})
    revocation, suspension = secured["credentialStatus"]
    for value in (True, False):
        assert api.post("credentials/status", {"credentialStatus": suspension, "status": value})[0] == 200
    assert api.verify(secured) == 200
    assert api.post("credentials/status", {"credentialStatus": revocation, "status": True})[0] == 200
    assert api.post("credentials/status", {"credentialStatus": revocation, "status": False})[0] == 422
    assert api.verify(secured) == 422


def test_status_of_others_is_not_set_here(api: Surface) -> None:
    entry = api.issued()["credentialStatus"]
    index = next(str(number) for number in range(1000) if str(number) != entry["statusListIndex"])
    for change in ({"statusListCredential": "https://other.example/list"}, {"statusListIndex": index, "id": "urn:s:x"}):
        assert api.post("credentials/status", {"credentialStatus": entry | change, "status": True})[0] == 422
    assert api.post("credentials/status", {"credentialStatus": entry})[0] == 400
    assert api.post("credentials/status", {"status": True})[0] == 400


@pytest.mark.parametrize(
    "change",
    [
        {"statusListIndex": "999999999"}, {"statusPurpose": "suspension"}, {"statusListIndex": "-1"},
        {"statusListCredential": f"{ORIGIN}/vcapi/issuers/eddsa-jcs-2022/status/revocation"},
    ],
)  # fmt: skip
def test_entry_that_fits_no_list_is_never_valid(api: Surface, change: dict[str, str]) -> None:
    """Out of range, of another purpose, malformed, and the list of another issuer."""
    api.issued("eddsa-jcs-2022")
    entry = api.issued()["credentialStatus"] | change | {"id": "urn:s:1"}
    status, secured = api.issue(credential(credentialStatus=entry))
    assert status == 422 or api.verify(secured) == 422


@pytest.mark.parametrize("purpose", ["message", "", 7, [], ["revocation", "x"], {}])
def test_purpose_that_is_not_offered_is_refused(api: Surface, purpose: Any) -> None:
    assert api.issue(credential(), options={"statusPurpose": purpose})[0] == 422


def test_list_that_is_not_there_is_404(client: Client) -> None:
    assert client.get("/vcapi/issuers/eddsa-rdfc-2022/status/refresh").status_code == 404
    assert client.get("/vcapi/issuers/nobody/status/revocation").status_code == 404
