"""Which way up a page lies: a cheap look at its lines first, a strip read all four ways in doubt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ocr.geometry import deskewed, flatten, scaled, shrunk, turned, upright
from ocr.ink import flattened, grey_of, mask_of, without_large
from ocr.model import Recipe, Turn, Word
from ocr.ports import OcrEngine, Pixels
from ocr.sheet import find_corners
from ocr.skew import lean_of

_LOOK_LONG_SIDE = 1000
_STRIP_DPI = 200.0
_STRIP_INCH = 1.2
_TURNS: tuple[Turn, ...] = (0, 90, 180, 270)
_SURE_CONFIDENCE = 0.7
_SURE_LETTERS = 60


def propose(pixels: Pixels, dpi: float) -> Recipe:
    """How the page lies, from its picture alone: sheet corners, lines across or down, skew.

    Upside down is told apart only by reading: see `reads_well` and `settled_turn`.
    """
    corners = find_corners(pixels)
    grey, factor = shrunk(grey_of(pixels), _LOOK_LONG_SIDE)
    if corners:
        grey, _ = flatten(grey, dpi * factor, corners)
    ink = without_large(mask_of(grey))
    across, down = lean_of(ink), lean_of(ink, across=False)
    sideways = down.sharpness > across.sharpness
    skew = round((down if sideways else across).degrees, 2)
    return Recipe(corners=corners, turn=90 if sideways else 0, skew_deg=skew)


def reads_well(words: Sequence[Word]) -> bool:
    """True where so much was read with such confidence that the page cannot lie the wrong way."""
    letters = sum(len(word.text) for word in words)
    certain = sum(len(word.text) * word.confidence for word in words)
    return letters >= _SURE_LETTERS and certain >= _SURE_CONFIDENCE * letters


def settled_turn(pixels: Pixels, dpi: float, recipe: Recipe, engine: OcrEngine) -> Turn:
    """The turn at which the strip with most ink reads best."""
    flat, flat_dpi = upright(grey_of(pixels), dpi, Recipe(corners=recipe.corners))
    small = flattened(scaled(flat, min(1.0, _STRIP_DPI / flat_dpi)))
    scores = [_certain_letters(small, turn, recipe.skew_deg, engine) for turn in _TURNS]
    return _TURNS[int(np.argmax(scores))] if max(scores) > 0 else recipe.turn


def _certain_letters(small: Pixels, turn: Turn, skew_deg: float, engine: OcrEngine) -> float:
    page = deskewed(turned(small, turn), skew_deg)
    ink = np.count_nonzero(page < 128, axis=1)
    height = min(round(_STRIP_INCH * _STRIP_DPI), len(ink))
    top = int(np.argmax(np.convolve(ink, np.ones(height), mode="valid")))
    words = engine.recognise(np.ascontiguousarray(page[top : top + height]), _STRIP_DPI)
    return sum(len(word.text) * word.confidence**2 for word in words)
