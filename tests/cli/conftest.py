"""A command line in this process, and the files that commands are given."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from skillmark.cli.__main__ import main
from skillmark.credentials.dids import did_key
from skillmark.credentials.keys import Algorithm, PrivateKey, write_key_file
from tests.architecture import tree

PASSPHRASE = "correct-horse-battery-staple"
EXAMPLES = tree.ROOT / "examples"


@dataclass(frozen=True)
class Run:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Run]


@pytest.fixture
def skillmark(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command line here. Nobody sits at a terminal."""
    monkeypatch.setenv("SKILLMARK_PASSPHRASE", PASSPHRASE)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")

    def run(*words: object) -> Run:
        capfdbinary.readouterr()
        code = main([str(word) for word in words])
        captured = capfdbinary.readouterr()
        return Run(code, captured.out.decode(), captured.err.decode())

    return run


@pytest.fixture(scope="session")
def key_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one key file of each kind that signs quickly."""
    folder = tmp_path_factory.mktemp("keys")
    for algorithm in (Algorithm.ED25519, Algorithm.P256):
        key = PrivateKey.from_seed(bytes(range(32)), algorithm)
        write_key_file(folder / f"{algorithm.value}.key", key, passphrase=PASSPHRASE)
    return folder


@pytest.fixture
def folder(tmp_path: Path, key_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The working folder of a command, with an achievement, awards and a key in it."""
    for name in ("achievement.json", "awards.csv"):
        shutil.copy(EXAMPLES / name, tmp_path / name)
    shutil.copy(key_folder / "Ed25519.key", tmp_path / "issuer.key")
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    os.chdir(tree.ROOT)


@pytest.fixture
def did() -> str:
    """The did:key of the key in the folder."""
    return did_key(PrivateKey.from_seed(bytes(range(32))).public)


@pytest.fixture
def issue(skillmark: Command, folder: Path) -> Command:
    """Run `issue` on the files in the folder; options given here come on top."""

    def run(*words: object, out: str = "badges.jsonl") -> Run:
        common = ("--achievement", "achievement.json", "--awards", "awards.csv", "--key", "issuer.key", "--out", out)
        return skillmark("issue", *common, *words)

    return run
