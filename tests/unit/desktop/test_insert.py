"""Files put into a batch at a place: kept once, read, in the paper they stand within."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktop import bootstrap
from desktop.workflow.executor import open_executor
from desktop.workflow.job import Context
from desktop.workflow.pages.edit import take_back
from desktop.workflow.pages.edit_commands import TakeBack
from desktop.workflow.pages.insert import InsertFiles, insert_files
from desktop.workflow.papers.intake import Intake, intake
from desktop.workflow.papers.process import read_batches
from desktop.workflow.services import Services
from storage.catalog import batches, documents, pages


@pytest.fixture
def services(home: Path) -> Iterator[Services]:
    with bootstrap.open_services(home) as opened:
        yield replace(opened, workers=replace(opened.workers, executor=open_executor("inline:")))


def picture(path: Path, shade: int, sheets: int = 1) -> Path:
    made = [Image.new("L", (60, 80), shade - number) for number in range(sheets)]
    more = {"save_all": True, "append_images": made[1:]} if sheets > 1 else {}
    made[0].save(path, dpi=(72, 72), **more)
    return path


def begun(services: Services, *paths: Path) -> str:
    batch_id = intake(services, Intake(paths, "Lô"), Context()).value[0].batch_id
    read_batches(services, [batch_id], None, Context())
    return batch_id


def order(services: Services, batch_id: str) -> list[str]:
    with services.catalog.read() as connection:
        return [
            batches.file(connection, page.file_digest).name for page in pages.of_batch(connection, batch_id)
        ]


def test_a_page_is_put_into_the_paper_it_stands_within(services: Services, tmp_path: Path) -> None:
    batch_id = begun(services, picture(tmp_path / "giay.tif", 250, sheets=2))
    missing = picture(tmp_path / "anh.png", 200)
    done = insert_files(services, InsertFiles((missing,), batch_id, 1), Context())
    assert done.problems == () and len(done.value) == 1
    assert order(services, batch_id) == ["giay.tif", "anh.png", "giay.tif"]
    with services.catalog.read() as connection:
        [paper] = documents.find(connection, batch_id=batch_id)
        assert paper.page_ids[1] == done.value[0]
        assert pages.get(connection, done.value[0]).reading_digest is not None
    take_back(services, TakeBack(batch_id), Context())
    assert order(services, batch_id) == ["giay.tif", "giay.tif", "anh.png"]


def test_what_is_on_file_is_told_and_stays_where_it_is(services: Services, tmp_path: Path) -> None:
    one, two = (picture(tmp_path / f"{shade}.png", shade) for shade in (250, 240))
    first, second = begun(services, one), begun(services, two)
    done = insert_files(services, InsertFiles((one,), second, 0), Context())
    assert done.value == () and [problem.code for problem in done.problems] == ["on_file"]
    assert order(services, first) == ["250.png"] and order(services, second) == ["240.png"]
