"""The rule check: what in a paper is not as NĐ 30/2020, TT 01/2023 or TT 05/2025 say. No file, no clock.

Only what can be told with good reason is said: a paper that is none of the 29 kinds is not judged by
their form, and a scan is not judged by what OCR did not read.
"""

from __future__ import annotations

from signing.law.foot import check_foot
from signing.law.frame import check_head
from signing.law.head import head_of
from signing.law.marks import check_marks
from signing.law.model import Finding, Paper
from signing.law.sheet import check_scan, check_sheet
from signing.law.type_face import check_type


def is_administrative(paper: Paper) -> bool:
    """Whether the form of NĐ 30/2020 Phụ lục I applies to it."""
    return bool(paper.pages) and paper.pages[0].layout.number == 1 and head_of(paper).administrative


def check(paper: Paper) -> tuple[Finding, ...]:
    """Findings in the order of the pages."""
    found = [*check_scan(paper), *check_marks(paper)]
    if is_administrative(paper):
        head = head_of(paper)
        found += [
            *check_head(paper, head),
            *check_foot(paper, head),
            *check_sheet(paper),
            *check_type(paper, head),
        ]
    return tuple(sorted(found, key=lambda entry: (entry.page, entry.area.y0 if entry.area else 0.0)))
