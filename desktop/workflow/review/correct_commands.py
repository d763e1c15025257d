"""What `correct` can be asked for; apart from it, so that the window loads nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typed:
    """A value that a clerk typed or confirmed for a field."""

    name: str
    value: str
    """As typed; empty drops the field."""
    seen: str
    """What stood there when she began; somebody else's newer value is not written over."""
    page: int = 0
    """Page of the paper (from 1) and box where it stands, if she pointed there; else the place stays."""
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class CorrectPaper:
    """Say what kind a paper is (None: leave it), and what its fields are."""

    document_id: str
    kind_code: str | None = None
    fields: tuple[Typed, ...] = ()
