"""One thing that differs between a signed revision and the next one, graded by what it touches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

Rect = tuple[float, float, float, float]


class Grade(IntEnum):
    """How deep a change goes; the order is the order of gravity (ISO 32000-2 table 257, DocMDP)."""

    UPKEEP = 0
    """Validation data, time stamps, metadata: nothing a reader sees."""
    SIGNATURE = 1
    """A further signature, with its mark."""
    FORM = 2
    """A value in a form field."""
    ANNOTATION = 3
    """A note, stamp or mark on top of the page."""
    SIGNED_ANNOTATION = 4
    """A note or picture that was there when it was signed: taken away or altered."""
    CONTENT = 5
    """What was signed itself."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A difference, before any permission is asked."""

    what: str
    grade: Grade
    page: int | None = None
    """From 1."""
    field_name: str | None = None
    rect: Rect | None = None
    """Where it shows, in the coordinates of the page."""
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def shows(self) -> bool:
        """Whether it takes up room on a page."""
        return self.rect is not None and self.rect[2] > self.rect[0] and self.rect[3] > self.rect[1]
