"""`skillmark issue` beside what is there already: outputs, journals, other runs, lists with positions given."""

import fcntl
import json
import os
from pathlib import Path
from typing import Any, NoReturn

import pytest

from skillmark.cli.batches import running, signing
from skillmark.cli.batches.awards import AwardsFile
from skillmark.cli.batches.journal import Journal
from skillmark.cli.batches.randomness import RowRandomness
from skillmark.cli.batches.sinks import LinesSink
from skillmark.cli.ending import CommandError
from skillmark.credentials.issuing import Award, BatchIssuer
from skillmark.credentials.status import list_file
from tests.cli.conftest import EXAMPLES, Command
from tests.cli.desk import awards, credentials, results


def test_existing_output_is_never_overwritten(issue: Command, folder: Path) -> None:
    assert issue().code == 0
    before = (folder / "badges.jsonl").read_bytes()
    run = issue()
    assert run.code == 2
    assert "badges.jsonl exists already" in run.err
    assert (folder / "badges.jsonl").read_bytes() == before
    (folder / "full").mkdir()
    (folder / "full" / "mine.txt").write_text("mine")
    assert issue(out="full").code == 2
    (folder / "empty").mkdir()
    assert issue(out="empty").code == 0


def test_results_of_another_run_are_never_overwritten(issue: Command, folder: Path) -> None:
    (folder / "badges.results.csv").write_text("mine")
    assert issue().code == 2
    assert (folder / "badges.results.csv").read_text() == "mine"


def test_finished_run_may_be_resumed_and_does_nothing(issue: Command, folder: Path) -> None:
    assert issue().code == 0
    before = (folder / "badges.jsonl").read_bytes()
    run = issue("--resume")
    assert run.code == 0
    assert "Nothing is left to do: 3 credentials" in run.err
    assert (folder / "badges.jsonl").read_bytes() == before


def test_resume_where_nothing_was_begun_begins(issue: Command, folder: Path) -> None:
    assert issue("--resume").code == 0
    assert len(credentials(folder)) == 3


def test_resume_onto_an_output_without_journal_is_refused(issue: Command, folder: Path) -> None:
    (folder / "badges.jsonl").write_text("mine")
    assert issue("--resume").code == 2
    assert (folder / "badges.jsonl").read_text() == "mine"


def test_output_that_was_moved_away_can_be_made_anew(issue: Command, folder: Path) -> None:
    assert issue().code == 0
    (folder / "badges.jsonl").rename(folder / "kept.jsonl")
    (folder / "badges.results.csv").unlink()
    assert issue().code == 0
    assert len(credentials(folder)) == 3


def test_damaged_journal_is_refused(issue: Command, folder: Path) -> None:
    for content in (b"{}\n", b'{"format":"x"}\n', b"\xff\n", b"[]\n"):
        (folder / "badges.journal").write_bytes(content)
        run = issue("--resume")
        assert run.code == 2
        assert "badges.journal is no journal" in run.err


def test_half_written_journal_was_never_relied_upon(issue: Command, folder: Path) -> None:
    (folder / "badges.journal").write_bytes(b'{"format":"skillmark-issue')
    assert issue().code == 0


def test_quiet_run_says_nothing(issue: Command, folder: Path) -> None:
    run = issue("--quiet")
    assert (run.code, run.out, run.err) == (0, "", "")


def test_status_positions_are_given_at_random_and_kept(issue: Command, skillmark: Command, folder: Path) -> None:
    url = "https://example.org/status"
    assert skillmark("status", "new", "--url", url, "--key", "issuer.key", "--out", "list.json").code == 0
    assert issue("--status-list", "list.json").code == 0
    record = list_file.read(folder / "list.json")
    assert record.positions.given == 3
    entries = [one["credentialStatus"] for one in credentials(folder)]
    for entry, row in zip(entries, results(folder), strict=True):
        assert entry["statusListCredential"] == row["status_list_1"] == url
        assert entry["statusListIndex"] == row["status_index_1"]
        assert int(entry["statusListIndex"]) in record.positions
    assert len({entry["statusListIndex"] for entry in entries}) == 3


def test_list_without_room_is_refused_before_anything_is_issued(
    issue: Command, skillmark: Command, folder: Path
) -> None:
    skillmark("status", "new", "--url", "https://example.org/s", "--key", "issuer.key", "--out", "list.json")
    with list_file.editing(folder / "list.json") as record:
        record.draw(record.positions.free - 2, os.urandom)
    run = issue("--status-list", "list.json")
    assert run.code == 2
    assert "3 positions are needed and list.json has 2 left" in run.err
    assert not (folder / "badges.jsonl").exists()
    assert not (folder / "badges.journal").exists()


