"""Which way up a page lies: a cheap look at its lines first, a strip read all four ways in doubt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ocr.image import raster
from ocr.image.ink import flattened, grey_of, mask_of, without_large
from ocr.model import Recipe, Turn, Word
from ocr.ports import OcrEngine, Pixels
from ocr.preparing.geometry import deskewed, flatten, scaled, turned, upright
from ocr.preparing.sheet import find_corners
from ocr.preparing.skew import lean_of

_LOOK_LONG_SIDE = 1000
_STRIP_DPI = 200.0
_STRIP_INCH = 1.2
_OPPOSITE: dict[Turn, Turn] = {0: 180, 90: 270, 180: 0, 270: 90}
_QUARTER: dict[Turn, Turn] = {0: 90, 90: 180, 180: 270, 270: 0}
_SURE_CONFIDENCE, _SURE_LETTERS = 0.7, 60
_STRIP_CONFIDENCE, _STRIP_LETTERS = 0.4, 30
"""Strips hold leaders and stamps: upright ones read with 0.47 and more, others with 0.3 at most."""
_LONG_WORD = 3


def propose(pixels: Pixels, dpi: float) -> Recipe:
    """How the page lies, from its picture alone: sheet corners, lines across or down, skew.

    Upside down is told apart only by reading: see `reads_well` and `settled_turn`.
    """
    step = max(1, round(max(pixels.shape[:2]) / _LOOK_LONG_SIDE))
    look = raster.reduced(pixels, step)
    corners, grey = find_corners(look), grey_of(look)
    if corners:
        grey, _ = flatten(grey, dpi / step, corners)
    ink = without_large(mask_of(grey))
    across, down = lean_of(ink), lean_of(ink, across=False)
    sideways = down.sharpness > across.sharpness
    skew = round((down if sideways else across).degrees, 2)
    return Recipe(corners=corners, turn=90 if sideways else 0, skew_deg=skew)


def reads_well(
    words: Sequence[Word], least: int = _SURE_LETTERS, confidence: float = _SURE_CONFIDENCE
) -> bool:
    """True where so much was read with such confidence that the page cannot lie the wrong way.

    Tesseract turns blocks of sideways text by itself: words taller than wide count as unread.
    """
    letters = sum(len(word.text) for word in words)
    certain = sum(len(word.text) * word.confidence for word in words if not _on_its_side(word))
    return letters >= least and certain >= confidence * letters


def settled_turn(pixels: Pixels, dpi: float, recipe: Recipe, engine: OcrEngine) -> Turn:
    """The turn at which the strip with most writing reads best.

    Lines across or down are told safely by their projection, so only where neither way along them reads are
    the other two tried.
    """
    flat, flat_dpi = upright(grey_of(pixels), dpi, Recipe(corners=recipe.corners))
    small = flattened(scaled(flat, min(1.0, _STRIP_DPI / flat_dpi)))
    strips: dict[Turn, tuple[Word, ...]] = {}
    for first in (recipe.turn, _QUARTER[recipe.turn]):
        for turn in (first, _OPPOSITE[first]):
            strips[turn] = _strip_words(small, turn, recipe.skew_deg, engine)
        best = max(strips, key=lambda turn: _certain_letters(strips[turn]))
        if reads_well(strips[best], _STRIP_LETTERS, _STRIP_CONFIDENCE):
            return best
    along = (recipe.turn, _OPPOSITE[recipe.turn])
    return max(along, key=lambda turn: _certain_letters(strips[turn]))


def _strip_words(small: Pixels, turn: Turn, skew_deg: float, engine: OcrEngine) -> tuple[Word, ...]:
    page = deskewed(turned(small, turn), skew_deg)
    letters = without_large(mask_of(page))
    ink = np.count_nonzero(letters, axis=1)
    height = min(round(_STRIP_INCH * _STRIP_DPI), len(ink))
    top = int(np.argmax(np.convolve(ink, np.ones(height), mode="valid")))
    # As one block: only the engine's own page layout would turn sideways text.
    return engine.recognise(np.ascontiguousarray(page[top : top + height]), _STRIP_DPI, one_block=True)


def _certain_letters(words: Sequence[Word]) -> float:
    return sum(len(word.text) * word.confidence**2 for word in words)


def _on_its_side(word: Word) -> bool:
    box = word.box
    return len(word.text) >= _LONG_WORD and box.y1 - box.y0 > box.x1 - box.x0
