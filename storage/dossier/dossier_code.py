"""Codes of dossiers: agency, day received, running number of that day (TT 01/2018/TT-VPCP Điều 19)."""

from __future__ import annotations

import re
from datetime import date, datetime

# The dossier-code clause of TT 03/2025/TT-VPCP could not be read, so this accepts the older form and today's.
_CODE = re.compile(r"(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{1,3}){0,4}-(\d{6})-(\d{4,6})", re.ASCII)
_AGENCY = re.compile(r"(?:\d{3}\.\d{2}\.\d{2}\.)?[A-Z]\d{2}(?:\.\d{1,3}){0,4}", re.ASCII)


def is_valid(code: str) -> bool:
    """True for a well-formed code with a day that exists, for example H01.17.25-261122-0001."""
    match = _CODE.fullmatch(code)
    if match is None:
        return False
    try:
        datetime.strptime(match[1], "%y%m%d")  # noqa: DTZ007 - only asks whether the day exists
    except ValueError:
        return False
    return int(match[2]) > 0


def make(agency: str, day: date, number: int) -> str:
    """The code of the `number`-th dossier of a day. ValueError for a malformed agency code."""
    if _AGENCY.fullmatch(agency) is None or number < 1:
        raise ValueError("not an agency code, or not a running number")
    return f"{agency}-{day:%y%m%d}-{number:04d}"


def number_of(code: str) -> int:
    """The running number in a valid code."""
    return int(code.rsplit("-", 1)[1])
