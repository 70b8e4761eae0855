"""The commands and the library example of the README work as printed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture import tree

README = (tree.ROOT / "README.md").read_text(encoding="utf-8")
PROGRAMS = str(Path(sys.executable).parent)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder with the examples in it, as a clone has them."""
    (tmp_path / "examples").symlink_to(tree.ROOT / "examples")
    return tmp_path


def test_library_example_ends_in_valid(folder: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len([line for line in example.splitlines() if line]) <= 10
    run = subprocess.run([sys.executable, "-c", example], cwd=folder, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout.strip()) == (0, "valid"), run.stderr


def test_three_commands_make_a_key_issue_and_verify(folder: Path) -> None:
    commands = re.findall(r"^    (skillmark .*)$", README, re.MULTILINE)
    (passphrase,) = re.findall(r"^    export SKILLMARK_PASSPHRASE=(\S+)$", README, re.MULTILINE)
    environment = os.environ | {
        "SKILLMARK_PASSPHRASE": passphrase,
        "PATH": f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}",
    }
    assert len(commands) == 3
    for command in commands:
        run = subprocess.run(
            command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert run.returncode == 0, f"{command}\n{run.stdout}{run.stderr}"
    rows = (tree.ROOT / "examples" / "awards.csv").read_text(encoding="utf-8").strip().splitlines()[1:]
    assert len(list((folder / "badges").glob("*.json"))) == len(rows)
