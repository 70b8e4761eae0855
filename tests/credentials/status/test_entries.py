"""Status entries are read one way or refused, each fault with its pointer."""

import json
from base64 import urlsafe_b64decode

import pytest

from skillmark.credentials.status import (
    EntryKind,
    Problem,
    RevocationListEntry,
    StatusEntry,
    entry_members,
    read_entry,
    status_entry,
)
from skillmark.errors import StatusError

URL = "https://example.com/credentials/status/3"
ENTRY = {
    "id": f"{URL}#94567",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "94567",
    "statusListCredential": URL,
}
MESSAGES = [
    {"status": "0x0", "message": "pending_review"},
    {"status": "0x1", "message": "accepted"},
    {"status": "0x2", "message": "rejected"},
    {"status": "0x3", "message": "undefined"},
]


def test_published_example_entries_are_read(shared):
    text = (shared / "vectors/bitstring-status-list/example-1.json").read_bytes()
    members = entry_members(json.loads(text))
    first, second = (read_entry(member, pointer=pointer) for pointer, member in members)
    assert (first.index, first.purpose, first.list_url) == (94567, "revocation", URL)
    assert (second.index, second.purpose, second.pointer) == (23452, "suspension", "/credentialStatus/1")


def test_entry_of_the_older_standard_is_read():
    entry = read_entry(ENTRY | {"type": ["StatusList2021Entry"]})
    assert entry == StatusEntry(kind=EntryKind.STATUS_LIST_2021, purpose="revocation", index=94567, list_url=URL)


def test_reference_to_a_revocation_list_is_read():
    member = {"id": "https://1edtech.edu/credentials/3732/revocations", "type": "1EdTechRevocationList"}
    assert read_entry(member, pointer="/credentialStatus") == RevocationListEntry(
        list_url="https://1edtech.edu/credentials/3732/revocations", pointer="/credentialStatus"
    )


def test_message_entry_carries_its_messages_and_references():
    entry = read_entry(
        ENTRY
        | {
            "statusPurpose": "message",
            "statusSize": 2,
            "statusMessage": MESSAGES,
            "statusReference": "https://example.org/status-dictionary/",
        }
    )
    assert entry.size == 2
    assert dict(entry.messages) == {0: "pending_review", 1: "accepted", 2: "rejected", 3: "undefined"}
    assert entry.references == ("https://example.org/status-dictionary/",)


def test_entry_without_messages_means_set_and_unset():
    assert dict(read_entry(ENTRY).messages) == {0: "unset", 1: "set"}


def test_unknown_purpose_is_kept_as_text():
    assert read_entry(ENTRY | {"statusPurpose": "https://example.org/purposes#paid"}).purpose.endswith("#paid")


def test_credential_without_status_has_no_entries():
    assert entry_members({"id": "urn:x"}) == []


def test_single_entry_is_found_under_its_own_pointer():
    assert entry_members({"credentialStatus": ENTRY}) == [("/credentialStatus", ENTRY)]


@pytest.mark.parametrize("index", ["0", "1", "131071", "9999999999"])
def test_decimal_index_is_read(index):
    assert read_entry(ENTRY | {"statusListIndex": index}).index == int(index)


NO_INDEX = ["-1", "+1", "1_0", " 5", "5 ", "5\n", "0x10", "5.0", "", None, True, 10.0, 5, "9" * 5000, "01", "00", "1e1"]
NO_INDEX += ["\u0663", "\uff15", "\u00b2", ["5"], {"@value": "5"}]


@pytest.mark.parametrize("index", NO_INDEX, ids=lambda index: ascii(index)[:20])
def test_index_in_any_other_form_is_refused(index):
    with pytest.raises(StatusError) as caught:
        read_entry(ENTRY | {"statusListIndex": index}, pointer="/credentialStatus")
    assert caught.value.problem == Problem.MALFORMED_VALUE
    assert caught.value.pointer == "/credentialStatus/statusListIndex"
    assert len(caught.value.message) < 200


def test_every_index_form_of_the_attack_corpus_is_refused(shared):
    variants = json.loads((shared / "attack/A32-index-forms.json").read_text())["variants"]
    assert len(variants) == 11
    for token in variants:
        payload = token.split(".")[1]
        claims = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        [(pointer, member)] = entry_members(claims)
        with pytest.raises(StatusError) as caught:
            read_entry(member, pointer=pointer)
        assert caught.value.pointer == "/credentialStatus/statusListIndex"


