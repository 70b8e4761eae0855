"""`skillmark verify`: whether a credential is intact and current, and its issuer known."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from skillmark.cli import options, verification

app = typer.Typer(rich_markup_mode=None, add_completion=False)

Registries = Annotated[
    list[Path] | None,
    typer.Option("--registry", metavar="FILE", help="Issuer registry you trust; may be given several times."),
]


@app.command(
    epilog="""\b
Examples:
  skillmark verify badge.json
  skillmark verify badges/*.json --registry registry.json
  skillmark verify badges.jsonl --json > report.json
  skillmark verify https://example.org/credentials/1 --require-known-issuer --registry registry.json
  cat badge.png | skillmark verify -

\b
Exit codes: 0 valid, 1 invalid, 2 wrong use or our own failure, 3 could not be checked. Of several inputs:
1 if any is invalid, else 3 if any could not be checked, else 0.
"""
)
def verify(
    *,
    inputs: Annotated[
        list[str], typer.Argument(metavar="FILE|URL|-...", help="JSON, JWT, baked PNG or SVG, JSON Lines, an address.")
    ],
    registry: Registries = None,
    require_known_issuer: Annotated[
        bool, typer.Option("--require-known-issuer", help="Valid only if a registry lists the issuer.")
    ] = False,
    offline: options.Offline = False,
    at: Annotated[str | None, typer.Option(metavar="TIME", help="Judge dates as of this moment.")] = None,
    report: Annotated[Path | None, typer.Option(metavar="FILE", help="Also write the JSON report here.")] = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> int:
    """Verify credentials of any form, from any issuer: whether intact, current, and from a known issuer."""
    return verification.verify(
        inputs=inputs,
        registry=registry or (),
        require_known_issuer=require_known_issuer,
        offline=offline,
        at=at,
        report=report,
        json=json,
        quiet=quiet,
    )
