"""The reviewing calls of the office behind the window, mapped to the steps that answer them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop.workflow.job import Context, Outcome
from desktop.workflow.review.learning import Forget, forget, list_lessons
from desktop.workflow.review.second_check import BatchCheck, CheckPaper, batch_check, check_paper
from desktop.workflow.services import Services
from storage.catalog.lessons import Lesson


class OfficeReview:
    """The second person's check, and what corrections taught."""

    __slots__ = ()  # the office that carries the services has them

    services: Services

    def batch_check(self, batch_id: str) -> BatchCheck:
        return batch_check(self.services, batch_id)

    def check_paper(self, document_id: str, verdict: str, reason: str, context: Context) -> Outcome[Any]:
        order = CheckPaper(document_id, verdict, reason)  # type: ignore[arg-type]
        return check_paper(self.services, order, context)

    def lessons(self) -> Sequence[Lesson]:
        return list_lessons(self.services)

    def forget_lessons(self, ids: tuple[str, ...], context: Context) -> Outcome[int]:
        return forget(self.services, Forget(ids), context)
