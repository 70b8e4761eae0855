"""Commands of other distributions, through the entry-point group `skillmark.commands`. A broken one breaks no other."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from importlib.metadata import version as metadata_version
from typing import Any, Final

import typer
from typer.main import get_group

from skillmark.cli.ending import CommandError

GROUP: Final = "skillmark.commands"


def added_commands(name: str | None = None) -> dict[str, Any]:
    """The commands that entry points add: what the one called `name` adds, or else what all that work add.

    An entry point is a function that takes a Typer application and adds commands to it. Raises CommandError where the
    one asked for cannot be loaded.
    """
    entries = entry_points(group=GROUP)
    called = [entry for entry in entries if entry.name == name]
    found: dict[str, Any] = {}
    for entry in called or entries:
        try:
            found |= _commands_of(entry)
        except Exception as error:  # foreign code: whatever it raises, it is only that command which is missing
            if called:
                raise CommandError(_missing(entry, error)) from error
    return found


def version() -> str:
    """The version of Skillmark that is installed."""
    return metadata_version("skillmark")


def _commands_of(entry: EntryPoint) -> dict[str, Any]:
    application = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    entry.load()(application)
    return dict(get_group(application).commands)


def _missing(entry: EntryPoint, error: Exception) -> str:
    extra = " Install the site: pip install 'skillmark[server]'." if isinstance(error, ImportError) else ""
    return f"the command {entry.name} cannot be loaded ({type(error).__name__}: {error}).{extra}"
