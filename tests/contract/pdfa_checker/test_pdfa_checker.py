"""Every kind of file we write is accepted as PDF/A-2u by veraPDF, and a spoilt one is not."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest

from desktop.workflow.executor import InProcess
from desktop.workflow.job import Context
from desktop.workflow.papers.convert import ConvertFiles, convert_files
from desktop.workflow.services import Workers
from ocr import pdfa
from ocr.files.importing import inspect
from ocr.model import Box, PageReading, PageText, Quality, Recipe, Word
from ocr.pdf.encoded import Profile, RetainedPage
from ocr.vietnamese.legacy_encodings import encode
from tests import born_digital
from tests.contract.pdfa_checker import Checker
from tests.integration.program import tramso

PROFILES: tuple[Profile, ...] = ("archive", "compact", "keep")


@pytest.fixture
def checker(tmp_path: Path) -> Checker:
    made = Checker(tmp_path)
    if made.missing:
        pytest.skip(made.missing)
    return made


def scanned(path: Path) -> PageReading:
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
    text = PageText(words, "x")
    return PageReading(1, 595.44, 842.4, Recipe(), text, "ocr", blank=False, quality=Quality(100))


def of_every_profile(folder: Path) -> list[Path]:
    source = folder / "scan.jpg"
    reading = scanned(source)
    files = []
    for profile in PROFILES:
        files.append(folder / f"{profile}.pdf")
        pages = [pdfa.encode_page(source, 1, reading, profile)] * 2
        pdfa.write(pages, files[-1], "Tờ <trình> & phụ lục")
    return files


def born_digital_papers(folder: Path) -> list[Path]:
    spoilt = born_digital.spoilt
    old = born_digital.plain(folder / "old.pdf", encode("Cộng hòa xã hội", "tcvn3"))
    embedded = retained(old, folder)

    def name_it(pdf: pikepdf.Pdf) -> None:
        born_digital.font_of(pdf).BaseFont = pikepdf.Name("/.VnTime")

    return [
        born_digital.letter(folder / "letter.pdf"),
        born_digital.plain(folder / "plain.pdf"),
        spoilt(born_digital.letter(folder / "form.pdf"), born_digital.fill_in),
        spoilt(born_digital.letter(folder / "scripts.pdf"), born_digital.add_scripts),
        spoilt(born_digital.letter(folder / "untidy.pdf"), born_digital.make_untidy),
        spoilt(embedded, name_it),
    ]


def retained(path: Path, folder: Path) -> Path:
    out = folder / f"{path.stem}-a.pdf"
    pages = [RetainedPage(path, number) for number in range(1, inspect(path).page_count + 1)]
    pdfa.write(pages, out, path.stem)
    return out


def converted(paths: Iterable[Path], folder: Path) -> list[Path]:
    given = tuple(paths)
    targets = tuple(folder / f"{path.stem}-converted.pdf" for path in given)
    workers = Workers(InProcess(), "tesseract:vie", 60, 60)
    results = convert_files(workers, ConvertFiles(given, targets), Context()).value
    assert [entry.problem for entry in results] == [None] * len(given)
    return list(targets)


def signed(path: Path, home: Path) -> Path:
    """Digitised by the clerk, then taken in by the archive, each as an incremental update."""
    out = path.with_name("signed.pdf")
    for source, identity, role in ((path, "clerk", "so_hoa"), (out, "seal", "luu_tru")):
        choices = ("--identity", f"practice:{identity}", "--role", role, "--level", "B-B")
        ran = tramso(home, "sign", source, *choices, "--accept-unchecked", "-o", out)
        assert ran.code == 0, ran.stderr
    return out


@pytest.mark.slow
def test_verapdf_accepts_what_we_write_and_refuses_a_spoilt_file(
    checker: Checker, tmp_path: Path, home: Path
) -> None:
    files = of_every_profile(tmp_path)
    letter, *others = (retained(path, tmp_path) for path in born_digital_papers(tmp_path))
    files += [letter, *others, signed(letter, home)]
    mixed = born_digital.mixed(tmp_path / "mixed.pdf")
    printed = born_digital.spoilt(born_digital.mixed(tmp_path / "printed.pdf"), born_digital.print_in_cmyk)
    files += converted((mixed, printed), tmp_path)
    spoilt = tmp_path / "spoilt.pdf"
    with pikepdf.open(files[0]) as pdf:
        del pdf.Root.OutputIntents
        pdf.save(spoilt)
    failures = checker.failures([*files, spoilt])
    assert len(failures) == 1, failures
    assert "spoilt.pdf" in failures[0]
    assert "6.2.4.3" in failures[0]


@pytest.mark.slow
def test_real_papers_are_accepted(checker: Checker, tmp_path: Path, shared: Path) -> None:
    names = ("C_forms/C001*", "A2_retypeset/R001*", "A_borndigital/A038*")
    found = [path for name in names for path in (shared / "corpus").glob(name)]
    assert checker.failures([retained(path, tmp_path) for path in found]) == []
