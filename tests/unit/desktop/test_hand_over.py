"""Signing moves a document along its way, and only those sign whose role, desk and mandate allow it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop import bootstrap
from desktop.workflow.job import Context, Problem
from desktop.workflow.problem_words import words_of
from desktop.workflow.services import Services, now
from desktop.workflow.sign import plan as signing_plan
from desktop.workflow.sign.files import SignDocuments, Signed, Signer, sign_documents
from desktop.workflow.sign.hand_over import HandOver, hand_over, history, returned
from desktop.workflow.sign.practice import trust_folder
from desktop.workflow.views.signing import identities, refusal_before_pin, signing_list
from signing import locate
from signing.model import Level, Placement, SigningRole
from storage.catalog import documents, mandates, versions
from storage.catalog.handover_model import Form, Holder, Mandate, Move
from storage.catalog.ids import new_id
from storage.dossier.checklist import RESULT
from storage.errors import MoveRefused
from storage.model import Document, DocumentState, DocumentVersion
from tests.unit.signing.papers import decision, poppler_says


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return locate.practice(tmp_path_factory.mktemp("made")).folder


@pytest.fixture
def services(tmp_path: Path, practice: Path) -> Iterator[Services]:
    home = tmp_path / "home"
    shutil.copytree(practice, home / "practice")
    (home / "settings.toml").write_text('executor = "inline:"\n', "utf-8")
    with bootstrap.open_services(home) as opened:
        yield opened


def paper(
    services: Services,
    folder: Path,
    titles: tuple[str, str] = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    name: str = "Quyết định",
) -> str:
    """A result of the office that waits to be signed."""
    file = decision(folder / f"{new_id()}.pdf", titles=titles)
    digest = services.blobs.put(file)
    document = Document(
        new_id(), None, (), "quyet_dinh", "Quyết định", 1.0, DocumentState.REVIEWED, name,
        component_code=RESULT,
    )  # fmt: skip
    with services.catalog.write() as connection:
        kept = documents.add(connection, document)
        versions.add(connection, kept, DocumentVersion(kept.id, versions.ORIGINAL, digest, now(), "test"))
    return kept.id


def sign(
    services: Services, document_id: str, role: SigningRole, key: str, place: Placement | None = None
) -> Signed:
    trust = (trust_folder(services.home),)
    signer = Signer(f"practice:{key}", role, Level.B_B, trust, services.home)
    command = SignDocuments((document_id,), signer, placements={document_id: place} if place else {})
    [done] = sign_documents(services, command, Context()).value
    if done.sealed:
        with services.catalog.read() as connection:
            newest = versions.of_document(connection, document_id)[-1]
        assert set(poppler_says(services.blobs.path(newest.digest))) == {"Signature is Valid."}
    return done


def problem(done: Signed) -> Problem:
    assert done.problem is not None and done.sealed is None
    return done.problem


def test_signing_takes_a_paper_from_desk_to_desk(services: Services, tmp_path: Path) -> None:
    document_id = paper(services, tmp_path)
    assert sign(services, document_id, SigningRole.KY_DUYET, "official").sealed
    assert [row.role for row in signing_list(services)] == [SigningRole.DONG_DAU]
    assert sign(services, document_id, SigningRole.DONG_DAU, "seal").sealed
    assert [step.holder for step in history(services, document_id)] == [Holder.REGISTRY, Holder.ARCHIVE]


def scan(services: Services, folder: Path) -> str:
    """A paper that was scanned at reception; decision() stands for its PDF/A."""
    digest = services.blobs.put(decision(folder / f"{new_id()}.pdf"))
    document = Document(
        new_id(), None, (), "don_de_nghi", "Đơn đề nghị", 1.0, DocumentState.REVIEWED, "Đơn đề nghị"
    )
    with services.catalog.write() as connection:
        kept = documents.add(connection, document)
        versions.add(connection, kept, DocumentVersion(kept.id, versions.PDFA, digest, now(), "test"))
    return kept.id


def way(services: Services, document_id: str) -> list[tuple[Move, Holder]]:
    return [(step.move, step.holder) for step in history(services, document_id)]


def test_a_scan_goes_from_the_clerk_to_the_registry_to_the_archive(
    services: Services, tmp_path: Path
) -> None:
    document_id = scan(services, tmp_path)
    early = problem(sign(services, document_id, SigningRole.LUU_TRU, "seal"))
    assert (early.code, early.facts["first"]) == ("other_signature_first", "so_hoa")
    assert sign(services, document_id, SigningRole.SO_HOA, "clerk").sealed
    assert [row.role for row in signing_list(services)] == [SigningRole.LUU_TRU]
    assert problem(sign(services, document_id, SigningRole.LUU_TRU, "clerk")).code == "role_not_theirs"
    assert sign(services, document_id, SigningRole.LUU_TRU, "seal").sealed
    assert way(services, document_id) == [
        (Move.FORWARD, Holder.REGISTRY),
        (Move.KEEP, Holder.ARCHIVE),
    ]


def test_a_certified_copy_is_signed_by_the_agency_after_the_clerk(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document_id = scan(services, tmp_path)
    monkeypatch.setattr(signing_plan, "DIGITISED", signing_plan.COPIED)
    assert sign(services, document_id, SigningRole.SO_HOA, "clerk").sealed
    assert problem(sign(services, document_id, SigningRole.SAO_Y, "official")).code == "role_not_theirs"
    assert sign(services, document_id, SigningRole.SAO_Y, "seal").sealed
    assert way(services, document_id)[-1] == (Move.ISSUE, Holder.ARCHIVE)
    assert signing_list(services) == ()


def test_an_appendix_of_its_own_file_is_signed_by_the_agency_alone(
    services: Services, tmp_path: Path
) -> None:
    document_id = paper(services, tmp_path, name="Phụ lục I")
    assert [row.role for row in signing_list(services)] == [SigningRole.PHU_LUC]
    refused = problem(sign(services, document_id, SigningRole.KY_DUYET, "official"))
    assert (refused.code, refused.facts["first"]) == ("other_signature_first", "phu_luc")
    assert problem(sign(services, document_id, SigningRole.PHU_LUC, "clerk")).code == "role_not_theirs"
    assert sign(services, document_id, SigningRole.PHU_LUC, "seal").sealed
    assert way(services, document_id) == [(Move.ISSUE, Holder.ARCHIVE)]


def test_the_seal_waits_for_the_signature(services: Services, tmp_path: Path) -> None:
    document_id = paper(services, tmp_path)
    refused = problem(sign(services, document_id, SigningRole.DONG_DAU, "seal"))
    assert (refused.code, refused.facts["first"]) == ("other_signature_first", "ky_duyet")
    what, _, remedy = words_of(refused)
    assert "ký duyệt" in what and remedy


def test_nobody_signs_for_a_role_that_is_not_theirs(services: Services, tmp_path: Path) -> None:
    document_id = paper(services, tmp_path)
    assert problem(sign(services, document_id, SigningRole.KY_DUYET, "seal")).code == "role_not_theirs"
    [official] = [row for row in identities(services) if row.address == "practice:official"]
    clerk_only = replace(services, settings=replace(services.settings, signers=f"{official.subject}=so_hoa"))
    assert problem(sign(clerk_only, document_id, SigningRole.KY_DUYET, "official")).code == "role_not_theirs"
    assert [row.roles for row in identities(clerk_only) if row == replace(official, roles=row.roles)] == [
        ("so_hoa",)
    ]
    assert history(services, document_id) == ()


def test_what_was_sent_back_is_signed_only_after_it_was_submitted_again(
    services: Services, tmp_path: Path
) -> None:
    document_id = paper(services, tmp_path)
    with pytest.raises(MoveRefused):
        hand_over(services, HandOver((document_id,), Move.RETURN), Context())
    hand_over(services, HandOver((document_id,), Move.RETURN, "Thiếu căn cứ"), Context())
    assert signing_list(services) == ()
    [back] = returned(services)
    assert (back.document_id, back.step.reason) == (document_id, "Thiếu căn cứ")
    assert problem(sign(services, document_id, SigningRole.KY_DUYET, "official")).code == "document_elsewhere"
    hand_over(services, HandOver((document_id,), Move.SUBMIT), Context())
    assert returned(services) == ()
    assert sign(services, document_id, SigningRole.KY_DUYET, "official").sealed


def test_a_deputy_signs_only_with_a_mandate(services: Services, tmp_path: Path) -> None:
    document_id = paper(services, tmp_path, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"))
    refused = problem(sign(services, document_id, SigningRole.KY_DUYET, "official"))
    assert (refused.code, refused.facts["principal"]) == ("mandate_missing", "CHỦ TỊCH")
    told = refusal_before_pin(services, document_id, SigningRole.KY_DUYET, "practice:official")
    assert told is not None and told.code == "mandate_missing"
    today = now().date()
    with services.catalog.write() as connection:
        mandates.add(
            connection,
            _mandate(str(refused.facts["signer"]), today - timedelta(days=9), today - timedelta(days=1)),
        )
    assert problem(sign(services, document_id, SigningRole.KY_DUYET, "official")).code == "mandate_missing"
    with services.catalog.write() as connection:
        mandates.add(connection, _mandate(str(refused.facts["signer"]), today, today))
    assert sign(services, document_id, SigningRole.KY_DUYET, "official").sealed


def _mandate(person: str, first: date, last: date) -> Mandate:
    return Mandate(new_id(), person, Form.KT, "CHỦ TỊCH", first, last, (), "05/QĐ-UBND", now(), "test")


def test_the_mark_stands_where_a_person_put_it(services: Services, tmp_path: Path) -> None:
    document_id = paper(services, tmp_path)
    chosen = Placement(1, 380, 640, 500, 690)
    done = sign(services, document_id, SigningRole.KY_DUYET, "official", chosen)
    assert done.sealed is not None and done.sealed.placement == chosen
