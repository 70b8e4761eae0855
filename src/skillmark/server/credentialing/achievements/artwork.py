"""Badge artwork: one drawing, in points and colours, rendered as SVG or PNG. Every badge has a pattern of its own."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw

from skillmark.server.credentialing.achievements.icons import ICONS, Line, Point

SIZE = 240.0
CENTRE = SIZE / 2
LEVELS = 8
INNER = 64.0
STRANDS = 5
CURVE_POINTS = 420
FINENESS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Four colours of one family, as hex."""

    deep: str
    mid: str
    light: str
    accent: str


PALETTES = {
    "petrol": Palette(deep="#0d3b44", mid="#1b6f7a", light="#cdeae6", accent="#ffc857"),
    "indigo": Palette(deep="#23265e", mid="#4a52b0", light="#dcdffb", accent="#ffb38a"),
    "berry": Palette(deep="#55163b", mid="#a23469", light="#fbdbe8", accent="#ffd27a"),
    "moss": Palette(deep="#1f3d1f", mid="#4c7a3a", light="#e1efce", accent="#ffcf5c"),
    "rust": Palette(deep="#5a1f12", mid="#b4532a", light="#ffe3cf", accent="#ffd66b"),
    "slate": Palette(deep="#1f2b3a", mid="#4b6480", light="#dde7f1", accent="#f7b267"),
    "plum": Palette(deep="#3a1a55", mid="#7440a1", light="#eadcf8", accent="#8fe3c8"),
    "ocean": Palette(deep="#0b2f5c", mid="#2272b4", light="#d3e8fb", accent="#ffd166"),
}
# Outline as (corners, sharpness, turn); corners 0 is a wavy seal with that many waves in `sharpness`.
SHAPES: dict[str, tuple[int, float, float]] = {
    "seal": (0, 28.0, 0.0),
    "flower": (0, 12.0, 0.0),
    "hexagon": (6, 26.0, math.pi / 6),
    "octagon": (8, 44.0, 0.0),
    "diamond": (4, 9.0, math.pi / 4),
    "shield": (5, 18.0, -math.pi / 2),
    "square": (4, 9.0, 0.0),
    "circle": (0, 0.0, 0.0),
}
# How far the flat sides are from the centre, so that all shapes look equally large.
FULLNESS = {4: 0.82, 5: 0.86, 6: 0.92, 8: 0.95}


