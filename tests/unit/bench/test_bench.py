"""The arithmetic of the comparison: its figures must be right before anybody quotes them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.accuracy import Errors, compare, errors_of, total
from tests.bench.comparing import Figures, line_through, summarise
from tests.bench.contenders import BASELINE, CONTENDERS
from tests.bench.measuring import CommandFailed, Usage, run
from tests.bench.pages import Workload, bind, shared_pages, specimen_pages
from tests.bench.reporting import HEADER, growth_table, ratios, table

FEW = st.floats(-100, 100)


@given(st.text("abc đườngỦY \n", min_size=1, max_size=60))
def test_a_perfect_reading_has_no_errors(text: str) -> None:
    found = compare(text, text)
    assert (found.cer, found.line_cer, found.wer) == (0, 0, 0)


def test_errors_are_counted_by_hand() -> None:
    found = compare("nghị định số mười", "nghị lịnh số mười hai")
    assert (found.characters, found.character_edits, found.words, found.word_edits) == (17, 5, 4, 2)
    assert found.line_edits == 1


def test_columns_of_the_heading_may_be_read_either_way_round() -> None:
    assert compare("ỦY BAN\nCỘNG HÒA\nNội dung", "CỘNG HÒA ỦY BAN Nội dung").cer == 0
    assert compare("ỦY BAN\nCỘNG HÒA\nNội dung", "Nội dung ỦY BAN").cer > 0


def test_an_empty_reading_misses_everything() -> None:
    found = compare("Ủy ban nhân dân", "")
    assert (found.cer, found.line_cer, found.wer) == (100, 100, 100)


def test_long_pages_weigh_more() -> None:
    assert total([Errors(90, 0, 0, 9, 0), Errors(10, 10, 10, 1, 1)]).cer == 10
    assert total([]).cer == 0


@given(st.lists(st.integers(1, 200), min_size=2, max_size=8, unique=True), FEW, FEW)
def test_a_line_is_found_again(counts: list[int], fixed: float, slope: float) -> None:
    found = line_through([(count, fixed + slope * count) for count in counts])
    assert found == pytest.approx((fixed, slope), abs=1e-6)


def test_one_page_count_makes_no_line() -> None:
    with pytest.raises(ValueError, match="two page counts"):
        line_through([(5, 1.0), (5, 2.0)])


def test_times_better_is_over_one_where_ours_is_better() -> None:
    ours = Figures("tramso", 10, 6, 10, 100_000_000, 1_000, Errors(100, 1, 1, 10, 1))
    theirs = Figures(BASELINE, 10, 30, 50, 200_000_000, 6_000, Errors(100, 3, 2, 10, 4))
    assert ratios(ours, theirs) == pytest.approx((5, 5, 2, 6, 3, 2, 4))
    rows = table("title", (theirs, ours)).splitlines()
    assert rows[1].split()[-2:] == ["WER", "%"] and len(rows) == 5
    assert rows[3].split()[:2] == ["tramso", "100"]
    assert rows[4].split()[2:] == ["5.00x", "5.00x", "2.00x", "6.00x", "3.00x", "2.00x", "4.00x"]


def test_nothing_is_said_about_a_figure_that_is_not_there() -> None:
    bare = Figures("tramso", 1, 1, 1, 1, 1)
    assert ratios(bare, bare)[-3:] == (None, None, None)
    assert len(ratios(bare, bare)) == len(HEADER)


def test_growth_says_what_is_fixed_and_what_each_page_costs() -> None:
    found = [Figures("tramso", count, 2 + count, 3 * count, 100_000_000, 5 * count) for count in (1, 5, 9)]
    words = growth_table(found).splitlines()[-1]
    assert "time 2.0 s + 1.00 s a page" in words
    assert "s + 3.00 s a page" in words
    assert "memory 100 MB + 0.00 MB a page" in words


def test_processor_and_memory_of_grandchildren_count(tmp_path: Path) -> None:
    work = """if True:
        import time
        held = bytearray(60_000_000)
        while time.process_time() < 0.5:
            pass
    """
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {work!r}], check=True)"
    usage = run([sys.executable, "-c", outer], os.environ, tmp_path / "log")
    assert usage.cpu_s >= 0.5 and usage.wall_s >= 0.5
    assert usage.peak_bytes > 60_000_000


def test_a_program_that_fails_is_no_result(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="no such paper"):
        run([sys.executable, "-c", "raise SystemExit('no such paper')"], os.environ, tmp_path / "log")


def test_the_middle_run_counts(tmp_path: Path) -> None:
    pdf = tmp_path / "out.pdf"
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), "two words")
        document.save(pdf)
    runs = [Usage(1, 5, 30), Usage(9, 1, 10), Usage(2, 3, 20)]
    found = summarise("tramso", Workload("w", pdf, ("two words",)), runs, pdf)
    assert (found.wall_s, found.cpu_s, found.peak_bytes) == (2, 3, 20)
    assert found.errors and found.errors.cer == 0


def test_a_lost_page_is_an_error(tmp_path: Path) -> None:
    pdf = tmp_path / "out.pdf"
    with pymupdf.open() as document:
        document.new_page()
        document.save(pdf)
    with pytest.raises(ValueError, match=r"shorter|longer"):
        errors_of(pdf, ("one", "two"))


def test_pages_are_scans_without_text_and_all_different(tmp_path: Path) -> None:
    pages = specimen_pages(tmp_path / "pages", 2)
    workload = bind("specimens", pages, tmp_path)
    with pymupdf.open(workload.pdf) as document:
        assert [page.get_text() for page in document] == ["", ""]
        assert all(round(page.rect.width) == 595 for page in document)
        assert len({page.get_images()[0][0] for page in document}) == 2
    assert all(len(truth) > 200 for truth in workload.truths)


def test_without_real_papers_there_are_none(tmp_path: Path) -> None:
    assert shared_pages(tmp_path, tmp_path, 1) == {}


def test_both_get_the_same_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_THREAD_LIMIT", "1")
    assert "OMP_THREAD_LIMIT" not in CONTENDERS[BASELINE].environment(tmp_path)
    assert "OMP_THREAD_LIMIT" not in CONTENDERS["tramso"].environment(tmp_path)
    assert CONTENDERS["ocrmypdf-1-thread"].environment(tmp_path)["OMP_THREAD_LIMIT"] == "1"
