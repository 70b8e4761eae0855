"""Badges are drawn the same way twice, each with a pattern of its own, and can carry a credential."""

import io
import re
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from skillmark.credentials.baking import bake, extract
from skillmark.server.credentialing.achievements.artwork import PALETTES, SHAPES, Artwork, png, svg
from skillmark.server.credentialing.achievements.icons import ICONS


@pytest.mark.parametrize("icon", ICONS)
def test_icon_stays_on_its_grid(icon: str) -> None:
    assert all(0 <= x <= 24 and 0 <= y <= 24 for line in ICONS[icon] for x, y in line)


@pytest.mark.parametrize("shape", SHAPES)
def test_shape_fills_its_square_and_stays_inside(shape: str) -> None:
    drawing = Image.open(io.BytesIO(png(Artwork(shape=shape, palette="petrol", icon="star"), 120)))
    box = drawing.getchannel("A").getbbox()
    assert drawing.size == (120, 120)
    assert box is not None
    assert min(box[:2]) >= 0
    assert box[2] - box[0] > 95
    assert max(box[2:]) <= 120


@pytest.mark.parametrize("palette", PALETTES)
def test_icon_can_be_seen_on_its_ground(palette: str) -> None:
    """White on the deep colour of the centre: at least 7 to 1 (WCAG 2.2, 1.4.11 asks for 3)."""
    red, green, blue = (int(PALETTES[palette].deep[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (red, green, blue)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) > 7


def test_svg_is_well_formed_and_holds_only_paths() -> None:
    root = ET.fromstring(svg(Artwork(shape="seal", palette="plum", icon="bridge", level=5, seed="a/b")))
    assert {element.tag.rpartition("}")[2] for element in root.iter()} == {"svg", "path"}


def test_level_lights_as_many_dots() -> None:
    drawing = svg(Artwork(shape="seal", palette="plum", icon="bridge", level=3, seed="a/b"))
    accent = PALETTES["plum"].accent
    assert len(re.findall(f'fill="{accent}"', drawing)) == 3


def test_two_achievements_have_two_patterns() -> None:
    one, two = (Artwork(shape="circle", palette="ocean", icon="leaf", seed=seed) for seed in ("a/b", "a/c"))
    assert svg(one) != svg(two)
    assert one.digest != two.digest


def test_drawing_can_carry_a_credential() -> None:
    picture = bake(png(Artwork(shape="circle", palette="ocean", icon="leaf"), 120), b'{"id":"urn:x"}')
    assert extract(picture) == '{"id":"urn:x"}'
    assert Image.open(io.BytesIO(picture)).size == (120, 120)
