"""The doors an attack comes through: the library, the command line, the site's verify page and its VC-API."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from skillmark.credentials.dids import DidResolver
from skillmark.credentials.verifying import Report, Verifier
from tests.attacks.lists import ListsInHand

VERDICTS = {"good": "valid", "warn": "unknown", "bad": "invalid"}
SECRETS = re.compile(r"Traceback|site-packages|/src/skillmark/|PRIVATE KEY|/etc/hostname")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a door said: the verdict in one word, the HTTP status or exit code, and the text."""

    verdict: str
    code: int
    text: str


def library(content: bytes, lists: Mapping[str, bytes] | None = None) -> Report:
    """The verifier, with the lists in hand and no network."""
    fetcher = ListsInHand(lists or {})
    return Verifier(resolver=DidResolver(fetcher), fetcher=fetcher).verify(content)


def page(client: Client, content: bytes, *, name: str = "credential") -> Answer:
    """POST a file to the verify page."""
    response = client.post("/verify", {"file": SimpleUploadedFile(name, content)})
    text = response.content.decode()
    return Answer(verdict=verdict_in(text), code=response.status_code, text=text)


def verdict_in(text: str) -> str:
    """The verdict that a result page gives: its headline where the issuer alone is in doubt, else its colour."""
    found = re.search(r'class="verdict (\w+)".*?<h1>([^<]*)</h1>', text, re.DOTALL)
    if found is None:
        return "refused"
    return "valid" if found[2].startswith("Valid") else VERDICTS[found[1]]


def has_verify_command() -> bool:
    """Whether `skillmark verify` exists."""
    return (Path(__file__).parents[2] / "src/skillmark/cli/commands/verify.py").is_file()


def command(paths: Sequence[Path], *options: str, home: Path) -> tuple[list[dict[str, object]], int, str]:
    """Run `skillmark verify --json` on files: the results in order, the exit code, and what it said besides."""
    line = [sys.executable, "-m", "skillmark.cli", "verify", "--json", *options, *map(str, paths)]
    environment = {**os.environ, "HOME": str(home)}
    done = subprocess.run(line, capture_output=True, timeout=120, check=False, env=environment, cwd=home)
    assert done.stdout, done.stderr.decode()
    return json.loads(done.stdout)["results"], done.returncode, done.stderr.decode()
