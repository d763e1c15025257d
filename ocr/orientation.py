"""Which way up a page lies: a cheap look at its lines first, a few lines read both ways in doubt."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ocr.geometry import deskewed, shrunk, turned
from ocr.ink import grey_of, mask_of, without_large
from ocr.model import Turn, Word
from ocr.ports import OcrEngine, Pixels
from ocr.skew import Lean, lean_of

_LOOK_LONG_SIDE = 1400
_STRIP_LINES_PX = 420


class Stance(NamedTuple):
    """How the page lies."""

    turn: Turn
    skew_deg: float


def stance_of(pixels: Pixels, engine: OcrEngine) -> Stance:
    """Turn and skew that make the page upright; a page without text lies as it came."""
    small, _ = shrunk(grey_of(pixels), _LOOK_LONG_SIDE)
    ink = without_large(mask_of(small))
    across, upright = lean_of(ink), lean_of(ink, across=False)
    if max(across.sharpness, upright.sharpness) == 0:
        return Stance(0, 0.0)
    sideways = upright.sharpness > across.sharpness
    lean: Lean = upright if sideways else across
    turns: tuple[Turn, Turn] = (90, 270) if sideways else (0, 180)
    scores = [_reads_well(small, turn, lean.degrees, engine) for turn in turns]
    return Stance(turns[int(np.argmax(scores))], round(lean.degrees, 2))


def _reads_well(small: Pixels, turn: Turn, skew_deg: float, engine: OcrEngine) -> float:
    """Letters read with confidence in the strip with most ink, with the page held this way."""
    page = deskewed(turned(small, turn), skew_deg)
    rows = (page < 128).sum(axis=1)
    height = min(_STRIP_LINES_PX, len(rows))
    sums = np.convolve(rows, np.ones(height), mode="valid")
    top = int(np.argmax(sums))
    words = engine.recognise(np.ascontiguousarray(page[top : top + height]), 150)
    return _certain_letters(words)


def _certain_letters(words: tuple[Word, ...]) -> float:
    return sum(len(word.text) * word.confidence**2 for word in words)
