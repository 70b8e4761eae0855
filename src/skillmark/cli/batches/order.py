"""What a batch was ordered to do, as it was said at the command line, and where its files go."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skillmark.cli import files
from skillmark.cli.ending import CommandError
from skillmark.credentials.baking import ImageKind, kind_of
from skillmark.credentials.issuing import Form, Identifier

LINES: Final = (".jsonl", ".ndjson")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The options of one call."""

    achievement: Path
    awards: Path
    out: Path
    issuer: Path | None = None
    form: Form = Form.DATA_INTEGRITY
    cryptosuite: str | None = None
    status_lists: tuple[Path, ...] = ()
    identifier: Identifier = Identifier.EMAIL_HASH
    required: frozenset[str] = frozenset()
    bake: ImageKind | None = None
    image: Path | None = None
    skip_bad_rows: bool = False
    resume: bool = False
    quiet: bool = False

    @property
    def as_lines(self) -> bool:
        """Whether all credentials go into one file, one a line."""
        return self.out.suffix in LINES

    @property
    def suffix(self) -> str:
        """What the name of a file with one credential ends in."""
        return f".{self.bake or ('jwt' if self.form is Form.JWT else 'json')}"

    def beside(self, name: str) -> Path:
        """A file of the batch that is no credential: beside the output, called after it."""
        return self.out.with_name(f"{self.out.stem if self.as_lines else self.out.name}.{name}")

    @property
    def results(self) -> Path:
        """The table of what became of each row."""
        return self.beside("results.csv")

    @property
    def errors(self) -> Path:
        """The table of bad rows, to be corrected and given again."""
        return self.beside("errors.csv")

    @property
    def journal(self) -> Path:
        """What is needed to go on after a kill."""
        return self.beside("journal")

    def check(self) -> None:
        """Raise CommandError for options that contradict each other."""
        if not self.as_lines and self.out.suffix in {".json", ".jwt", ".csv", ".png", ".svg"}:
            raise CommandError(f"--out takes a folder, or a file that ends in .jsonl, not {self.out}")
        if not self.as_lines and self.out.exists() and not self.out.is_dir():
            raise CommandError(f"{self.out} is a file; --out takes a folder, or a file that ends in .jsonl")
        if (self.bake is None) is not (self.image is None):
            raise CommandError("--bake needs the --image to bake into, and --image the kind to --bake")
        if self.bake is not None and self.as_lines:
            raise CommandError("images cannot stand in a .jsonl file; give a folder as --out")
        if self.form is Form.JWT and self.cryptosuite is not None:
            raise CommandError("--cryptosuite is for --format data-integrity; a JWT's algorithm follows from the key")
        if len(self.status_lists) > 1:
            raise CommandError("an Open Badges credential has one status entry at most; give one --status-list")
        if self.errors.exists() and self.awards.exists() and self.errors.samefile(self.awards):
            raise CommandError(f"{self.awards} would be overwritten by the errors of this run; choose another --out")
        if not self.out.parent.is_dir():
            raise CommandError(f"the folder {self.out.parent} does not exist; make it first")

    def read_image(self) -> bytes:
        """The image to bake into; empty without one."""
        if self.image is None:
            return b""
        data = files.read(self.image, what="image")
        if kind_of(data) is not self.bake:
            raise CommandError(f"{self.image} is no {str(self.bake).upper()} image, as --bake says it is")
        return data

    def stamp(self) -> dict[str, str]:
        """What two runs must agree in, so that one can go on where the other was killed."""
        inputs = {"achievement": self.achievement, "awards": self.awards, "issuer": self.issuer, "image": self.image}
        digests = {f"the {name} file": _digest(path, name) for name, path in inputs.items() if path is not None}
        return {
            **digests,
            "--format": str(self.form),
            "--cryptosuite": self.cryptosuite or "",
            "--identifier": str(self.identifier),
            "--require": ",".join(sorted(self.required)),
            "--bake": self.bake or "",
            "--skip-bad-rows": str(self.skip_bad_rows),
        }


def _digest(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise files.unopened(path, error, f"{name} file") from error
