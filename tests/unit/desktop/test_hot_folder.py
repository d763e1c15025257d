"""What a hot folder brought is kept before it is put aside; what cannot be read or moved stays."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktop import bootstrap
from desktop.workflow.executor import open_executor
from desktop.workflow.job import Context, Outcome
from desktop.workflow.papers.intake import TakenIn
from desktop.workflow.papers.recognise import Recognise, recognise
from desktop.workflow.scan.hot_folder import TAKEN, take_arrived
from desktop.workflow.scan.orders import TakeArrived
from desktop.workflow.services import Services
from storage.catalog import batches, documents, pages


@pytest.fixture
def services(home: Path) -> Iterator[Services]:
    with bootstrap.open_services(home) as opened:
        yield replace(opened, workers=replace(opened.workers, executor=open_executor("inline:")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "nhan"
    made.mkdir()
    return made


def drop(folder: Path, name: str, shade: int, suffix: str = ".png") -> Path:
    """A small blank page, each of another grey."""
    path = folder / f"{name}{suffix}"
    Image.new("L", (60, 80), 255 - shade).save(path, dpi=(72, 72))
    return path


def take(services: Services, folder: Path, batch: str | None = None) -> Outcome[tuple[TakenIn, ...]]:
    whole = tuple(sorted(path for path in folder.iterdir() if path.is_file()))
    return take_arrived(services, TakeArrived(folder, whole, (), batch), Context())


def test_what_came_is_kept_then_put_aside_and_joins_its_batch(services: Services, folder: Path) -> None:
    drop(folder, unicodedata.normalize("NFD", "Tờ trình"), 1)
    first = take(services, folder)
    assert first.problems == ()
    drop(folder, unicodedata.normalize("NFD", "Tờ trình"), 2)  # the same name once more
    [second] = take(services, folder, first.value[0].batch_id).value
    assert second.batch_id == first.value[0].batch_id
    assert len(list((folder / TAKEN).iterdir())) == 2
    with services.catalog.read() as connection:
        kept = batches.files(connection, second.batch_id)
        assert {file.name for file in kept} == {"Tờ trình.png"}
        assert all(services.blobs.path(file.digest).is_file() for file in kept)


def test_a_broken_file_stays_and_the_rest_goes_on(services: Services, folder: Path) -> None:
    drop(folder, "a", 1)
    (folder / "b.heic").write_bytes(b"\0\0\0\x18ftypheic" + b"\0" * 40)
    drop(folder, "c", 2)
    done = take(services, folder)
    assert [entry.path.name for entry in done.value] == ["a.png", "c.png"]
    assert [Path(problem.subject).name for problem in done.problems] == ["b.heic"]
    assert [path.name for path in folder.iterdir() if path.is_file()] == ["b.heic"]


def test_where_nothing_may_be_moved_the_files_stay_and_are_not_doubled(
    services: Services, folder: Path
) -> None:
    drop(folder, "a", 1)
    (folder / TAKEN).touch()  # a folder of this name cannot be made
    paths = (folder / "a.png",)
    first = take_arrived(services, TakeArrived(folder, paths), Context())
    again = take_arrived(services, TakeArrived(folder, paths), Context())
    assert [problem.code for problem in first.problems] == ["hot_folder_stays"]
    assert [problem.code for problem in again.problems] == ["hot_folder_known", "hot_folder_stays"]
    with services.catalog.read() as connection:
        assert len(pages.of_batch(connection, first.value[0].batch_id)) == 1


def test_new_files_join_no_old_batch_because_of_a_known_one(services: Services, folder: Path) -> None:
    drop(folder, "a", 1)
    [old] = take(services, folder).value
    drop(folder, "a", 1)
    drop(folder, "b", 2)
    known, new = take(services, folder).value
    assert (known.batch_id, known.known, new.known) == (old.batch_id, True, False)
    assert new.batch_id != old.batch_id


def test_pictures_in_a_row_are_one_stack_and_a_pdf_is_a_paper_of_its_own(
    services: Services, folder: Path
) -> None:
    for name, shade, suffix in (("a", 1, ".png"), ("b", 2, ".png"), ("c", 3, ".pdf"), ("d", 4, ".png")):
        drop(folder, name, shade, suffix)
    batch = take(services, folder).value[0].batch_id
    recognise(services, Recognise(batch), Context())
    with services.catalog.read() as connection:
        found = documents.find(connection, batch_id=batch)
    assert [len(paper.page_ids) for paper in found] == [2, 1, 1]
