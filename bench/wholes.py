"""Whole processes, their memory, and the status list: processor time and memory as the kernel counts them."""

import csv
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import document, published, targets
from bench.cases import World, raw_sign
from bench.measuring import Spread
from skillmark.credentials.encoding.strict_json import dumps
from skillmark.credentials.issuing import secure
from skillmark.credentials.keys import write_key_file
from skillmark.credentials.status import StatusList

COLUMNS = ("email", "subject_id", "awarded_date", "evidence_url", "evidence_narrative", "result", "credential_id")
PASSPHRASE = "bench"
SKILLMARK = (sys.executable, "-m", "skillmark.cli")
MANY = 16_777_216
RAW_SLICE = 0.5
POLL = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """One figure with its spread, what it is, and what else to know of it."""

    name: str
    value: Spread
    unit: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a process used: seconds of the processor and on the wall, and the most memory it held."""

    processor: float
    wall: float
    megabytes: float


def run(command: Sequence[str], folder: Path, *, poll: float = 0) -> Ran:
    """Run a command to its end; where it is polled, its peak resident memory is the kernel's high-water mark."""
    environment = {**os.environ, "SKILLMARK_PASSPHRASE": PASSPHRASE}
    peak = 0
    start = time.perf_counter()
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=output)
        while (ended := os.wait4(process.pid, os.WNOHANG if poll else 0))[0] == 0:
            peak = max(peak, _high_water(process.pid))
            time.sleep(poll)
    wall = time.perf_counter() - start
    _, status, usage = ended
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        tail = (folder / "output").read_text(errors="replace")[-500:]
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}: {tail}")
    return Ran(processor=usage.ru_utime + usage.ru_stime, wall=wall, megabytes=peak / 1024)


def _high_water(process: int) -> int:
    """Kilobytes; 0 once the process is gone."""
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


@contextmanager
def workshop(world: World) -> Iterator[Path]:
    """A folder with an achievement, an issuer, a key and one signed badge, as an issuer has them."""
    with TemporaryDirectory(prefix="skillmark-bench-") as name:
        folder = Path(name)
        definition = document.definition(world.signer.controller)
        profile = {key: value for key, value in definition.issuer.items() if key != "id"}
        (folder / "achievement.json").write_bytes(dumps(dict(definition.achievement)))
        (folder / "issuer.json").write_bytes(dumps(profile))
        write_key_file(folder / "key.json", world.signer.private_key, passphrase=PASSPHRASE.encode())
        plain = {name: value for name, value in world.unsigned[0].items() if name != "credentialStatus"}
        (folder / "badge.json").write_bytes(secure(plain, world.signer, created=published.CREATED))
        yield folder


def write_rows(path: Path, count: int) -> None:
    """A CSV of awards."""
    with path.open("w", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(COLUMNS)
        for number in range(count):
            row = document.award_row(number)
            writer.writerow([row["results"][""] if name == "result" else row[name] for name in COLUMNS])


def issue_command(rows: str, out: str) -> list[str]:
    """The command line that issues the rows."""
    options = {
        "achievement": "achievement.json",
        "awards": rows,
        "key": "key.json",
        "issuer": "issuer.json",
        "out": out,
    }
    return [*SKILLMARK, "issue", *(part for name, value in options.items() for part in (f"--{name}", value))]


def issuing(world: World, *, rows: int, times: int) -> tuple[Whole, Whole]:
    """Rows a second of the whole process as a share of raw signing measured around it, and its memory."""
    raw = raw_sign(world)
    shares, memories, walls = [], [], []
    with workshop(world) as folder:
        write_rows(folder / "rows.csv", rows)
        for turn in range(times):
            before = raw.rate(RAW_SLICE)
            ran = run(issue_command("rows.csv", f"out{turn}.jsonl"), folder, poll=POLL)
            shares.append(rows / ran.processor / ((before + raw.rate(RAW_SLICE)) / 2))
            memories.append(ran.megabytes)
            walls.append(ran.wall)
            _require_lines(folder / f"out{turn}.jsonl", rows)
            (folder / f"out{turn}.jsonl").unlink()
    note = f"{statistics.median(walls):.3g} s on the wall; rows without a status list"
    return (
        Whole(name=f"{targets.ISSUE_ROWS}, {rows:,} rows", value=_spread(shares), unit="of raw sign", note=note),
        Whole(name=f"{targets.MEMORY}, {rows:,} rows", value=_spread(memories), unit="MB"),
    )


def _require_lines(path: Path, count: int) -> None:
    with path.open("rb") as lines:
        found = sum(1 for _ in lines)
    if found != count:
        raise RuntimeError(f"{path.name} holds {found} credentials, not {count}")


def starting(world: World, *, times: int) -> Whole:
    """`skillmark verify` of one badge against the bare interpreter, in alternation."""
    bare, whole = [], []
    with workshop(world) as folder:
        command = [*SKILLMARK, "verify", "badge.json", "--offline"]
        run(command, folder)
        for _ in range(times):
            bare.append(run((sys.executable, "-c", "pass"), folder))
            whole.append(run(command, folder))
    ratios = Spread.of([one.wall / other.wall for one, other in zip(whole, bare, strict=True)])
    walls = [statistics.median(each.wall for each in group) for group in (whole, bare)]
    busy = statistics.median(one.processor / other.processor for one, other in zip(whole, bare, strict=True))
    note = f"{walls[0]:.3f} s on the wall, the interpreter alone {walls[1]:.3f} s; {busy:.3g} x its processor time"
    return Whole(name=targets.START, value=ratios, unit=targets.BOUNDS[targets.START].unit, note=note)


def status_change(*, times: int) -> Whole:
    """One changed bit of a large list that was encoded before, and the new `encodedList`."""
    rng = random.Random(16)
    listing = StatusList(MANY)
    for index in rng.sample(range(MANY), k=MANY // 100):
        listing.set(index)
    listing.encode()
    spans = []
    for index in rng.sample(range(MANY), k=times):
        start = time.process_time()
        listing.set(index, 1 - listing.get(index))
        encoded = listing.encode()
        spans.append((time.process_time() - start) * 1000)
    return Whole(name=targets.STATUS_CHANGE, value=Spread.of(spans), unit="ms", note=f"{len(encoded):,} characters")


def _spread(values: Sequence[float]) -> Spread:
    return Spread.of(values) if len(values) > 1 else Spread(low=values[0], median=values[0], high=values[0])
