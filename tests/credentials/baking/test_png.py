"""PNG baking: one chunk more, not a pixel changed; and what a hostile file is refused for."""

import io
import json
import random
import tracemalloc
import zlib
from itertools import chain

import png as pypng
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openbadgeslib import baking as stranger
from PIL import Image

from skillmark.credentials.baking import bake, extract
from skillmark.credentials.baking.png import read_chunks
from skillmark.errors import InputError

TOKEN = "eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJkaWQ6a2V5OnoifQ.c2lnbmF0dXJl"
JSON = '{"name":"Zertifikat für Köche 🎓","text":"]]> & <tag>"}'
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind, body):
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")


def international(text, *, keyword=b"openbadgecredential", flag=0, method=0, language=b"", translated=b""):
    fields = [keyword, bytes([flag, method]) + language, translated, text]
    return chunk(b"iTXt", b"\0".join(fields))


def image(*texts, before=b"", after=b"", header=None):
    header = header or (3).to_bytes(4, "big") + (2).to_bytes(4, "big") + b"\x08\x02\0\0\0"
    pixels = zlib.compress(b"".join(b"\0" + bytes(range(row, row + 9)) for row in (10, 40)))
    parts = [SIGNATURE, chunk(b"IHDR", header), *texts, before, chunk(b"IDAT", pixels), after, chunk(b"IEND", b"")]
    return b"".join(parts)


def pixels_of(data):
    with Image.open(io.BytesIO(data)) as opened:
        opened.load()
        return opened.size, opened.mode, opened.tobytes()


@pytest.mark.parametrize("credential", [TOKEN, JSON, JSON.encode(), f"\n {TOKEN} \n"])
def test_what_is_baked_is_what_comes_out(credential):
    text = credential.decode() if isinstance(credential, bytes) else credential.strip()
    baked = bake(image(), credential)
    assert extract(baked) == text
    assert pixels_of(baked) == pixels_of(image())


def test_chunk_is_uncompressed_and_follows_the_header():
    plain = image()
    assert bake(plain, TOKEN) == plain[:33] + international(TOKEN.encode()) + plain[33:]


def test_baking_again_replaces_the_credential_and_no_other_byte():
    comment = chunk(b"tEXt", b"Comment\0made by hand")
    private = chunk(b"prVt", bytes(range(256)))
    plain = image(comment, before=private, after=chunk(b"tIME", bytes(7)))
    assert bake(bake(plain, TOKEN), JSON) == bake(plain, JSON)
    assert bake(plain, TOKEN).replace(international(TOKEN.encode()), b"") == plain


@pytest.mark.parametrize("kind", [b"iTXt", b"tEXt", b"zTXt"])
@pytest.mark.parametrize("keyword", [b"openbadges", b"openbadgecredential", b"clrcredential"])
def test_credential_of_any_generation_is_replaced(kind, keyword):
    older = image(chunk(kind, keyword + b"\0" + b"\0\0\0\0https://example.org/assertion"))
    assert bake(older, TOKEN) == bake(image(), TOKEN)


def test_picture_drawn_by_other_software_keeps_its_pixels():
    generator = random.Random(8)
    for mode, size in (("RGBA", (40, 30)), ("L", (17, 5)), ("P", (64, 64)), ("1", (9, 9)), ("I;16", (6, 7))):
        drawn = Image.frombytes(mode, size, generator.randbytes(size[0] * size[1] * 4)[: _bytes(mode, size)])
        file = io.BytesIO()
        drawn.save(file, "PNG")
        baked = bake(file.getvalue(), JSON)
        assert pixels_of(baked) == pixels_of(file.getvalue())
        assert extract(baked) == JSON


def _bytes(mode, size):
    width = {"RGBA": size[0] * 4, "L": size[0], "P": size[0], "1": (size[0] + 7) // 8, "I;16": size[0] * 2}[mode]
    return width * size[1]


def test_stranger_takes_out_what_we_put_in_and_we_what_he_put_in():
    ours = bake(image(), TOKEN)
    assert stranger.extract_png(ours, keyword=stranger.ITXT_KEYWORD_OB3) == TOKEN
    assert list(chain.from_iterable(pypng.Reader(bytes=ours).read()[2])) == [*range(10, 19), *range(40, 49)]
    theirs = stranger.bake_png(image(), TOKEN, keyword=stranger.ITXT_KEYWORD_OB3)
    assert extract(theirs) == TOKEN


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=60), max_size=4))
def test_any_json_survives(document):
    text = json.dumps(document, ensure_ascii=False)
    assert extract(bake(image(), text)) == text


@pytest.mark.parametrize("more", [{}, {"language": b"en", "translated": b"Nachweis"}])
def test_compressed_credential_is_read(more):
    assert extract(image(international(zlib.compress(JSON.encode()), flag=1, **more))) == JSON


