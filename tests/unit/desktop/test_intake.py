"""An import by hand: a batch of its own, unless it goes on with one that was cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from desktop import bootstrap
from desktop.workflow.executor import open_executor
from desktop.workflow.job import Context
from desktop.workflow.pages.edit import rearrange, take_back
from desktop.workflow.pages.edit_commands import Rearrange, TakeBack
from desktop.workflow.papers.intake import Intake, TakenIn, intake, on_file
from desktop.workflow.papers.recognise import Recognise, recognise
from desktop.workflow.services import Services
from storage.catalog import batches, pages


@pytest.fixture
def services(home: Path) -> Iterator[Services]:
    with bootstrap.open_services(home) as opened:
        yield replace(opened, workers=replace(opened.workers, executor=open_executor("inline:")))


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    made = [tmp_path / f"giay-{number}.png" for number in range(3)]
    for number, path in enumerate(made):
        Image.new("L", (60, 80), 255 - number).save(path, dpi=(72, 72))
    return made


def take(services: Services, name: str, *paths: Path) -> tuple[TakenIn, ...]:
    return intake(services, Intake(paths, name), Context()).value


def test_a_known_file_draws_no_new_one_into_its_old_batch(services: Services, papers: list[Path]) -> None:
    [old] = take(services, "Sáng", papers[0])
    recognise(services, Recognise(old.batch_id), Context())
    for name in ("Sáng", "Chiều"):  # also under the old name: that import ended long ago
        known, new = take(services, name, papers[0], papers.pop())
        assert (known.batch_id, known.known, new.known) == (old.batch_id, True, False)
        assert new.batch_id != old.batch_id


def test_an_import_that_was_cut_off_goes_on_in_its_batch(services: Services, papers: list[Path]) -> None:
    [begun] = take(services, "Sáng", papers[0])
    assert {entry.batch_id for entry in take(services, "Sáng", *papers[:2])} == {begun.batch_id}
    assert take(services, "Chiều", papers[0], papers[2])[1].batch_id != begun.batch_id


def test_files_on_file_are_named_with_the_batch_they_are_in(services: Services, papers: list[Path]) -> None:
    first = take(services, "Sáng", *papers[:2])
    assert on_file(services, first) == ()
    [problem] = on_file(services, take(services, "Chiều", *papers))
    assert (problem.facts["n"], problem.facts["names"]) == (2, "giay-0.png, giay-1.png")
    with services.catalog.read() as connection:
        at = batches.get(connection, first[0].batch_id).opened_at.astimezone()
    assert problem.facts["batch"] == f"Sáng · {at:%d/%m/%Y %H:%M}"


def test_a_file_whose_pages_were_deleted_comes_back_where_it_was(
    services: Services, papers: list[Path]
) -> None:
    [taken] = take(services, "Sáng", papers[0])
    with services.catalog.read() as connection:
        ids = tuple(page.id for page in pages.of_batch(connection, taken.batch_id))
    rearrange(services, Rearrange(taken.batch_id, "remove", ids), Context())
    again = take(services, "Chiều", papers[0])
    assert [(entry.batch_id, entry.back) for entry in again] == [(taken.batch_id, True)]
    assert [problem.code for problem in on_file(services, again)] == ["brought_back"]
    with services.catalog.read() as connection:
        assert tuple(page.id for page in pages.of_batch(connection, taken.batch_id)) == ids
    take_back(services, TakeBack(taken.batch_id), Context())
    with services.catalog.read() as connection:
        assert pages.of_batch(connection, taken.batch_id) == ()
