"""Find the sheet of paper in a photo, so that its perspective can be undone.

Only where at least three edges of the sheet lie inside the picture: a flat scan with a dark edge is no photo.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.ports import Pixels
from ocr.preparing.geometry import shrunk

Corners = tuple[tuple[float, float], ...]
_Points = NDArray[np.float32]

_LOOK_LONG_SIDE = 800
_SMOOTH = 5
"""Pixels; OpenCV's median is many times slower from 7 on."""
_AREA_SHARE = (0.2, 0.985)
_MIN_EDGES_INSIDE = 3
_BORDER_SHARE = 0.012
_MIN_CONTRAST = 35.0
_SAMPLE = 3
_MIN_FILL = 0.93
_SHORTEST_TO_LONGEST = 0.35


class _Line(NamedTuple):
    point: _Points
    direction: _Points


def find_corners(pixels: Pixels) -> Corners:
    """Corners of the sheet as fractions of the picture, clockwise from top left; empty where it fills it."""
    small, _ = shrunk(pixels, _LOOK_LONG_SIDE)
    bright = small.max(axis=2) if small.ndim == 3 else small
    smooth = cv2.medianBlur(np.ascontiguousarray(bright), _SMOOTH).astype(np.uint8, copy=False)
    _, mask = cv2.threshold(smooth, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    outline = _largest_outline(mask.astype(np.uint8, copy=False))
    if outline is None or not _stands_out(smooth, outline):
        return ()
    rough = _four_corners(outline)
    if rough is None:
        return ()
    corners = _refined(rough, outline)
    height, width = bright.shape
    if corners is None or not _is_sheet(corners, outline, width, height):
        return ()
    return tuple((float(x) / width, float(y) / height) for x, y in _clockwise(corners))


def _largest_outline(mask: Pixels) -> _Points | None:
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    largest = max(outlines, key=cv2.contourArea, default=None)
    if largest is None:
        return None
    low, high = _AREA_SHARE
    if not low * mask.size < cv2.contourArea(largest) < high * mask.size:
        return None
    return np.asarray(cv2.convexHull(largest)[:, 0], np.float32)


def _stands_out(smooth: Pixels, outline: _Points) -> bool:
    inside = np.zeros_like(smooth)
    cv2.fillConvexPoly(inside, outline.astype(np.int32), 255)
    paper, some = inside[::_SAMPLE, ::_SAMPLE] > 0, smooth[::_SAMPLE, ::_SAMPLE]
    if paper.all():
        return False
    return float(np.median(some[paper])) - float(np.median(some[~paper])) > _MIN_CONTRAST


def _four_corners(outline: _Points) -> _Points | None:
    around = cv2.arcLength(outline, True)
    for share in (0.01, 0.015, 0.02, 0.03, 0.04, 0.05):
        found = cv2.approxPolyDP(outline, share * around, True)
        if len(found) == 4:
            return np.asarray(found[:, 0], np.float32)
        if len(found) < 4:
            break
    return None


def _refined(rough: _Points, outline: _Points) -> _Points | None:
    """Corners where the straight lines along the four sides meet: rounded and bent corners do not matter."""
    around = _dense(outline)
    lines = [_line_along(rough[i], rough[(i + 1) % 4], around) for i in range(4)]
    corners = [_meeting(lines[i - 1], lines[i]) for i in range(4)]
    if any(corner is None for corner in corners):
        return None
    return np.array(corners, np.float32)


def _dense(outline: _Points) -> _Points:
    """Points along the outline at every second pixel."""
    pieces = []
    for start, end in zip(outline, np.roll(outline, -1, axis=0), strict=True):
        count = max(1, int(np.linalg.norm(end - start) / 2))
        steps = np.arange(count, dtype=np.float32)[:, None] / count
        pieces.append(start + (end - start) * steps)
    return np.concatenate(pieces).astype(np.float32)


def _line_along(start: _Points, end: _Points, points: _Points) -> _Line:
    side = end - start
    length = float(np.linalg.norm(side)) or 1.0
    along = ((points - start) @ side) / length
    off = np.abs((points - start) @ np.array([-side[1], side[0]], np.float32)) / length
    near = points[(along > 0.08 * length) & (along < 0.92 * length) & (off < 0.02 * length + 3)]
    if len(near) < 8:
        return _Line(start, side / length)
    vx, vy, x, y = cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
    return _Line(np.array([x, y], np.float32), np.array([vx, vy], np.float32))


def _meeting(one: _Line, other: _Line) -> _Points | None:
    matrix = np.array([one.direction, -other.direction], np.float64).T
    if abs(np.linalg.det(matrix)) < 0.3:
        return None
    along = np.linalg.solve(matrix, (other.point - one.point).astype(np.float64))
    return np.asarray(one.point + one.direction * along[0], np.float32)


def _is_sheet(corners: _Points, outline: _Points, width: int, height: int) -> bool:
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    if sides.min() < _SHORTEST_TO_LONGEST * sides.max() or not cv2.isContourConvex(corners):
        return False
    if cv2.contourArea(outline) < _MIN_FILL * cv2.contourArea(corners):
        return False
    return _edges_inside(corners, width, height) >= _MIN_EDGES_INSIDE


def _edges_inside(corners: _Points, width: int, height: int) -> int:
    middles = (corners + np.roll(corners, -1, axis=0)) / 2
    margin = _BORDER_SHARE * max(width, height)
    clear = (
        (middles[:, 0] > margin)
        & (middles[:, 0] < width - margin)
        & (middles[:, 1] > margin)
        & (middles[:, 1] < height - margin)
    )
    return int(clear.sum())


def _clockwise(corners: _Points) -> _Points:
    """Clockwise, starting with the corner nearest the picture's top left."""
    middle = corners.mean(axis=0)
    order = np.argsort(np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0]))
    turned = corners[order]
    return np.asarray(np.roll(turned, -int(np.argmin(turned.sum(axis=1))), axis=0), np.float32)
