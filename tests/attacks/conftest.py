"""What the attacks need: the corpus, a site in the conformance profile as a process, the list server, the canary."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.test import Client

from tests.attacks import lists
from tests.server import conftest as site

SEED = "attacks of the corpus"


@pytest.fixture(scope="session")
def corpus(shared: Path) -> Path:
    """The folder of the attack corpus."""
    return shared / "attack"


@pytest.fixture(scope="session")
def list_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lists.ListServer]:
    """The allowed host."""
    with lists.serving(tmp_path_factory.mktemp("tls")) as server:
        yield server


@pytest.fixture
def browser(settings: object, list_server: lists.ListServer) -> Client:
    """The site in this process, with the one allowed host."""
    settings.SKILLMARK_ALLOWED_HOST = (lists.HOST, list_server.place)
    return Client()


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site that runs by itself."""

    address: str
    process: int
    home: Path

    def peak(self) -> int:
        """The highest resident memory of the process tree so far, in bytes."""
        return sum(_status(pid, "VmHWM") for pid in self.tree()) * 1024

    def seconds(self) -> float:
        """Processor time used so far by the process tree."""
        ticks = 0
        for pid in self.tree():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def tree(self) -> list[int]:
        """The process and all below it."""
        found, waiting = [], [self.process]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                waiting += map(int, children.read_text().split())
        return found


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory, list_server: lists.ListServer) -> Iterator[Site]:
    """The site as `skillmark serve` runs it, in the conformance profile."""
    home, port = tmp_path_factory.mktemp("attacked"), site._free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SKILLMARK_", "DJANGO_"))}
    environment = {
        **kept,
        "SKILLMARK_HOME": str(home),
        "SKILLMARK_CONFORMANCE": "1",
        "SKILLMARK_CONFORMANCE_SEED": SEED,
        "SKILLMARK_CONFORMANCE_HOST": f"{lists.HOST}=127.0.0.1:{list_server.place[1]}",
    }
    command = [sys.executable, "-c", f"from skillmark.server.commands import run; run(port={port})"]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
        try:
            site._wait_for(port, process, home / "log")
            yield Site(address=f"http://localhost:{port}", process=process.pid, home=home)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=20)


@pytest.fixture
def canary(corpus: Path, tmp_path: Path) -> Iterator[Path]:
    """The log of a listener at the address that the corpus names. A line in it is a failure."""
    log = tmp_path / "canary.log"
    port = int(canary_port(corpus))
    _wait_for_its_turn(port)
    process = subprocess.Popen([sys.executable, str(corpus / "canary.py"), str(port), str(log)])
    try:
        _wait_until_it_sings(port, log)
        yield log
    finally:
        process.terminate()
        process.wait(timeout=20)


def canary_port(corpus: Path) -> str:
    """The port of the canary, as the corpus spells it."""
    text = (corpus / "vclib.py").read_text()
    return text.partition('CANARY = "http://127.0.0.1:')[2].partition('"')[0]


def _wait_for_its_turn(port: int) -> None:
    """The corpus names one port; the canary of another test process may sit there for a while."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                time.sleep(0.3)
            else:
                return
    pytest.fail(f"something listens on port {port}")


def _wait_until_it_sings(port: int, log: Path) -> None:
    """Touch the canary once, see the line that every touch leaves, and wipe it out."""
    until = time.monotonic() + 20
    while time.monotonic() < until and not (log.exists() and log.read_text()):
        with socket.socket() as touch:
            if touch.connect_ex(("127.0.0.1", port)) == 0:
                touch.sendall(b"x")
                touch.recv(1)
        time.sleep(0.05)
    assert log.read_text()
    time.sleep(0.2)
    log.write_text("")


def _status(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0
