"""A killed `skillmark issue` goes on with `--resume`: every row once, no row lost, no position given twice."""

import csv
import fcntl
import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from skillmark.cli.batches import signing
from skillmark.credentials.dids import DidResolver
from skillmark.credentials.keys import PrivateKey, write_key_file
from skillmark.credentials.status import list_file
from skillmark.credentials.verifying import Outcome, Verifier
from skillmark.fetching import OfflineFetcher
from tests.architecture import tree
from tests.faults.killed import POINTS

ROWS = 2 * signing.BLOCK + 120
PASSPHRASE = "correct-horse-battery-staple"
DRIVER = Path(__file__).with_name("killed.py")
ENVIRONMENT = os.environ | {"SKILLMARK_PASSPHRASE": PASSPHRASE, "PYTHONPATH": str(tree.ROOT)}
IN_FOLDERS = ("before a row is signed", "after a file was written", "after the results were flushed")
CASES = [
    *((point, "badges.jsonl") for point in POINTS if point != "after a file was written"),
    *((point, "badges") for point in IN_FOLDERS),
]
# Positions that were given and are not known to be given to this batch stay unused.
WASTEFUL = ("after the record of the list was replaced", "before the journal has the positions")


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Awards for more than two blocks, an achievement, a key and a status list."""
    folder = tmp_path_factory.mktemp("given")
    key = PrivateKey.from_seed(bytes(range(32)))
    write_key_file(folder / "issuer.key", key, passphrase=PASSPHRASE)
    with (folder / "awards.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["email", "name", "awarded_date", "result"])
        writer.writerows(
            [f"learner{row}@example.org", f"Learner {row}", "2026-06-30", row % 101] for row in range(ROWS)
        )
    (folder / "achievement.json").write_bytes((tree.ROOT / "examples" / "achievement.json").read_bytes())
    return folder


@pytest.fixture
def batch(tmp_path: Path, given: Path) -> list[str]:
    """The options of one batch with a status list of its own."""
    record = list_file.StatusListFile.new(
        "https://example.org/status", purpose="revocation", verification_method="did:example:1#key"
    )
    list_file.create(tmp_path / "list.json", record)
    named = {"--achievement": "achievement.json", "--awards": "awards.csv", "--key": "issuer.key"}
    options = [word for option, name in named.items() for word in (option, str(given / name))]
    return ["issue", *options, "--status-list", str(tmp_path / "list.json"), "--quiet"]


def run(words: list[str]) -> int:
    command = [sys.executable, "-m", "skillmark.cli", *words]
    return subprocess.run(command, env=ENVIRONMENT, check=False, timeout=120).returncode


def killed_at(point: str, times: int, words: list[str]) -> bool:
    command = [sys.executable, str(DRIVER), point, str(times), *words]
    return subprocess.run(command, env=ENVIRONMENT, check=False, timeout=120).returncode == -signal.SIGKILL


def results(folder: Path) -> list[dict[str, str]]:
    with (folder / "badges.results.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def issued(folder: Path) -> list[bytes]:
    """The credentials as the table of results finds them."""
    if (folder / "badges.jsonl").exists():
        return (folder / "badges.jsonl").read_bytes().splitlines()
    assert len(list((folder / "badges").iterdir())) == ROWS
    return [(folder / row["file"]).read_bytes() for row in results(folder)]


def check_everything(folder: Path) -> None:
    """Each row once: ids, positions and files are all distinct, and every credential is intact."""
    rows, data = results(folder), issued(folder)
    credentials = [json.loads(one) for one in data]
    record = list_file.read(folder / "list.json")
    positions = [int(one["credentialStatus"]["statusListIndex"]) for one in credentials]
    assert [row["line"] for row in rows] == [str(line) for line in range(2, ROWS + 2)]
    assert [row["credential_id"] for row in rows] == [one["id"] for one in credentials]
    assert [row["status_index_1"] for row in rows] == [str(position) for position in positions]
    assert len({one["id"] for one in credentials}) == ROWS
    assert len(set(positions)) == ROWS
    assert all(position in record.positions for position in positions)
    names = [one["credentialSubject"]["identifier"][1]["identityHash"] for one in credentials]
    assert names == [f"Learner {row}" for row in range(ROWS)]
    verifier = Verifier(resolver=DidResolver(), fetcher=OfflineFetcher())
    assert all(verifier.verify(one).intact.outcome is Outcome.PASSED for one in data)


@pytest.mark.parametrize(("point", "out"), CASES)
def test_run_killed_at_a_point_goes_on(point: str, out: str, batch: list[str], tmp_path: Path) -> None:
    batch += ["--out", str(tmp_path / out)]
    # The first credentials are signed with a throw-away key while the rows are checked.
    times = {"before a row is signed": ROWS // 2, "after half a line was written": 3}.get(point, 1)
    assert killed_at(point, times, batch)
    again = {"after a block was flushed": 2, "after the results were flushed": 2}.get(point, 1)
    killed_at(point, again, [*batch, "--resume"])
    assert run([*batch, "--resume"]) == 0
    check_everything(tmp_path)
    wasted = list_file.read(tmp_path / "list.json").positions.given - ROWS
    assert wasted == (2 * ROWS if point in WASTEFUL else 0)


def test_run_killed_at_random_moments_again_and_again_goes_on(batch: list[str], tmp_path: Path) -> None:
    batch += ["--out", str(tmp_path / "badges.jsonl"), "--resume"]
    moments = random.Random(2)  # reproducible, as far as a machine's speed is
    kills = 0
    for _ in range(12):
        process = subprocess.Popen([sys.executable, "-m", "skillmark.cli", *batch], env=ENVIRONMENT)
        try:
            process.wait(timeout=moments.uniform(0.3, 1.6))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            kills += 1
    assert kills > 0
    assert run(batch) == 0
    check_everything(tmp_path)


def test_row_that_is_signed_again_is_signed_to_the_same_bytes(batch: list[str], tmp_path: Path) -> None:
    batch += ["--out", str(tmp_path / "badges.jsonl")]
    assert killed_at("after half a line was written", 3, batch)
    *whole, _half = (tmp_path / "badges.jsonl").read_bytes().split(b"\n")
    assert run([*batch, "--resume"]) == 0
    assert (tmp_path / "badges.jsonl").read_bytes().splitlines()[: len(whole)] == whole


def test_unfinished_run_is_not_begun_anew(batch: list[str], tmp_path: Path) -> None:
    batch += ["--out", str(tmp_path / "badges.jsonl")]
    assert killed_at("after the results were flushed", 1, batch)
    before = (tmp_path / "badges.jsonl").read_bytes()
    assert run(batch) == 2
    assert (tmp_path / "badges.jsonl").read_bytes() == before


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (["--identifier", "none"], "--identifier"),
        (["--did", "did:web:example.org"], "--did"),
        (["--skip-bad-rows"], "--skip-bad-rows"),
        (["--awards", "other.csv"], "the awards file"),
    ],
)
def test_resume_with_other_input_is_refused(
    batch: list[str], tmp_path: Path, given: Path, change: list[str], named: str
) -> None:
    (tmp_path / "other.csv").write_text((given / "awards.csv").read_text() + "late@example.org,Late,,\n")
    batch += ["--out", str(tmp_path / "badges.jsonl")]
    assert killed_at("after the results were flushed", 1, batch)
    command = [sys.executable, "-m", "skillmark.cli", *batch, "--resume", *change]
    other = subprocess.run(
        command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=120
    )
    assert other.returncode == 2
    assert f"{named} changed" in other.stderr
    assert run([*batch, "--resume"]) == 0
    check_everything(tmp_path)


def test_two_runs_never_write_the_same_output(batch: list[str], tmp_path: Path) -> None:
    batch += ["--out", str(tmp_path / "badges.jsonl"), "--resume"]
    with (tmp_path / "badges.journal").open("ab") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert run(batch) == 2
        assert not (tmp_path / "badges.jsonl").exists()
    assert run(batch) == 0
    check_everything(tmp_path)
