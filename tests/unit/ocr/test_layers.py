"""Taking a page apart and laying it together again: nothing that a person sees is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pymupdf
import pytest

from ocr import pdfa
from ocr.model import PageText
from ocr.pdf.encoded import EncodedPage, Picture
from ocr.pdf.profiles import encoded
from ocr.ports import Pixels

BLACK, RED, BLUE, PENCIL = (35, 35, 35), (45, 40, 200), (160, 75, 45), (165, 165, 165)
PAPER = (228, 236, 240)
POINTS = 842 * 0.5


def _paper(seed: int = 1) -> Pixels:
    noise = np.random.default_rng(seed).normal(0, 4, (1754, 1240, 1))
    return np.clip(np.full((1754, 1240, 3), PAPER) + noise, 0, 255).astype(np.uint8)


def _page() -> Pixels:
    page = _paper()
    for row in range(12):
        cv2.putText(
            page, "Uy ban nhan dan xa Mau Son Dong", (100, 150 + 60 * row), 4, 1.4, BLACK, 3, cv2.LINE_AA
        )
    cv2.circle(page, (850, 1300), 170, RED, 9, cv2.LINE_AA)
    cv2.line(page, (100, 1200), (500, 1120), BLUE, 6, cv2.LINE_AA)
    cv2.line(page, (100, 1500), (500, 1450), PENCIL, 4, cv2.LINE_AA)
    return page


def _shown(pictures: tuple[Picture, ...], pixels: Pixels, tmp_path: Path) -> Pixels:
    out = tmp_path / "page.pdf"
    width, height = pixels.shape[1] * 0.24, pixels.shape[0] * 0.24
    pdfa.write([EncodedPage(1, width, height, pictures, PageText())], out, "x")
    document: Any = pymupdf.open(out)
    with document:
        shown = document[0].get_pixmap(dpi=300)
    return np.frombuffer(shown.samples, np.uint8).reshape(shown.h, shown.w, 3)[:, :, ::-1]


def _encoded(pixels: Pixels, profile: Any = "archive") -> tuple[Picture, ...]:
    return encoded(pixels, pixels.shape[1] * 0.24, pixels.shape[0] * 0.24, profile)


@pytest.mark.parametrize("profile", ["archive", "compact"])
def test_every_ink_keeps_its_place_and_colour(profile: str, tmp_path: Path) -> None:
    page = _page()
    back = _shown(_encoded(page, profile), page, tmp_path)
    for colour, place in (
        (RED, (slice(1128, 1133), slice(845, 855))),
        (BLUE, (slice(1159, 1162), slice(298, 302))),
        (PENCIL, (slice(1474, 1477), slice(298, 302))),
        (PAPER, (slice(1600, 1700), slice(300, 900))),
    ):
        assert np.abs(np.median(back[place], axis=(0, 1)) - colour).max() < 40, colour
    text = (slice(100, 850), slice(90, 1150))
    was, now = (np.min(picture[text], axis=2) < 130 for picture in (page, back))
    assert np.count_nonzero(was & now) > 0.93 * np.count_nonzero(was)
    assert np.count_nonzero(now & ~was) < 0.12 * np.count_nonzero(was)


def test_layers_are_far_smaller_than_the_scan() -> None:
    page = _page()
    scan = len(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, 75])[1])
    for profile, share in (("archive", 1 / 4), ("compact", 1 / 8)):
        parts = _encoded(page, profile)
        assert (
            sum(len(part.data) + len(part.stencil.data if part.stencil else b"") for part in parts)
            < scan * share
        )


def test_a_photograph_becomes_one_jpeg() -> None:
    rows, columns = np.mgrid[0:800, 0:600]
    photo = np.dstack([128 + 100 * np.sin(rows / 9), 128 + 90 * np.cos(columns / 7), rows / 4]).astype(
        np.uint8
    )
    (picture,) = _encoded(photo)
    assert (picture.filter, picture.width, picture.ink) == ("DCTDecode", 600, None)


def test_a_one_bit_scan_needs_no_paper_picture() -> None:
    page = np.full((1000, 800), 255, np.uint8)
    cv2.putText(page, "Mau", (100, 500), 4, 3, 0, 3)
    paper, ink = _encoded(np.where(page < 128, np.uint8(0), np.uint8(255)))
    assert (paper.width, paper.height) == (1, 1)
    assert ink.ink == (0, 0, 0)


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 2, 3), (9, 301, 3), (40, 40), (17, 15, 3)])
def test_odd_and_tiny_pictures_pass(shape: tuple[int, ...]) -> None:
    assert _encoded(np.random.default_rng(2).integers(0, 255, shape, np.uint8))
