"""The root of all commands. A command's module is loaded when it is called, and for help."""

from __future__ import annotations

import importlib
import sys
from collections import UserDict
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command

from skillmark.cli import talk
from skillmark.cli.ending import CommandError, Ending, ReaderLeftError

COMMANDS: Final = ("keys", "issue", "verify", "inspect", "status", "bake", "extract", "jose")

_HELP: Final = "Issue and verify Open Badges 3.0 micro-credentials."
_EXAMPLES: Final = """\b
Examples:
  skillmark keys new --algorithm ed25519 --out issuer.key
  skillmark issue --achievement achievement.json --awards awards.csv --key issuer.key --out badges
  skillmark verify badges/*.json

\b
Exit codes: 0 valid or done, 1 invalid, 2 wrong use or our own failure, 3 could not be checked.
"""


class Catalogue(UserDict[str, Any]):
    """The commands by name: ours, then those that other distributions add. Looked up, they are loaded."""

    def __missing__(self, name: str) -> Any:
        if name in COMMANDS:
            self.data[name] = get_command(importlib.import_module(f"{__package__}.commands.{name}").app)
        else:
            self.data |= _added(name)
        return self.data[name]

    def __contains__(self, name: object) -> bool:
        return name in COMMANDS or name in _added(str(name))

    def __iter__(self) -> Iterator[str]:
        yield from COMMANDS
        yield from _added()


class Commands(TyperGroup):
    """A group whose commands come from the catalogue."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = Catalogue()

    def invoke(self, ctx: Any) -> Any:
        """Run the command. That a reader has left is said by another error than Typer's, which would end us in 1."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError as error:
            raise ReaderLeftError("nobody reads what is printed") from error
        return code


def application() -> Any:
    """The root command."""
    root = typer.Typer(
        cls=Commands,
        help=_HELP,
        epilog=_EXAMPLES,
        no_args_is_help=True,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    )
    root.callback()(_begin)
    return get_command(root)


def run(words: Sequence[str]) -> int:
    """Run a command line and return its exit code; what Typer itself refuses is told here."""
    try:
        code = application()(words, prog_name="skillmark", standalone_mode=False)
    except typer.Abort as error:
        raise CommandError("stopped: there was no answer", rule="abort") from error
    except typer.TyperException as error:
        _tell(error, as_json="--json" in words)
        return Ending.FAILURE
    return code if isinstance(code, int) else Ending.VALID


def _tell(error: typer.TyperException, *, as_json: bool) -> None:
    show = getattr(error, "show", None)
    if show is not None:
        show(file=sys.stderr)
    else:
        talk.complain(error.format_message())
    if as_json:
        talk.print_json({"error": {"rule": "usage", "message": error.format_message()}})


def _added(name: str | None = None) -> dict[str, Any]:
    """What other distributions add. They cannot replace what is ours."""
    found = _additions().added_commands(name)
    return {called: command for called, command in found.items() if called not in COMMANDS}


def _additions() -> Any:
    """To look at what is installed takes time that most runs need not spend."""
    return importlib.import_module(f"{__package__}.additions")


def _show_version(wanted: bool) -> None:  # noqa: FBT001 - the signature Typer calls
    if wanted:
        talk.print_text(f"skillmark {_additions().version()}")
        raise typer.Exit


def _begin(
    *,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours, as with NO_COLOR set.")] = False,
    no_input: Annotated[bool, typer.Option("--no-input", help="Never ask for anything; fail instead.")] = False,
    version: Annotated[  # noqa: ARG001 - `_show_version` sees it
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    talk.begin(colours=not no_color, questions=not no_input)