MALFORMED = {
    "id is the list": ({"id": URL}, "/id"),
    "id is no URL": ({"id": "94567"}, "/id"),
    "id is null": ({"id": None}, "/id"),
    "purpose missing": ({"statusPurpose": None}, "/statusPurpose"),
    "purpose empty": ({"statusPurpose": ""}, "/statusPurpose"),
    "purpose is a list": ({"statusPurpose": ["revocation"]}, "/statusPurpose"),
    "list address relative": ({"statusListCredential": "lists/3"}, "/statusListCredential"),
    "list address is an object": ({"statusListCredential": {"id": URL}}, "/statusListCredential"),
    "size is text": ({"statusSize": "1"}, "/statusSize"),
    "size is a truth value": ({"statusSize": True}, "/statusSize"),
    "size is zero": ({"statusSize": 0}, "/statusSize"),
    "size is huge": ({"statusSize": 10**19, "statusMessage": []}, "/statusSize"),
    "size is a fraction": ({"statusSize": 1.0}, "/statusSize"),
    "size without messages": ({"statusSize": 2}, "/statusMessage"),
    "messages are no array": ({"statusMessage": {"0x0": "no"}}, "/statusMessage"),
    "messages too few": ({"statusSize": 2, "statusMessage": MESSAGES[:3]}, "/statusMessage"),
    "messages too many": ({"statusMessage": MESSAGES}, "/statusMessage"),
    "message twice": ({"statusMessage": [MESSAGES[1], MESSAGES[1]]}, "/statusMessage"),
    "message for a value out of range": ({"statusMessage": [MESSAGES[0], MESSAGES[2]]}, "/statusMessage"),
    "message is text": ({"statusMessage": ["unset", "set"]}, "/statusMessage/0"),
    "message without text": ({"statusMessage": [MESSAGES[0], {"status": "0x1"}]}, "/statusMessage/1/message"),
    "status without prefix": (
        {"statusMessage": [MESSAGES[0], {"status": "1", "message": "x"}]},
        "/statusMessage/1/status",
    ),
    "status in another script": (
        {"statusMessage": [MESSAGES[0], {"status": "0x\u0661", "message": "x"}]},
        "/statusMessage/1/status",
    ),
    "reference is no URL": ({"statusReference": ["https://example.org/", "here"]}, "/statusReference"),
    "reference is a number": ({"statusReference": 7}, "/statusReference"),
}


@pytest.mark.parametrize("case", MALFORMED)
def test_malformed_member_is_refused_at_its_place(case):
    change, pointer = MALFORMED[case]
    with pytest.raises(StatusError) as caught:
        read_entry(ENTRY | change)
    assert (caught.value.problem, caught.value.pointer) == (Problem.MALFORMED_VALUE, pointer)


@pytest.mark.parametrize("member", ["https://example.com/3", 7, None, []])
def test_entry_that_is_no_object_is_refused(member):
    with pytest.raises(StatusError, match="must be an object"):
        read_entry(member)


@pytest.mark.parametrize(
    "declared",
    [None, "RevocationList2020Status", ["BitstringStatusListEntry", "1EdTechRevocationList"], [], {}, [{}], 3],
    ids=ascii,
)
def test_entry_of_no_known_type_or_of_two_is_refused_by_type(declared):
    with pytest.raises(StatusError) as caught:
        read_entry(ENTRY | {"type": declared})
    assert (caught.value.rule, caught.value.pointer) == ("status-type", "/type")


def test_entry_we_write_is_the_published_form():
    assert status_entry(URL, 94567, purpose="revocation") == ENTRY


def test_message_entry_we_write_is_read_back():
    messages = {0: "pending_review", 1: "accepted", 2: "rejected", 3: "undefined"}
    written = status_entry(
        URL, 7, purpose="message", size=2, messages=messages, references=["https://example.org/status-dictionary/"]
    )
    assert written["statusMessage"] == MESSAGES
    assert written["statusSize"] == 2
    assert dict(read_entry(written).messages) == messages


@pytest.mark.parametrize(
    ("index", "more"),
    [(-1, {}), (10**10, {}), (1, {"size": 2}), (1, {"messages": {0: "only"}}), (1, {"references": ["nowhere"]})],
)
def test_entry_that_a_reader_would_refuse_is_not_written(index, more):
    with pytest.raises(StatusError):
        status_entry(URL, index, purpose="revocation", **more)
