"""Our own variants of the image class."""

import struct
import zlib

from skillmark.credentials.proofs.jose import sign_openbadge_jwt, sign_vc_jose
from tests.attacks.making import ATTACKER, HONEST, badge, verify

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, body: bytes, *, length: int | None = None, checksum: int | None = None) -> bytes:
    size = len(body) if length is None else length
    crc = zlib.crc32(kind + body) if checksum is None else checksum
    return struct.pack(">I", size) + kind + body + struct.pack(">I", crc)


def text_chunk(text: bytes, *, keyword: bytes = b"openbadgecredential", compressed: bool = False) -> bytes:
    return chunk(
        b"iTXt", keyword + b"\0" + bytes([compressed, 0]) + b"\0\0" + (zlib.compress(text) if compressed else text)
    )


def png(*chunks: bytes, width: int = 8, height: int = 8) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    pixels = zlib.compress((b"\0" + b"\x40" * 24) * 8)
    return SIGNATURE + head + b"".join(chunks) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def svg(inside: str, *, prolog: str = "") -> bytes:
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:ob="https://purl.imsglobal.org/ob/v3p0"'
    return f"{prolog}<svg {names}>{inside}</svg>".encode()


class TestImages:
    """Baked images that carry two truths, or more than they say."""

    TOKEN = sign_openbadge_jwt(badge(HONEST.controller), HONEST)
    OTHER = sign_vc_jose(badge(ATTACKER.controller), ATTACKER)

    def test_controls_are_valid(self) -> None:
        assert verify(png(text_chunk(self.TOKEN.encode()))).verdict == "valid"
        assert verify(svg(f'<ob:credential verify="{self.TOKEN}"/>')).verdict == "valid"

    def test_png_with_a_second_truth_is_refused(self) -> None:
        own, other = self.TOKEN.encode(), self.OTHER.encode()
        for image in (
            png(text_chunk(own), text_chunk(own)),
            png(text_chunk(own), text_chunk(other)),
            png(text_chunk(own), text_chunk(other, compressed=True)),
            png(text_chunk(own), text_chunk(other, keyword=b"openbadges")),
            png(text_chunk(own), chunk(b"tEXt", b"openbadgecredential\0" + other)),
            png(text_chunk(own), chunk(b"zTXt", b"openbadgecredential\0\0" + zlib.compress(other))),
            png(text_chunk(own)) + text_chunk(other),
            png(text_chunk(own)) + png(text_chunk(other)),
            png(text_chunk(own)) + b"trailing",
        ):
            assert verify(image).verdict == "invalid"

    def test_png_that_is_damaged_or_too_much_is_refused(self) -> None:
        own = self.TOKEN.encode()
        body = text_chunk(own)[8:-4]
        for image in (
            png(chunk(b"iTXt", body, checksum=0)), png(chunk(b"iTXt", body, length=0xFFFFFFFF)),
            png(chunk(b"iTXt", body, length=len(body) + 1)),
            png(text_chunk(own), width=0), png(text_chunk(own), height=0),
            png(text_chunk(own), width=50_000, height=50_000), png(text_chunk(b"A" * (20 << 20), compressed=True)),
            png(text_chunk(own))[:-4], SIGNATURE, png(), png(text_chunk(b"")), png(*[chunk(b"tEXt", b"a\0b")] * 20_000),
        ):  # fmt: skip
            assert verify(image).verdict == "invalid"

    def test_svg_with_a_second_truth_or_a_document_type_is_refused(self) -> None:
        own, other = f'<ob:credential verify="{self.TOKEN}"/>', f'<ob:credential verify="{self.OTHER}"/>'
        doctype = '<!DOCTYPE svg [<!ENTITY a "b">]>'
        for image in (
            svg(own + own), svg(own + other), svg(own, prolog=doctype),
            svg(own, prolog='<!DOCTYPE svg SYSTEM "http://x.example/d">'),
            svg(f"<g>{own}</g>" + other), svg(""), svg(own)[:-3],
            svg(f'<ob:credential verify="{self.TOKEN}">{{}}</ob:credential>'),
            svg(own.replace("ob:", "")), svg('<ob:credential verify=""/>'),
        ):  # fmt: skip
            assert verify(image).verdict == "invalid"
