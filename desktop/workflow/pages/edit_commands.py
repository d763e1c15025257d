"""What `edit` can be asked for; apart from it, so that the window loads nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # the window is there before the libraries are loaded
    from ocr.model import Turn

Action = Literal[
    "remove", "move", "interleave", "interleave_reversed", "part", "join", "spread", "insert", "replace"
]


@dataclass(frozen=True, slots=True)
class Rearrange:
    """Take pages out, move them, part or join papers; `to` is the place (from 0) for move and insert.

    part and join act at the first page; replace puts the others where the first one stands.
    """

    batch_id: str
    action: Action
    page_ids: tuple[str, ...]
    to: int = 0


@dataclass(frozen=True, slots=True)
class Adjust:
    """Show pages otherwise: turned by so much more, leaning so much less, cropped; or as they first were."""

    batch_id: str
    page_ids: tuple[str, ...]
    turn: Turn = 0
    skew_deg: float = 0.0
    crop: tuple[float, float, float, float] | None = None
    """Left, top, right, bottom in points of the page as it is shown."""
    reset: bool = False


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Undo the newest edit of a batch, or do the last undone one `again`."""

    batch_id: str
    again: bool = False
