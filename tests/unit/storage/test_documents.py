"""Rows of documents, the steps of their file, and what verification found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from storage.catalog import documents, dossiers, pages, verdicts, versions
from storage.catalog.database import Catalog
from storage.catalog.ids import new_id
from storage.errors import Conflict, NotFound
from storage.model import Document, DocumentState, DocumentVersion, Dossier, Field, VerdictRecord
from tests.unit.storage.conftest import NOW, draft, scan

FIELDS = (
    Field("so_ky_hieu", "12/QĐ-UBND", 0.875, 1, (1.5, 2.0, 30.25, 4.0), "ocr"),
    Field("ho_ten", "Nguyễn Văn Mẫu", 1.0, 2, None, "code"),
)


def keep(catalog: Catalog, document: Document) -> Document:
    with catalog.write() as connection:
        return documents.add(connection, document)


def dossier(catalog: Catalog) -> Dossier:
    with catalog.write() as connection:
        return dossiers.create(
            connection, "H01.17.25-261122-0001", "1.001193", title="Hồ sơ", applicant="A", received_at=NOW
        )


def test_a_document_comes_back_whole(catalog: Catalog) -> None:
    ids = tuple(page.id for page in scan(catalog))
    kept = keep(catalog, replace(draft(ids[::-1]), fields=FIELDS))
    with catalog.read() as connection:
        assert documents.get(connection, kept.id) == kept
        assert [page.id for page in pages.of_document(connection, kept.id)] == list(ids[::-1])


def test_the_same_pages_are_one_document(catalog: Catalog) -> None:
    ids = tuple(page.id for page in scan(catalog))
    kept = keep(catalog, draft(ids))
    assert keep(catalog, draft(ids, kind="cong_van")) == kept
    with pytest.raises(Conflict):
        keep(catalog, draft(ids[:2]))


def test_saving_replaces_pages_and_fields(catalog: Catalog) -> None:
    first, second, third = (page.id for page in scan(catalog))
    kept = keep(catalog, replace(draft((first, second)), fields=FIELDS))
    other = keep(catalog, draft((third,)))
    with catalog.write() as connection:
        saved = documents.save(connection, replace(kept, page_ids=(second,), fields=FIELDS[1:]))
        moved = documents.save(connection, replace(other, page_ids=(third, first)))
        assert documents.save(connection, saved) == saved
    assert (saved.version, moved.version) == (2, 2)
    with catalog.read() as connection:
        assert documents.get(connection, kept.id) == saved
        assert documents.get(connection, other.id) == moved
    with pytest.raises(Conflict), catalog.write() as connection:
        documents.save(connection, replace(saved, page_ids=(second, third)))


def test_a_stale_document_is_refused(catalog: Catalog) -> None:
    kept = keep(catalog, draft((scan(catalog)[0].id,)))
    with catalog.write() as connection:
        documents.save(connection, replace(kept, kind_code="cong_van"))
    with pytest.raises(Conflict), catalog.write() as connection:
        documents.save(connection, replace(kept, kind_code="to_trinh"))


def test_find_by_what_is_asked(catalog: Catalog) -> None:
    case = dossier(catalog)
    first, second, _ = (keep(catalog, draft((page.id,))) for page in scan(catalog))
    with catalog.write() as connection:
        attached = documents.attach(connection, first, case.id, "to_khai")
        reviewed = documents.save(connection, replace(second, state=DocumentState.REVIEWED))
    with catalog.read() as connection:
        assert documents.find(connection, dossier_id=case.id) == (attached,)
        assert documents.find(connection, state=DocumentState.REVIEWED) == (reviewed,)
        assert len(documents.find(connection, loose=True)) == 2
        assert len(documents.find(connection)) == 3


def test_a_closed_dossier_takes_and_gives_no_papers(catalog: Catalog) -> None:
    case = dossier(catalog)
    first, second, _ = (keep(catalog, draft((page.id,))) for page in scan(catalog))
    with catalog.write() as connection:
        attached = documents.attach(connection, first, case.id, "to_khai")
        dossiers.close(connection, case, (), NOW)
    with pytest.raises(Conflict), catalog.write() as connection:
        documents.attach(connection, second, case.id, "chung_sinh")
    with pytest.raises(Conflict), catalog.write() as connection:
        documents.attach(connection, attached, None)
    with pytest.raises(Conflict), catalog.write() as connection:
        documents.add(connection, replace(draft(()), dossier_id=case.id))


def test_a_step_happens_once(catalog: Catalog) -> None:
    kept = keep(catalog, draft((scan(catalog)[0].id,)))
    made = DocumentVersion(kept.id, "pdfa", "c" * 64, NOW, "Trần Thị Mẫu")
    with catalog.write() as connection:
        after = versions.add(connection, kept, made, DocumentState.REVIEWED)
    assert (after.pdf_digest, after.state, after.version) == ("c" * 64, DocumentState.REVIEWED, 2)
    with catalog.write() as connection:
        again = versions.add(connection, after, replace(made, digest="d" * 64))
        assert again == after
        assert versions.of_document(connection, kept.id) == (made,)
        assert versions.step(connection, kept.id, "so_hoa") is None


def test_two_signers_of_one_file_cannot_drop_each_others_signature(catalog: Catalog) -> None:
    kept = keep(catalog, draft((scan(catalog)[0].id,)))
    with catalog.write() as connection:
        versions.add(connection, kept, DocumentVersion(kept.id, "so_hoa", "c" * 64, NOW, "A"))
    with pytest.raises(Conflict), catalog.write() as connection:
        versions.add(connection, kept, DocumentVersion(kept.id, "ky_duyet", "d" * 64, NOW, "B"))
    with catalog.read() as connection:
        assert [version.step for version in versions.of_document(connection, kept.id)] == ["so_hoa"]


def test_a_wrong_cut_can_be_undone_until_there_is_a_pdf(catalog: Catalog) -> None:
    ids = tuple(page.id for page in scan(catalog))
    wrong = keep(catalog, replace(draft(ids), fields=FIELDS))
    with catalog.write() as connection:
        documents.remove(connection, wrong)
    parts = [keep(catalog, draft((id,))) for id in ids]
    with catalog.write() as connection:
        signed = versions.add(connection, parts[0], DocumentVersion(parts[0].id, "pdfa", "c" * 64, NOW, "A"))
    with pytest.raises(Conflict), catalog.write() as connection:
        documents.remove(connection, signed)
    with catalog.read() as connection, pytest.raises(NotFound):
        documents.get(connection, wrong.id)


def test_checking_a_file_again_replaces_what_was_found(catalog: Catalog) -> None:
    kept = keep(catalog, draft((scan(catalog)[0].id,)))
    first = VerdictRecord(kept.id, "c" * 64, "undetermined", "as_signed", "unknown", NOW)
    second = replace(first, verdict="valid", trust="trusted", checked_at=NOW + timedelta(hours=1))
    other = VerdictRecord(new_id(), "c" * 64, "valid", "as_signed", "trusted", NOW)
    with catalog.write() as connection:
        verdicts.record(connection, first)
        verdicts.record(connection, second)
        assert verdicts.of_document(connection, kept.id) == (second,)
        assert verdicts.of_document(connection, other.document_id) == ()


def test_an_unsigned_file_can_be_made_anew_but_a_signed_one_stays(catalog: Catalog) -> None:
    kept = keep(catalog, draft((scan(catalog)[0].id,)))
    with catalog.write() as connection:
        made = versions.add(connection, kept, DocumentVersion(kept.id, "pdfa", "c" * 64, NOW, "A"))
        bare = versions.withdraw(connection, made)
        assert bare.pdf_digest is None
        assert versions.of_document(connection, kept.id) == ()
        again = versions.add(connection, bare, DocumentVersion(kept.id, "pdfa", "d" * 64, NOW, "A"))
        signed = versions.add(connection, again, DocumentVersion(kept.id, "so_hoa", "e" * 64, NOW, "A"))
    with pytest.raises(Conflict), catalog.write() as connection:
        versions.withdraw(connection, signed)
    with catalog.read() as connection:
        assert documents.get(connection, kept.id) == signed
