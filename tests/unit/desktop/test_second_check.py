"""A second person's check: the plan of ISO 2859-1, nobody's own batch, verdicts that cannot be lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop import bootstrap
from desktop.workflow.job import Context
from desktop.workflow.pages.edit import take_back
from desktop.workflow.pages.edit_commands import TakeBack
from desktop.workflow.problems import StepFailed
from desktop.workflow.review.correct import correct
from desktop.workflow.review.correct_commands import CorrectPaper, Typed
from desktop.workflow.review.sampling import SamplingPlan, drawn, plan
from desktop.workflow.review.second_check import RESCAN, BatchCheck, CheckPaper, batch_check, check_paper
from desktop.workflow.services import Services
from desktop.workflow.views.page_doubts import page_doubts
from desktop.workflow.views.papers import batch_pages
from ocr.model import PageReading, Recipe
from storage.catalog import pages
from storage.model import Document
from tests.unit.desktop.test_correct import taken_in
from tests.unit.ocr.test_documents import decision, declaration, letter, page


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with bootstrap.open_services(tmp_path_factory.mktemp("home")) as opened:
        yield opened


@pytest.fixture
def second(services: Services) -> Services:
    """The same profile, another person."""
    return replace(services, actor="le.thi.hai")


def checked(services: Services, paper: Document, verdict: str = "good", reason: str = "") -> BatchCheck:
    return check_paper(services, CheckPaper(paper.id, verdict, reason), Context()).value  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lot", "sample", "accept"),
    [
        (1, 1, 0),
        (13, 13, 0),
        (90, 13, 0),
        (150, 13, 0),
        (151, 50, 1),
        (500, 50, 1),
        (1200, 80, 2),
        (1201, 125, 3),
    ],
)
def test_the_plan_is_that_of_the_standard(lot: int, sample: int, accept: int) -> None:
    assert plan(lot) == SamplingPlan(lot, sample, accept)


@settings(deadline=None, max_examples=30)
@given(st.integers(1, 2000), st.text(max_size=5))
def test_the_sample_is_drawn_once_for_everybody(lot: int, seed: str) -> None:
    ids = [str(number) for number in range(lot)]
    sample = drawn(ids, plan(lot), seed)
    assert len(set(sample)) == len(sample) == plan(lot).sample
    assert sample == drawn(ids, plan(lot), seed)
    assert list(sample) == [id for id in ids if id in set(sample)]


def test_nobody_checks_her_own_work(services: Services, second: Services) -> None:
    (paper,) = taken_in(second, decision())  # scanned by "clerk", mended below
    by_scanner = replace(services, actor="clerk")
    with pytest.raises(StepFailed, match="own_batch"):
        checked(by_scanner, paper)
    typed = Typed("nguoi_ky", "Lê Thị Một", "Trần Phước Hiền")
    correct(services, CorrectPaper(paper.id, fields=(typed,)), Context())
    with pytest.raises(StepFailed, match="own_batch"):
        checked(services, paper)
    assert checked(second, paper).state == "passed"


def test_a_batch_passes_or_is_refused_by_the_plan(services: Services, second: Services) -> None:
    first, other = taken_in(services, decision(), letter())
    assert checked(second, first).state == "open"
    assert checked(second, other).state == "passed"
    refused = checked(second, other, "wrong", "kind")
    assert (refused.wrong, refused.state) == (1, "refused")
    assert checked(second, other).state == "passed"  # mended and looked at again: the newest verdict counts


def test_a_verdict_needs_its_reason(services: Services, second: Services) -> None:
    (paper,) = taken_in(services, decision())
    with pytest.raises(StepFailed, match="reason_missing"):
        checked(second, paper, "rescan")


def test_what_goes_back_says_so_and_can_be_taken_back(services: Services, second: Services) -> None:
    (paper,) = taken_in(services, decision())
    found = checked(second, paper, "rescan", "blurred")
    assert found.papers[0].reason == "blurred"
    with services.catalog.read() as connection:
        assert [page.problem for page in pages.of_document(connection, paper.id)] == [RESCAN]
    assert paper.batch_id is not None
    assert [row.rescan_reason for row in batch_pages(services, paper.batch_id)] == ["blurred"]
    take_back(services, TakeBack(paper.batch_id), Context())
    with services.catalog.read() as connection:
        assert [page.problem for page in pages.of_document(connection, paper.id)] == [None]
    assert [row.rescan_reason for row in batch_pages(services, paper.batch_id)] == [""]


def test_the_strangest_papers_come_first(services: Services) -> None:
    skewed = replace(declaration(), recipe=Recipe(skew_deg=8.0))
    usual = [decision(), letter(), declaration(), decision(), letter()]
    papers = taken_in(services, *usual, skewed)
    assert papers[0].batch_id is not None
    sample = batch_check(services, papers[0].batch_id).papers
    assert (sample[0].document_id, sample[0].strange.reasons) == (papers[-1].id, ("skew",))


def test_a_paper_whose_page_numbers_jump_comes_first(services: Services) -> None:
    def numbered(number: int) -> PageReading:
        return page((str(number), 300, 20), ("Nội dung của trang này", 300, 200))

    whole, torn = [decision(), numbered(2), numbered(3)], [decision(), numbered(2), numbered(4)]
    papers = taken_in(services, *whole, *torn)
    assert papers[0].batch_id is not None
    sample = batch_check(services, papers[0].batch_id).papers
    assert (sample[0].document_id, sample[0].strange.reasons) == (papers[1].id, ("page_gap",))
    assert sample[1].strange.reasons == ()
    [doubt] = page_doubts(services, papers[0].batch_id)
    assert (doubt.page_id, doubt.reasons) == (papers[1].page_ids[2], ("page_gap",))


def test_pages_to_look_at_come_strangest_first_with_reasons(services: Services) -> None:
    blurred = replace(letter(), quality=replace(letter().quality, problems=("blurred",)))
    skewed = replace(declaration(), recipe=Recipe(skew_deg=8.0))
    papers = taken_in(services, decision(), blurred, letter(), decision(), skewed, letter())
    found = page_doubts(services, papers[0].batch_id or "")
    assert [doubt.reasons for doubt in found] == [("skew",), ("blurred",)]
    assert [doubt.page_id for doubt in found] == [papers[4].page_ids[0], papers[1].page_ids[0]]
