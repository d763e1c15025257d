"""The second person's check and the lessons of the sample office."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop.workflow.job import Changes, Context, Outcome
from desktop.workflow.review.sampling import plan
from desktop.workflow.review.second_check import BatchCheck, SampledPaper
from ocr.batch.outliers import Strangeness
from storage.catalog.lessons import Lesson
from tests.gui.sample_calls import NOW
from tests.gui.sample_papers import SamplePapers


class SampleReview(SamplePapers):
    """Two papers are in the sample; two lessons are known."""

    def __init__(self, home: Path, pages: int, slow: float) -> None:
        super().__init__(home, pages, slow)
        self.verdicts: dict[str, tuple[str, str]] = {}
        self.workers: set[str] = {"nguyen.thi.mau"}
        self.learnt = [
            Lesson("l1", "d0", "kind", "chua_ro", "giay_chung_sinh", NOW, "nguyen.thi.mau"),
            Lesson("l2", "d1", "co_quan", "UBND xã Mẩu Sơn", "UBND xã Mẫu Sơn Đông", NOW, "nguyen.thi.mau"),
        ]

    def batch_check(self, batch_id: str) -> BatchCheck:
        """Two papers are in the sample, the first is strange."""
        sample = (("d1", Strangeness(9, ("skew",))), ("d0", Strangeness(0, ())))
        papers = tuple(
            SampledPaper(
                key, f"{key}.tif", self.paper(key).kind_code, odd, *self.verdicts.get(key, ("", "")), ""
            )
            for key, odd in sample
        )
        return BatchCheck(batch_id, "Lô", "x", frozenset(self.workers), plan(len(papers)), papers)

    def check_paper(self, document_id: str, verdict: str, reason: str, context: Context) -> Outcome[object]:
        self.verdicts[document_id] = (verdict, reason)
        if verdict == "rescan":
            self._pages = [
                replace(page, problem="rescan_wanted", rescan_reason=reason, version=page.version + 1)
                if page.document_id == document_id
                else page
                for page in self._pages
            ]
        return Outcome(None, Changes(documents=frozenset({document_id})))

    def lessons(self) -> list[Lesson]:
        return list(self.learnt)

    def forget_lessons(self, ids: tuple[str, ...], context: Context) -> Outcome[int]:
        self.learnt = [lesson for lesson in self.learnt if lesson.id not in ids]
        return Outcome(len(ids))
