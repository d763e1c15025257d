"""Whatever comes in, there is a readable PDF/A or a clear word, within the limits of one page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pymupdf
import pytest

from desktop.workflow.executor import InProcess
from desktop.workflow.job import Context
from desktop.workflow.papers.convert import ConvertFiles, convert_files
from desktop.workflow.services import Workers
from tests import odd_files
from tests.odd_files import TEXT, picture

Make = Callable[[Path], None]

GOOD: dict[str, Make] = {
    "cmyk.jpg": partial(picture, mode="CMYK"),
    "cmyk.tif": partial(picture, mode="CMYK"),
    "one-bit.tif": partial(picture, mode="1", compression="group4"),
    "indexed.png": partial(picture, mode="P"),
    "sixteen-bit.png": odd_files.sixteen_bit,
    "transparent.png": partial(picture, mode="RGBA"),
    "turned.jpg": odd_files.turned_by_exif,
    "phone.heic": odd_files.heic,
    "jpeg2000.pdf": odd_files.jpeg2000_pdf,
    "jbig2.pdf": odd_files.jbig2_pdf,
    "cmyk.pdf": odd_files.cmyk_pdf,
    "indexed.pdf": odd_files.indexed_pdf,
    "one-bit.pdf": odd_files.one_bit_pdf,
    "sixteen-bit.pdf": odd_files.sixteen_bit_pdf,
}
BAD: dict[str, tuple[Make, str]] = {
    "bomb.pdf": (odd_files.bomb_pdf, "input_too_large"),
    "no-pages.pdf": (odd_files.no_pages, "input_no_pages"),
    "locked.pdf": (odd_files.locked, "input_encrypted"),
}


def outcome(path: Path) -> tuple[list[str], str | None]:
    """The text of each page of what was made, and the code of what went wrong."""
    target = path.with_suffix(".made.pdf")
    workers = Workers(InProcess(), "tesseract:vie", 60, 60)
    [done] = convert_files(workers, ConvertFiles((path,), (target,)), Context()).value
    if done.output is None:
        assert not target.exists()
        return [], done.problem.code if done.problem else None
    with pymupdf.open(target) as document:
        texts = [" ".join(page.get_text().split()) for page in document]
    return texts, done.problem.code if done.problem else None


@pytest.mark.parametrize("name", GOOD)
def test_every_sort_of_picture_is_read(tmp_path: Path, name: str) -> None:
    GOOD[name](tmp_path / name)
    assert outcome(tmp_path / name) == ([TEXT], None)


def test_each_page_of_a_tiff_keeps_its_size(tmp_path: Path) -> None:
    path = tmp_path / "mixed.tif"
    odd_files.tiff_of_mixed_sizes(path)
    assert outcome(path) == ([TEXT] * 3, None)
    with pymupdf.open(path.with_suffix(".made.pdf")) as document:
        sizes = [(round(page.rect.width), round(page.rect.height)) for page in document]
    assert sizes == [(298, 120), (298, 96), (446, 180)]


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_used_is_named(tmp_path: Path, name: str) -> None:
    make, code = BAD[name]
    make(tmp_path / name)
    assert outcome(tmp_path / name) == ([], code)


def test_a_page_tree_that_runs_in_a_circle_comes_to_an_end(tmp_path: Path) -> None:
    odd_files.circle_of_pages(tmp_path / "circle.pdf")
    assert outcome(tmp_path / "circle.pdf") == ([""], None)
