"""The reading program hangs or kills its worker: no page is lost, and it is said which has no text."""

from __future__ import annotations

import os
import shutil
import stat
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest

from desktop.workflow.executor import Processes
from desktop.workflow.job import Cancelled, Context
from desktop.workflow.papers.convert import Converted, ConvertFiles, convert_files
from desktop.workflow.services import Workers
from tests.odd_files import TEXT, sheet

HANGS_AFTER_S, ENOUGH_S = 8, 60

# Once in the mood, it hangs or kills the worker that called it; otherwise it is the real program.
PROGRAM = """#!/bin/sh
mood=$(cat "{mood}" 2>/dev/null)
if [ "$1" != "--version" ] && [ -n "$mood" ]; then
  rm "{mood}"
  [ "$mood" = hang ] && exec sleep 20
  [ "$mood" = kill ] && kill -9 $PPID && exit 1
fi
exec "{real}" "$@"
"""


@pytest.fixture(scope="module")
def mood(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write `hang` or `kill` into this file to choose what happens to the next page."""
    return tmp_path_factory.mktemp("program") / "mood"


@pytest.fixture(scope="module")
def workers(mood: Path) -> Iterator[Workers]:
    real = shutil.which("tesseract")
    program = mood.with_name("tesseract")
    program.write_text(PROGRAM.format(mood=mood, real=real))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    before = os.environ["PATH"]
    os.environ["PATH"] = f"{mood.parent}{os.pathsep}{before}"  # spawned workers inherit it
    executor = Processes(1)
    try:
        yield Workers(executor, "tesseract-cli:vie", ENOUGH_S, 60)
    finally:
        executor.close()
        os.environ["PATH"] = before


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    path = tmp_path / "scans.tif"
    sheet().save(path, save_all=True, append_images=[sheet()], dpi=(150, 150))
    return path


def converted(workers: Workers, path: Path, context: Context | None = None) -> Converted:
    command = ConvertFiles((path,), (path.with_suffix(".pdf"),))
    [done] = convert_files(workers, command, context or Context()).value
    return done


def texts(path: Path) -> list[str]:
    with pymupdf.open(path) as document:
        assert all(page.get_images() for page in document)
        return [" ".join(page.get_text().split()) for page in document]


def test_a_worker_that_dies_loses_no_page(workers: Workers, mood: Path, scans: Path) -> None:
    mood.write_text("kill")
    done = converted(workers, scans)
    assert (done.pages, done.problem) == (2, None)
    assert texts(scans.with_suffix(".pdf")) == [TEXT] * 2
    assert not mood.exists()


def test_a_page_that_hangs_is_kept_as_a_picture(workers: Workers, mood: Path, scans: Path) -> None:
    mood.write_text("hang")
    done = converted(replace(workers, page_limit_s=HANGS_AFTER_S), scans)
    assert done.pages == 2
    assert done.problem is not None
    assert done.problem.code == "time_limit"
    assert done.problem.subject.startswith("scans.tif (")
    assert sorted(texts(scans.with_suffix(".pdf"))) == ["", TEXT]


def test_cancelling_takes_less_than_a_second_and_leaves_nothing(
    workers: Workers, mood: Path, scans: Path
) -> None:
    mood.write_text("hang")
    asked: list[float] = []
    stop = threading.Event()

    def cancel() -> None:
        asked.append(time.monotonic())
        stop.set()

    threading.Timer(2, cancel).start()
    with pytest.raises(Cancelled):
        converted(workers, scans, Context(stop=stop))
    assert time.monotonic() - asked[0] < 1
    assert [path.name for path in scans.parent.iterdir()] == ["scans.tif"]
