"""Which bytes are an image, and which texts may be baked."""

import pytest

from skillmark.credentials.baking import ImageKind, bake, extract, kind_of
from skillmark.errors import InputError

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", ImageKind.PNG),
        (SVG, ImageKind.SVG),
        (b"\xef\xbb\xbf\n <?xml version='1.0'?>\n<!-- a --><s:svg ", ImageKind.SVG),
        (b'{"svg": "<svg "}', None),
        (b"<html><p>svg</p></html>", None),
        (b"<svgx>", None),
        (b"\xff\xd8\xff\xe0 JPEG", None),
        (b"", None),
    ],
    ids=ascii,
)
def test_kind_of_bytes_is_told_from_their_beginning(data, kind):
    assert kind_of(data) is kind


@pytest.mark.parametrize("use", [extract, lambda data: bake(data, "{}")], ids=["extract", "bake"])
def test_what_is_no_image_is_refused(use):
    with pytest.raises(InputError) as caught:
        use(b"GIF89a")
    assert caught.value.rule == "image-kind"


@pytest.mark.parametrize(
    ("credential", "rule"),
    [
        ("", "bake-credential"),
        ("https://example.org/assertions/1", "bake-credential"),
        ("a.b", "bake-credential"),
        ("a.b.c.d", "bake-credential"),
        ('a.b.c" onload="x', "bake-credential"),
        ("a.b." + "c" * (256 << 10), "bake-credential"),
        (b"\xff\xfe", "bake-credential"),
        ('["a"]', "bake-credential"),
        ("{", "json-syntax"),
        ('{"a":1,"a":2}', "json-duplicate-member"),
        ('{"a":"' + "b" * (1 << 20) + '"}', "json-size"),
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_text_that_is_no_credential_is_not_baked(credential, rule):
    with pytest.raises(InputError) as caught:
        bake(SVG, credential)
    assert caught.value.rule == rule
