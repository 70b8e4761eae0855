"""Options that several commands share, so that they read the same everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

Json: TypeAlias = Annotated[bool, typer.Option("--json", help="Print one JSON document for machines.")]
Quiet: TypeAlias = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")]
Offline: TypeAlias = Annotated[bool, typer.Option("--offline", help="Fetch nothing.")]
Out: TypeAlias = Annotated[Path | None, typer.Option("--out", help="File to write; standard output without it.")]
PassphraseFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help="File whose first line is the passphrase. Without it SKILLMARK_PASSPHRASE is taken, or a prompt asks.",
    ),
]
Key: TypeAlias = Annotated[Path, typer.Option("--key", metavar="FILE", help="Key file made by `skillmark keys new`.")]
Did: TypeAlias = Annotated[
    str | None, typer.Option("--did", help="DID that signs: a did:web; without it the did:key of the key.")
]
