"""One entry for any form: JSON, tokens, images, envelopes and addresses; what is ambiguous is refused."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any
from xml.sax.saxutils import quoteattr

import pytest

from skillmark.credentials.baking import bake
from skillmark.credentials.proofs.jose import sign_openbadge_jwt
from skillmark.credentials.proofs.presentations import envelope
from tests.credentials.verifying.stage import Scene, badge, credential, issuer, rules, verify, words

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'
SVG_NAMESPACE = "http://www.w3.org/2000/svg"
BADGES_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
ADDRESS = "https://issuer.example/badge"


def png() -> bytes:
    """A picture of one black pixel."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def token() -> str:
    return sign_openbadge_jwt(credential(issuer()), issuer())


def text() -> str:
    return json.dumps(badge())


def forms() -> dict[str, tuple[Any, str]]:
    return {
        "bytes": (text().encode(), "json"),
        "text": (text(), "json"),
        "indented": (json.dumps(badge(), indent=2).encode(), "json"),
        "white space around": (f"\r\n\t {text()} \n".encode(), "json"),
        "an object": (badge(), "json"),
        "token": (token(), "JWT EdDSA"),
        "token as bytes": (f"{token()}\n".encode(), "JWT EdDSA"),
        "baked PNG": (bake(png(), text()), "png: json"),
        "baked SVG": (bake(SVG, text()), "svg: json"),
        "baked PNG with a token": (bake(png(), token()), "png: JWT EdDSA"),
        "baked SVG with a token": (bake(SVG, token()), "svg: JWT EdDSA"),
    }


@pytest.mark.parametrize("name", forms())
def test_badge_of_any_form_is_valid_and_its_form_named(name: str) -> None:
    source, form = forms()[name]
    report = Scene().verifier.verify(source)
    assert (report.verdict.value, report.form) == ("valid", form)
    assert report.signed == credential(issuer())


@pytest.mark.parametrize("name", ["bytes", "token as bytes", "baked PNG", "baked SVG"])
def test_address_is_fetched_and_what_stands_there_verified(name: str) -> None:
    source, form = forms()[name]
    scene = Scene({ADDRESS: source})
    report = scene.verify(ADDRESS)
    assert (report.verdict.value, report.form, scene.asked) == ("valid", form, [ADDRESS])


@pytest.mark.parametrize("name", ["baked PNG", "baked SVG"])
def test_changed_badge_in_an_image_is_broken(name: str) -> None:
    image, _ = forms()[name]
    changed = bake(png() if name == "baked PNG" else SVG, json.dumps(badge() | {"name": "x"}))
    assert words(verify(changed))[1] == "failed broken"
    assert words(verify(image))[0] == "valid"


@pytest.mark.parametrize("image", [png(), SVG])
def test_image_without_a_credential_is_unreadable(image: bytes) -> None:
    assert words(verify(image)) == ("invalid", "failed unreadable", "unknown not-checked")


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"{]", "parse"),
        (b'{"a":1e400}', "parse"),
        (b'{"a":' * 200 + b"1" + b"}" * 200, "parse"),
        (b'{"a":"' + b"x" * (1 << 20) + b'"}', "parse"),
        (b"\xef\xbb\xbf{}", "parse"),
        ("caf\u00e9.x.y".encode(), "parse"),
        (b"ey", "parse"),
        (b"abc.def.ghi", "parse"),
        (b"eyJ.e30.", None),
        (b"[]", "parse"),
        (b"null", "parse"),
    ],
)
def test_bytes_of_no_known_form_are_unreadable(data: bytes, rule: str | None) -> None:
    report = verify(data)
    assert words(report) == ("invalid", "failed unreadable", "unknown not-checked")
    assert rule is None or rules(report) == [rule]


def test_envelopes_are_opened_to_a_depth() -> None:
    """Each layer is small, so that many would fit; the reader must not go down with them."""

    def wrapped(inner: str, layers: int) -> str:
        for _ in range(layers):
            content = f"<openbadges:credential verify={quoteattr(inner)}/>"
            inner = f"<svg xmlns='{SVG_NAMESPACE}' xmlns:openbadges='{BADGES_NAMESPACE}'>{content}</svg>"
        return inner

    assert words(verify(wrapped(token(), 1).encode()))[0] == "valid"
    assert words(verify(wrapped(token(), 2).encode()))[0] == "valid"
    for layers in (3, 8, 40):
        report = verify(wrapped(token(), layers).encode())
        assert words(report) == ("invalid", "failed unreadable", "unknown not-checked")
        assert "nested too deep" in report.checks[0].explanation


@pytest.mark.parametrize("identifier", [None, 5, "https://x.example/", "data:application/vc+jwt;base64,=", "data:,x"])
def test_envelope_that_cannot_be_opened_is_unreadable(identifier: Any) -> None:
    report = verify(envelope("x") | {"id": identifier})
    assert words(report) == ("invalid", "failed unreadable", "unknown not-checked")


def test_object_that_json_cannot_write_is_unreadable() -> None:
    for value in ({"a": "\ud800"}, {"a": float("nan")}, {"a": object()}, {"a": 10**30}):
        report = Scene().verifier.verify(value)
        assert words(report) == ("invalid", "failed unreadable", "unknown not-checked")
