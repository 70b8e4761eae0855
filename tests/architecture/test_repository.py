"""What stands beside the code: locks without hosts, a short README, few verbs, nothing left to do."""

import itertools
import re
import subprocess
import sys
import tomllib

import pytest

from tests.architecture import tree

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-uv.lock")
PIN = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[a-z0-9,_-]+\])?==[A-Za-z0-9.+!_-]+( ; [A-Za-z0-9_.'<>=!() -]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
UNFINISHED = re.compile(r"\bTODO\b|\bFIXME\b|\bXXX\b|pragma: no cover|# type: ignore(?!\[[a-z, -]+\]  ?#)")
THIS_FILE = "tests/architecture/test_repository.py"


def read(name: str) -> str:
    return (tree.ROOT / name).read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, set[str]]:
    """Package name to pinned versions (one per kind of interpreter)."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9._-]+)==(\S+)", read(lock), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_holds_pins_and_hashes_and_nothing_else(lock: str) -> None:
    lines = read(lock).splitlines()
    assert [line for line in lines if not PIN.fullmatch(line) and not HASH.fullmatch(line)] == []
    assert all(HASH.fullmatch(after) for line, after in itertools.pairwise(lines) if PIN.fullmatch(line))


@pytest.mark.parametrize(
    "line",
    ["--index-url https://example.org/simple", "--find-links /some/folder", "a @ file:///b", "a==1 # via b", "a==1"],
)
def test_line_that_names_a_place_is_no_pin(line: str) -> None:
    assert not PIN.fullmatch(line)
    assert not HASH.fullmatch(line)


def test_locks_agree_on_every_version() -> None:
    everything = pins("requirements-dev.lock")
    for lock in ("requirements.lock", "requirements-uv.lock"):
        assert {name: versions for name, versions in pins(lock).items() if everything.get(name) != versions} == {}


def test_every_declared_dependency_is_locked() -> None:
    project = tomllib.loads(read("pyproject.toml"))
    extras = project["project"]["optional-dependencies"].values()
    declared = [*project["project"]["dependencies"], *itertools.chain(*extras), *project["dependency-groups"]["dev"]]
    names = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in declared}
    assert names - set(pins("requirements-dev.lock")) == set()


def test_readme_is_at_most_120_lines_and_names_only_verbs_that_exist() -> None:
    readme = read("README.md")
    assert 20 < readme.count("\n") <= 120
    assert set(re.findall(r"(?:`|^ {4})make ([a-z]+)", readme, re.MULTILINE)) <= verbs()
    assert {"run", "test"} <= set(re.findall(r"^ {4}make ([a-z]+)", readme, re.MULTILINE))


def test_makefile_has_fewer_than_ten_verbs() -> None:
    assert {"install", "run", "test", "check", "bench", "docs", "help"} <= verbs()
    assert len(verbs()) < 10


def verbs() -> set[str]:
    return set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))


def test_nothing_is_left_to_do_in_a_comment() -> None:
    modules = [module for module in tree.everything() if str(module) != THIS_FILE]
    assert [f"{module}:{number}" for module in modules for number in unfinished(module.text)] == []


def unfinished(text: str) -> list[int]:
    return [number for number, line in enumerate(text.splitlines(), 1) if UNFINISHED.search(line)]


def test_comment_that_leaves_something_to_do_is_seen() -> None:
    assert unfinished("a = 1\n# TODO: b\n") == [2]
    assert unfinished("a = 1  # type: ignore\n") == [1]
    assert unfinished("a = 1  # type: ignore[arg-type]  # the stub is behind the library\n") == []


@pytest.mark.parametrize(
    "command",
    [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], ["deptry", "src", "--no-ansi"]],
    ids=" ".join,
)
def test_checkers_find_nothing(command: list[str]) -> None:
    run = subprocess.run([sys.executable, "-m", *command], cwd=tree.ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
