"""What conversion makes of each sort of file."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pymupdf
from PIL import Image

from desktop.workflow.executor import InProcess
from desktop.workflow.job import Context
from desktop.workflow.papers.convert import Converted, ConvertFiles, Pictured, convert_files
from desktop.workflow.services import Workers
from ocr.pdf.encoded import Profile
from tests.born_digital import TEXT, mixed, print_in_cmyk, scan, spoilt


def converted(path: Path, profile: Profile = "archive") -> Converted:
    workers = Workers(InProcess(), "tesseract:vie", 60, 60)
    command = ConvertFiles((path,), (path.with_suffix(".out.pdf"),), profile)
    [found] = convert_files(workers, command, Context()).value
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


def test_text_lies_over_what_one_sees_though_the_scan_is_kept_askew(tmp_path: Path) -> None:
    path = tmp_path / "askew.jpg"
    page = Image.new("L", (1240, 700), 255)
    strip = Image.open(io.BytesIO(scan())).crop((0, 280, 1240, 340))
    for line in range(9):
        page.paste(strip, (0, 60 + 62 * line))
    page.rotate(-3, fillcolor=255).save(path, dpi=(150, 150), quality=90)
    done = converted(path, "keep")
    assert done.output is not None
    assert path.read_bytes() in done.output.read_bytes()
    wanted, [found] = (TEXT.split() * 9), texts(done.output)
    assert sum(one == other for one, other in zip(found.split(), wanted, strict=True)) > 0.95 * len(wanted)
    command = ["pdftotext", "-bbox", str(done.output), "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    poppler = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">', told)
    with pymupdf.open(done.output) as document:
        mupdf = [word[:4] for word in document[0].get_text("words")]
        shown: Any = document[0].get_pixmap(dpi=72, colorspace="gray")
    grey = np.frombuffer(shown.samples, np.uint8).reshape(shown.h, shown.w)
    for boxes in (mupdf, [tuple(map(float, box)) for box in poppler]):
        assert len(boxes) == 9 * len(TEXT.split())
        seen = np.zeros(grey.shape, bool)
        for x0, y0, x1, y1 in boxes:
            assert grey[round(y0) : round(y1) + 1, round(x0) : round(x1) + 1].min() < 128
            seen[round(y0) : round(y1) + 1, round(x0) : round(x1) + 1] = True
        assert seen[grey < 128].mean() > 0.97
