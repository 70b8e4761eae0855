"""SVG: one credential in one element (Open Badges 3.0 §5.3.2), put in without touching the rest of the text.

Read with defusedxml: a document type declaration, and so every entity, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from skillmark.errors import InputError

NAMESPACE: Final = "https://purl.imsglobal.org/ob/v3p0"
FILE_LIMIT: Final = 4 << 20
TEXT_LIMIT: Final = 1 << 20

_ROOT: Final = "{http://www.w3.org/2000/svg}svg"
_CREDENTIAL: Final = f"{{{NAMESPACE}}}credential"
# Open Badges 2 and CLR 2.0: not read, but never overlooked beside a credential.
_KINDRED: Final = frozenset(
    {_CREDENTIAL, "{http://openbadges.org}assertion", "{https://purl.imsglobal.org/clr/v2p0}credential"}
)
_MARKUP_LIMIT: Final = 200_000  # tags and attributes, which cost a parser thirty times their bytes
_ENCODINGS: Final = frozenset({"", "utf-8"})
_TAG: Final = re.compile(rb"(</?[^\s/>]+)(?:[^\"'>]++|\"[^\"]*\"|'[^']*')*+>")
_FOREIGN: Final = "\ufffe\uffff"  # what JSON may hold and XML may not (XML 1.0 §2.2)


@dataclass(slots=True, kw_only=True)
class _Carrier:
    """An element that holds a credential, and where it stands."""

    tag: str
    start: int
    end: int = 0
    verify: str | None = None
    texts: list[str] = field(default_factory=list)
    has_children: bool = False


class _Reader:
    """The target of the parser: the root's tag, its prefixes, and the carriers, by byte position."""

    def __init__(self, image: bytes) -> None:
        self.image = image
        self.prefixes: dict[str, str] = {}
        self.root = -1
        self.carriers: list[_Carrier] = []
        self._open: list[_Carrier] = []
        self._parser = DefusedXMLParser(target=self, encoding="utf-8", forbid_dtd=True)
        self._parser.parser.XmlDeclHandler = self._declaration

    def read(self) -> None:
        try:
            self._parser.feed(self.image)
            self._parser.close()
        except DefusedXmlException as error:
            raise InputError("an SVG must not have a document type or entities", rule="image-doctype") from error
        except ParseError as error:
            raise InputError(f"this is no well-formed SVG: {error}", rule="image-damaged") from error

    def start_ns(self, prefix: str, uri: str) -> None:
        if self.root < 0:
            self.prefixes[prefix] = uri

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        place = self._place()
        if self.root < 0:
            self._begin(tag, place)
        if self._open:
            self._open[-1].has_children = True
        if tag in _KINDRED:
            carrier = _Carrier(tag=tag, start=place, verify=attributes.get("verify"))
            self.carriers.append(carrier)
            self._open.append(carrier)

    def data(self, text: str) -> None:
        if self._open:
            self._open[-1].texts.append(text)

    def end(self, tag: str) -> None:
        if tag in _KINDRED:
            carrier = self._open.pop()
            opening = tag_at(self.image, carrier.start)
            closing = opening if opening[0].endswith(b"/>") else tag_at(self.image, self._place())
            carrier.end = closing.end()

    def close(self) -> None:
        """Nothing is left to do; the parser asks for the method."""

    def _begin(self, tag: str, place: int) -> None:
        self.root = place
        if tag != _ROOT:
            raise InputError(f"expected an SVG, got a document <{tag[:80]}>", rule="image-kind")

    def _place(self) -> int:
        return self._parser.parser.CurrentByteIndex

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        del version, standalone
        if (encoding or "").lower() not in _ENCODINGS:
            raise InputError(f"the SVG is in {encoding!a}; save it as UTF-8", rule="image-encoding")


def bake(image: bytes, text: str) -> bytes:
    """Insert the credential right after the root's tag, in place of any that the image carries."""
    found = _read(image)
    element = _element(text, declared=found.prefixes.get("openbadges"))
    root = tag_at(image, found.root)
    tag, name, rest = root[0], root[1], _without(image, found.carriers, root.end())
    closing = b""
    if tag.endswith(b"/>"):
        tag, closing = tag[:-2] + b">", b"</" + name[1:] + b">"
    if "openbadges" not in found.prefixes:
        tag = name + f' xmlns:openbadges="{NAMESPACE}"'.encode() + tag[len(name) :]
    return image[: found.root] + tag + element + closing + rest


def extract(image: bytes) -> str:
    """The credential in the one element that carries one. Several, of whatever generation, are refused."""
    carriers = _read(image).carriers
    if not carriers:
        raise InputError("the image carries no credential", rule="baked-nothing")
    if len(carriers) > 1:
        raise InputError(f"the image carries {len(carriers)} credentials: which one counts?", rule="baked-ambiguous")
    carrier = carriers[0]
    if carrier.tag != _CREDENTIAL or carrier.has_children:
        raise InputError(f"expected an element {_CREDENTIAL} of text, got {carrier.tag}", rule="baked-unsupported")
    return _content(carrier)


def tag_at(image: bytes, start: int) -> re.Match[bytes]:
    """The tag that begins at `start`, its name with the bracket as first group; a '>' within quotes does not end it."""
    match = _TAG.match(image, start)
    if match is None:
        raise InputError("this is no well-formed SVG: a tag does not end", rule="image-damaged")
    return match


def _read(image: bytes) -> _Reader:
    if len(image) > FILE_LIMIT:
        raise InputError(f"the image has {len(image)} bytes, more than the {FILE_LIMIT} allowed", rule="image-size")
    if image.count(b"<") + image.count(b"=") > _MARKUP_LIMIT:
        raise InputError(f"the image has more than {_MARKUP_LIMIT} tags and attributes", rule="image-size")
    reader = _Reader(image)
    reader.read()
    return reader


def _content(carrier: _Carrier) -> str:
    body = "".join(carrier.texts).strip()
    if carrier.verify is not None and body:
        raise InputError("the element carries a token and a text: which one counts?", rule="baked-ambiguous")
    content = body if carrier.verify is None else carrier.verify.strip()
    if not content:
        raise InputError("the image carries an empty credential", rule="baked-nothing")
    if len(content.encode()) > TEXT_LIMIT:
        raise InputError(f"the credential in the image has more than {TEXT_LIMIT} bytes", rule="baked-size")
    return content


def _element(text: str, *, declared: str | None) -> bytes:
    own = "" if declared in (None, NAMESPACE) else f' xmlns:openbadges="{NAMESPACE}"'
    if not text.startswith("{"):
        return f'<openbadges:credential{own} verify="{text}"></openbadges:credential>'.encode()
    if foreign := [character for character in _FOREIGN if character in text]:
        raise InputError(f"XML cannot hold the character {foreign[0]!a}: escape it in the JSON", rule="bake-character")
    body = text.replace("]]>", "]]]]><![CDATA[>")
    return f"<openbadges:credential{own}><![CDATA[{body}]]></openbadges:credential>".encode()


def _without(image: bytes, carriers: list[_Carrier], start: int) -> bytes:
    """The bytes from `start`, less the carriers; one within another goes with it."""
    parts = []
    for carrier in carriers:
        if carrier.start >= start:
            parts.append(image[start : carrier.start])
            start = carrier.end
    return b"".join([*parts, image[start:]])
