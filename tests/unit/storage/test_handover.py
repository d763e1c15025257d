"""A document goes only where the rules let it, its way is told in the journal, and mandates have limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.catalog import documents, handover, journal, mandates
from storage.catalog.database import Catalog
from storage.catalog.handover_model import TURNS, Form, Holder, Mandate, Move, after
from storage.catalog.ids import new_id
from storage.errors import MandateInvalid, MoveRefused
from tests.unit.storage.conftest import NOW, draft, scan


def keep_one(catalog: Catalog) -> str:
    pages = tuple(page.id for page in scan(catalog))
    with catalog.write() as connection:
        return documents.add(connection, draft(pages)).id


def test_from_the_clerk_to_the_archive(catalog: Catalog) -> None:
    document_id = keep_one(catalog)
    with catalog.write() as connection:
        for how in (Move.SUBMIT, Move.APPROVE, Move.ISSUE):
            step = handover.move(connection, document_id, how, "may-1", NOW)
        assert (step.holder, step.position) == (Holder.ARCHIVE, 3)
        told = [entry.details["to"] for entry in journal.entries(connection, document_id)]
        assert told == ["official", "registry", "archive"]
        assert handover.newest(connection) == {document_id: step}


def test_a_return_needs_its_reason_and_the_clerk_sees_it(catalog: Catalog) -> None:
    document_id = keep_one(catalog)
    with catalog.write() as connection:
        handover.move(connection, document_id, Move.SUBMIT, "may-1", NOW)
        with pytest.raises(MoveRefused):
            handover.move(connection, document_id, Move.RETURN, "lanh-dao", NOW, "  ")
        back = handover.move(connection, document_id, Move.RETURN, "lanh-dao", NOW, "Sai ngày ở Điều 2")
        assert handover.current(connection, document_id) == back
        assert (back.holder, back.reason) == (Holder.CLERK, "Sai ngày ở Điều 2")
        [_, entry] = journal.entries(connection, document_id)
    assert "Sai" not in str(entry.details)


_MOVES = st.lists(st.tuples(st.sampled_from(Move), st.sampled_from(["", "Thiếu trang"])), max_size=12)


def test_any_moves_leave_a_way_that_can_be_walked_again(catalog: Catalog) -> None:
    @settings(max_examples=40, deadline=None)
    @given(_MOVES)
    def walk(moves: list[tuple[Move, str]]) -> None:
        with catalog.write() as connection:
            document_id = documents.add(connection, draft(())).id
            expected = Holder.CLERK
            for how, reason in moves:
                if (expected, how) in TURNS and (how is not Move.RETURN or reason):
                    expected = TURNS[expected, how]
                    step = handover.move(connection, document_id, how, "a", NOW, reason)
                    assert step.holder is expected
                else:
                    with pytest.raises(MoveRefused):
                        handover.move(connection, document_id, how, "a", NOW, reason)
            walked = Holder.CLERK
            for number, step in enumerate(handover.history(connection, document_id), 1):
                walked = after(walked, step.move, step.reason)
                assert (step.position, step.holder) == (number, walked)
            assert walked is expected
            told = [entry.details["position"] for entry in journal.entries(connection, document_id)]
            assert told == list(range(1, len(told) + 1))

    walk()


def test_the_archive_gives_nothing_back() -> None:
    assert not [how for holder, how in TURNS if holder is Holder.ARCHIVE]


def mandate(**changed: object) -> Mandate:
    made = Mandate(
        new_id(), "Nguyễn Văn Mẫu", Form.KT, "CHỦ TỊCH", date(2026, 1, 1), date(2026, 12, 31),
        ("quyet_dinh",), "05/QĐ-UBND", NOW, "may-1",
    )  # fmt: skip
    return replace(made, **changed)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changed", "covered"),
    [
        ({}, True),
        ({"person": "NGUYỄN VĂN MẪU"}, True),
        ({"person": "Trần Thị Mẫu"}, False),
        ({"form": Form.TL}, False),
        ({"principal": "GIÁM ĐỐC"}, False),
        ({"valid_from": date(2026, 11, 23)}, False),
        ({"valid_to": date(2026, 11, 21)}, False),
        ({"valid_to": None}, True),
        ({"kinds": ()}, True),
        ({"kinds": ("cong_van",)}, False),
        ({"ended_at": NOW}, False),
    ],
)
def test_a_mandate_covers_only_what_it_says(changed: dict[str, object], covered: bool) -> None:
    found = mandates.covering(
        [mandate(**changed)], "Nguyễn Văn Mẫu", Form.KT, "CHỦ TỊCH", "quyet_dinh", date(2026, 11, 22)
    )
    assert (found is not None) is covered


@pytest.mark.parametrize(
    "changed",
    [
        {"form": Form.TUQ, "valid_to": None},
        {"form": Form.TUQ, "basis": " "},
        {"valid_to": date(2025, 12, 31)},
        {"principal": ""},
    ],
)
def test_mandates_without_the_limits_of_the_law_are_refused(
    catalog: Catalog, changed: dict[str, object]
) -> None:
    with catalog.write() as connection, pytest.raises(MandateInvalid):
        mandates.add(connection, mandate(**changed))


def test_a_mandate_ends(catalog: Catalog) -> None:
    made = mandate()
    with catalog.write() as connection:
        mandates.add(connection, made)
        assert mandates.find(connection) == (made,)
        mandates.end(connection, made.id, "may-1", NOW + timedelta(days=1))
        mandates.end(connection, made.id, "may-1", NOW + timedelta(days=2))
        [ended] = mandates.find(connection)
    assert ended.ended_at == NOW + timedelta(days=1)
