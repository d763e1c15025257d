"""Fields of a paper as rows of a list, and which of them a person should look at first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop import messages
from desktop.ui.parts.row_model import Row
from desktop.ui.theme import Tone

if TYPE_CHECKING:  # the first window loads nothing of the libraries
    from desktop.workflow.views.rows import PaperRow
    from storage.model import Field

SURE, LIKELY = 0.9, 0.6
KIND = "kind"
"""Stands for the kind of a paper among its fields."""
EXPECTED = ("co_quan", "so_ky_hieu", "ngay_ban_hanh", "trich_yeu", "nguoi_ky", "ho_ten", "so_dinh_danh")
"""Fields that can be typed though nothing was read."""
_FINDING_DOUBT = 0.5
"""A value that cannot be is looked at before values read with this confidence."""


def doubts(papers: Sequence[PaperRow]) -> list[tuple[str, str]]:
    """(paper, field) of all that is doubtful, the most doubtful first, then in the order of the papers."""
    found: list[tuple[float, int, str, str]] = []
    for place, paper in enumerate(papers):
        if paper.kind_code == "chua_ro" and paper.page_ids:
            found.append((paper.confidence, place, paper.id, KIND))
        found += [
            (doubt(field, paper), place, paper.id, field.name)
            for field in paper.fields
            if field.name != "loai_vb" and is_doubtful(field, paper)
        ]
    return [(paper, name) for _, _, paper, name in sorted(found, key=lambda each: each[:2])]


def is_doubtful(field: Field, paper: PaperRow) -> bool:
    """Somebody should look: read with little confidence or against the checks, and not said by a clerk."""
    return field.source != "clerk" and doubt(field, paper) < SURE


def doubt(field: Field, paper: PaperRow) -> float:
    """The confidence of a field, less where a check found something about it."""
    found = any(finding.field == field.name for finding in paper.findings)
    return min(field.confidence, _FINDING_DOUBT) if found else field.confidence


def field_row(field: Field, paper: PaperRow | None) -> Row:
    """A field as the list shows it."""
    value = shown_value(field) or messages.text("ui.field.empty")
    if field.source == "clerk":
        return Row(
            field.name, value, field_name(field.name), messages.text("ui.review.checked"), "ok", "check"
        )
    if not field.source:
        return Row(field.name, value, field_name(field.name))
    mark, tone, icon = confidence(field.confidence)
    below = field_name(field.name)
    if field.source == "learned":
        below = f"{below} · {messages.text('ui.review.learned')}"
    if paper is not None and any(finding.field == field.name for finding in paper.findings):
        mark, tone, icon = messages.text("ui.review.look"), "bad", "warning"
    return Row(field.name, value, below, mark, tone, icon)


def confidence(value: float) -> tuple[str, Tone, str]:
    """How sure the reading is: words, tone, icon."""
    percent = round(value * 100)
    if value >= SURE:
        return messages.text("ui.sure", n=percent), "ok", "check"
    if value >= LIKELY:
        return messages.text("ui.likely", n=percent), "warn", "question"
    return messages.text("ui.unsure", n=percent), "bad", "warning"


def kind_name(code: str, fallback: str) -> str:
    """The kind in the language of the screen."""
    key = f"kind.{code}"
    return messages.text(key) if messages.has(key) else fallback


def field_name(name: str) -> str:
    """What the screen calls a field."""
    key = f"ui.field.{name}"
    return messages.text(key) if messages.has(key) else name


def shown_value(field: Field) -> str:
    """ISO dates as Vietnamese papers write them: 05/07/1988, or 11/2026 where the day could not be read."""
    parts = field.value.split("-")
    numbers = all(part.isdigit() for part in parts)
    is_day = field.name.startswith("ngay_") or field.name == "thoi_han"
    return "/".join(reversed(parts)) if is_day and numbers else field.value
