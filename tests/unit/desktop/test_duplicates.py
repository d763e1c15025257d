"""The same paper twice is said, in a batch and against what is on file; two people's forms are two papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from desktop import bootstrap
from desktop.workflow.job import Context
from desktop.workflow.problem_words import words_of
from desktop.workflow.review.duplicates import FindTwins, find_twins
from desktop.workflow.services import Services
from ocr.model import PageReading
from storage.model import Document
from tests.unit.desktop.test_correct import misread, taken_in
from tests.unit.ocr.test_documents import decision, declaration, letter, page


@pytest.fixture
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with bootstrap.open_services(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def long(reading: PageReading) -> PageReading:
    """With running text below, as papers have; the same on each."""
    body = [
        (f"Căn cứ quy định tại văn bản hiện hành về thủ tục số {n}", 300.0, 300.0 + 18 * n) for n in range(14)
    ]
    words = page(*body).text.words
    more = tuple(replace(word, line=word.line + 50) for word in words)
    return replace(reading, text=replace(reading.text, words=reading.text.words + more))


def other_person() -> PageReading:
    read = declaration(name="Lê Thị Khác")
    read = misread(misread(read, "12/03/1985", "05/07/1988"), "001085999918", "001188999926")
    return misread(misread(read, "MINH", "THỊ"), "15/11/2026", "02/10/2026")


def twins(services: Services, papers: list[Document]) -> list[tuple[str, str]]:
    assert papers[0].batch_id is not None
    found = find_twins(services, FindTwins(papers[0].batch_id), Context())
    assert len(found.problems) == len(found.value)
    return [(each.paper.id, each.other.id) for each in found.value]


def test_a_rescan_is_said_though_the_engine_misread_a_word(services: Services) -> None:
    again = misread(long(declaration()), "văn", "vàn")
    first, between, second = taken_in(services, long(declaration()), long(decision()), again)
    assert twins(services, [first, between, second]) == [(second.id, first.id)]


def test_the_same_form_of_two_people_is_two_papers(services: Services) -> None:
    papers = taken_in(services, long(declaration()), long(other_person()))
    assert twins(services, papers) == []


def test_a_paper_on_file_is_found_and_both_are_named(services: Services) -> None:
    (old,) = taken_in(services, long(letter()))
    assert twins(services, taken_in(services, long(decision()))) == []
    (new,) = taken_in(services, long(letter()))
    assert twins(services, [new]) == [(new.id, old.id)]
    assert new.batch_id is not None
    (problem,) = find_twins(services, FindTwins(new.batch_id), Context()).problems
    assert (problem.facts["page"], problem.facts["other_page"]) == (1, 1)
    said, means, todo = words_of(problem)
    assert old.name in said and "Công văn" in said and means and todo
