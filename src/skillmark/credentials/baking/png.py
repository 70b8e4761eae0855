"""PNG: one credential in one uncompressed iTXt chunk (Open Badges 3.0 §5.3.1). Pixels are never decoded."""

from __future__ import annotations

import re
import zlib
from typing import Final, NamedTuple

from skillmark.errors import InputError

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
KEYWORD: Final = b"openbadgecredential"
FILE_LIMIT: Final = 10 << 20
PIXEL_LIMIT: Final = 25_000_000
TEXT_LIMIT: Final = 1 << 20

# Open Badges 1 and 2, and CLR 2.0: not read, but never overlooked beside a credential.
_KINDRED: Final = frozenset({KEYWORD, b"openbadges", b"clrcredential"})
_TEXT_KINDS: Final = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_KIND: Final = re.compile(rb"[A-Za-z]{4}")
_ENVELOPE: Final = 12  # length, kind and checksum around a chunk's body
_HEADER_BODY: Final = 13
_CHUNK_LIMIT: Final = 10_000


class Chunk(NamedTuple):
    """A chunk, and where it stands in the file with its envelope."""

    kind: bytes
    body: bytes
    start: int
    end: int

    @property
    def keyword(self) -> bytes:
        """What a text chunk says it holds; empty for other kinds."""
        return self.body.partition(b"\0")[0] if self.kind in _TEXT_KINDS else b""


def bake(image: bytes, text: str) -> bytes:
    """Insert the credential after the header, in place of any that the image carries; all other bytes stay."""
    chunks = read_chunks(image)
    body = KEYWORD + bytes(5) + text.encode()  # not compressed, method 0, no language, no translated keyword
    kept = [image[chunk.start : chunk.end] for chunk in chunks if chunk.keyword not in _KINDRED]
    return b"".join([SIGNATURE, kept[0], _chunk(b"iTXt", body), *kept[1:]])


def extract(image: bytes) -> str:
    """The text of the one credential chunk. Several, of whatever generation, are refused: none of them is the first."""
    found = [chunk for chunk in read_chunks(image) if chunk.keyword in _KINDRED]
    if not found:
        raise InputError("the image carries no credential", rule="baked-nothing")
    if len(found) > 1:
        raise InputError(f"the image carries {len(found)} credentials: which one counts?", rule="baked-ambiguous")
    chunk = found[0]
    if chunk.kind != b"iTXt" or chunk.keyword != KEYWORD:
        shown = f"{chunk.kind.decode()} chunk {chunk.keyword.decode()}"
        raise InputError(f"expected an iTXt chunk {KEYWORD.decode()}, got a {shown}", rule="baked-unsupported")
    return _international_text(chunk.body)


def read_chunks(image: bytes) -> list[Chunk]:
    """Split a whole PNG file into its chunks, checking lengths, checksums, the header's pixels and the end."""
    if not image.startswith(SIGNATURE):
        raise _damaged("it does not begin as one")
    if len(image) > FILE_LIMIT:
        raise InputError(f"the image has {len(image)} bytes, more than the {FILE_LIMIT} allowed", rule="image-size")
    chunks = [_chunk_at(image, len(SIGNATURE))]
    _check_header(chunks[0])
    while chunks[-1].kind != b"IEND":
        if len(chunks) == _CHUNK_LIMIT:
            raise InputError(f"the image has more than {_CHUNK_LIMIT} chunks", rule="image-size")
        chunks.append(_chunk_at(image, chunks[-1].end))
    _check_order(image, chunks)
    return chunks


def _chunk_at(image: bytes, start: int) -> Chunk:
    length = int.from_bytes(image[start : start + 4], "big")
    end = start + _ENVELOPE + length
    if end > len(image):
        raise _damaged("it is cut short")
    kind, body = image[start + 4 : start + 8], image[start + 8 : end - 4]
    if _KIND.fullmatch(kind) is None:
        raise _damaged(f"a chunk is named {kind!a}")
    if zlib.crc32(body, zlib.crc32(kind)) != int.from_bytes(image[end - 4 : end], "big"):
        raise _damaged(f"the checksum of a chunk {kind.decode()} is wrong")
    return Chunk(kind, body, start, end)


def _check_header(chunk: Chunk) -> None:
    if chunk.kind != b"IHDR" or len(chunk.body) != _HEADER_BODY:
        raise _damaged("its header is missing")
    width, height = int.from_bytes(chunk.body[:4], "big"), int.from_bytes(chunk.body[4:8], "big")
    if not 0 < width * height <= PIXEL_LIMIT:
        message = f"the image says it has {width} by {height} pixels; 1 to {PIXEL_LIMIT} are allowed"
        raise InputError(message, rule="image-pixels")


def _check_order(image: bytes, chunks: list[Chunk]) -> None:
    kinds = [chunk.kind for chunk in chunks]
    if kinds.count(b"IHDR") != 1 or b"IDAT" not in kinds:
        raise _damaged("it has several headers or no pixels")
    if chunks[-1].body or chunks[-1].end != len(image):
        raise _damaged("something follows its end")


def _international_text(body: bytes) -> str:
    """The text of an iTXt chunk (PNG §11.3.3.4): keyword, flag, method, language, translated keyword, text."""
    rest = body.partition(b"\0")[2]
    flag, method, fields = rest[:1], rest[1:2], rest[2:].split(b"\0", 2)
    if flag not in (b"\0", b"\1") or method != b"\0" or len(fields) != 3:  # noqa: PLR2004 (language, keyword, text)
        raise _damaged("its credential chunk is malformed")
    text = _inflate(fields[2]) if flag == b"\1" else fields[2]
    if len(text) > TEXT_LIMIT:
        raise InputError(f"the credential in the image has more than {TEXT_LIMIT} bytes", rule="baked-size")
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise _damaged("its credential is not UTF-8") from error


def _inflate(data: bytes) -> bytes:
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(data, TEXT_LIMIT + 1)
    except zlib.error as error:
        raise _damaged(f"its credential cannot be inflated: {error}") from error
    if len(text) <= TEXT_LIMIT and (not inflater.eof or inflater.unused_data):
        raise _damaged("its compressed credential does not end where the chunk ends")
    return text


def _chunk(kind: bytes, body: bytes) -> bytes:
    checksum = zlib.crc32(body, zlib.crc32(kind))
    return len(body).to_bytes(4, "big") + kind + body + checksum.to_bytes(4, "big")


def _damaged(reason: str) -> InputError:
    return InputError(f"this is no whole PNG image: {reason}", rule="image-damaged")
