"""Our own printed sheet names a way to scan: what behind it lacks something is told, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from PIL import Image

from desktop import bootstrap, messages, settings
from desktop.workflow.executor import open_executor
from desktop.workflow.job import Context, Problem
from desktop.workflow.pages.edit import rearrange
from desktop.workflow.pages.edit_commands import Rearrange
from desktop.workflow.papers.recognise import Recognise, recognise
from desktop.workflow.papers.sheet_profiles import POORER
from desktop.workflow.problem_words import words_of
from desktop.workflow.scan.batch import scan_batch
from desktop.workflow.scan.hot_folder import take_arrived
from desktop.workflow.scan.orders import ScanOrder, TakeArrived
from desktop.workflow.scan.separator_sheet import separator_pdf
from desktop.workflow.scan_profiles import ScanProfile, as_setting
from desktop.workflow.services import Services
from ocr.codes.separators import Separator
from ocr.image.colours import mode_of
from resources.specimens.separators import as_pdf
from resources.specimens.sheet import Sheet
from storage.catalog import batches, pages
from tests.fakes import sane_device

pytestmark = sane_device.HANGS_AT_TIMES

RICH = ScanProfile("Màu, hai mặt", "sane:test:0", "adf-duplex", 300, "colour")
GREY = ScanProfile("Xám", "sane:test:0", "adf", 100, "grey")
DPI = 100


@pytest.fixture
def services(home: Path) -> Iterator[Services]:
    settings.save(home, replace(settings.load(home), scan_profiles=as_setting((RICH, GREY))))
    with bootstrap.open_services(home) as opened:
        yield replace(opened, workers=replace(opened.workers, executor=open_executor("inline:")))


def printed(pdf: bytes, path: Path, mode: str = "L") -> Path:
    """The first page of a PDF as a scanner gives it."""
    with pymupdf.open(stream=pdf) as document:
        drawn = document[0].get_pixmap(dpi=DPI, alpha=False)
    picture = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)
    if mode == "RGB":  # a scanner sees some colour everywhere
        picture.paste((250, 240, 225), (0, 0, 40, 40))
    picture.convert(mode).save(path, dpi=(DPI, DPI))
    return path


def sheet(path: Path, profile: str, dossier: str = "", mode: str = "L") -> Path:
    return printed(separator_pdf(Separator(dossier, profile=profile)), path, mode)


def paper(path: Path, mode: str = "L") -> Path:
    drawn = Sheet()
    drawn.y = 120
    for row in ("THÔNG BÁO", "Về việc thử máy quét", f"Tờ thứ {path.stem}"):
        drawn.centred(row, "sans", 15, x=drawn.width / 2)
    return printed(as_pdf(drawn), path, mode)


def told(services: Services, folder: Path) -> list[Problem]:
    """What is said after a hot folder brought what lies in this folder."""
    arrived = take_arrived(services, TakeArrived(folder, tuple(sorted(folder.iterdir()))), Context())
    return list(recognise(services, Recognise(arrived.value[0].batch_id), Context()).problems)


def test_what_came_with_less_than_the_sheet_asks_for_is_told(services: Services, tmp_path: Path) -> None:
    paper(tmp_path / "1.png")
    sheet(tmp_path / "2.png", RICH.name)
    for number, mode in ((3, "L"), (4, "RGB"), (5, "1")):
        paper(tmp_path / f"{number}.png", mode)
    problems = told(services, tmp_path)
    assert [(problem.code, problem.facts["pages"]) for problem in problems] == [
        ("sheet_asks_resolution", "3-5"),
        ("sheet_asks_colour", "3, 5"),
    ]
    what, means, remedy = words_of(problems[0])
    assert "trang 2" in what and "100 dpi" in what and "300 dpi" in what and RICH.name in what
    assert means and RICH.name in remedy
    with services.catalog.read() as connection:
        [batch] = batches.find(connection)
        marked = {page.position + 1: page.problem for page in pages.of_batch(connection, batch.id)}
    assert marked == {1: None, 2: None, 3: POORER, 4: POORER, 5: POORER}


def test_pages_are_named_by_their_number_among_those_that_are_there(
    services: Services, tmp_path: Path
) -> None:
    for number in (1, 2, 4):
        paper(tmp_path / f"{number}.png")
    sheet(tmp_path / "3.png", RICH.name)
    arrived = take_arrived(services, TakeArrived(tmp_path, tuple(sorted(tmp_path.iterdir()))), Context())
    batch_id = arrived.value[0].batch_id
    with services.catalog.read() as connection:
        first = pages.of_batch(connection, batch_id)[0].id
    rearrange(services, Rearrange(batch_id, "remove", (first,)), Context())
    problem = recognise(services, Recognise(batch_id), Context()).problems[0]
    assert (problem.facts["sheet"], problem.facts["pages"]) == (2, "3")


def test_pages_that_lack_nothing_and_pages_behind_the_next_dossier_are_not_told(
    services: Services, tmp_path: Path
) -> None:
    sheet(tmp_path / "1.png", GREY.name.upper())
    paper(tmp_path / "2.png", "RGB")
    sheet(tmp_path / "3.png", "", "H01.17.25-261122-0001")
    paper(tmp_path / "4.png", "1")
    assert [problem.code for problem in told(services, tmp_path)] == ["sheet_dossier_unknown"]


def test_a_plain_sheet_between_two_papers_changes_nothing(services: Services, tmp_path: Path) -> None:
    sheet(tmp_path / "1.png", GREY.name)
    paper(tmp_path / "2.png", "1")
    sheet(tmp_path / "3.png", "")
    paper(tmp_path / "4.png", "1")
    [problem] = told(services, tmp_path)
    assert (problem.code, problem.facts["pages"]) == ("sheet_asks_grey", "2, 4")


def test_a_profile_that_nobody_knows_is_named(services: Services, tmp_path: Path) -> None:
    sheet(tmp_path / "1.png", "A3 bản đồ")
    paper(tmp_path / "2.png")
    [problem] = told(services, tmp_path)
    assert problem.code == "sheet_profile_unknown"
    assert "A3 bản đồ" in words_of(problem)[0]


def test_of_our_own_scans_it_is_known_how_they_were_asked_for(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = sane_device.configure(tmp_path / "sane.d", monkeypatch)
    order = ScanOrder(replace(RICH, device=device, dpi=DPI, feed="adf", mode="grey", paper="a5"))
    for laid in (sheet(tmp_path / "1.tif", RICH.name), paper(tmp_path / "2.tif", "RGB")):
        with monkeypatch.context() as fed:
            sane_device.ends_with(tmp_path, fed, 1, 0, f'cp {laid} "$last"')
            batch = scan_batch(services, order, Context()).value.batch_id
        order = replace(order, batch_id=batch)
    problems = recognise(services, Recognise(batch or ""), Context()).problems
    assert [(problem.code, problem.facts["pages"]) for problem in problems] == [
        ("sheet_asks_resolution", "2"),
        ("sheet_asks_colour", "2"),
        ("sheet_asks_both_sides", "2"),
    ]


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_lack_has_its_words(language: messages.Language) -> None:
    facts = {"profile": "P", "sheet": 1, "pages": "2-3", "asked": 300, "got": 100}
    messages.choose(language)
    try:
        for lack in ("resolution", "colour", "grey", "both_sides"):
            said = words_of(Problem(f"sheet_asks_{lack}", facts))
            assert all(said) and "?" not in "".join(said)
    finally:
        messages.choose("vi")


def test_colours_are_told_by_the_pixels() -> None:
    grey = np.full((40, 40, 3), 255, np.uint8)
    grey[:20] = 0
    assert mode_of(grey) == "black_white"
    grey[0, 0] = 90
    assert mode_of(grey) == "grey"
    grey[0, 0] = (90, 90, 120)
    assert mode_of(grey) == "colour"
