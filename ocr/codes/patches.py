"""Patch codes on separator sheets: four bars, two wide and two narrow, told by their widths.

Bars and gaps are 0.08 inch, wide bars 0.20 inch, all together 0.80 inch, bars at least 2 inches long (Kodak
A-61599). Patch T is narrow-wide-narrow-wide, upside down it is Patch 3:
both divide papers, so both are called PatchT.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import cv2
import numpy as np

from ocr.model import Box, Code
from ocr.ports import Pixels

_DPI = 100
_LENGTH_IN = (1.4, 9.0)
_THICK_IN = (0.045, 0.28)
_WIDE_IN = 0.14
_GAP_IN = (0.03, 0.15)
_FILLED = 0.72
_ALIKE = 0.12
"""By how much of their length bars of one code may differ in length and in where they stand."""
_NAMES = {"0101": "PatchT", "1010": "PatchT", "1001": "Patch2"}


class _Bar(NamedTuple):
    """A solid bar in inches: across is measured along the reading direction of the code."""

    across: float
    along: float
    length: float
    thick: float
    box: Box


def find(grey: Pixels, dpi: float) -> tuple[Code, ...]:
    """Patch codes on a page that lies within a few degrees of straight; boxes in points."""
    factor = min(1.0, _DPI / dpi)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    _, ink = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(ink, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    bars = [bar for outline in outlines for bar in _bar(outline, dpi * factor)]
    return tuple(code for upright in (True, False) for code in _codes([b for v, b in bars if v is upright]))


def _bar(outline: cv2.typing.MatLike, dpi: float) -> Iterator[tuple[bool, _Bar]]:
    """(bars lie across the page, the bar) for an outline that is a solid bar."""
    left, top, width, height = cv2.boundingRect(outline)
    if max(width, height) < _LENGTH_IN[0] * dpi:
        return
    (x, y), sides, _ = cv2.minAreaRect(outline)
    thick, length = sorted(side / dpi for side in sides)
    solid = cv2.contourArea(outline) >= _FILLED * sides[0] * sides[1]
    if not (solid and _within(length, _LENGTH_IN) and _within(thick, _THICK_IN)):
        return
    lies = width > height
    across, along = (y, x) if lies else (x, y)
    points = 72 / dpi
    box = Box(left * points, top * points, (left + width) * points, (top + height) * points)
    yield lies, _Bar(across / dpi, along / dpi, length, thick, box)


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _codes(bars: Sequence[_Bar]) -> Iterator[Code]:
    columns: list[list[_Bar]] = []
    for bar in sorted(bars):
        column = next((each for each in columns if _together(each[-1], bar)), None)
        if column is None:
            columns.append([bar])
        else:
            column.append(bar)
    for column in columns:
        pattern = "".join("1" if bar.thick > _WIDE_IN else "0" for bar in column)
        if pattern in _NAMES:
            boxes = np.array([bar.box for bar in column])
            x0, y0 = boxes[:, :2].min(axis=0)
            x1, y1 = boxes[:, 2:].max(axis=0)
            yield Code(_NAMES[pattern], pattern, Box(float(x0), float(y0), float(x1), float(y1)))


def _together(one: _Bar, other: _Bar) -> bool:
    """Is the other bar the next of the same code?"""
    apart = other.across - one.across - (one.thick + other.thick) / 2
    slack = _ALIKE * one.length
    return (
        _within(apart, _GAP_IN)
        and abs(other.length - one.length) < slack
        and abs(other.along - one.along) < slack
    )
