"""Search: accents do not matter, numbers are found, no query breaks it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.catalog import documents, search
from storage.catalog.database import Catalog
from storage.catalog.folding import fold, fold_with_origins
from storage.model import Document
from tests.unit.storage.conftest import draft, scan

DECISION = (
    "ỦY BAN NHÂN DÂN XÃ MẪU SƠN ĐÔNG\nSố: 12/QĐ-UBND\nQUYẾT ĐỊNH\n"
    "Về việc đặt tên đường làng, ngõ xóm trên địa bàn xã. Căn cứ Luật Tổ chức chính quyền địa phương; "
    "theo đề nghị của công chức địa chính. Giao ông Nguyễn Văn Mẫu tổ chức thực hiện từ ngày 20/11/2026."
)
FORM = "TỜ KHAI ĐĂNG KÝ KHAI SINH\nHọ tên người yêu cầu: Trần Thị Dương\nSố định danh: 001099000123"


@pytest.fixture
def kept(catalog: Catalog) -> tuple[Document, Document]:
    first, second, _ = scan(catalog)
    with catalog.write() as connection:
        decision = documents.add(connection, draft((first.id,)))
        form = documents.add(
            connection, draft((second.id,), "to_khai_khai_sinh", "Tờ khai đăng ký khai sinh")
        )
        search.index(connection, decision.id, DECISION)
        search.index(connection, form.id, FORM)
    return decision, form


def found(catalog: Catalog, query: str) -> list[str]:
    with catalog.read() as connection:
        return [hit.document_id for hit in search.find(connection, query)]


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ("đường làng", {0}),
        ("duong lang", {0}),
        ("DUONG", {0, 1}),
        ("đường", {0, 1}),
        ("12/QĐ-UBND", {0}),
        ("12/qd-ubnd", {0}),
        ("số 12", {0}),
        ("001099000123", {1}),
        ("0010990", {1}),
        ("20/11/2026", {0}),
        ('"khai sinh"', {1}),
        ('"sinh khai"', set()),
        ("sinh khai", {1}),
        ("nguyễn v", {0}),
        ("mẫu trần", set()),
        ('"văn mẫu" "sơn đông"', {0}),
        ('"uy ban nhan', {0}),
        (unicodedata.normalize("NFD", "địa chính"), {0}),
        ("", set()),
        ("   ", set()),
        ('"', set()),
        ("*/-", set()),
    ],
)
def test_queries(catalog: Catalog, kept: tuple[Document, ...], query: str, which: set[int]) -> None:
    assert set(found(catalog, query)) == {kept[index].id for index in which}


def test_a_hit_shows_the_original_words(catalog: Catalog, kept: tuple[Document, ...]) -> None:
    with catalog.read() as connection:
        (hit,) = search.find(connection, "duong lang")
    assert (hit.document_id, hit.name, hit.kind_name) == (kept[0].id, "quét.pdf", "Quyết định")
    assert "đặt tên đường làng, ngõ xóm" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert len(hit.snippet) < 2 * search.SNIPPET


def test_indexing_again_replaces_the_text(catalog: Catalog, kept: tuple[Document, ...]) -> None:
    with catalog.write() as connection:
        search.index(connection, kept[0].id, "Văn bản khác")
    assert found(catalog, "đường làng") == []
    assert found(catalog, "văn bản khác") == [kept[0].id]
    with catalog.write() as connection:
        connection.exec_driver_sql("INSERT INTO texts_fts(texts_fts, rank) VALUES ('integrity-check', 1)")


def test_a_removed_document_is_not_found(catalog: Catalog, kept: tuple[Document, ...]) -> None:
    with catalog.write() as connection:
        documents.remove(connection, kept[0])
    assert found(catalog, "đường làng") == []
    with catalog.write() as connection:
        connection.exec_driver_sql("INSERT INTO texts_fts(texts_fts, rank) VALUES ('integrity-check', 1)")


SIGNS = ['"', "*", "(", ")", ":", "^", "-", "+", "/", "{", "}", "\0", "'", ";", "--"]
WORDS = ["AND", "OR", "NOT", "NEAR", "NEAR(a,2)", "folded:", "a", "đ"]
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(SIGNS + WORDS), max_size=12).map("".join),
    st.lists(st.sampled_from(SIGNS + WORDS), max_size=9).map(" ".join),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=HOSTILE)
def test_no_query_breaks_it(catalog: Catalog, kept: tuple[Document, ...], query: str) -> None:
    with catalog.read() as connection:
        for hit in search.find(connection, query):
            assert hit.document_id in {document.id for document in kept}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80), data=st.data())
def test_a_text_is_found_by_any_of_its_own_words(catalog: Catalog, text: str, data: st.DataObject) -> None:
    words = [word for word in fold(text).split() if word.isalnum() and word.isascii()]
    if not words:
        return
    with catalog.write() as connection:
        if not (have := documents.find(connection)):
            have = (documents.add(connection, draft(())),)
        search.index(connection, have[0].id, text)
        (hit,) = search.find(connection, data.draw(st.sampled_from(words)))
    assert hit.snippet.strip("… ") in " ".join(unicodedata.normalize("NFC", text).split())


def test_a_very_long_query_is_cut(catalog: Catalog, kept: tuple[Document, ...]) -> None:
    assert found(catalog, "đường " * 100_000) == found(catalog, "đường")


@given(st.text())
def test_folding(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))
    same, origins = fold_with_origins(text)
    assert same == folded
    assert len(origins) == len(folded)
    assert origins == sorted(origins)


def test_folding_of_every_vietnamese_letter() -> None:
    letters = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    assert set(fold(letters + letters.upper())) == set("aeiouyd")
