"""Commands of the site, joined to `skillmark` through the entry-point group `skillmark.commands`.

The protocol: an entry point is a function that takes a typer application and adds its commands. This module imports
nothing of Django, so that listing the commands stays quick.
"""

from __future__ import annotations

import importlib
from typing import Annotated, Final

import typer

_EXAMPLES: Final = """\b
Examples:
  skillmark serve --demo
  SKILLMARK_ORIGIN=https://badges.example.org skillmark serve --host 0.0.0.0 --workers 2
"""


def serve(application: typer.Typer) -> None:
    """Add the command `serve`."""
    application.command("serve", epilog=_EXAMPLES)(run)


def run(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on. 0.0.0.0 listens on all.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; the next free one if it is taken.")] = 8000,
    demo: Annotated[bool, typer.Option("--demo", help="Fill an empty site with demonstration data.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
    https_self_signed: Annotated[
        bool, typer.Option("--https-self-signed", help="Serve https with a certificate of its own, kept in the folder.")
    ] = False,
) -> None:
    """Run the site: makes its database and keys on the first start, then prints its address.

    Everything it keeps is in the folder SKILLMARK_HOME (./var). SKILLMARK_ORIGIN is the address under which it is
    published; credentials name it for life. DATABASE_URL names a PostgreSQL database instead of SQLite.
    """
    starting = importlib.import_module("skillmark.server.config.starting")
    starting.run(host=host, port=port, workers=workers, load=_load_demo if demo else None, https=https_self_signed)


def _load_demo() -> str:
    return importlib.import_module("skillmark.server.demo.loading").load()
