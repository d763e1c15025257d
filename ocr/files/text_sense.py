"""Whether the text that a file carries says what one sees: real syllables, lying on the ink."""

from __future__ import annotations

import re
from collections.abc import Sequence

import cv2
import numpy as np

from ocr.image import raster
from ocr.image.ink import Ink, grey_of, mask_of
from ocr.model import Word
from ocr.ports import Pixels
from ocr.vietnamese.language import vietnamese

_LETTERS = re.compile(r"[^\W\d_]+")
_MIN_SYLLABLES = 5
_REAL_SHARE = 0.9
_ON_INK_SHARE, _COVERED_SHARE = 0.95, 0.7
_LONG_SIDE = 1200
"""Pixels of the picture in which ink is looked for."""
_TEXT_HEIGHT = (0.004, 0.04)
"""Of letters, in shares of the page's height: larger ink is a seal, a rule or a picture."""


def is_vietnamese(words: Sequence[Word]) -> bool:
    """Nearly all syllables are ones that official texts use."""
    syllables = [syllable for word in words for syllable in _LETTERS.findall(word.text.lower())]
    known = sum(map(vietnamese().knows, syllables))
    return len(syllables) >= _MIN_SYLLABLES and known >= _REAL_SHARE * len(syllables)


def lies_on_ink(words: Sequence[Word], pixels: Pixels, dpi: float) -> bool:
    """Words have ink under them, and most of what looks like letters has a word over it."""
    step = max(1, max(pixels.shape[:2]) // _LONG_SIDE)
    mask = mask_of(grey_of(raster.reduced(pixels, step)))
    scale = dpi / 72 / step
    covered = np.zeros_like(mask)
    inked = 0
    for word in words:
        x0, y0, x1, y1 = (max(0, round(value * scale)) for value in word.box)
        inked += bool(mask[y0 : y1 + 1, x0 : x1 + 1].any())
        covered[y0 : y1 + 1, x0 : x1 + 1] = 255
    letters = _letters(mask)
    found = cv2.countNonZero(letters)
    together = cv2.countNonZero(raster.both(letters, covered))
    return inked >= _ON_INK_SHARE * len(words) and together >= _COVERED_SHARE * found


def _letters(mask: Pixels) -> Pixels:
    """Ink in parts as tall as letters."""
    ink = Ink.of(mask)
    low, high = (share * mask.shape[0] for share in _TEXT_HEIGHT)
    heights = ink.parts[:, cv2.CC_STAT_HEIGHT]
    kept = (heights >= low) & (heights <= high)
    kept[0] = False
    return ink.chosen(kept)
