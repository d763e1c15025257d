"""Writing by hand: digits and signatures as strokes of a blue ballpoint."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from resources.specimens.sheet import Colour, Sheet

BLUE: Colour = (0.10, 0.16, 0.58)
Curve = NDArray[np.float64]

# strokes in a box one wide and one high, y downwards
DIGITS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "0": (((0.55, 0.02), (0.15, 0.2), (0.08, 0.65), (0.4, 0.98), (0.8, 0.75), (0.85, 0.3), (0.5, 0.02)),),
    "1": (((0.25, 0.28), (0.55, 0.03), (0.5, 0.5), (0.45, 0.98)),),
    "2": (((0.15, 0.25), (0.45, 0.02), (0.8, 0.22), (0.55, 0.6), (0.12, 0.95), (0.5, 0.9), (0.9, 0.93)),),
    "3": (
        ((0.18, 0.15), (0.5, 0.02), (0.78, 0.2), (0.45, 0.46)),
        ((0.45, 0.46), (0.85, 0.65), (0.6, 0.97), (0.12, 0.88)),
    ),
    "4": (((0.5, 0.04), (0.3, 0.4), (0.08, 0.64), (0.5, 0.62), (0.92, 0.58)), ((0.7, 0.35), (0.62, 0.98))),
    "5": (
        ((0.3, 0.06), (0.24, 0.45), (0.65, 0.42), (0.78, 0.75), (0.45, 0.99), (0.1, 0.88)),
        ((0.3, 0.06), (0.82, 0.03)),
    ),
    "6": (((0.7, 0.04), (0.25, 0.4), (0.15, 0.8), (0.5, 0.98), (0.78, 0.72), (0.5, 0.52), (0.2, 0.7)),),
    "7": (((0.12, 0.08), (0.5, 0.07), (0.85, 0.05), (0.6, 0.5), (0.4, 0.98)), ((0.35, 0.5), (0.78, 0.46))),
    "8": (
        ((0.7, 0.12), (0.4, 0.02), (0.2, 0.22), (0.5, 0.46), (0.8, 0.74), (0.5, 0.98)),
        ((0.5, 0.98), (0.15, 0.78), (0.45, 0.46), (0.75, 0.22), (0.68, 0.1)),
    ),
    "9": (((0.75, 0.2), (0.45, 0.02), (0.18, 0.25), (0.42, 0.48), (0.75, 0.22), (0.68, 0.6), (0.5, 0.98)),),
}


def _smooth(points: Sequence[tuple[float, float]], steps: int = 10) -> Curve:
    """A Catmull-Rom curve through the points."""
    p = np.array([points[0], *points, points[-1]], float)
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(p[:-3], p[1:-2], p[2:-1], p[3:], strict=True):
        parts.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        )
    return np.concatenate([*parts, p[-1:]])


def _stroke(sheet: Sheet, curve: Curve, width: float) -> None:
    """Draws the curve, thinner where the pen runs fast."""
    speed = np.hypot(*np.diff(curve, axis=0).T)
    usual = float(np.median(speed)) + 1e-6
    shape = sheet.page.new_shape()
    for start, end, fast in zip(curve[:-1].tolist(), curve[1:].tolist(), speed / usual, strict=True):
        shape.draw_line(start, end)
        shape.finish(color=BLUE, width=width * (1.25 - 0.3 * min(1.5, float(fast))), lineCap=1)
    shape.commit()


def write_digits(
    sheet: Sheet, x: float, y: float, digits: str, rng: np.random.Generator, size: float = 15
) -> float:
    """Writes a number by hand from x on the baseline y; returns where it ends."""
    for digit in digits:
        high = size * rng.uniform(0.9, 1.08)
        wide = high * 0.58
        lean = rng.uniform(0.1, 0.22)
        for points in DIGITS[digit]:
            shaken = [(px + rng.normal(0, 0.02), py + rng.normal(0, 0.02)) for px, py in points]
            curve = _smooth(shaken)
            curve = np.stack(
                [x + (curve[:, 0] + lean * (1 - curve[:, 1])) * wide, y - high * (1 - curve[:, 1])], 1
            )
            _stroke(sheet, curve, 1.15)
        x += wide * 1.16
    return x


def sign(sheet: Sheet, x: float, y: float, name: str, rng: np.random.Generator, width: float = 105) -> None:
    """The wet signature of that person around (x, y): the same hand each time, not the same strokes."""
    hand = np.random.default_rng(zlib.crc32(name.encode()))
    width *= rng.uniform(0.95, 1.05)
    height = width * hand.uniform(0.24, 0.38)
    _stroke(sheet, _run(x, y, width, height, hand, rng), 1.3)
    low = y + height * hand.uniform(0.35, 0.7)
    if hand.random() < 0.75:
        sweep = [
            (x + width * hand.uniform(0.3, 0.45), y - height * hand.uniform(-0.1, 0.3)),
            (x + width * hand.uniform(0.45, 0.6), y + height * hand.uniform(0.1, 0.35)),
            (x, low),
            (x - width * hand.uniform(0.3, 0.5), low + height * hand.uniform(-0.1, 0.2)),
            (x + width * 0.1, low - height * 0.1),
            (x + width * hand.uniform(0.5, 0.65), low - height * hand.uniform(0.2, 0.7)),
        ]
    else:
        sweep = [
            (x - width * hand.uniform(0.35, 0.5), low),
            (x, low - height * hand.uniform(0, 0.2)),
            (x + width * hand.uniform(0.45, 0.6), low - height * hand.uniform(0.2, 0.5)),
        ]
    _stroke(sheet, _smooth(sweep, 22), 1.1)


def _run(
    x: float, y: float, width: float, height: float, hand: np.random.Generator, rng: np.random.Generator
) -> Curve:
    """The written part: a large first letter that runs out into waves."""
    t = np.linspace(0, 1, 200)
    pace = t + hand.uniform(0.02, 0.06) * np.sin(2 * math.pi * (t * hand.integers(1, 4) + hand.random()))
    swing = 2 * math.pi * hand.uniform(3.4, 7.5) * pace + hand.uniform(0, 6)
    bump = np.exp(-(((t - hand.uniform(0.4, 0.8)) / 0.09) ** 2)) * hand.uniform(0, 0.6)
    size = 0.22 + hand.uniform(0.6, 1.0) * np.exp(-hand.uniform(4, 9) * t) + bump
    size *= 1 + 0.06 * np.sin(9 * t + rng.uniform(0, 6))
    up = size * (np.sin(swing) + hand.uniform(0.1, 0.5) * np.sin(2 * swing + hand.uniform(0, 6)))
    across = t ** hand.uniform(0.8, 1.1) * 0.9 - 0.5
    across += hand.uniform(0.03, 0.1) * (0.4 + size) * np.sin(swing + hand.uniform(0.6, 1.6))
    lean = hand.uniform(0.1, 0.5) * height
    climb = height * hand.uniform(0.0, 0.5) * (0.4 - t)
    return np.stack([x + across * width + up * lean, y - up * height + climb], 1)
