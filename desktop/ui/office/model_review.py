"""What reviewing asks of the office behind the window: the second person's check, and what was learnt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from desktop.workflow.job import Context, Outcome
    from desktop.workflow.review.second_check import BatchCheck
    from storage.catalog.lessons import Lesson


class ReviewingOffice(Protocol):
    """Calls block: only the job runner's threads make them."""

    def batch_check(self, batch_id: str) -> BatchCheck: ...
    def check_paper(self, document_id: str, verdict: str, reason: str, context: Context) -> Outcome[Any]: ...
    def lessons(self) -> Sequence[Lesson]: ...
    def forget_lessons(self, ids: tuple[str, ...], context: Context) -> Outcome[int]: ...