@dataclass(frozen=True, slots=True, kw_only=True)
class Artwork:
    """What a badge looks like. `seed` makes its pattern its own."""

    shape: str
    palette: str
    icon: str
    level: int = 0
    seed: str = ""

    @property
    def digest(self) -> str:
        """A short name of exactly this drawing, for caches."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stroke:
    """A line to draw, or an area when `filled`."""

    points: Line
    colour: str
    width: float = 0.0
    opacity: float = 1.0
    filled: bool = False


def _radius(shape: str, angle: float) -> float:
    corners, sharpness, turn = SHAPES[shape]
    if corners == 0:
        depth = 0.6 / sharpness if sharpness else 0.0
        return 1.0 - depth + depth * math.cos(sharpness * angle)
    normals = (turn + 2 * math.pi * k / corners for k in range(corners))
    total = sum(max(0.0, math.cos(angle - normal)) ** sharpness for normal in normals)
    return FULLNESS[corners] * total ** (-1 / sharpness)


def _outline(shape: str, radius: float, *, points: int = 360) -> Line:
    angles = (2 * math.pi * step / points for step in range(points))
    return tuple(_polar(angle, radius * _radius(shape, angle)) for angle in angles)


def _polar(angle: float, radius: float) -> Point:
    return CENTRE + radius * math.cos(angle), CENTRE + radius * math.sin(angle)


def _guilloche(art: Artwork) -> list[Line]:
    """Interlaced closed curves, as on a banknote; their waves, ripple and phase come from the seed."""
    chance = hashlib.sha256(art.seed.encode()).digest()
    waves, ripple, second = 7 + chance[0] % 9, 0.25 + chance[1] % 8 / 32, 2 + chance[2] % 3
    turns = [math.tau * step / CURVE_POINTS for step in range(CURVE_POINTS + 1)]
    rims = [100.0 * _radius(art.shape, turn) for turn in turns]
    curves = []
    for strand in range(STRANDS):
        phase = math.tau * strand / STRANDS
        swings = [
            ((1 - ripple) * math.sin(waves * t + phase) + ripple * math.cos(waves * second * t - phase)) for t in turns
        ]
        radii = ((INNER + rim) / 2 + swing * (rim - INNER) / 2 for rim, swing in zip(rims, swings, strict=True))
        curves.append(tuple(_polar(turn, radius) for turn, radius in zip(turns, radii, strict=True)))
    return curves


def _level_dots(level: int, palette: Palette) -> list[Stroke]:
    """Eight small dots on the lower rim of the centre, as many lit as the level of the European framework."""
    dots = []
    for index in range(LEVELS if level else 0):
        angle = math.pi / 2 + math.radians(15) * ((LEVELS - 1) / 2 - index)
        x, y = _polar(angle, 50.5)
        ring = tuple((x + 2.6 * math.cos(t), y + 2.6 * math.sin(t)) for t in (math.tau * s / 24 for s in range(24)))
        lit = index < level
        colour, opacity = (palette.accent, 1.0) if lit else (palette.light, 0.28)
        dots.append(Stroke(points=ring, colour=colour, opacity=opacity, filled=True))
    return dots


def strokes(art: Artwork) -> list[Stroke]:
    """The drawing from back to front."""
    palette = PALETTES[art.palette]
    drawn = [
        Stroke(points=_outline(art.shape, 112), colour=palette.light, filled=True),
        Stroke(points=_outline(art.shape, 108), colour=palette.deep, filled=True),
        Stroke(points=_outline(art.shape, 103), colour=palette.mid, filled=True),
    ]
    drawn += [Stroke(points=curve, colour=palette.light, width=0.9, opacity=0.55) for curve in _guilloche(art)]
    drawn += [
        Stroke(points=_outline("circle", 62), colour=palette.light, filled=True),
        Stroke(points=_outline("circle", 59), colour=palette.deep, filled=True),
    ]
    drawn += _level_dots(art.level, palette)
    lift = 5.0 if art.level else 0.0
    for line in ICONS[art.icon]:
        placed = tuple((CENTRE + (x - 12) * 2.9, CENTRE - lift + (y - 12) * 2.9) for x, y in line)
        drawn.append(Stroke(points=placed, colour="#ffffff", width=4.6))
    return drawn


@lru_cache(maxsize=256)
def svg(art: Artwork) -> str:
    """The drawing as a standalone SVG, without text, script or style."""
    body = "".join(_svg_path(stroke) for stroke in strokes(art))
    side = round(SIZE * FINENESS)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="480" height="480" '
        f'fill="none" stroke-linecap="round" stroke-linejoin="round">{body}</svg>'
    )


def _svg_path(stroke: Stroke) -> str:
    """A path of small whole steps: a third of the size of full coordinates."""
    grid = [(round(x * FINENESS), round(y * FINENESS)) for x, y in stroke.points]
    steps = "".join(f"{bx - ax:+d}{by - ay:+d}" for (ax, ay), (bx, by) in pairwise(grid))
    path = f'<path d="M{grid[0][0]} {grid[0][1]}l{steps}"'
    fade = f' opacity="{stroke.opacity:g}"' if stroke.opacity < 1 else ""
    if stroke.filled:
        return f'{path} fill="{stroke.colour}"{fade}/>'
    return f'{path} stroke="{stroke.colour}" stroke-width="{stroke.width * FINENESS:g}"{fade}/>'


@lru_cache(maxsize=64)
def png(art: Artwork, pixels: int = 480) -> bytes:
    """The drawing as PNG, drawn larger and made smaller so that edges are smooth."""
    scale = 3 * pixels / SIZE
    image = Image.new("RGBA", (3 * pixels, 3 * pixels), (0, 0, 0, 0))
    for stroke in strokes(art):
        _paint(image, stroke, scale)
    out = BytesIO()
    image.resize((pixels, pixels), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()


def _paint(image: Image.Image, stroke: Stroke, scale: float) -> None:
    mask = Image.new("L", image.size, 0)
    draw = ImageDraw.Draw(mask)
    points = [(x * scale, y * scale) for x, y in stroke.points]
    ink = round(255 * stroke.opacity)
    if stroke.filled:
        draw.polygon(points, fill=ink)
    else:
        width = max(1, round(stroke.width * scale))
        draw.line(points, fill=ink, width=width, joint="curve")
        for x, y in (points[0], points[-1]):
            draw.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=ink)
    colour = Image.new("RGBA", image.size, stroke.colour)
    colour.putalpha(mask)
    image.alpha_composite(colour)
