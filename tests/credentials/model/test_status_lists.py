"""Documents about status: the specification's examples and the older kinds are read, malformed ones refused."""

import json

import pytest

from skillmark.credentials.model.nodes import each
from skillmark.credentials.model.status_lists import (
    BitstringStatusListCredential,
    BitstringStatusListEntry,
    RevocationList1EdTech,
    StatusList2021Credential,
    StatusList2021Entry,
)
from skillmark.errors import InputError
from tests.credentials.model import samples


@pytest.mark.parametrize("name", ["example-2", "example-4"])
def test_published_list_credential_is_read(shared, name):
    data = (shared / "vectors" / "bitstring-status-list" / f"{name}.json").read_bytes()
    document = BitstringStatusListCredential.from_bytes(data)
    assert document.members() == json.loads(data)
    assert document.credential_subject.encoded_list.startswith("uH4sI")


def test_published_entries_are_read(shared):
    document = json.loads((shared / "vectors" / "bitstring-status-list" / "example-1.json").read_text())
    entries = [BitstringStatusListEntry.read(entry) for entry in document["credentialStatus"]]
    assert [(entry.status_purpose, entry.status_list_index) for entry in entries] == [
        ("revocation", "94567"),
        ("suspension", "23452"),
    ]


def entry(**members):
    return {
        "type": "BitstringStatusListEntry",
        "statusPurpose": "message",
        "statusListIndex": "7",
        "statusListCredential": "https://status.example.org/1",
        "statusSize": 1,
        "statusMessage": [{"status": "0x0", "message": "open"}, {"status": "0x1", "message": "closed"}],
        "statusReference": "https://status.example.org/meaning",
    } | members


def test_entry_with_messages_is_read():
    read = BitstringStatusListEntry.read(entry())
    assert [message.message for message in read.status_message] == ["open", "closed"]
    assert each(read.status_reference) == ("https://status.example.org/meaning",)


@pytest.mark.parametrize("index", [7, "-1", "1_0", " 5", "٣", "0x10", "5.0", "", "07", "12345678901", None, True])
def test_index_is_a_plain_decimal_text(index):
    with pytest.raises(InputError) as refusal:
        BitstringStatusListEntry.read(entry(statusListIndex=index))
    assert refusal.value.pointer in {"/statusListIndex", ""}


def test_older_kinds_are_read():
    older = samples.legacy_credential() | {
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "credentialSubject": {"type": "StatusList2021", "statusPurpose": "revocation", "encodedList": "H4sI"},
    }
    assert StatusList2021Credential.read(older).credential_subject.encoded_list == "H4sI"
    assert StatusList2021Entry.read(entry(type="StatusList2021Entry")).status_list_index == "7"
    revocations = {
        "id": "https://status.example.org/revocations",
        "issuer": "https://issuer.example.org/",
        "revokedCredential": [{"id": "urn:uuid:1", "revoked": True, "revocationReason": "typing error"}],
    }
    read = RevocationList1EdTech.read(revocations)
    assert read.revoked_credential[0].revocation_reason == "typing error"
    assert read.members() == revocations
