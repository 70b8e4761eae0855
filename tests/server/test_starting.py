"""How the site begins: its settings, its origin for life, its port, its commands."""

import socket
import stat
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from pydantic import ValidationError

from skillmark.server.config import starting
from skillmark.server.config.environment import Environment


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("SKILLMARK_ORIGIN", "DATABASE_URL", "SKILLMARK_ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SKILLMARK_HOME", str(tmp_path))
    return tmp_path


def test_everything_is_in_the_folder_unless_said_otherwise(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Environment().database == f"sqlite:///{home / 'skillmark.sqlite3'}"
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/skillmark")
    assert Environment().database == "postgresql://db/skillmark"


def test_origin_of_the_first_start_stays(home: Path) -> None:
    assert starting.settle_origin("http://localhost:8123") == "http://localhost:8123"
    assert starting.settle_origin("http://localhost:9999") == "http://localhost:8123"
    assert Environment().site_origin == "http://localhost:8123"


def test_origin_that_is_set_wins(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMARK_ORIGIN", "https://badges.example.org/")
    assert starting.settle_origin("http://localhost:8123") == "https://badges.example.org"
    assert "badges.example.org" in Environment().hosts


@pytest.mark.parametrize(
    "origin", ["badges.example.org", "https://", "https://example.org/badges", "ftp://x", "http://127.0.0.1:8000"]
)
def test_origin_that_cannot_name_issuers_is_refused(home: Path, monkeypatch: pytest.MonkeyPatch, origin: str) -> None:
    monkeypatch.setenv("SKILLMARK_ORIGIN", origin)
    with pytest.raises(ValidationError, match="expected"):
        Environment()


def test_hosts_are_separated_by_commas(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMARK_ALLOWED_HOSTS", "a.example, b.example")
    assert Environment().hosts[-2:] == ["a.example", "b.example"]


def test_cookie_key_is_made_once_for_its_owner(home: Path) -> None:
    first = Environment().secret_key()
    assert Environment().secret_key() == first
    assert len(first) > 50
    assert stat.S_IMODE((home / "cookie.key").stat().st_mode) == 0o600


@pytest.mark.loopback
def test_taken_port_is_passed_over() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        assert starting.free_port("127.0.0.1", port) > port


def test_address_for_people_names_this_machine() -> None:
    assert starting.reachable("0.0.0.0", 80) == "http://localhost:80"
    assert starting.reachable("badges.example", 80) == "http://badges.example:80"


def test_serve_joins_the_commands_without_loading_the_framework() -> None:
    names = {entry.name: entry.value for entry in entry_points(group="skillmark.commands")}
    assert names["serve"] == "skillmark.server.commands:serve"
    check = "import sys, skillmark.server.commands; sys.exit('django' in sys.modules or 'granian' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
