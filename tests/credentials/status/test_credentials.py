"""Status list credentials: what is built, what is read, and when a list says nothing."""

import gzip
import json
from base64 import b64encode, urlsafe_b64decode
from datetime import UTC, datetime, timedelta

import pytest

from skillmark.credentials.status import (
    EntryKind,
    EntryStatus,
    Problem,
    StatusEntry,
    StatusList,
    read_entry,
    read_status_list,
    status_list_credential,
)
from skillmark.errors import StatusError

URL = "https://example.com/credentials/status/3"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ENTRY = StatusEntry(kind=EntryKind.BITSTRING, purpose="revocation", index=94567, list_url=URL)
LIST = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "id": URL,
    "type": ["VerifiableCredential", "BitstringStatusListCredential"],
    "issuer": "did:example:12345",
    "validFrom": "2026-02-01T00:00:00Z",
    "validUntil": "2026-04-01T00:00:00Z",
    "credentialSubject": {
        "id": f"{URL}#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        # Position 94567 alone, by perl's pack("B*") and the program gzip.
        "encodedList": "uH4sIAAAAAAAAA-3OQREAAAQAMJqJJroMXu7clmBdAQAAAAAAAAAAAADAM3kdAAAAAGArB361UNYAQAAA",
    },
}


def changed(**subject):
    return LIST | {"credentialSubject": LIST["credentialSubject"] | subject}


def test_set_position_is_set_and_its_neighbours_are_not():
    decoded = read_status_list(LIST, url=URL)
    assert decoded.status(ENTRY) == EntryStatus(purpose="revocation", value=1, message="set")
    assert decoded.status(ENTRY).is_set
    for index in (94566, 94568):
        neighbour = StatusEntry(kind=EntryKind.BITSTRING, purpose="revocation", index=index, list_url=URL)
        assert decoded.status(neighbour) == EntryStatus(purpose="revocation", value=0, message="unset")
        assert not decoded.status(neighbour).is_set


def test_published_example_list_revokes_nobody(shared):
    credential = json.loads((shared / "vectors/bitstring-status-list/example-2.json").read_text())
    decoded = read_status_list(credential, url=URL)
    assert (decoded.issuer, decoded.purposes, len(decoded.bits)) == ("did:example:12345", {"revocation"}, 16_384)
    assert not decoded.status(ENTRY).is_set


def test_list_we_build_is_the_published_form_and_is_read_back():
    ours = StatusList()
    for index in (0, 9, 94567, 131071):
        ours.set(index)
    built = status_list_credential(
        URL,
        "did:example:12345",
        ours,
        purpose="revocation",
        valid_from=datetime(2026, 2, 1, tzinfo=UTC),
        valid_until=datetime(2026, 4, 1, tzinfo=UTC),
        ttl=timedelta(minutes=5),
    )
    assert built["credentialSubject"].pop("ttl") == 300_000
    encoded = built["credentialSubject"]["encodedList"]
    assert built == changed(encodedList=encoded)
    decoded = read_status_list(built, url=URL)
    assert decoded.bits == bytes(ours)
    assert (decoded.valid_from, decoded.valid_until) == (
        datetime(2026, 2, 1, tzinfo=UTC),
        datetime(2026, 4, 1, tzinfo=UTC),
    )


def test_list_that_ends_before_it_begins_is_not_built():
    with pytest.raises(StatusError, match="end after it begins"):
        status_list_credential(URL, "did:x:y", StatusList(), purpose="revocation", valid_from=NOW, valid_until=NOW)


def test_issuer_with_a_profile_is_named_by_its_id():
    assert read_status_list(LIST | {"issuer": {"id": "did:x:y", "type": "Profile"}}, url=URL).issuer == "did:x:y"


def test_list_without_an_id_of_its_own_is_read():
    nameless = {name: value for name, value in LIST.items() if name != "id"}
    assert read_status_list(nameless, url=URL).url == URL


def test_list_for_several_purposes_answers_each():
    decoded = read_status_list(changed(statusPurpose=["suspension", "revocation"]), url=URL)
    suspension = StatusEntry(kind=EntryKind.BITSTRING, purpose="suspension", index=9, list_url=URL)
    assert decoded.status(suspension).is_set
    assert decoded.status(ENTRY).is_set


def test_message_of_a_wide_entry_is_told():
    ours = StatusList(size=2)
    ours.set(7, 2)
    entry = read_entry(
        {
            "type": "BitstringStatusListEntry",
            "statusPurpose": "message",
            "statusListIndex": "7",
            "statusListCredential": URL,
            "statusSize": 2,
            "statusMessage": [{"status": f"0x{value}", "message": f"step {value}"} for value in range(4)],
        }
    )
    decoded = read_status_list(changed(statusPurpose="message", encodedList=ours.encode()), url=URL)
    assert decoded.status(entry) == EntryStatus(purpose="message", value=2, message="step 2")


