"""PDF/A files: text lies where it is seen, two viewers read the same, nothing depends on time."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ocr import pdfa
from ocr.errors import NoPages
from ocr.model import Box, PageReading, PageText, Quality, Recipe, Turn, Word
from ocr.page import render
from ocr.pdf.encoded import EncodedPage
from ocr.pdf.hidden_text import lines_of

TEXT = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nKính gửi: Ủy ban nhân dân xã Mẫu"


def _words(text: str, size: float = 14.0) -> tuple[Word, ...]:
    made: list[Word] = []
    for number, line in enumerate(text.split("\n")):
        x, baseline = 72.0, 100 + 24.0 * number
        for word in line.split(" "):
            width = 0.48 * size * len(word)
            box = Box(x, baseline - 0.9 * size, x + width, baseline + 0.21 * size)
            made.append(Word(word, 0.9, box, number))
            x += width + 0.25 * size
    return tuple(made)


def _page(text: str = TEXT) -> EncodedPage:
    return EncodedPage(1, 595.28, 841.89, (), PageText(_words(text), text))


def _opened(path: Path) -> Any:
    return pymupdf.open(path)


def test_both_viewers_read_the_same_text(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    pdfa.write([_page()], out, "Mẫu")
    with _opened(out) as document:
        assert document[0].get_text().split() == TEXT.split()
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    shown = subprocess.run(["pdftotext", str(out), "-"], capture_output=True, text=True, check=True).stdout
    assert shown.split() == TEXT.split()


def test_each_word_lies_where_it_is_seen(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    pdfa.write([_page()], out, "Mẫu")
    with _opened(out) as document:
        found = document[0].get_text("words")
    for word, (x0, y0, x1, y1, text, *_) in zip(_words(TEXT), found, strict=True):
        assert text == word.text
        assert x0 == pytest.approx(word.box.x0, abs=0.5)
        assert x1 == pytest.approx(word.box.x1, abs=0.5)
        assert y0 <= (word.box.y0 + word.box.y1) / 2 <= y1


def test_size_and_baseline_come_from_the_letters() -> None:
    size, baseline = 14.0, 100.0
    tall = Word("Hai", 1, Box(0, baseline - 0.67 * size, 30, baseline), 0)
    hanging = Word("gap", 1, Box(40, baseline - 0.45 * size, 70, baseline + 0.21 * size), 0)
    (line,) = lines_of((tall, hanging))
    assert line.size == pytest.approx(size, rel=0.05)
    assert line.baseline == pytest.approx(baseline, abs=0.5)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", categories=("L", "N", "M", "P", "S")), min_size=1, max_size=8),
        min_size=1,
        max_size=5,
    )
)
def test_any_letters_come_back_in_order(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    out = tmp_path_factory.mktemp("letters") / "a.pdf"
    words = tuple(Word(text, 1, Box(72, 80 + 40 * i, 172, 94 + 40 * i), i) for i, text in enumerate(texts))
    pdfa.write([EncodedPage(1, 595, 842, (), PageText(words, ""))], out, "x")
    with pikepdf.open(out) as pdf:
        assert not pdf.check_pdf_syntax()
        cmap = pdf.pages[0].Resources.Font.F0.ToUnicode.read_bytes().decode()
        content = pdf.pages[0].Contents.read_bytes().decode()
    letters = {
        pair[0]: pair[1] for line in cmap.splitlines() if len(pair := line.split()) == 2 and line[0] == "<"
    }
    shown = [part[1:-1] for part in content.split() if part.startswith("<")]
    back = [
        "".join(
            bytes.fromhex(letters[f"<{code[i : i + 4]}>"][1:-1]).decode("utf-16-be")
            for i in range(0, len(code), 4)
        )
        for code in shown
    ]
    assert back == [unicodedata.normalize("NFC", text) for text in texts]


def test_same_input_gives_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    for out in (first, second):
        pdfa.write([_page(), _page("trang hai")], out, "Mẫu", created=datetime(2026, 1, 2, tzinfo=UTC))
    assert first.read_bytes() == second.read_bytes()
    assert b"2026-01-02T00:00:00+00:00" in first.read_bytes()
    assert not list(tmp_path.glob(".*"))


def test_without_pages_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(NoPages):
        pdfa.write([], tmp_path / "a.pdf", "x")
    assert not list(tmp_path.iterdir())


def _reading(width: float, height: float, recipe: Recipe) -> PageReading:
    return PageReading(1, width, height, recipe, PageText(), "ocr", blank=False, quality=Quality(100))


@pytest.mark.parametrize(
    ("turn", "skew", "exif"), [(0, 0, 1), (0, 3, 1), (90, -2, 1), (180, 0, 6), (0, 1, 8)]
)
def test_keep_lays_the_jpeg_straight_and_leaves_its_bytes(
    tmp_path: Path, turn: Turn, skew: float, exif: int
) -> None:
    source, out = tmp_path / "scan.jpg", tmp_path / "scan.pdf"
    page = np.full((600, 400, 3), 255, np.uint8)
    cv2.putText(page, "Trang", (60, 300), cv2.FONT_HERSHEY_SIMPLEX, 3, (0, 0, 0), 9)
    tag = Image.Exif()
    tag[0x0112] = exif
    Image.fromarray(page).save(source, dpi=(72, 72), exif=tag, quality=90)
    recipe = Recipe(turn=turn, skew_deg=skew)
    wanted = render(source, 1, recipe)
    height, width = wanted.shape[:2]
    encoded = pdfa.encode_page(source, 1, _reading(width, height, recipe), "keep")
    assert encoded.pictures[0].data == source.read_bytes()
    pdfa.write([encoded], out, "x")
    with _opened(out) as document:
        shown = document[0].get_pixmap(dpi=72)
    back = np.frombuffer(shown.samples, np.uint8).reshape(shown.h, shown.w, 3)
    assert back.shape == wanted.shape
    assert np.abs(back.astype(int) - wanted).mean() < 3


def test_keep_stores_other_formats_without_loss(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    for name, pixels in (
        ("colour", rng.integers(0, 255, (117, 83, 3), np.uint8)),
        ("ink", np.where(rng.random((117, 83)) < 0.5, 0, 255).astype(np.uint8)),
    ):
        source, out = tmp_path / f"{name}.png", tmp_path / f"{name}.pdf"
        cv2.imwrite(str(source), pixels)
        pdfa.write([pdfa.encode_page(source, 1, _reading(83, 117, Recipe()), "keep")], out, "x")
        with _opened(out) as document:
            shown = document[0].get_pixmap(dpi=72)
        back = np.frombuffer(shown.samples, np.uint8).reshape(shown.h, shown.w, 3)[:, :, ::-1]
        assert np.array_equal(back, pixels if pixels.ndim == 3 else np.dstack([pixels] * 3))
