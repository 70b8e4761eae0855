"""`skillmark extract`: take the credential out of an image."""

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
  skillmark extract ada.png
  skillmark extract ada.svg --out ada.json
"""
)
def extract(
    *,
    image: Annotated[Path, typer.Argument(metavar="IMAGE", help="Baked PNG or SVG.")],
    out: options.Out = None,
    json: options.Json = False,
    quiet: options.Quiet = False,
) -> None:
    """Take the credential out of an image as it is. Nothing is verified here."""
    text = baking.extract(files.read(image, what="image"))
    if out is not None:
        files.write_new(out, text.encode())
        talk.say(f"The credential is in {out}. `skillmark verify {out}` checks it.", quiet=quiet)
    if json:
        talk.print_json({"image": str(image), "credential": text, "file": str(out) if out is not None else None})
    elif out is None:
        talk.print_text(text)
