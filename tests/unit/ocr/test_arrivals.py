"""A hot folder: whole files are handed out once, growing ones wait, junk and odd names stop nothing."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from ocr.files.arrivals import STABLE_S, Arrivals

PAPERS = frozenset({".pdf", ".jpg"})


@pytest.fixture
def arrivals(tmp_path: Path) -> Arrivals:
    return Arrivals(tmp_path, PAPERS)


def names(paths: tuple[Path, ...]) -> list[str]:
    return [path.name for path in paths]


def test_a_file_is_handed_out_once_it_has_stopped_growing(arrivals: Arrivals) -> None:
    page = arrivals.folder / "a.pdf"
    page.write_bytes(b"half")
    assert arrivals.look(0).growing == 1
    page.write_bytes(b"half and more")
    assert arrivals.look(STABLE_S).whole == ()  # it grew since the last look
    found = arrivals.look(2 * STABLE_S)
    assert (names(found.whole), found.growing) == (["a.pdf"], 0)
    assert arrivals.look(3 * STABLE_S).whole == ()


def test_a_file_that_changed_afterwards_is_handed_out_again(arrivals: Arrivals) -> None:
    page = arrivals.folder / "a.pdf"
    page.write_bytes(b"cut off")
    arrivals.look(0)
    assert names(arrivals.look(STABLE_S).whole) == ["a.pdf"]
    page.write_bytes(b"cut off no more")
    arrivals.look(2 * STABLE_S)
    assert names(arrivals.look(3 * STABLE_S).whole) == ["a.pdf"]


def test_an_empty_file_waits_and_what_is_no_paper_is_told_once(arrivals: Arrivals) -> None:
    for name in ("trong.pdf", ".tam.pdf", "~$a.pdf", "ghi-chu.docx"):
        (arrivals.folder / name).touch()
    (arrivals.folder / "thu-muc.pdf").mkdir()
    (arrivals.folder / "link.pdf").symlink_to("/etc/hostname")
    first, later = arrivals.look(0), arrivals.look(9 * STABLE_S)
    assert (names(first.others), later.others) == (["ghi-chu.docx"], ())
    assert (later.whole, later.growing) == ((), 1)


def test_a_name_in_nfd_is_a_name(arrivals: Arrivals) -> None:
    name = unicodedata.normalize("NFD", "Quyết định.pdf")
    (arrivals.folder / name).write_bytes(b"x")
    arrivals.look(0)
    assert arrivals.look(STABLE_S).whole[0].read_bytes() == b"x"


def test_ten_thousand_files_at_once(arrivals: Arrivals) -> None:
    for number in range(10_000):
        os.close(os.open(arrivals.folder / f"{number:05}.jpg", os.O_CREAT))
    os.truncate(arrivals.folder / "00007.jpg", 1)
    assert arrivals.look(0).growing == 10_000
    found = arrivals.look(STABLE_S)
    assert (names(found.whole), found.growing) == (["00007.jpg"], 9_999)


def test_a_folder_that_is_gone_raises_and_is_found_again(arrivals: Arrivals) -> None:
    page = arrivals.folder / "a.pdf"
    page.write_bytes(b"x")
    arrivals.look(0)
    away = arrivals.folder.rename(arrivals.folder.with_name("away"))
    with pytest.raises(FileNotFoundError):
        arrivals.look(1)
    away.rename(arrivals.folder)
    assert names(arrivals.look(STABLE_S).whole) == ["a.pdf"]
