"""What conversion makes of each sort of file."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pymupdf

from desktop.workflow.convert import Converted, ConvertFiles, Pictured, convert_files
from desktop.workflow.executor import InProcess
from desktop.workflow.job import Context
from desktop.workflow.services import Workers
from tests.born_digital import TEXT, mixed, print_in_cmyk, spoilt


def converted(path: Path) -> Converted:
    workers = Workers(InProcess(), "tesseract:vie", 60, 60)
    [found] = convert_files(workers, ConvertFiles((path,), (path.with_suffix(".out.pdf"),)), Context()).value
    return found


def texts(path: Path) -> list[str]:
    with pymupdf.open(path) as document:
        return [" ".join(page.get_text().split()) for page in document]


def test_a_mixed_file_page_by_page(tmp_path: Path) -> None:
    done = converted(mixed(tmp_path / "a.pdf"))
    assert (done.pages, done.blank_pages, done.problem, done.pictured) == (3, 1, None, ())
    assert done.output is not None
    assert texts(done.output) == [TEXT, TEXT, ""]
    with pikepdf.open(done.output) as pdf:
        assert ["/XObject" in page.Resources and len(page.Resources.XObject) > 0 for page in pdf.pages] == [
            False,
            True,
            False,
        ]


def test_a_page_that_does_not_fit_becomes_a_picture_with_its_own_text(tmp_path: Path) -> None:
    path = mixed(tmp_path / "a.pdf")
    spoilt(path, print_in_cmyk)
    done = converted(path)
    assert done.pictured == (Pictured(1, "colour_cmyk"),)
    assert done.problem is None
    assert done.output is not None
    assert texts(done.output)[0] == TEXT


def test_a_signed_file_keeps_its_bytes_and_gets_its_text_beside_it(tmp_path: Path) -> None:
    path = mixed(tmp_path / "a.pdf")
    path.write_bytes(path.read_bytes() + b"\n% /ByteRange [0 1 2 3]\n%%EOF")
    done = converted(path)
    assert done.signed
    assert done.output is not None
    assert done.output.read_bytes() == path.read_bytes()
    assert done.sidecar is not None
    assert [" ".join(page.split()) for page in done.sidecar.read_text().split("\f")] == [TEXT, TEXT, ""]