def test_list_that_names_its_width_must_agree_with_the_entry():
    assert read_status_list(changed(statusSize=1), url=URL).status(ENTRY).is_set
    with pytest.raises(StatusError, match="bits"):
        read_status_list(changed(statusSize=2), url=URL).status(ENTRY)


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text[1:],
        lambda text: text,
        lambda text: b64encode(urlsafe_b64decode(text[1:] + "=" * (-len(text[1:]) % 4))).decode(),
    ],
    ids=["base64url", "multibase", "padded base64"],
)
def test_list_of_the_older_standard_is_read(encode):
    older = {
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "id": URL,
        "issuer": "did:example:12345",
        "issuanceDate": "2026-02-01T00:00:00Z",
        "expirationDate": "2026-04-01T00:00:00Z",
        "credentialSubject": [
            LIST["credentialSubject"]
            | {"type": ["StatusList2021"], "encodedList": encode(LIST["credentialSubject"]["encodedList"])}
        ],
    }
    decoded = read_status_list(older, url=URL)
    entry = StatusEntry(kind=EntryKind.STATUS_LIST_2021, purpose="revocation", index=94567, list_url=URL)
    assert decoded.status(entry).is_set
    assert (decoded.valid_from, decoded.valid_until) == (
        datetime(2026, 2, 1, tzinfo=UTC),
        datetime(2026, 4, 1, tzinfo=UTC),
    )


ELSEWHERE = {
    "another list": ({"list_url": URL + "0"}, Problem.VERIFICATION),
    "another standard": ({"kind": EntryKind.STATUS_LIST_2021}, Problem.VERIFICATION),
    "another purpose": ({"purpose": "suspension"}, Problem.VERIFICATION),
    "position after the end": ({"index": 131_072}, Problem.RANGE),
    "too few entries of this width": ({"size": 2}, Problem.LIST_LENGTH),
}


@pytest.mark.parametrize("case", ELSEWHERE)
def test_entry_that_does_not_belong_to_the_list_gets_no_answer(case):
    change, problem = ELSEWHERE[case]
    values = {"kind": ENTRY.kind, "purpose": "revocation", "index": 94567, "list_url": URL} | change
    with pytest.raises(StatusError) as caught:
        read_status_list(LIST, url=URL).status(StatusEntry(**values))
    assert caught.value.problem == problem


MALFORMED = {
    "not a list": (LIST | {"type": ["VerifiableCredential"]}, "/type"),
    "no type": (LIST | {"type": None}, "/type"),
    "two standards at once": (
        LIST | {"type": ["BitstringStatusListCredential", "StatusList2021Credential"]},
        "/type",
    ),
    "no subject": (LIST | {"credentialSubject": None}, "/credentialSubject"),
    "two subjects": (LIST | {"credentialSubject": [LIST["credentialSubject"]] * 2}, "/credentialSubject"),
    "subject is text": (LIST | {"credentialSubject": URL}, "/credentialSubject"),
    "subject of another type": (changed(type="StatusList2021"), "/credentialSubject/type"),
    "no issuer": (LIST | {"issuer": None}, "/issuer"),
    "issuer without id": (LIST | {"issuer": {"name": "x"}}, "/issuer"),
    "issuer empty": (LIST | {"issuer": ""}, "/issuer"),
    "no purpose": (changed(statusPurpose=None), "/credentialSubject/statusPurpose"),
    "no purposes": (changed(statusPurpose=[]), "/credentialSubject/statusPurpose"),
    "purpose is a number": (changed(statusPurpose=["revocation", 1]), "/credentialSubject/statusPurpose"),
    "purpose is an object": (changed(statusPurpose={"@value": "x"}), "/credentialSubject/statusPurpose"),
    "list is a number": (changed(encodedList=7), "/credentialSubject/encodedList"),
    "list is not gzip": (changed(encodedList="uAAAA"), "/credentialSubject/encodedList"),
    "ttl is text": (changed(ttl="300000"), "/credentialSubject/ttl"),
    "ttl below zero": (changed(ttl=-1), "/credentialSubject/ttl"),
    "ttl is a truth value": (changed(ttl=True), "/credentialSubject/ttl"),
    "validUntil without zone": (LIST | {"validUntil": "2026-04-01T00:00:00"}, "/validUntil"),
    "validUntil is a number": (LIST | {"validUntil": 1_800_000_000}, "/validUntil"),
    "validFrom is null": (LIST | {"validFrom": None}, "/validFrom"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_malformed_list_is_refused_at_its_place(case):
    credential, pointer = MALFORMED[case]
    with pytest.raises(StatusError) as caught:
        read_status_list(credential, url=URL)
    assert (caught.value.problem, caught.value.pointer) == (Problem.MALFORMED_VALUE, pointer)


@pytest.mark.parametrize("identifier", ["https://example.com/credentials/status/4", None, 7])
def test_list_that_says_it_is_another_is_refused(identifier):
    with pytest.raises(StatusError) as caught:
        read_status_list(LIST | {"id": identifier}, url=URL)
    assert caught.value.problem == Problem.VERIFICATION


def test_ttl_is_read_in_milliseconds_and_an_endless_one_is_endless():
    assert read_status_list(LIST, url=URL).ttl is None
    assert read_status_list(changed(ttl=1500), url=URL).ttl == timedelta(seconds=1.5)
    assert read_status_list(changed(ttl=10**19), url=URL).ttl == timedelta.max


def test_list_below_the_herd_gets_the_length_problem():
    short = "u" + b64encode(gzip.compress(bytes(128)), altchars=b"-_").decode().rstrip("=")
    with pytest.raises(StatusError) as caught:
        read_status_list(changed(encodedList=short), url=URL).status(ENTRY)
    assert caught.value.problem == Problem.LIST_LENGTH
