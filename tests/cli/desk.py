"""What tests of `skillmark issue` write and read: tables of awards, images, results and credentials."""

import csv
import json
import struct
import zlib
from pathlib import Path
from typing import Any

from skillmark.credentials.dids import DidResolver
from skillmark.credentials.verifying import Verdict, Verifier
from skillmark.fetching import OfflineFetcher


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


HEADER = struct.pack(">IIBBBBB", 1, 1, 8, 6, 0, 0, 0)
PIXELS = chunk(b"IHDR", HEADER) + chunk(b"IDAT", zlib.compress(bytes(5))) + chunk(b"IEND", b"")
IMAGES = {
    "png": b"\x89PNG\r\n\x1a\n" + PIXELS,
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
}


def verdict(data: bytes) -> Verdict:
    return Verifier(resolver=DidResolver(), fetcher=OfflineFetcher()).verify(data).verdict


def awards(folder: Path, *lines: str, header: str = "email,name,awarded_date,result") -> None:
    (folder / "awards.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")


def results(folder: Path, name: str = "badges.results.csv") -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def credentials(folder: Path) -> list[Any]:
    return [json.loads(line) for line in (folder / "badges.jsonl").read_text(encoding="utf-8").splitlines()]


def files_in(folder: Path) -> set[str]:
    given = {"achievement.json", "awards.csv", "issuer.key"}
    return {path.name for path in folder.iterdir()} - given
