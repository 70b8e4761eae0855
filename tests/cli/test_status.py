"""`skillmark status`: a private record of given positions, and the signed list that is published."""

import json
import os
from pathlib import Path

import pytest

from skillmark.credentials.dids import DidResolver
from skillmark.credentials.status import list_file, read_status_list, status_entry
from skillmark.credentials.verifying import Outcome, Verifier
from skillmark.fetching import OfflineFetcher
from tests.cli.conftest import Command

URL = "https://example.org/status/1"


@pytest.fixture
def record(skillmark: Command, folder: Path) -> Path:
    """A suspension list with some positions given."""
    run = skillmark(
        "status", "new", "--url", URL, "--purpose", "suspension", "--key", "issuer.key", "--out", "list.json"
    )
    assert run.code == 0
    with list_file.editing(folder / "list.json") as opened:
        opened.draw(4, os.urandom)
    return folder / "list.json"


def given(record: Path) -> list[int]:
    positions = list_file.read(record).positions
    return [index for index in range(positions.capacity) if index in positions]


def published(folder: Path, name: str = "list.credential.json") -> bytes:
    return (folder / name).read_bytes()


def test_new_list_is_signed_and_its_record_private(record: Path, folder: Path, did: str) -> None:
    report = Verifier(resolver=DidResolver(), fetcher=OfflineFetcher()).verify(published(folder))
    assert report.intact.outcome is Outcome.PASSED
    decoded = read_status_list(json.loads(published(folder)), url=URL)
    assert (decoded.issuer, decoded.purposes, set(decoded.bits)) == (did, {"suspension"}, {0})
    assert record.stat().st_mode & 0o777 == 0o600


