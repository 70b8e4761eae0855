"""Line icons for badges, on a grid of 24, as points: the same points become SVG and PNG."""

from __future__ import annotations

import math

Point = tuple[float, float]
Line = tuple[Point, ...]


def _line(*numbers: float) -> Line:
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def _arc(x: float, y: float, radius: float, *, start: float = 0, end: float = 360, squash: float = 1.0) -> Line:
    """Part of a circle, degrees clockwise from the right."""
    steps = max(8, round(abs(end - start) / 6))
    angles = (math.radians(start + (end - start) * step / steps) for step in range(steps + 1))
    return tuple((x + radius * math.cos(a), y + squash * radius * math.sin(a)) for a in angles)


def _curve(*numbers: float) -> Line:
    """A cubic Bézier curve through four points."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = _line(*numbers)
    points = []
    for step in range(25):
        t = step / 24
        u = 1 - t
        a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
        points.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return tuple(points)


def _mirror(line: Line) -> Line:
    return tuple((24 - x, y) for x, y in line)


_HEART = _curve(12, 20, 5, 15.5, 2.5, 12, 2.5, 8.6) + _curve(2.5, 8.6, 2.5, 3.6, 9.6, 2.6, 12, 7.4)
_LEAF = _curve(5, 19, 1.5, 10, 8, 3.5, 20, 4) + _curve(20, 4, 20.5, 16, 13.5, 22, 5, 19)
_EYE = _curve(1.5, 12, 6, 5, 18, 5, 22.5, 12)
_SHIELD = _line(12, 2.5, 4.5, 5.5, 4.5, 11) + _curve(4.5, 11, 4.5, 16, 8, 19.5, 12, 21.5)

ICONS: dict[str, tuple[Line, ...]] = {
    "bridge": (
        _line(1.5, 10, 22.5, 10),
        _line(6, 4, 6, 19),
        _line(18, 4, 18, 19),
        _curve(6, 5, 9, 10.5, 15, 10.5, 18, 5),
        _curve(6, 5, 5, 7.5, 3.5, 9, 1.5, 10),
        _curve(18, 5, 19, 7.5, 20.5, 9, 22.5, 10),
        _curve(2, 19, 4.5, 17.5, 6.5, 20.5, 9, 19)
        + _curve(9, 19, 11.5, 17.5, 13, 20.5, 15.5, 19)
        + _curve(15.5, 19, 18, 17.5, 19.5, 20.5, 22, 19),
    ),
    "heart": (_HEART, _mirror(_HEART), _line(6.2, 11.6, 9.6, 11.6, 11.2, 9, 13, 14, 14.4, 11.6, 17.8, 11.6)),
    "compass": (_arc(12, 12, 9.5), _line(15.8, 8.2, 13.4, 13.4, 8.2, 15.8, 10.6, 10.6, 15.8, 8.2)),
    "robot": (
        _line(4, 21, 12, 21),
        _line(8, 21, 8, 16.5),
        _arc(8, 14.5, 2),
        _line(9.1, 12.8, 13, 6.8),
        _arc(14, 5.2, 1.9),
        _line(15.7, 6, 19.2, 9),
        _line(17, 11, 19.2, 9, 21.6, 10.6),
        _line(17, 11, 17, 13),
        _line(21.6, 10.6, 21.4, 12.8),
    ),
    "leaf": (_LEAF, _line(2.8, 21.6, 5, 19) + _curve(5, 19, 8, 14, 11, 11, 15, 8.6)),
    "chart": (
        _line(3, 3, 3, 21, 21, 21),
        _line(7.5, 16.5, 11, 11, 14.5, 13.5, 20, 5.5),
        _line(16, 5.5, 20, 5.5, 20, 9.5),
    ),
    "care": (_HEART, _mirror(_HEART), _line(12, 9.2, 12, 15.2), _line(9, 12.2, 15, 12.2)),
    "speech": (
        _curve(3, 17.5, 0, 8, 6, 3.5, 11, 3.5)
        + _curve(11, 3.5, 18.5, 3.5, 19.5, 14.5, 11, 14.8)
        + _line(7.4, 14.8, 3, 17.5),
        _curve(19, 9.5, 23, 11, 23.4, 16, 20.6, 18)
        + _line(21.4, 21.2, 17, 19.2)
        + _curve(17, 19.2, 14, 19.6, 12, 18.8, 11, 17.6),
    ),
    "lock": (_SHIELD, _mirror(_SHIELD), _line(8.2, 11.8, 11, 14.6, 16, 9)),
    "eye": (_EYE, tuple((x, 24 - y) for x, y in _EYE), _arc(12, 12, 3.2)),
    "star": (
        _line(
            *(
                c
                for k in range(11)
                for c in (
                    12 + (9.5 if k % 2 == 0 else 4.2) * math.sin(math.pi * k / 5),
                    12.4 - (9.5 if k % 2 == 0 else 4.2) * math.cos(math.pi * k / 5),
                )
            )
        ),
    ),
    "code": (_line(7.5, 6, 2, 12, 7.5, 18), _line(16.5, 6, 22, 12, 16.5, 18), _line(14, 3.5, 10, 20.5)),
    "cycle": (
        _arc(12, 12, 8.6, start=-80, end=25),
        _arc(12, 12, 8.6, start=40, end=145),
        _arc(12, 12, 8.6, start=160, end=265),
        _line(17.2, 14.6, 19.8, 15.7, 21.8, 13.2),
        _line(8, 17.4, 4.9, 16.9, 4.2, 20.2),
        _line(9.3, 1.2, 11.3, 3.5, 9.2, 6),
    ),
}
