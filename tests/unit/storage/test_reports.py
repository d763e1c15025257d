"""Figures of a period, and what is late."""

from __future__ import annotations

from datetime import timedelta

from storage.catalog import documents, dossiers, reports, versions
from storage.catalog.database import Catalog
from storage.catalog.reports import Indicators
from storage.dossier.checklist import RESULT
from storage.model import DocumentVersion
from tests.unit.storage.conftest import NOW, draft

DAY = timedelta(days=1)


def case(
    catalog: Catalog,
    number: int,
    *,
    papers: dict[str, tuple[str, ...]],
    received: int,
    due: int | None = None,
    closed: int | None = None,
) -> str:
    """A dossier; `papers` are the steps of each component's file, the days count from NOW."""
    with catalog.write() as connection:
        code = f"H01.17.25-261122-{number:04d}"
        due_at = None if due is None else NOW + due * DAY
        found = dossiers.create(
            connection,
            code,
            "1.001193",
            title="Hồ sơ",
            applicant="A",
            received_at=NOW + received * DAY,
            due_at=due_at,
        )
        for component, steps in papers.items():
            kept = documents.attach(connection, documents.add(connection, draft(())), found.id, component)
            for place, step in enumerate(steps):
                at = NOW + timedelta(minutes=place)
                kept = versions.add(connection, kept, DocumentVersion(kept.id, step, "a" * 64, at, "A"))
        if closed is not None:
            dossiers.close(connection, found, (), NOW + closed * DAY)
    return code


def test_what_is_counted(catalog: Catalog) -> None:
    case(
        catalog,
        1,
        papers={"to_khai": ("pdfa", "so_hoa"), RESULT: ("pdfa", "ky_duyet", "dong_dau")},
        received=0,
        due=2,
        closed=2,
    )
    case(catalog, 2, papers={"to_khai": (), RESULT: ("pdfa", "ky_duyet")}, received=1, due=2, closed=3)
    case(catalog, 3, papers={"to_khai": ("pdfa",), RESULT: ()}, received=1, closed=1)
    case(catalog, 4, papers={}, received=9)
    case(catalog, 5, papers={"to_khai": ("pdfa",)}, received=10)  # the first day after the period
    case(catalog, 6, papers={RESULT: ("pdfa",)}, received=-5, due=-1, closed=0)  # received before it
    with catalog.read() as connection:
        assert reports.indicators(connection, NOW, NOW + 10 * DAY) == Indicators(
            received=4,
            digitised=2,
            closed=4,
            results_digitised=3,
            results_electronic=1,
            timed=3,
            on_time=1,
        )
        nothing = reports.indicators(connection, NOW + 100 * DAY, NOW + 200 * DAY)
    assert nothing == Indicators(0, 0, 0, 0, 0, 0, 0)


def test_what_is_late(catalog: Catalog) -> None:
    later = case(catalog, 1, papers={}, received=0, due=2)
    latest = case(catalog, 2, papers={}, received=0, due=1)
    case(catalog, 3, papers={}, received=0, due=5)
    case(catalog, 4, papers={}, received=0)
    case(catalog, 5, papers={}, received=0, due=1, closed=4)
    with catalog.read() as connection:
        assert [found.code for found in reports.overdue(connection, NOW + 3 * DAY)] == [latest, later]
