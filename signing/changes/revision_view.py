"""A page as it was when it was signed, and where another revision shows it otherwise.

A viewer shows the newest revision: what was signed is drawn from the signed bytes (ISO 32000-2 12.8.1).
"""

from __future__ import annotations

import mmap
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pymupdf
from numpy.typing import NDArray

from signing.changes import viewing
from signing.changes.model import Rect
from signing.errors import FileUnreadable
from signing.pdf import opening

Pixels = NDArray[np.uint8]
_DIFFERENT = 40
"""Grey levels by which a pixel must differ."""
_JOIN_PT = 9
"""Differences nearer than this are one place."""
_LEAST_PT = 1.5
_MARK_BGR = (0, 119, 217)
_MAX_PIXELS = 40_000_000
_QUALITY = 85


@dataclass(frozen=True, slots=True)
class RevisionPage:
    """One page of one revision."""

    picture: bytes
    """JPEG; empty where the revision has no such page."""
    pages: int
    """Pages of the revision."""
    places: tuple[Rect, ...]
    """Where the other revision differs, in points from the top left of the drawn page."""


def draw(path: Path, end: int, number: int, dpi: float, other: int) -> RevisionPage:
    """Page `number` (from 1) of the revision of the first `end` bytes, marked where `other` differs.

    0 stands for the whole file. Raises FileUnreadable when MuPDF cannot draw it.
    """
    with opening.mapped(path) as data, viewing.shown(data, end or len(data)) as document:
        if document is None or document.needs_pass:
            raise FileUnreadable(why="not_drawn")
        mine = _pixels(document, number, dpi)
        places: tuple[Rect, ...] = ()
        if (other or len(data)) != (end or len(data)):
            places = _differences(data, other, mine, number, dpi)
        if mine is None:
            return RevisionPage(b"", document.page_count, ())
        return RevisionPage(_jpeg(mine, places, dpi), document.page_count, places)


def _differences(
    data: mmap.mmap, other: int, mine: Pixels | None, number: int, dpi: float
) -> tuple[Rect, ...]:
    with viewing.shown(data, other or len(data)) as document:
        theirs = None if document is None or document.needs_pass else _pixels(document, number, dpi)
    if mine is None:
        return ()
    height, width = mine.shape[:2]
    if theirs is None or theirs.shape != mine.shape:
        return ((0.0, 0.0, width * 72 / dpi, height * 72 / dpi),)
    far = np.abs(mine.astype(np.int16) - theirs).max(axis=2) > _DIFFERENT
    return _places(far, dpi)


def _places(far: NDArray[np.bool_], dpi: float) -> tuple[Rect, ...]:
    """The differing pixels as rectangles, near ones joined."""
    reach = max(1, round(_JOIN_PT * dpi / 72))
    joined = cv2.dilate(far.astype(np.uint8), np.ones((reach, reach), np.uint8))
    count, labels = cv2.connectedComponents(joined)
    found = []
    for label in range(1, count):
        rows, columns = np.nonzero(far & (labels == label))
        box = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
        x0, y0, x1, y1 = (float(side) * 72 / dpi for side in box)
        if max(x1 - x0, y1 - y0) >= _LEAST_PT:
            found.append((x0, y0, x1, y1))
    return tuple(sorted(found, key=lambda rect: (rect[1], rect[0])))


def _pixels(document: pymupdf.Document, number: int, dpi: float) -> Pixels | None:
    """The page in colour, marks included; None when there is no such page."""
    page = viewing.page(document, number)
    if page is None:
        return None
    scale = min(1.0, (_MAX_PIXELS / max(1.0, page.rect.width * page.rect.height * (dpi / 72) ** 2)) ** 0.5)
    try:
        drawn = page.get_pixmap(dpi=max(1, int(dpi * scale)), colorspace=pymupdf.csRGB, alpha=False)
    except viewing.FAILURES as problem:
        raise FileUnreadable(why="not_drawn") from problem
    rows = np.frombuffer(drawn.samples, np.uint8).reshape(drawn.height, drawn.stride)
    return rows[:, : drawn.width * 3].reshape(drawn.height, drawn.width, 3)


def _jpeg(pixels: Pixels, places: tuple[Rect, ...], dpi: float) -> bytes:
    shown = cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR)
    thick, around = max(2, round(dpi / 45)), 3 * dpi / 72
    for x0, y0, x1, y1 in places:
        left, top = round(x0 * dpi / 72 - around), round(y0 * dpi / 72 - around)
        right, bottom = round(x1 * dpi / 72 + around), round(y1 * dpi / 72 + around)
        cv2.rectangle(shown, (left, top), (right, bottom), _MARK_BGR, thick)
    return cv2.imencode(".jpg", shown, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()
