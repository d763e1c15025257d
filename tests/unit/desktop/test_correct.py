"""Corrections over a real catalog: kept, undone, and learnt from; other papers stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from desktop import bootstrap
from desktop.workflow.job import Context
from desktop.workflow.pages.edit import take_back
from desktop.workflow.pages.edit_commands import TakeBack
from desktop.workflow.papers.recognise import Recognise, recognise
from desktop.workflow.review.correct import correct, plain_value
from desktop.workflow.review.correct_commands import CorrectPaper, Typed
from desktop.workflow.review.learning import Forget, forget, list_lessons
from desktop.workflow.services import Services, now
from ocr.model import PageReading
from ocr.record import to_json
from storage.catalog import batches, documents, journal, pages
from storage.errors import Conflict
from storage.model import Document
from tests.unit.ocr.test_documents import decision, declaration, letter
from tests.unit.ocr.test_lessons import ward_form


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with bootstrap.open_services(tmp_path_factory.mktemp("home")) as services:
        yield services


@pytest.fixture
def services(opened: Services) -> Iterator[Services]:
    yield opened
    forget(opened, Forget(), Context())


def taken_in(services: Services, *readings: PageReading) -> list[Document]:
    """A batch of pages that were read already, cut into papers and named by the program itself."""
    with services.catalog.write() as connection:
        batch = batches.create(connection, "Lô", "clerk", now(), "sane:test")
        digest = services.blobs.put(f"{batch.id}".encode())
        batches.add_file(
            connection, batch.id, digest, name="p.tif", media_type="image/tiff", size=1, page_count=1
        )
        for number, reading in enumerate(readings):
            page = pages.deliver(connection, batch.id, digest, f"{batch.id}/{number}")
            kept = services.blobs.put(to_json(replace(reading, number=1)))
            pages.save(connection, replace(page, reading_digest=kept, blank=reading.blank))
    recognise(services, Recognise(batch.id), Context())
    with services.catalog.read() as connection:
        found = documents.find(connection, batch_id=batch.id)
    order = {id: place for place, id in enumerate(_pages(services, batch.id))}
    return sorted(found, key=lambda paper: order[paper.page_ids[0]])


def _pages(services: Services, batch_id: str) -> list[str]:
    with services.catalog.read() as connection:
        return [page.id for page in pages.of_batch(connection, batch_id)]


def value(paper: Document, name: str) -> tuple[str, str]:
    return next(((field.value, field.source) for field in paper.fields if field.name == name), ("", ""))


def said(services: Services, paper: Document, kind: str | None = None, **fields: str) -> Document:
    typed = tuple(Typed(name, new, value(paper, name)[0]) for name, new in fields.items())
    return correct(services, CorrectPaper(paper.id, kind, typed), Context()).value


def misread(reading: PageReading, right: str, read: str, confidence: float = 0.6) -> PageReading:
    words = tuple(
        replace(word, text=read, confidence=confidence) if word.text == right else word
        for word in reading.text.words
    )
    return replace(reading, text=replace(reading.text, words=words), text_source="ocr")


def test_a_typed_field_stays_in_its_place_and_is_sure(services: Services) -> None:
    (paper,) = taken_in(services, decision())
    before = next(field for field in paper.fields if field.name == "ngay_ban_hanh")
    after = said(services, paper, ngay_ban_hanh=" 06/02/2025 ")
    (field,) = (field for field in after.fields if field.name == "ngay_ban_hanh")
    assert (field.value, field.source, field.confidence) == ("2025-02-06", "clerk", 1.0)
    assert (field.page, field.box) == (before.page, before.box)
    assert [each.name for each in after.fields] == [each.name for each in paper.fields]


def test_undo_and_redo_walk_over_corrections(services: Services) -> None:
    (paper,) = taken_in(services, decision())
    said(services, paper, nguoi_ky="Trần Phước Hiến")
    assert paper.batch_id is not None
    undo = TakeBack(paper.batch_id)
    take_back(services, undo, Context())
    with services.catalog.read() as connection:
        assert documents.get(connection, paper.id).fields == paper.fields
    assert list_lessons(services) == ()
    take_back(services, replace(undo, again=True), Context())
    with services.catalog.read() as connection:
        assert value(documents.get(connection, paper.id), "nguoi_ky") == ("Trần Phước Hiến", "clerk")
    assert [lesson.about for lesson in list_lessons(services)] == ["nguoi_ky"]


def test_a_newer_value_of_somebody_else_is_not_written_over(services: Services) -> None:
    (paper,) = taken_in(services, decision())
    said(services, paper, nguoi_ky="Lê Thị Một")
    with pytest.raises(Conflict):
        said(services, paper, nguoi_ky="Lê Thị Hai")
    said(services, paper, trich_yeu="Về việc khác")  # another field of the same paper is no conflict


def test_another_kind_brings_its_fields_and_keeps_what_was_typed(services: Services) -> None:
    (paper,) = taken_in(services, declaration())
    after = said(services, said(services, paper, ho_ten="Trần Văn Đúng"), kind="giay_khai_sinh")
    assert (after.kind_code, after.kind_name, after.kind_confidence) == (
        "giay_khai_sinh",
        "Giấy khai sinh",
        1.0,
    )
    assert value(after, "ho_ten") == ("Trần Văn Đúng", "clerk")
    assert value(after, "loai_vb") == ("Giấy khai sinh", "clerk")


def test_the_journal_tells_which_fields_and_never_what_stands_in_them(services: Services) -> None:
    (paper,) = taken_in(services, declaration())
    said(services, paper, ho_ten="Trần Văn Đúng")
    with services.catalog.read() as connection:
        entry = [
            each for each in journal.entries(connection, paper.id) if each.action == "document_corrected"
        ]
    assert [each.details for each in entry] == [{"kind": "to_khai_khai_sinh", "fields": ["ho_ten"]}]


def test_the_same_form_is_named_right_the_second_time(services: Services) -> None:
    others = [decision(), letter(), declaration()]
    untouched = [(each.kind_code, each.fields) for each in taken_in(services, *others)]
    (first,) = taken_in(services, ward_form())
    assert first.kind_code == "chua_ro"
    said(services, first, kind="giay_xac_nhan")
    (second,) = taken_in(services, ward_form("TRẦN THỊ KHÁC"))
    assert second.kind_code == "giay_xac_nhan"
    assert 0.5 < second.kind_confidence < 1.0
    assert [(each.kind_code, each.fields) for each in taken_in(services, *others)] == untouched
    assert forget(services, Forget(), Context()).value == 1
    (third,) = taken_in(services, ward_form())
    assert third.kind_code == "chua_ro"


def test_the_same_misreading_is_put_right_the_second_time(services: Services) -> None:
    worn = misread(letter(), "ĐÔNG", "ĐỎNG")
    (first,) = taken_in(services, worn)
    assert value(first, "co_quan") == ("UBND xã Mẫu Sơn Đỏng", "ocr")
    said(services, first, co_quan="UBND xã Mẫu Sơn Đông")
    (second,) = taken_in(services, worn)
    assert value(second, "co_quan") == ("UBND xã Mẫu Sơn Đông", "learned")
    (other,) = taken_in(services, decision())
    assert value(other, "co_quan") == ("UBND tỉnh Quảng Ngãi", "text_layer")


def test_names_and_numbers_of_citizens_are_never_learnt(services: Services) -> None:
    (paper,) = taken_in(services, declaration())
    said(services, paper, ho_ten="Trần Văn Đúng", so_dinh_danh="001 085 999 919", ngay_sinh="13/03/1985")
    assert list_lessons(services) == ()


def test_a_wrong_lesson_is_outvoted_by_putting_its_victim_right(services: Services) -> None:
    (paper,) = taken_in(services, declaration())
    said(services, paper, kind="giay_khai_sinh")
    (victim,) = taken_in(services, declaration())
    assert victim.kind_code == "giay_khai_sinh"
    said(services, victim, kind="to_khai_khai_sinh")
    (next_one,) = taken_in(services, declaration())
    assert next_one.kind_code == "to_khai_khai_sinh"


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("ngay_sinh", "12/3/1985", "1985-03-12"),
        ("ngay_sinh", "12031985", "1985-03-12"),
        ("ngay_ban_hanh", "3/2025", "2025-03"),
        ("ngay_ban_hanh", "31/02/2025", "31/02/2025"),
        ("so_dinh_danh", "001 085.999 918", "001085999918"),
        ("ho_ten", "  Tra\u0302\u0300n  Thị ", "Trần Thị"),
    ],
)
def test_values_are_kept_plain(name: str, typed: str, kept: str) -> None:
    assert plain_value(name, typed) == kept
