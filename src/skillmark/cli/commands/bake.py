"""`skillmark bake`: put a credential into an image."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from skillmark.cli import files, options, talk
from skillmark.credentials import baking

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command(
    epilog="""\b
Examples:
  skillmark bake badge.png badges/000002.json --out ada.png
  skillmark bake badge.svg ada.jwt --out ada.svg
"""
)
def bake(
    *,
    image: Annotated[Path, typer.Argument(metavar="IMAGE", help="PNG or SVG; its pixels stay as they are.")],
    credential: Annotated[Path, typer.Argument(metavar="CREDENTIAL", help="Signed credential: JSON or JWT.")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Image to make; none is overwritten.")],
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Put a signed credential into an image. One that the image carried before is replaced."""
    baked = baking.bake(files.read(image, what="image"), files.read(credential, what="credential"))
    files.write_new(out, baked)
    if json:
        talk.print_json({"file": str(out), "bytes": len(baked)})
    talk.say(f"{out} carries the credential. `skillmark verify {out}` checks it.", quiet=quiet)
