"""The root of the commands: help, exit codes, and that no error ends in a traceback."""

import gc
import os
import re
import subprocess
import sys
import time
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import NoReturn

import pytest
import typer
from typer.main import get_command

from skillmark.cli import additions, talk
from skillmark.cli import quick as quickly
from skillmark.cli.__main__ import main
from skillmark.cli.application import COMMANDS, Catalogue, run
from skillmark.cli.commands import extract as command
from skillmark.cli.commands import verify
from tests.cli.conftest import Command

LEAVES = [
    [name, *inner]
    for name in COMMANDS
    if name != "jose"  # talks to a test suite, in files of its own
    for inner in {
        "keys": [["new"], ["show"], ["did-web"]],
        "status": [["new"], ["set"], ["show"]],
    }.get(name, [[]])
]


def crash(image: bytes) -> NoReturn:
    raise ZeroDivisionError(f"{len(image)} bytes of a secret")


@pytest.fixture
def crashing(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A command with a fault of our own in it."""
    monkeypatch.setattr(command.baking, "extract", crash)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Entry points of other distributions: what each is, or the error that it raises."""
    found: dict[str, object] = {}

    class Installed(EntryPoint):
        def load(self) -> object:
            target = found[self.name]
            if isinstance(target, Exception):
                raise target
            return target

    def entry_points(group: str) -> list[EntryPoint]:
        return [Installed(name=name, value="somewhere:something", group=group) for name in found]

    monkeypatch.setattr(additions, "entry_points", entry_points)
    return found


def greetings(application: typer.Typer) -> None:
    @application.command()
    def greet() -> int:
        """Say hello."""
        talk.print_text("hello")
        return 3

    @application.command()
    def part() -> None:
        """Say goodbye."""


def test_help_lists_every_command(skillmark: Command) -> None:
    run = skillmark("--help")
    assert run.code == 0
    assert re.findall(r"^  ([a-z]+)  ", run.out, re.MULTILINE)[: len(COMMANDS)] == list(COMMANDS)
    assert "Exit codes: 0 valid or done, 1 invalid" in run.out


@pytest.mark.parametrize("words", LEAVES, ids=" ".join)
def test_every_command_shows_examples_and_takes_json(skillmark: Command, words: list[str]) -> None:
    run = skillmark(*words, "--help")
    assert run.code == 0
    assert f"  skillmark {' '.join(words)}" in run.out.partition("Examples:")[2]
    assert "--json" in run.out


def test_version_is_printed(skillmark: Command) -> None:
    assert re.fullmatch(r"skillmark \d+\.\d+.*\n", skillmark("--version").out)


@pytest.mark.parametrize("words", [[], ["keys"], ["nonsense"], ["verify"], ["keys", "new", "--algorithm", "dsa"]])
def test_wrong_use_ends_in_2_and_leaves_standard_output_alone(skillmark: Command, words: list[str]) -> None:
    run = skillmark(*words)
    assert (run.code, run.out) == (2, "")
    assert "Usage: skillmark" in run.err


def test_misspelt_command_is_suggested(skillmark: Command) -> None:
    assert "Did you mean 'verify'?" in skillmark("verfy").err


def test_wrong_use_is_told_to_machines_as_json(skillmark: Command) -> None:
    assert skillmark("nonsense", "--json").json["error"]["rule"] == "usage"


def test_error_is_told_to_machines_as_json(skillmark: Command, folder: Path) -> None:
    error = skillmark("extract", "absent.svg", "--json").json["error"]
    assert error == {"rule": "usage", "message": "the image absent.svg cannot be opened: No such file or directory"}


@pytest.mark.usefixtures("crashing")
def test_fault_of_ours_is_told_with_a_reference_and_no_traceback(skillmark: Command) -> None:
    run = skillmark("extract", "awards.csv", "--json")
    assert run.code == 2
    assert "this should not have happened (ZeroDivisionError, reference " in run.err
    assert "SKILLMARK_DEBUG=1" in run.err
    assert "Traceback" not in run.err
    assert "secret" not in run.err
    (reference,) = re.findall(r"reference ([0-9a-f]{10})", run.err)
    assert reference in run.json["error"]["message"]
    assert reference in skillmark("extract", "achievement.json").err


@pytest.mark.usefixtures("crashing")
def test_traceback_is_shown_to_those_who_ask(skillmark: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMARK_DEBUG", "1")
    assert "Traceback (most recent call last)" in skillmark("extract", "awards.csv").err


def test_full_disk_is_named_by_file_and_reason(
    skillmark: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(image: bytes) -> NoReturn:
        raise OSError(28, "No space left on device", f"out-{len(image[:0])}.svg")

    monkeypatch.setattr(command.baking, "extract", full)
    assert "Error: out-0.svg: No space left on device" in skillmark("extract", "awards.csv").err


def test_interrupt_ends_in_130(skillmark: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(image: bytes) -> NoReturn:
        raise KeyboardInterrupt(image[:0])

    monkeypatch.setattr(command.baking, "extract", interrupted)
    assert skillmark("extract", "awards.csv").code == 130


def test_commands_of_others_join_by_entry_point(skillmark: Command, installed: dict[str, object]) -> None:
    installed["greet"] = greetings
    run = skillmark("greet")
    assert (run.code, run.out) == (3, "hello\n")
    assert skillmark("part").code == 0
    assert "  greet    Say hello." in skillmark("--help").out


def test_refusal_of_a_foreign_command_is_told(skillmark: Command, installed: dict[str, object]) -> None:
    def refusing(application: typer.Typer) -> None:
        @application.command()
        def refuse() -> None:
            raise typer.TyperException("not today")

    installed["refuse"] = refusing
    run = skillmark("refuse")
    assert (run.code, run.err) == (2, "Error: not today\n")
    assert "refuse" in Catalogue()
    assert "verify" in Catalogue()
    assert "nonsense" not in Catalogue()


def test_broken_command_of_others_breaks_no_other(skillmark: Command, installed: dict[str, object]) -> None:
    installed["serve"] = ImportError("No module named 'django'")
    installed["greet"] = greetings
    run = skillmark("serve")
    assert run.code == 2
    assert "the command serve cannot be loaded" in run.err
    assert "pip install 'skillmark[server]'" in run.err
    assert "  greet  " in skillmark("--help").out
    installed["serve"] = ValueError("a fault")
    assert "pip install" not in skillmark("serve").err
    assert skillmark("greet").code == 3


def test_our_commands_cannot_be_replaced_by_others(skillmark: Command, installed: dict[str, object]) -> None:
    def replacing(application: typer.Typer) -> None:
        application.command("verify")(lambda: talk.print_text("everything is valid"))
        application.command("other")(lambda: None)

    installed["verify"] = replacing
    assert skillmark("verify").out == ""
    assert len(re.findall(r"^  verify +\S", skillmark("--help").out, re.MULTILINE)) == 1


def test_colours_are_shown_on_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert talk.coloured("yes", "green") == "\x1b[32myes\x1b[0m"
    monkeypatch.setenv("TERM", "dumb")
    assert talk.coloured("yes", "green") == "yes"
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    assert talk.coloured("yes", "green") == "yes"


def test_option_switches_colours_off(skillmark: Command, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.delenv("NO_COLOR")
    assert skillmark("--no-color", "--no-input", "keys", "show", "issuer.key", "--did").code == 0
    assert (os.environ.pop("NO_COLOR"), os.environ.pop("SKILLMARK_NO_INPUT")) == ("1", "1")


def test_long_texts_are_cut() -> None:
    assert talk.printable("x" * 30, limit=10) == "x" * 9 + "…"


def test_verify_loads_only_what_it_needs(folder: Path, issue: Command) -> None:
    assert issue(out="badges").code == 0
    heavy = ("rich", "pydantic", "httpx2", "django", "importlib.metadata", "skillmark.credentials.lints")
    program = (
        "import sys; from skillmark.cli.__main__ import main; code = main(sys.argv[1:]);"
        f"print([name for name in {heavy} if name in sys.modules], code)"
    )
    words = [sys.executable, "-c", program, "verify", "badges/000002.json", "--quiet"]
    run = subprocess.run(words, capture_output=True, text=True, check=False)
    assert run.stdout == "[] 0\n"


def test_plain_calls_of_verify_need_no_typer(folder: Path, issue: Command) -> None:
    assert issue(out="badges").code == 0
    program = "import sys; from skillmark.cli.__main__ import main; print(main(sys.argv[1:]), 'typer' in sys.modules)"

    def run(*words: str) -> str:
        command = [sys.executable, "-c", program, "verify", "badges/000002.json", "-q", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout

    assert run("--offline", "--at", "2099-01-01", "--report", "r.json") == "0 False\n"
    assert run("--at=2099-01-01") == "0 True\n"


def test_quick_way_and_ordinary_way_know_the_same_options() -> None:
    quick = {**quickly.FLAGS, **quickly.TEXTS, **quickly.FILES, **quickly.LISTS}
    ordinary = {
        option: parameter.name
        for parameter in get_command(verify.app).params
        for option in parameter.opts
        if option.startswith("-")
    }
    assert quick == ordinary
    assert {parameter.name for parameter in get_command(verify.app).params} - {"inputs"} == set(quick.values())


@pytest.mark.parametrize(
    "words",
    [[], ["verify"], ["verify", "--json"], ["verify", "a", "--help"], ["verify", "a", "--at"], ["verify", "--", "a"],
     ["verify", "a", "--at", "-"], ["verify", "a", "--nonsense", "b"], ["issue", "a"]],
)  # fmt: skip
def test_what_is_not_plain_goes_the_ordinary_way(words: list[str]) -> None:
    assert quickly.plain_call(words) is None


def test_plain_call_is_read_as_typer_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["-", "a", "--registry", "r", "-q", "b", "--registry", "s", "--report", "t", "--at", "2026-01-01", "--json"]
    calls: list[dict[str, object]] = []
    monkeypatch.setattr(verify.verification, "verify", lambda **call: calls.append(call))
    run(["verify", *words])
    plain = quickly.plain_call(["verify", *words])
    assert plain is not None
    assert calls == [{"require_known_issuer": False, "offline": False, **plain}]
    monkeypatch.setenv("_SKILLMARK_COMPLETE", "complete_bash")
    assert quickly.plain_call(["verify", "a"]) is None


@pytest.mark.parametrize("words", [["keys", "show", "--help"], ["verify", "badges/000002.json"]])
def test_reader_who_is_gone_is_no_error(folder: Path, issue: Command, words: list[str]) -> None:
    assert issue(out="badges").code == 0
    source, target = os.pipe()
    os.close(source)
    command = [sys.executable, "-m", "skillmark.cli", *words]
    run = subprocess.run(command, stdout=target, stderr=subprocess.PIPE, check=False)
    os.close(target)
    assert (run.returncode, run.stderr) == (141, b"")


def test_program_ends_in_the_codes_that_are_promised(folder: Path, issue: Command) -> None:
    assert issue(out="badges").code == 0
    (folder / "bad.json").write_text("{}")

    def code(*words: str) -> int:
        program = Path(sys.executable).with_name("skillmark")
        return subprocess.run([program, *words], capture_output=True, check=False).returncode

    assert code("verify", "badges/000002.json", "badges/000003.json") == 0
    assert code("verify", "badges/000002.json", "bad.json", "https://example.org/x", "--offline") == 1
    assert code("verify", "badges/000002.json", "https://example.org/x", "--offline") == 3
    assert code("verify", "absent.json") == 2
    assert code("issue") == 2
    assert code("--version") == 0


def test_program_reads_its_own_arguments(skillmark: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    thresholds = gc.get_threshold()
    monkeypatch.setattr(sys, "argv", ["skillmark", "--no-such-option"])
    try:
        assert main() == 2
    finally:
        gc.set_threshold(*thresholds)


def test_module_runs_as_a_program() -> None:
    begun = time.monotonic()
    run = subprocess.run([sys.executable, "-m", "skillmark.cli", "--version"], capture_output=True, check=False)
    assert run.returncode == 0
    assert time.monotonic() - begun < 30