def test_set_and_clear_change_the_published_bits(skillmark: Command, record: Path, folder: Path) -> None:
    first, second, *_ = given(record)
    run = skillmark("status", "set", record, "--key", "issuer.key", "--index", first, "--index", second)
    assert run.code == 0
    assert "Publish it as https://example.org/status/1" in run.err
    bits = read_status_list(json.loads(published(folder)), url=URL).bits
    assert int.from_bytes(bits, "big").bit_count() == 2
    assert bits[first // 8] & 0x80 >> first % 8
    assert skillmark("status", "set", record, "--key", "issuer.key", "--index", first, "--clear").code == 0
    bits = read_status_list(json.loads(published(folder)), url=URL).bits
    assert int.from_bytes(bits, "big").bit_count() == 1


def test_set_without_a_position_only_signs_anew(skillmark: Command, record: Path, folder: Path) -> None:
    run = skillmark("status", "set", record, "--key", "issuer.key", "--days", "3", "--publish", "new.json", "--json")
    assert run.code == 0
    assert run.json["credential"] == "new.json"
    credential = json.loads(published(folder, "new.json"))
    assert (
        credential["credentialSubject"]["encodedList"]
        == (json.loads(published(folder))["credentialSubject"]["encodedList"])
    )


def test_revocation_cannot_be_taken_back(skillmark: Command, folder: Path) -> None:
    assert skillmark("status", "new", "--url", URL, "--key", "issuer.key", "--out", "list.json").code == 0
    with list_file.editing(folder / "list.json") as opened:
        (index,) = opened.draw(1, os.urandom)
    assert skillmark("status", "set", "list.json", "--key", "issuer.key", "--index", index).code == 0
    run = skillmark("status", "set", "list.json", "--key", "issuer.key", "--index", index, "--clear")
    assert run.code == 2
    assert "cannot be taken back" in run.err
    assert skillmark("status", "show", "list.json", "--json").json["set"] == 1


def test_one_bad_position_leaves_the_list_as_it_was(skillmark: Command, record: Path, folder: Path) -> None:
    before = published(folder), record.read_bytes()
    never = next(index for index in range(100) if index not in given(record))
    run = skillmark("status", "set", record, "--key", "issuer.key", "--index", given(record)[0], "--index", never)
    assert run.code == 2
    assert f"position {never} was never given" in run.err
    assert (published(folder), record.read_bytes()) == before


def test_show_tells_the_list_or_single_positions(skillmark: Command, record: Path) -> None:
    index = given(record)[0]
    told = skillmark("status", "show", record, "--json").json
    assert (told["url"], told["purpose"], told["given"], told["set"]) == (URL, "suspension", 4, 0)
    assert told["free"] == told["length"] - 4
    assert "given:               4" in skillmark("status", "show", record).out
    assert skillmark("status", "show", record, "--index", index).out.split() == [f"{index}:", "0"]
    assert skillmark("status", "show", record, "--index", index, "--json").json["values"] == {str(index): 0}


def test_credential_leads_to_its_position(skillmark: Command, issue: Command, record: Path, folder: Path) -> None:
    assert issue("--status-list", record, out="badges").code == 0
    index = json.loads((folder / "badges" / "000002.json").read_bytes())["credentialStatus"]["statusListIndex"]
    run = skillmark("status", "set", record, "--key", "issuer.key", "--credential", "badges/000002.json")
    assert run.code == 0
    assert list_file.read(record).get(int(index)) == 1
    shown = skillmark("status", "show", record, "--credential", "badges/000002.json")
    assert shown.out.split() == [f"{index}:", "1"]


def test_entry_of_this_list_is_found_among_several(skillmark: Command, record: Path, folder: Path) -> None:
    index = given(record)[0]
    entries = [
        status_entry("https://example.org/other", 1, purpose="suspension"),
        status_entry(URL, 2, purpose="revocation"),
        status_entry(URL, index, purpose="suspension"),
    ]
    (folder / "several.json").write_text(json.dumps({"credentialStatus": entries}))
    assert skillmark("status", "show", record, "--credential", "several.json").out.split() == [f"{index}:", "0"]


def test_credential_of_another_list_is_refused(skillmark: Command, issue: Command, record: Path, folder: Path) -> None:
    assert issue(out="badges").code == 0
    run = skillmark("status", "show", record, "--credential", "badges/000002.json")
    assert run.code == 2
    assert "no suspension entry that points to" in run.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--url", "http://example.org/s"], "https address"),
        (["--url", "example"], "https address"),
        (["--length", "100"], "131072"),
        (["--out", "issuer.key"], "never overwritten"),
        (["--days", "0"], "--days"),
        (["--out", "absent/list.json"], "absent/list.json"),
    ],
)
def test_list_that_cannot_be_is_refused(skillmark: Command, folder: Path, options: list[str], told: str) -> None:
    common = ["--url", URL, "--key", "issuer.key", "--out", "list.json"]
    run = skillmark("status", "new", *common, *options)
    assert (run.code, run.out) == (2, "")
    assert told in run.err
    assert not (folder / "list.json").exists()


def test_key_of_somebody_else_cannot_sign_the_list(
    skillmark: Command, record: Path, folder: Path, key_folder: Path
) -> None:
    run = skillmark("status", "set", record, "--key", key_folder / "P-256.key", "--index", given(record)[0])
    assert run.code == 2
    assert set(read_status_list(json.loads(published(folder)), url=URL).bits) == {0}


def test_list_of_a_did_web_is_signed_by_its_key_only(skillmark: Command, folder: Path, key_folder: Path) -> None:
    made = skillmark(
        "status", "new", "--url", URL, "--key", "issuer.key", "--did", "did:web:example.org", "--out", "list.json"
    )
    assert made.code == 0
    assert json.loads(published(folder))["issuer"] == "did:web:example.org"
    assert skillmark("status", "set", "list.json", "--key", "issuer.key").code == 0
    run = skillmark("status", "set", "list.json", "--key", key_folder / "P-256.key")
    assert run.code == 2
    assert "is another key" in run.err


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[]"])
def test_what_is_no_record_is_refused(skillmark: Command, folder: Path, data: bytes) -> None:
    (folder / "list.json").write_bytes(data)
    for words in (["show", "list.json"], ["set", "list.json", "--key", "issuer.key"]):
        run = skillmark("status", *words)
        assert (run.code, run.out) == (2, "")
        assert "Traceback" not in run.err
