"""Edits of a batch over a real catalog: undo and redo are inverses, whatever came between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop import bootstrap
from desktop.workflow.job import Context
from desktop.workflow.pages.edit import adjust, rearrange, take_back
from desktop.workflow.pages.edit_commands import Adjust, Rearrange, TakeBack
from desktop.workflow.services import Services, now
from ocr.model import Box, Recipe, Turn
from ocr.preparing.geometry import upright
from ocr.record import recipe_from, recipe_to
from storage.catalog import batches, documents, dossiers, edits, pages, versions
from storage.errors import Conflict, StillAttached
from storage.model import Document, DocumentState, DocumentVersion

PAGES = 6


def new_batch(services: Services) -> str:
    """A scanned batch of six pages in two papers, three each."""
    with services.catalog.write() as connection:
        batch = batches.create(connection, "Lô", "clerk", now(), "sane:test")
        digest = "a" * 64
        batches.add_file(
            connection, batch.id, digest, name="p.tif", media_type="image/tiff", size=1, page_count=1
        )
        made = [pages.deliver(connection, batch.id, digest, f"{batch.id}/{n}") for n in range(PAGES)]
        for key, some in (("d1", made[:3]), ("d2", made[3:])):
            documents.add(connection, paper(batch.id + key, batch.id, tuple(page.id for page in some)))
    return batch.id


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with bootstrap.open_services(tmp_path_factory.mktemp("home")) as opened:
        yield opened


@pytest.fixture
def batch_id(services: Services) -> str:
    return new_batch(services)


def paper(key: str, batch_id: str, page_ids: tuple[str, ...]) -> Document:
    return Document(key, batch_id, page_ids, "quyet_dinh", "", 0.9, DocumentState.RECOGNISED, "p.tif")


def state(services: Services, batch_id: str) -> object:
    """Everything an edit may change, versions left out."""
    with services.catalog.read() as connection:
        return (
            [replace(page, version=0) for page in pages.of_batch(connection, batch_id)],
            {page.id for page in pages.of_batch(connection, batch_id, removed=True)},
            sorted(
                (replace(found, version=0) for found in documents.find(connection, batch_id=batch_id)),
                key=lambda found: found.id,
            ),
        )


def shown(services: Services, batch_id: str) -> list[tuple[str, ...]]:
    """Arrivals of the pages of each paper, in the order of the pages."""
    with services.catalog.read() as connection:
        names = {
            page.id: (page.arrival or "").rpartition("/")[2] for page in pages.of_batch(connection, batch_id)
        }
        found = documents.find(connection, batch_id=batch_id)
        order = list(names)
        ordered = sorted(found, key=lambda each: order.index(each.page_ids[0]))
        return [tuple(names[id] for id in each.page_ids) for each in ordered]


def ids(services: Services, batch_id: str) -> list[str]:
    with services.catalog.read() as connection:
        return [page.id for page in pages.of_batch(connection, batch_id)]


def act(services: Services, batch_id: str, action: str, places: list[int], to: int = 0) -> None:
    there = ids(services, batch_id)
    chosen = tuple(dict.fromkeys(there[place % len(there)] for place in places)) if there else ()
    if not chosen:
        return
    if action in ("turn", "skew", "crop", "reset"):
        how = {
            "turn": Adjust(batch_id, chosen, turn=90),
            "skew": Adjust(batch_id, chosen, skew_deg=0.5),
            "crop": Adjust(batch_id, chosen, crop=Box(10, 10, 200, 300)),
            "reset": Adjust(batch_id, chosen, reset=True),
        }
        adjust(services, how[action], Context())
    else:
        rearrange(services, Rearrange(batch_id, action, chosen, to), Context())  # type: ignore[arg-type]


def meanwhile(services: Services, batch_id: str) -> None:
    """What recognition does between two edits: pages are read, loose ones become papers."""
    with services.catalog.write() as connection:
        held = {id for found in documents.find(connection, batch_id=batch_id) for id in found.page_ids}
        for number, page in enumerate(pages.of_batch(connection, batch_id)):
            pages.save(connection, replace(page, recipe=page.recipe or recipe_to(Recipe())))
            if page.id not in held:
                documents.add(connection, paper(f"{page.id}-{number}", batch_id, (page.id,)))


ACTIONS = (
    "remove", "move", "interleave", "interleave_reversed", "part", "join", "spread", "insert", "turn", "skew",
    "crop", "reset", "undo", "redo", "meanwhile",
)  # fmt: skip
STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTIONS), st.lists(st.integers(0, 9), min_size=1, max_size=3), st.integers(0, 6)
    ),
    max_size=9,
)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(STEPS)
def test_undo_and_redo_are_inverses(services: Services, steps: list[tuple[str, list[int], int]]) -> None:
    batch_id = new_batch(services)
    for action, places, to in steps:
        if action == "meanwhile":
            meanwhile(services, batch_id)
        elif action in ("undo", "redo"):
            take_back(services, TakeBack(batch_id, action == "redo"), Context())
        else:
            act(services, batch_id, action, places, to)
    seen = [state(services, batch_id)]
    while take_back(services, TakeBack(batch_id), Context()).value:
        seen.append(state(services, batch_id))
    for before in reversed(seen[:-1]):
        take_back(services, TakeBack(batch_id, again=True), Context())
        assert state(services, batch_id) == before
    with services.catalog.read() as connection:
        held = [id for found in documents.find(connection, batch_id=batch_id) for id in found.page_ids]
        live = {page.id for page in pages.of_batch(connection, batch_id)}
    assert len(held) == len(set(held))
    assert set(held) <= live


def test_what_each_edit_does(services: Services, batch_id: str) -> None:
    def after(action: str, places: list[int], to: int = 0) -> list[tuple[str, ...]]:
        act(services, batch_id, action, places, to)
        found = shown(services, batch_id)
        take_back(services, TakeBack(batch_id), Context())
        return found

    assert shown(services, batch_id) == [("0", "1", "2"), ("3", "4", "5")]
    assert after("remove", [1]) == [("0", "2"), ("3", "4", "5")]
    assert after("remove", [0, 1, 2]) == [("3", "4", "5")]
    assert after("move", [2], 0) == [("2", "0", "1"), ("3", "4", "5")]
    assert after("part", [4]) == [("0", "1", "2"), ("3",), ("4", "5")]
    assert after("join", [4]) == [("0", "1", "2", "3", "4", "5")]
    assert after("insert", [5], 1) == [("0", "5", "1", "2"), ("3", "4")]
    assert after("replace", [1, 5]) == [("0", "5", "2"), ("3", "4")]
    assert after("spread", [1]) == [("0", "1", "", "2"), ("3", "4", "5")]
    act(services, batch_id, "join", [3])
    assert after("interleave", list(range(6))) == [("0", "3", "1", "4", "2", "5")]
    assert after("interleave_reversed", list(range(6))) == [("0", "5", "1", "4", "2", "3")]


def test_the_history_outlives_a_restart_and_a_new_edit_ends_what_was_undone(home: Path) -> None:
    with bootstrap.open_services(home) as services:
        batch_id = new_batch(services)
        start = state(services, batch_id)
        act(services, batch_id, "remove", [0])
        act(services, batch_id, "turn", [0])
        take_back(services, TakeBack(batch_id), Context())
    with bootstrap.open_services(home) as services:
        with services.catalog.read() as connection:
            assert [(edit.action, edit.undone) for edit in edits.history(connection, batch_id)] == [
                ("remove", False),
                ("adjust", True),
            ]
        act(services, batch_id, "part", [1])
        assert take_back(services, TakeBack(batch_id, again=True), Context()).value is None
        take_back(services, TakeBack(batch_id), Context())
        take_back(services, TakeBack(batch_id), Context())
        assert state(services, batch_id) == start
        assert take_back(services, TakeBack(batch_id), Context()).value is None


def test_a_signed_paper_is_not_touched_and_an_unsigned_file_is_made_anew(
    services: Services, batch_id: str
) -> None:
    key = batch_id + "d1"

    def sealed(step: str) -> None:
        with services.catalog.write() as connection:
            made = DocumentVersion(key, step, "b" * 64, now(), "clerk")
            versions.add(connection, documents.get(connection, key), made)

    sealed("pdfa")
    act(services, batch_id, "turn", [0])
    with services.catalog.read() as connection:
        assert documents.get(connection, key).pdf_digest is None
    sealed("pdfa")
    sealed("so_hoa")
    before = state(services, batch_id)
    for action in ("turn", "remove", "part", "spread"):
        with pytest.raises(Conflict):
            act(services, batch_id, action, [1])
    with pytest.raises(Conflict):
        take_back(services, TakeBack(batch_id), Context())
    assert state(services, batch_id) == before


def test_undo_leaves_a_paper_in_the_dossier_it_was_put_into_since(services: Services, batch_id: str) -> None:
    act(services, batch_id, "turn", [0])
    with services.catalog.write() as connection:
        code = dossiers.next_code(connection, "H01.17.25", now().date())
        dossier = dossiers.create(
            connection, code, "1.001193", title="Khai sinh", applicant="Mẫu", received_at=now()
        )
        documents.attach(connection, documents.get(connection, batch_id + "d1"), dossier.id, "to_khai")
    for again in (False, True):
        take_back(services, TakeBack(batch_id, again), Context())
        with services.catalog.read() as connection:
            paper = documents.get(connection, batch_id + "d1")
        assert (paper.dossier_id, paper.component_code) == (dossier.id, "to_khai")
    act(services, batch_id, "part", [4])
    with services.catalog.write() as connection:
        [second] = [p for p in documents.find(connection, batch_id=batch_id) if len(p.page_ids) == 2]
        documents.attach(connection, second, dossier.id, None)
    before = state(services, batch_id)
    with pytest.raises(StillAttached):
        take_back(services, TakeBack(batch_id), Context())
    assert state(services, batch_id) == before


def test_backs_belong_to_the_papers_of_their_fronts(services: Services, batch_id: str) -> None:
    act(services, batch_id, "part", [1])
    act(services, batch_id, "part", [2])
    assert shown(services, batch_id) == [("0",), ("1",), ("2",), ("3", "4", "5")]
    act(services, batch_id, "interleave", list(range(6)))
    assert shown(services, batch_id) == [("0", "3"), ("1", "4"), ("2", "5")]
    take_back(services, TakeBack(batch_id), Context())
    assert shown(services, batch_id) == [("0",), ("1",), ("2",), ("3", "4", "5")]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_double_page_is_split_as_it_is_shown(services: Services, batch_id: str, turn: Turn) -> None:
    spread = np.full((300, 400, 3), 255, np.uint8)
    spread[:, :200] = (0, 0, 255)  # red at the left, blue at the right, as a person sees it
    spread[:, 200:] = (255, 0, 0)
    lying = np.rot90(spread, turn // 90).copy()  # turned clockwise by `turn` it is upright
    with services.catalog.write() as connection:
        [first, second, *_] = pages.of_batch(connection, batch_id)
        for page in (first, second):
            pages.save(connection, replace(page, recipe=recipe_to(Recipe(turn=turn))))
    act(services, batch_id, "spread", [0, 1])
    assert len(shown(services, batch_id)[0]) == 5
    with services.catalog.read() as connection:
        halves = pages.of_batch(connection, batch_id)[:4]
    for page, colour in zip(halves, ((0, 0, 255), (255, 0, 0)) * 2, strict=True):
        part, _ = upright(lying, 100, recipe_from(dict(page.recipe or {})))
        assert part.shape[0] > part.shape[1]
        assert np.abs(part[20:-20, 20:-20].mean(axis=(0, 1)) - colour).max() < 3
