"""Ruled tables: their cells, so that each is read by itself and in the order of the rows."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.image.ink import Ink
from ocr.ports import Pixels

_MIN_CELLS = 4
_MIN_SIDE = 1.0
_MIN_TABLE_SIDE = 6.0
_BRIDGE = 0.8
_SAME_ROW = 0.6
_RIM = 0.4
_FULL = 0.8
_DUST = 0.1


class Cell(NamedTuple):
    """Inside of a table cell in pixels: left, top, right, bottom (exclusive)."""

    x0: int
    y0: int
    x1: int
    y1: int


def tables_in(mask: Pixels, across: Pixels, down: Pixels, x_height: float) -> tuple[tuple[Cell, ...], ...]:
    """Cells of every table in reading order; `across` and `down` are masks of the rules in the ink `mask`."""
    if not down.any():
        return ()
    bridge = round(_BRIDGE * x_height)
    whole = _closed(across, (bridge, 1)) | _closed(down, (1, bridge))
    grid = cv2.dilate(whole, np.ones((3, 3), np.uint8)).astype(np.uint8, copy=False)
    _, labels, parts = Ink.of(grid)
    margin = round(x_height)
    found = []
    for number, (x, y, width, height, _) in enumerate(parts.tolist()):
        if number and min(width, height) >= _MIN_TABLE_SIDE * x_height:
            place = np.s_[max(0, y - margin) : y + height + margin, max(0, x - margin) : x + width + margin]
            own = labels[place] == number  # an edge of the page may go around a table
            cells = _cells(own.astype(np.uint8), mask[place], x_height)
            if cells:
                found.append(tuple(_moved(cell, place[1].start, place[0].start) for cell in cells))
    return tuple(sorted(found, key=lambda cells: cells[0].y0))


def _closed(rules: Pixels, size: tuple[int, int]) -> Pixels:
    kernel = np.ones((max(1, size[1]), max(1, size[0])), np.uint8)
    return cv2.morphologyEx(rules, cv2.MORPH_CLOSE, kernel).astype(np.uint8, copy=False)


def _cells(grid: Pixels, ink: Pixels, x_height: float) -> tuple[Cell, ...]:
    """The holes of the grid, and rectangles at its rim that only miss an outer rule."""
    height, width = grid.shape
    free = np.where(grid > 0, np.uint8(0), np.uint8(255)).astype(np.uint8, copy=False)
    _, holes, stats, _ = cv2.connectedComponentsWithStats(free, connectivity=4)
    x, y, w, h = (stats[:, column] for column in range(4))
    outside = (x == 0) | (y == 0) | (x + w == width) | (y + h == height)
    outside[0] = False
    closed = _large(stats[1:][~outside[1:]], x_height)
    if len(closed) < _MIN_CELLS:
        return ()
    around = np.where(outside, np.uint8(255), np.uint8(0))[holes].astype(np.uint8, copy=False)
    return _by_rows(closed + _half_open(grid, ink, around, x_height), x_height)


def _half_open(grid: Pixels, ink: Pixels, around: Pixels, x_height: float) -> list[Cell]:
    """Full rectangles within the convex outline of the grid, where nothing is written right outside it."""
    outline = cv2.convexHull(np.asarray(cv2.findNonZero(grid)))
    within = cv2.fillConvexPoly(np.zeros_like(grid), outline, (255,))
    rim = cv2.polylines(np.zeros_like(grid), [outline], True, (255,), max(1, round(_RIM * x_height)))
    inner = cv2.bitwise_and(around, cv2.bitwise_and(within, cv2.bitwise_not(rim)))
    _, _, stats, _ = cv2.connectedComponentsWithStats(inner.astype(np.uint8, copy=False), connectivity=4)
    full = stats[:, cv2.CC_STAT_AREA] > _FULL * stats[:, cv2.CC_STAT_WIDTH] * stats[:, cv2.CC_STAT_HEIGHT]
    beyond = cv2.bitwise_and(ink, cv2.bitwise_not(cv2.bitwise_or(within, rim)))
    reach, dust = round(x_height), round(_DUST * x_height**2)
    return [
        cell
        for cell in _large(stats[1:][full[1:]], x_height)
        if cv2.countNonZero(
            beyond[max(0, cell.y0 - reach) : cell.y1 + reach, max(0, cell.x0 - reach) : cell.x1 + reach]
        )
        <= dust
    ]


def _large(frames: NDArray[Any], x_height: float) -> list[Cell]:
    return [
        Cell(x, y, x + w, y + h) for x, y, w, h, _ in frames.tolist() if min(w, h) >= _MIN_SIDE * x_height
    ]


def _moved(cell: Cell, dx: int, dy: int) -> Cell:
    return Cell(cell.x0 + dx, cell.y0 + dy, cell.x1 + dx, cell.y1 + dy)


def _by_rows(cells: list[Cell], x_height: float) -> tuple[Cell, ...]:
    rows: list[list[Cell]] = []
    for cell in sorted(cells):
        row = next((row for row in rows if abs(row[0].y0 - cell.y0) < _SAME_ROW * x_height), None)
        if row is None:
            rows.append([cell])
        else:
            row.append(cell)
    rows.sort(key=lambda row: row[0].y0)
    return tuple(cell for row in rows for cell in sorted(row))