REFUSED = {
    "no credential": (image(), "baked-nothing"),
    "two credentials": (image(international(b"a"), after=international(b"b")), "baked-ambiguous"),
    "the same twice": (image(international(b"a") * 2), "baked-ambiguous"),
    "another generation beside it": (
        image(international(b"a"), chunk(b"tEXt", b"openbadges\0https://x.test")),
        "baked-ambiguous",
    ),
    "another generation alone": (image(international(b"a", keyword=b"openbadges")), "baked-unsupported"),
    "Latin-1 text": (image(chunk(b"tEXt", b"openbadgecredential\0{}")), "baked-unsupported"),
    "unknown flag": (image(international(b"{}", flag=2)), "image-damaged"),
    "unknown method": (image(international(b"{}", method=1)), "image-damaged"),
    "fields missing": (image(chunk(b"iTXt", b"openbadgecredential\0\0\0\0")), "image-damaged"),
    "keyword alone": (image(chunk(b"iTXt", b"openbadgecredential")), "image-damaged"),
    "not UTF-8": (image(international(b"{\xff}")), "image-damaged"),
    "not zlib": (image(international(b"{}", flag=1)), "image-damaged"),
    "zlib cut short": (image(international(zlib.compress(b"{}" * 99)[:-5], flag=1)), "image-damaged"),
    "bytes after zlib": (image(international(zlib.compress(b"{}") + b"!", flag=1)), "image-damaged"),
    "text too long": (image(international(b" " * ((1 << 20) + 1))), "baked-size"),
    "bomb": (image(international(zlib.compress(bytes(50 << 20)), flag=1)), "baked-size"),
    "cut short": (image(international(b"{}"))[:-3], "image-damaged"),
    "cut in the credential": (image(international(b"{}" * 50))[:90], "image-damaged"),
    "signature alone": (SIGNATURE, "image-damaged"),
    "bytes after the end": (image(international(b"{}")) + b"\n", "image-damaged"),
    "end that holds something": (image()[:-12] + chunk(b"IEND", b"x"), "image-damaged"),
    "wrong checksum": (image(international(b"{}")[:-1] + b"?"), "image-damaged"),
    "length beyond the file": (SIGNATURE + b"\xff\xff\xff\xffIHDR", "image-damaged"),
    "chunk name in no letters": (image(chunk(b"iT\0t", b"")), "image-damaged"),
    "no header": (SIGNATURE + chunk(b"IDAT", b"") + chunk(b"IEND", b""), "image-damaged"),
    "header too short": (image(header=bytes(12)), "image-damaged"),
    "two headers": (image(chunk(b"IHDR", (1).to_bytes(4, "big") * 2 + bytes(5))), "image-damaged"),
    "no pixels": (image().replace(image()[33:-12], b""), "image-damaged"),
    "width of nothing": (image(header=bytes(4) + (5).to_bytes(4, "big") + bytes(5)), "image-pixels"),
    "more pixels than allowed": (
        image(header=(5000).to_bytes(4, "big") + (5001).to_bytes(4, "big") + bytes(5)),
        "image-pixels",
    ),
    "too many chunks": (image(chunk(b"prVt", b"") * 10_000), "image-size"),
    "too many bytes": (image(chunk(b"prVt", bytes(10 << 20))), "image-size"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_doubtful_image_is_refused_by_rule(case):
    data, rule = REFUSED[case]
    with pytest.raises(InputError) as caught:
        extract(data)
    assert caught.value.rule == rule


def test_file_that_does_not_begin_as_png_is_refused():
    with pytest.raises(InputError, match="does not begin"):
        read_chunks(b"GIF89a")


def test_image_at_the_pixel_limit_is_read():
    header = (5000).to_bytes(4, "big") * 2 + bytes(5)
    assert extract(bake(image(header=header), TOKEN)) == TOKEN


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("A35-dimensions.png", "image-pixels"),
        ("A36-itxt-bomb.png", "baked-size"),
        ("A37-two-chunks.png", "baked-ambiguous"),
        ("A40-truncated.png", "image-damaged"),
    ],
)
def test_attack_in_an_image_is_refused_within_little_memory(shared, name, rule):
    data = (shared / "attack" / name).read_bytes()
    tracemalloc.start()
    with pytest.raises(InputError) as caught:
        extract(data)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert caught.value.rule == rule
    assert peak < 8 << 20


def test_honest_image_of_the_attack_corpus_gives_its_token(shared):
    data = (shared / "attack/A34-baked.png").read_bytes()
    assert extract(data) == (shared / "attack/A01-eddsa.jwt").read_text().strip()
    assert pixels_of(bake(data, JSON)) == pixels_of(data)


@given(st.integers(0, 2000), st.integers(1, 255))
def test_any_changed_byte_is_noticed(place, change):
    data = bytearray(bake(image(), JSON))
    data[place % len(data)] ^= change
    with pytest.raises(InputError):
        extract(bytes(data))
