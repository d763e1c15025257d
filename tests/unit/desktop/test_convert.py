"""What conversion makes of each sort of file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from desktop.workflow.convert import Converted, ConvertFiles, Pictured, convert_files
from desktop.workflow.executor import InProcess
from desktop.workflow.job import Context
from desktop.workflow.services import Workers

TEXT = "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2025"


@pytest.fixture
def face(root: Path) -> str:
    return str(root / "resources" / "fonts" / "tinos-regular.ttf")


def converted(path: Path) -> Converted:
    workers = Workers(InProcess(), "tesseract:vie", 60, 60)
    [found] = convert_files(workers, ConvertFiles((path,), (path.with_suffix(".out.pdf"),)), Context()).value
    return found


def scan(face: str) -> bytes:
    picture = Image.new("L", (1240, 700), 255)
    ImageDraw.Draw(picture).text((80, 300), TEXT, fill=0, font=ImageFont.truetype(face, 30))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def mixed(path: Path, face: str) -> Path:
    """A born-digital page, a scanned one, an empty one."""
    with pymupdf.open() as document:
        first: Any = document.new_page(width=595, height=336)
        first.insert_text((60, 100), TEXT, fontname="F1", fontfile=face, fontsize=14)
        second: Any = document.new_page(width=595, height=336)
        second.insert_image(second.rect, stream=scan(face))
        document.new_page(width=595, height=336)
        document.save(path)
    return path


def texts(path: Path) -> list[str]:
    with pymupdf.open(path) as document:
        return [" ".join(page.get_text().split()) for page in document]


def test_a_mixed_file_page_by_page(tmp_path: Path, face: str) -> None:
    done = converted(mixed(tmp_path / "a.pdf", face))
    assert (done.pages, done.blank_pages, done.problem, done.pictured) == (3, 1, None, ())
    assert done.output is not None
    assert texts(done.output) == [TEXT, TEXT, ""]
    with pikepdf.open(done.output) as pdf:
        assert ["/XObject" in page.Resources and len(page.Resources.XObject) > 0 for page in pdf.pages] == [
            False,
            True,
            False,
        ]


def test_a_page_that_does_not_fit_becomes_a_picture_with_its_own_text(tmp_path: Path, face: str) -> None:
    path = mixed(tmp_path / "a.pdf", face)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].contents_add(b"1 0 0.5 0 k 10 10 50 50 re f")
        pdf.save(path)
    done = converted(path)
    assert done.pictured == (Pictured(1, "colour_cmyk"),)
    assert done.problem is None
    assert done.output is not None
    assert texts(done.output)[0] == TEXT


def test_a_signed_file_keeps_its_bytes_and_gets_its_text_beside_it(tmp_path: Path, face: str) -> None:
    path = mixed(tmp_path / "a.pdf", face)
    path.write_bytes(path.read_bytes() + b"\n% /ByteRange [0 1 2 3]\n%%EOF")
    done = converted(path)
    assert done.signed
    assert done.output is not None
    assert done.output.read_bytes() == path.read_bytes()
    assert done.sidecar is not None
    assert [" ".join(page.split()) for page in done.sidecar.read_text().split("\f")] == [TEXT, TEXT, ""]
