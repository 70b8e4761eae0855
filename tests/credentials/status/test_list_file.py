"""The record of a status list: kept whole, changed by one process at a time, never drawn from twice."""

import json
import multiprocessing
import os
import random
import stat
from datetime import UTC, datetime, timedelta

import pytest

from skillmark.credentials.status import Problem, list_file, read_entry, read_status_list
from skillmark.credentials.status.list_file import StatusListFile
from skillmark.errors import InputError, StatusError

URL = "https://x.test/lists/1"
KEY = "did:key:z6Mk#z6Mk"
START = datetime(2026, 3, 1, tzinfo=UTC)
MESSAGES = {0: "open", 1: "paid", 2: "late", 3: "closed"}


def new(**more):
    return StatusListFile.new(URL, **({"purpose": "revocation", "verification_method": KEY} | more))


@pytest.fixture
def path(tmp_path):
    list_file.create(tmp_path / "L.json", new())
    return tmp_path / "L.json"


def test_record_says_in_plain_json_what_it_is(path):
    record = json.loads(path.read_bytes())
    given, values = record.pop("given"), record.pop("values")
    assert given == values
    assert record == {
        "format": "skillmark-status-list",
        "version": 1,
        "url": URL,
        "purpose": "revocation",
        "verificationMethod": KEY,
        "size": 1,
        "givenCount": 0,
    }


def test_drawn_positions_and_set_values_are_kept(path):
    with list_file.editing(path) as record:
        drawn = record.draw(300, random.Random(1).randbytes)
        record.set(drawn[7])
    kept = list_file.read(path)
    assert (kept.url, kept.purpose, kept.verification_method, kept.messages) == (URL, "revocation", KEY, None)
    assert {index for index in range(131_072) if index in kept.positions} == set(drawn)
    assert [kept.get(index) for index in drawn] == [0] * 7 + [1] + [0] * 292


def test_block_that_fails_changes_nothing(path):
    before = path.read_bytes()
    with pytest.raises(StatusError), list_file.editing(path) as record:
        record.set(record.draw(5, os.urandom)[0], 2)
    assert path.read_bytes() == before


def test_record_and_lock_are_private(path):
    with list_file.editing(path) as record:
        record.draw(1, os.urandom)
    assert {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {
        "L.json": 0o600,
        "L.json.lock": 0o600,
    }


def test_existing_file_is_not_overwritten(path):
    with pytest.raises(StatusError, match="exists already"):
        list_file.create(path, new())


def test_missing_file_is_named(tmp_path):
    with pytest.raises(StatusError, match=r"nothing\.json does not exist"):
        list_file.read(tmp_path / "nothing.json")


def draw_often(path, results):
    for _ in range(10):
        with list_file.editing(path) as record:
            drawn = list(record.draw(20, os.urandom))
        results.put(drawn)


def test_processes_at_the_same_time_never_share_a_position(path):
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    workers = [context.Process(target=draw_often, args=(path, results)) for _ in range(3)]
    for worker in workers:
        worker.start()
    drawn = [index for _ in range(30) for index in results.get(timeout=60)]
    for worker in workers:
        worker.join()
    assert len(set(drawn)) == 600
    assert list_file.read(path).positions.given == 600


@pytest.mark.parametrize("purpose", ["revocation", "refresh"])
def test_what_the_standard_calls_irreversible_is_not_taken_back(purpose):
    record = new(purpose=purpose)
    [index] = record.draw(1, os.urandom)
    record.set(index)
    record.set(index)
    with pytest.raises(StatusError) as caught:
        record.set(index, 0)
    assert caught.value.rule == "status-irreversible"
    assert record.get(index) == 1


def test_suspension_can_be_lifted():
    record = new(purpose="suspension")
    [index] = record.draw(1, os.urandom)
    record.set(index)
    record.set(index, 0)
    assert record.get(index) == 0


def test_position_nobody_has_cannot_be_set_read_or_written_into_a_credential():
    record = new()
    for use in (record.set, record.get, record.entry):
        with pytest.raises(StatusError) as caught:
            use(5)
        assert caught.value.rule == "status-not-given"


def test_messages_are_kept_and_stand_in_the_entry():
    record = StatusListFile.parse(new(purpose="message", size=2, messages=MESSAGES).dump())
    [index] = record.draw(1, os.urandom)
    record.set(index, 2)
    entry = read_entry(record.entry(index))
    published = record.credential("did:x:y", valid_from=START, valid_until=START + timedelta(days=7))
    assert read_status_list(published, url=URL).status(entry).message == "late"


def test_published_list_revokes_whom_the_record_revokes():
    record = new()
    revoked, other = record.draw(2, os.urandom)
    record.set(revoked)
    published = record.credential(
        {"id": "did:x:y", "type": "Profile"},
        valid_from=START,
        valid_until=START + timedelta(days=7),
        ttl=timedelta(minutes=1),
    )
    decoded = read_status_list(published, url=URL)
    assert decoded.status(read_entry(record.entry(revoked))).is_set
    assert not decoded.status(read_entry(record.entry(other))).is_set


@pytest.mark.parametrize("more", [{"length": 8}, {"size": 2}, {"size": 2, "messages": {0: "a"}}, {"purpose": ""}])
def test_list_no_verifier_would_read_is_not_begun(more):
    with pytest.raises(StatusError):
        new(**more)


def test_address_that_is_no_url_is_refused():
    with pytest.raises(StatusError) as caught:
        StatusListFile.new("lists/1", purpose="revocation", verification_method=KEY)
    assert caught.value.problem == Problem.MALFORMED_VALUE


@pytest.mark.parametrize(
    "change",
    [
        {"format": "something else"},
        {"version": 2},
        {"url": None},
        {"purpose": 7},
        {"given": 7},
        {"size": True},
        {"givenCount": "0"},
        {"givenCount": 1},
        {"messages": {"0": "a"}},
    ],
    ids=ascii,
)
def test_record_that_was_damaged_is_not_used(change):
    record = json.loads(new().dump()) | change
    with pytest.raises(InputError) as caught:
        StatusListFile.parse(json.dumps(record).encode())
    assert caught.value.rule == "status-file"


def test_record_whose_bit_strings_differ_in_length_is_not_used():
    longer = json.loads(new(length=262_144).dump())["values"]
    with pytest.raises(InputError, match="contradict"):
        StatusListFile.parse(json.dumps(json.loads(new().dump()) | {"values": longer}).encode())


def test_record_cut_short_is_not_used(path):
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(InputError), list_file.editing(path):
        pass
