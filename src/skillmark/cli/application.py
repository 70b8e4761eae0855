"""The root of all commands. A command's module is loaded when it is called, and for help."""

from __future__ import annotations

import importlib
from collections import UserDict
from collections.abc import Iterator
from typing import Annotated, Any, Final

import typer
from typer.core import TyperGroup
from typer.main import get_command

from skillmark.cli import talk

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
        yield from (name for name in _added() if name not in COMMANDS)


class Commands(TyperGroup):
    """A group whose commands come from the catalogue."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = Catalogue()


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


def _added(name: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = _additions().added_commands(name)
    return found


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
