"""Every kind of file we write is accepted as PDF/A-2u by veraPDF, and a spoilt one is not."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest

from desktop.workflow import report_pdf
from desktop.workflow.report_pdf import Reported, ReportFacts
from ocr import pdfa
from ocr.encoded import Profile
from ocr.model import Box, PageReading, PageText, Quality, Recipe, Word
from tests.contract.pdfa_checker import Checker
from tests.unit.desktop.verdict_samples import NOW, checked, signature

PROFILES: tuple[Profile, ...] = ("archive", "compact", "keep")


@pytest.fixture
def checker(tmp_path: Path) -> Checker:
    made = Checker(tmp_path)
    if made.missing:
        pytest.skip(made.missing)
    return made


def _scan(path: Path) -> PageReading:
    page = np.full((1170, 827, 3), (225, 235, 240), np.uint8)
    cv2.putText(page, "UBND XA MAU", (100, 200), cv2.FONT_HERSHEY_SIMPLEX, 2, (30, 30, 30), 5)
    cv2.circle(page, (500, 800), 120, (40, 40, 210), 8)
    cv2.line(page, (100, 900), (400, 860), (170, 70, 40), 5)
    cv2.imwrite(str(path), page)
    words = (
        Word("Uỷ", 0.9, Box(72, 100, 130, 145), 0),
        Word("ban\u0323\ufeff😀", 0.9, Box(140, 100, 250, 145), 0),
        Word("\u0000", 0.1, Box(300, 100, 310, 145), 0),
    )
    return PageReading(
        1, 595.44, 842.4, Recipe(), PageText(words, "x"), "ocr", blank=False, quality=Quality(100)
    )


@pytest.mark.slow
def test_verapdf_accepts_every_profile_and_refuses_a_spoilt_file(checker: Checker, tmp_path: Path) -> None:
    source = tmp_path / "scan.jpg"
    reading = _scan(source)
    files = []
    for profile in PROFILES:
        files.append(tmp_path / f"{profile}.pdf")
        pdfa.write([pdfa.encode_page(source, 1, reading, profile)] * 2, files[-1], "Tờ <trình> & phụ lục")
    files.append(tmp_path / "report.pdf")
    facts = ReportFacts("Ủy ban nhân dân xã MẪU", "nguyen.thi.mau", NOW, "Trạm Số", "0")
    files[-1].write_bytes(report_pdf.make([Reported(checked("tệp 😀 - dài.pdf", signature()))] * 2, facts))
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(files[0]) as pdf:
        del pdf.Root.OutputIntents
        pdf.save(spoilt)
    failures = checker.failures([*files, spoilt])
    assert len(failures) == 1
    assert "spoilt.pdf" in failures[0]
    assert "6.2.4.3" in failures[0]
