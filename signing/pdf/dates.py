"""Dates as PDF writes them (ISO 32000-2 7.9.4)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_DATE = re.compile(
    r"D?:?(?P<year>\d{4})(?P<month>\d\d)?(?P<day>\d\d)?(?P<hour>\d\d)?(?P<minute>\d\d)?(?P<second>\d\d)?"
    r"(?P<sign>[-+Z])?(?P<zone_hour>\d\d)?'?(?P<zone_minute>\d\d)?"
)


def parse(text: str) -> datetime | None:
    """The moment, or None when it is no date; a date without a zone is taken as UTC."""
    match = _DATE.match(text.strip())
    if match is None:
        return None
    defaults = {"month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0}
    parts = [int(match["year"]), *(int(match[key] or default) for key, default in defaults.items())]
    sign = {"+": 1, "-": -1}.get(match["sign"] or "Z", 0)
    offset = sign * timedelta(hours=int(match["zone_hour"] or 0), minutes=int(match["zone_minute"] or 0))
    try:
        return datetime(*parts[:6], tzinfo=timezone(offset) if offset else UTC)  # type: ignore[misc,arg-type]
    except (ValueError, OverflowError):
        return None
