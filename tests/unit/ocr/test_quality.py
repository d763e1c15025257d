"""Problems of a picture are named on one side of their limits and not on the other."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.model import Box, Word
from ocr.preparing.cleanup import clean
from ocr.preparing.quality import problems_of
from tests.unit.ocr.conftest import Picture, Typeset

SURE, UNSURE = (Word("tám chữ", confidence, Box(0, 0, 9, 9), 0) for confidence in (0.5, 0.49))


def _problems(page: Picture, dpi: float = 200, skew: float = 0.0) -> tuple[str, ...]:
    return problems_of(page, dpi, skew, clean(page, dpi), (SURE,))


def _blurred(page: Picture, pixels: float) -> Picture:
    return cv2.GaussianBlur(page, (0, 0), pixels).astype(np.uint8)


def _faded(page: Picture, ink: float) -> Picture:
    return (255 - (255 - page) * ink).astype(np.uint8)


@pytest.mark.parametrize(("dpi", "named"), [(149, ("low_dpi",)), (150, ())])
def test_too_few_dots(typeset: Typeset, dpi: int, named: tuple[str, ...]) -> None:
    assert _problems(typeset(dpi=dpi), dpi) == named


@pytest.mark.parametrize(("degrees", "named"), [(9.8, ("skewed",)), (-9.8, ("skewed",)), (9.7, ())])
def test_skew_at_the_end_of_what_is_searched(
    typeset: Typeset, degrees: float, named: tuple[str, ...]
) -> None:
    assert _problems(typeset(), skew=degrees) == named


@pytest.mark.parametrize(("light", "named"), [(0.34, ("dark",)), (0.37, ())])
def test_dark(typeset: Typeset, light: float, named: tuple[str, ...]) -> None:
    assert _problems((typeset() * light).astype(np.uint8)) == named


@pytest.mark.parametrize(("ink", "named"), [(0.45, ("faint",)), (0.55, ())])
def test_faint(typeset: Typeset, ink: float, named: tuple[str, ...]) -> None:
    assert _problems(_faded(typeset(), ink)) == named


@pytest.mark.parametrize(("pixels", "named"), [(3.0, ("blurred",)), (2.0, ())])
def test_blurred(typeset: Typeset, pixels: float, named: tuple[str, ...]) -> None:
    assert _problems(_blurred(typeset(), pixels)) == named


def test_soft_and_pale_is_no_blur(typeset: Typeset) -> None:
    """Edges count beside the ink they belong to: pale ink has low ones on a sharp page too."""
    assert _problems(_faded(_blurred(typeset(), 1.3), 0.55)) in ((), ("faint",))


@pytest.mark.parametrize(("lines", "named"), [(6, ("cut_off",)), (5, ())])
@pytest.mark.parametrize("turn", range(4))
def test_letters_at_an_edge(typeset: Typeset, turn: int, lines: int, named: tuple[str, ...]) -> None:
    line = "hai mươi ngày làm việc, kể từ khi nhận đủ hồ sơ hợp lệ"
    page = typeset({(-3 if place < lines else 70, 60 + 22 * place): line for place in range(12)})
    assert _problems(np.ascontiguousarray(np.rot90(page, turn))) == named


@pytest.mark.parametrize(
    ("words", "named"), [((SURE, UNSURE), ()), ((SURE, UNSURE, UNSURE), ("unread",)), ((), ("unread",))]
)
def test_unread(typeset: Typeset, words: tuple[Word, ...], named: tuple[str, ...]) -> None:
    page = typeset()
    assert problems_of(page, 200, 0, clean(page, 200), words) == named
