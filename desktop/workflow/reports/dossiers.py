"""Figures of a period and what is late, as tables for the screen and the spreadsheet."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from desktop import messages
from desktop.workflow.reports.spreadsheet import Table
from desktop.workflow.services import Services, now
from storage.catalog import reports
from storage.catalog.reports import Indicators

_SHARES = (
    ("received", "received", ""),
    ("digitised", "digitised", "received"),
    ("closed", "closed", ""),
    ("results_digitised", "results_digitised", "closed"),
    ("results_electronic", "results_electronic", "closed"),
    ("on_time", "on_time", "timed"),
)
"""Line, its count, and what it is a share of."""


def indicators(services: Services, since: date, until: date) -> Indicators:
    """Counts of the dossiers of these days, both included, in the office's own time."""
    with services.catalog.read() as connection:
        return reports.indicators(connection, _midnight(since), _midnight(until + timedelta(days=1)))


def this_year(services: Services) -> Indicators:
    """Counts from 1 January to today."""
    today = now().astimezone().date()
    return indicators(services, today.replace(month=1, day=1), today)


def indicator_table(found: Indicators, since: date, until: date) -> Table:
    """One line per figure: count, of how many, percent."""
    rows = []
    for line, count, whole in _SHARES:
        value, total = getattr(found, count), getattr(found, whole) if whole else None
        share = f"{100 * value / total:.1f} %" if total else ""
        rows.append((messages.text(f"report.indicator.{line}"), value, total, share))
    days = {"since": messages.day(since), "until": messages.day(until)}
    return Table(
        messages.text("report.indicators"),
        messages.text("report.indicators.caption", **days),
        _headings("indicator", "count", "whole", "share"),
        tuple(rows),
    )


def overdue_table(services: Services) -> Table:
    """Open dossiers whose promised day has passed, the longest overdue first."""
    at = now()
    with services.catalog.read() as connection:
        late = reports.overdue(connection, at)
    rows = tuple(
        (found.code, found.applicant, found.title, found.received_at, found.due_at, (at - found.due_at).days)
        for found in late
        if found.due_at is not None
    )
    return Table(
        messages.text("report.overdue"),
        messages.text("report.overdue.caption", n=len(rows), at=messages.day(at)),
        _headings("code", "applicant", "title", "received", "due", "days_late"),
        rows,
    )


def _headings(*names: str) -> tuple[str, ...]:
    return tuple(messages.text(f"table.{name}") for name in names)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time()).astimezone()
