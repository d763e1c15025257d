"""Writing of the other side goes; what is written on this side stays."""

from __future__ import annotations

import cv2
import numpy as np

from ocr.preparing.cleanup import clean
from resources.specimens.damage import shown_through
from tests.unit.ocr.conftest import Picture, Typeset, paragraph

SIZE = (595.0, 420.0)
LINE = 22.0


def _strip(page: Picture, top: float) -> Picture:
    """One line's height of the page as the engine gets it, from `top` in points."""
    readable = clean(page, 300)
    return readable.grey[round(top * readable.dpi / 72) : round((top + LINE) * readable.dpi / 72)]


def _sheet(typeset: Typeset, lines: range) -> Picture:
    texts = list(paragraph(top=30).items())
    return typeset(dict(texts[place] for place in lines), SIZE, 300)


def test_what_shows_through_is_gone(typeset: Typeset) -> None:
    front, back = _sheet(typeset, range(8)), _sheet(typeset, range(4, 15))
    alone = 30 + 10 * LINE  # the other side's eleventh line
    assert _strip(shown_through(front, back, 0.4), alone).min() > 250
    kept, whole = (
        np.count_nonzero(_strip(page, 30 + LINE) < 140) for page in (shown_through(front, back, 0.4), front)
    )
    assert abs(kept - whole) < 0.03 * whole


def test_a_pale_line_on_a_page_that_nothing_shows_through_stays(typeset: Typeset) -> None:
    front = _sheet(typeset, range(15))
    top = round((30 + 10 * LINE) * 300 / 72)
    pale = front[top : top + round(LINE * 300 / 72)]
    pale[:] = cv2.convertScaleAbs(pale, alpha=0.35, beta=255 * 0.65)
    assert _strip(front, 30 + 10 * LINE).min() < 185
