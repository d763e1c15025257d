"""Writing by hand: digits and signatures as strokes of a blue ballpoint."""

from __future__ import annotations

import math
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


def sign(sheet: Sheet, x: float, y: float, rng: np.random.Generator, width: float = 105) -> None:
    """A wet signature around (x, y): a tall first loop, a quick run of waves, a sweep below."""
    height = width * 0.32
    t = np.linspace(0, 1, 190)
    turns = rng.uniform(4.2, 6.5)
    swing = 2 * math.pi * turns * t + rng.uniform(0, 2)
    fade = 0.25 + 0.85 * np.exp(-5.5 * t) + 0.25 * np.exp(-(((t - rng.uniform(0.5, 0.75)) / 0.1) ** 2))
    across = -width / 2 + width * 0.9 * t**0.9 + width * 0.055 * np.sin(swing + 1.1)
    up = -height * fade * np.sin(swing) + height * (0.1 - 0.3 * t)
    _stroke(sheet, np.stack([x + across, y + up], 1), 1.3)
    end = (x + width * 0.43, y - height * 0.15)
    sweep = [
        end,
        (x + width * 0.52, y + height * rng.uniform(0.1, 0.3)),
        (x, y + height * rng.uniform(0.45, 0.6)),
        (x - width * 0.42, y + height * rng.uniform(0.55, 0.75)),
        (x + width * 0.1, y + height * 0.5),
        (x + width * 0.6, y + height * rng.uniform(0.0, 0.2)),
    ]
    _stroke(sheet, _smooth(sweep, 22), 1.1)
