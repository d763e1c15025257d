"""Ruled tables: their cells, so that each is read by itself and in the order of the rows."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from ocr.ports import Pixels

_MIN_CELLS = 4
_MIN_SIDE = 1.0
_MIN_TABLE_SIDE = 6.0
_BRIDGE = 0.8
_SAME_ROW = 0.6


class Cell(NamedTuple):
    """Inside of a table cell in pixels: left, top, right, bottom (exclusive)."""

    x0: int
    y0: int
    x1: int
    y1: int


def tables_in(across: Pixels, down: Pixels, x_height: float) -> tuple[tuple[Cell, ...], ...]:
    """Cells of every table in reading order; `across` and `down` are masks of the rules."""
    if not down.any():
        return ()
    bridge = round(_BRIDGE * x_height)
    whole = _closed(across, (bridge, 1)) | _closed(down, (1, bridge))
    grid = cv2.dilate(whole, np.ones((3, 3), np.uint8)).astype(np.uint8, copy=False)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(grid, connectivity=8)
    found = []
    for number, (x, y, width, height, _) in enumerate(stats.tolist()):
        if number and min(width, height) >= _MIN_TABLE_SIDE * x_height:
            own = labels[y : y + height, x : x + width] == number  # an edge of the page may go around a table
            cells = _cells(own.astype(np.uint8), x, y, x_height)
            if len(cells) >= _MIN_CELLS:
                found.append(cells)
    return tuple(sorted(found, key=lambda cells: cells[0].y0))


def _closed(rules: Pixels, size: tuple[int, int]) -> Pixels:
    kernel = np.ones((max(1, size[1]), max(1, size[0])), np.uint8)
    return cv2.morphologyEx(rules, cv2.MORPH_CLOSE, kernel).astype(np.uint8, copy=False)


def _cells(grid: Pixels, left: int, top: int, x_height: float) -> tuple[Cell, ...]:
    """The holes of the grid; what touches its bounding box lies outside the table."""
    height, width = grid.shape
    holes = np.where(grid > 0, np.uint8(0), np.uint8(255)).astype(np.uint8, copy=False)
    _, _, stats, _ = cv2.connectedComponentsWithStats(holes, connectivity=4)
    cells = [
        Cell(left + x, top + y, left + x + w, top + y + h)
        for x, y, w, h, _ in stats[1:].tolist()
        if x > 0 and y > 0 and x + w < width and y + h < height and min(w, h) >= _MIN_SIDE * x_height
    ]
    return _by_rows(cells, x_height)


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
