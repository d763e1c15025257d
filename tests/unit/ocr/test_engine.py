"""Both ways to reach Tesseract read the same, and what is missing is said clearly."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ocr.engines.tessdata import folder_with
from ocr.engines.tesseract_tsv import words_of
from ocr.errors import EngineMissing, EngineTimeout, UnknownAddress
from ocr.image.ink import grey_of
from ocr.locate import engine
from tests.unit.ocr.conftest import PARAGRAPH, Typeset


@pytest.mark.parametrize("address", ["tesseract:vie", "tesseract-cli:vie"])
def test_engine_reads_vietnamese(typeset: Typeset, address: str) -> None:
    page = grey_of(
        typeset({(60, 40 + 24 * place): line for place, line in enumerate(PARAGRAPH)}, size=(595, 200))
    )
    words = engine(address).recognise(page, 200)
    text = " ".join(word.text for word in words)
    assert "Ủy ban nhân dân xã đề nghị các cơ quan" in text
    first = words[0]
    assert first.text == "Căn"
    assert first.box.x0 == pytest.approx(60, abs=2)
    assert 40 <= first.box.y0 < first.box.y1 <= 60
    assert all(0 <= word.confidence <= 1 for word in words)
    assert len({word.line for word in words}) == len(PARAGRAPH)


def test_engine_is_loaded_once() -> None:
    assert engine("tesseract:vie") is engine("tesseract:vie")


def test_empty_picture_has_no_words() -> None:
    assert engine("tesseract:vie").recognise(np.full((300, 300), 255, np.uint8), 200) == ()


@pytest.mark.parametrize("address", ["paddle:vie", "tesseract", "tesseract:", ""])
def test_unknown_address(address: str) -> None:
    with pytest.raises(UnknownAddress):
        engine(address)


def test_missing_language_says_which(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with pytest.raises(EngineMissing) as caught:
        engine("tesseract:xyz")
    assert caught.value.facts == {"language": "xyz"}
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(EngineMissing):
        folder_with("vie")
    (tmp_path / "vie.traineddata").touch()
    assert folder_with("vie") == tmp_path


def test_table_of_words_is_parsed() -> None:
    row = "5\t1\t1\t1\t{line}\t1\t100\t200\t50\t20\t{conf}\t{text}"
    table = "level\tpage_num\n" + "\n".join(
        (
            row.format(line=1, conf="96.5", text="Hoa\u0300"),
            row.format(line=2, conf="-1", text="b"),
            "5\tbroken",
        )
    )
    words = words_of(table, 144)
    assert [(word.text, word.confidence, word.line) for word in words] == [("Hoà", 0.965, 0), ("b", 0.0, 1)]
    assert words[0].box == (50, 100, 75, 110)


def test_page_that_takes_too_long_is_stopped(typeset: Typeset, monkeypatch: pytest.MonkeyPatch) -> None:
    adapter = engine("tesseract:vie")
    page = grey_of(typeset())
    with monkeypatch.context() as patch:
        patch.setattr("ocr.engines.tesseract.PAGE_SECONDS", 0.01)
        with pytest.raises(EngineTimeout):
            adapter.recognise(page, 200)
    assert len(adapter.recognise(page, 200)) > 100
