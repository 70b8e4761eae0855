"""Baking: a credential inside a PNG or SVG image, put there and taken out. What it says is not judged here."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final

from skillmark.credentials.baking import png, svg
from skillmark.credentials.encoding.strict_json import parse_object
from skillmark.errors import InputError

__all__ = ["ImageKind", "bake", "extract", "kind_of"]

_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_TOKEN_LIMIT: Final = 256 << 10
_SVG: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]*+:)?svg[\s/>]")
_PROLOGUE: Final = 64 << 10
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


class ImageKind(StrEnum):
    """The images that can carry a credential."""

    PNG = "png"
    SVG = "svg"


def kind_of(data: bytes) -> ImageKind | None:
    """Which kind of image the bytes begin as; None for anything else, such as JSON or a token."""
    if data.startswith(png.SIGNATURE):
        return ImageKind.PNG
    beginning = data[:_PROLOGUE].removeprefix(_BYTE_ORDER_MARK).lstrip()
    return ImageKind.SVG if beginning.startswith(b"<") and _SVG.search(beginning) else None


def bake(image: bytes, credential: bytes | str) -> bytes:
    """The image with the credential in it: a JSON object or a compact JWS. One that it carried before is replaced."""
    text = _text(credential)
    return png.bake(image, text) if _kind(image) is ImageKind.PNG else svg.bake(image, text)


def extract(image: bytes) -> str:
    """The text of the one credential in an image, unjudged; none, several or a damaged image are refused by rule."""
    return png.extract(image) if _kind(image) is ImageKind.PNG else svg.extract(image)


def _kind(image: bytes) -> ImageKind:
    kind = kind_of(image)
    if kind is None:
        raise InputError("expected a PNG or SVG image", rule="image-kind")
    return kind


def _text(credential: bytes | str) -> str:
    try:
        text = (credential.decode() if isinstance(credential, bytes) else credential).strip()
    except UnicodeDecodeError as error:
        raise InputError("a credential must be UTF-8 text", rule="bake-credential") from error
    if text.startswith("{"):
        parse_object(text)
    elif len(text) > _TOKEN_LIMIT or _TOKEN.fullmatch(text) is None:
        raise InputError("expected a credential as a JSON object or a compact JWS", rule="bake-credential")
    return text