def test_list_of_wide_entries_is_refused(issue: Command, folder: Path) -> None:
    messages = {value: f"message {value}" for value in range(4)}
    record = list_file.StatusListFile.new(
        "https://example.org/m", purpose="message", verification_method="did:key:z#z", size=2, messages=messages
    )
    list_file.create(folder / "wide.json", record)
    run = issue("--status-list", "wide.json")
    assert run.code == 2
    assert "takes lists of one bit" in run.err


def test_table_that_changes_while_it_is_read_is_refused(folder: Path) -> None:
    source = AwardsFile(folder / "awards.csv")
    list(source())
    with (folder / "awards.csv").open("a") as file:
        file.write("late@example.org,Late,2026-07-01,50\n")
    with pytest.raises(CommandError, match="changed while it was read"):
        list(source())


def test_table_that_went_away_is_named(folder: Path) -> None:
    source = AwardsFile(folder / "awards.csv")
    (folder / "awards.csv").unlink()
    with pytest.raises(CommandError, match=r"awards\.csv cannot be opened"):
        list(source())


def test_journal_that_is_not_begun_knows_nothing(folder: Path) -> None:
    with Journal(folder / "new.journal") as journal, pytest.raises(CommandError, match="is not begun"):
        journal.finish(1)
    assert not (folder / "new.journal").exists()


def test_same_row_of_the_same_batch_gets_the_same_random_values() -> None:
    one, other = RowRandomness(b"a" * 32), RowRandomness(b"b" * 32)

    def values(source: RowRandomness, row: int) -> list[bytes]:
        source.begin(row)
        return [source(16), source(16), source(8), source(200)]

    assert values(one, 7) == values(one, 7)
    drawn = [piece for piece in [*values(one, 7), *values(one, 8), *values(other, 7)] if len(piece) == 16]
    assert len(set(drawn)) == 6
    assert len(values(one, 7)[3]) == 200


def test_interrupted_run_goes_on_to_the_same_end(
    issue: Command, skillmark: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    awards(folder, *(f"learner{row}@example.org,Learner {row},2026-06-30,{row}" for row in range(9)))
    skillmark("status", "new", "--url", "https://example.org/s", "--key", "issuer.key", "--out", "list.json")
    monkeypatch.setattr(signing, "BLOCK", 2)
    monkeypatch.setattr(running, "_STEP", 2)
    with monkeypatch.context() as patched:
        left = iter(range(9))  # two of them go to the trial of the rows' structure

        def interrupted(issuer: BatchIssuer, award: Award, **options: Any) -> Any:
            if next(left) == 8:
                raise KeyboardInterrupt
            return sign(issuer, award, **options)

        sign = BatchIssuer.issue
        patched.setattr(BatchIssuer, "issue", interrupted)
        stopped = issue("--status-list", "list.json")
        assert (stopped.code, stopped.out) == (130, "")
        assert "Stopped. Nothing is lost: the same command with --resume goes on" in stopped.err
    before = (folder / "badges.jsonl").read_bytes().splitlines()
    assert len(before) == 6
    refused = issue("--status-list", "list.json")
    assert refused.code == 2
    assert "--resume goes on with it" in refused.err
    changed = issue("--status-list", "list.json", "--identifier", "none", "--resume")
    assert changed.code == 2
    assert "--identifier changed" in changed.err
    assert issue("--status-list", "list.json", "--resume").code == 0
    after = (folder / "badges.jsonl").read_bytes().splitlines()
    assert after[:6] == before
    assert [row["credential_id"] for row in results(folder)] == [json.loads(line)["id"] for line in after]
    assert len({json.loads(line)["id"] for line in after}) == 9
    assert list_file.read(folder / "list.json").positions.given == 9


def test_full_disk_is_told_with_the_way_to_go_on(issue: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(sink: LinesSink) -> NoReturn:
        raise OSError(28, f"No space left on device{'' if sink else '?'}")

    with monkeypatch.context() as patched:
        patched.setattr(LinesSink, "commit", full)
        run = issue("--json")
    assert run.code == 2
    assert "badges.jsonl: No space left on device. Nothing is lost" in run.err
    assert run.json["error"]["rule"] == "file"
    assert issue("--resume").code == 0
    assert len(credentials(folder)) == 3


def test_output_held_by_another_run_is_left_alone(issue: Command, folder: Path) -> None:
    with (folder / "badges.journal").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        run = issue()
    assert run.code == 2
    assert "another run is writing this output" in run.err


def test_journal_that_cannot_be_written_is_named(issue: Command, folder: Path) -> None:
    (folder / "badges.journal").mkdir()
    run = issue()
    assert run.code == 2
    assert "badges.journal cannot be written" in run.err


def test_blocks_of_any_number_join_without_a_seam(
    issue: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing, "BLOCK", 2)
    assert issue().code == 0
    assert [row["file"] for row in results(folder)] == [f"badges.jsonl:{number}" for number in (1, 2, 3)]
    assert (EXAMPLES / "awards.csv").read_bytes() == (folder / "awards.csv").read_bytes()
