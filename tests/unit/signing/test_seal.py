"""Signing: every level valid to pyHanko and pdfsig; refusals and faults leave all as it was, no debris."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import os
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer

from signing.agreement import Gathering
from signing.errors import (
    CertificateRefused,
    NoRoom,
    NotAllowed,
    NotSignable,
    ProofFailed,
    SigningError,
    StatusUnknown,
    TimestampFailed,
)
from signing.model import Certificate, Level, Placement, SealRequest, SigningRole, Verdict
from signing.ports import Identity, TimeStampAuthority
from signing.practice.office import PracticeOffice
from signing.seal import session, working_copy
from signing.seal.session import prepare, seal, seal_with
from signing.seal.write import Entry, Means, write
from signing.trust.store import TrustStore
from signing.verify.file import verify
from tests.unit.signing.conftest import OpenIdentity
from tests.unit.signing.papers import decision, poppler_says
from tests.unit.signing.sealed import assert_valid


def contents(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


@pytest.mark.parametrize("level", list(Level))
def test_every_level_is_valid(
    office: PracticeOffice, tsa: TimeStampAuthority, identity: OpenIdentity, paper: Path, level: Level
) -> None:
    out = paper.with_name("signed.pdf")
    request = SealRequest(SigningRole.KY_DUYET, level, office.mark("official"))
    done = seal(paper, out, request, identity("official"), office.trust(), tsa)
    assert done.field_name == "Signature1" and done.warnings == ()
    assert out.read_bytes().startswith(paper.read_bytes())
    assert_valid(out, office.trust(), expected=1)


def test_all_roles_one_after_another(
    office: PracticeOffice, tsa: TimeStampAuthority, identity: OpenIdentity, paper: Path
) -> None:
    steps = [
        ("clerk", SigningRole.SO_HOA, Level.B_B),
        ("official", SigningRole.KY_DUYET, Level.B_T),
        ("seal", SigningRole.DONG_DAU, Level.B_LT),
        ("seal", SigningRole.SAO_Y, Level.B_B),
        ("seal", SigningRole.PHU_LUC, Level.B_B),
        ("seal", SigningRole.LUU_TRU, Level.B_LTA),
    ]
    boxes: list[Placement] = []
    for name, role, level in steps:
        before = paper.read_bytes()
        request = SealRequest(role, level, replace(office.mark(name), number="12/QĐ-UBND"))
        done = seal(paper, paper, request, identity(name), office.trust(), tsa)
        assert done.placement is not None and done.warnings == ()
        assert paper.read_bytes().startswith(before)
        boxes.append(done.placement)
    assert_valid(paper, office.trust(), expected=len(steps) + 1)
    corners = [
        box for index, box in enumerate(boxes) if steps[index][1].value not in ("ky_duyet", "dong_dau")
    ]
    for index, one in enumerate(corners):
        for two in corners[index + 1 :]:
            assert not pymupdf.Rect(*one[1:]).intersects(pymupdf.Rect(*two[1:]))
    text = shown_marks(paper)
    assert {"12", "Trần", "SAO"} <= set(text)


def shown_marks(path: Path) -> list[str]:
    with pymupdf.open(path) as document:
        pages = pymupdf.open(stream=document.convert_to_pdf(), filetype="pdf")
        return [word[4] for word in pages[0].get_text("words")]


def test_one_certificate_check_serves_a_batch(
    office: PracticeOffice, tsa: TimeStampAuthority, identity: OpenIdentity, tmp_path: Path
) -> None:
    session = prepare(identity("clerk"), office.trust(), tsa)
    for number in range(3):
        paper = decision(tmp_path / f"{number}.pdf")
        seal_with(session, paper, paper, SealRequest(SigningRole.SO_HOA, Level.B_LTA, office.mark("clerk")))
        assert_valid(paper, office.trust(), expected=1)


@pytest.mark.parametrize(
    ("name", "code"), [("expired", "certificate_expired"), ("revoked", "certificate_revoked")]
)
def test_bad_certificates_are_refused_even_if_unchecked_is_accepted(
    office: PracticeOffice, identity: OpenIdentity, paper: Path, name: str, code: str
) -> None:
    before = contents(paper.parent)
    with pytest.raises(CertificateRefused) as refusal:
        seal(paper, paper, SealRequest(SigningRole.KY_DUYET), identity(name), office.trust(), None, True)
    assert refusal.value.code == code
    assert contents(paper.parent) == before


def test_unknown_status_asks_then_warns(office: PracticeOffice, identity: OpenIdentity, paper: Path) -> None:
    request = SealRequest(SigningRole.KY_DUYET, mark=office.mark("official"))
    full = office.trust()
    for trust in (None, TrustStore(), TrustStore(roots=full.roots), replace(full, crls=())):
        with pytest.raises(StatusUnknown):
            seal(paper, paper, request, identity("official"), trust)
    done = seal(paper, paper, request, identity("official"), None, None, consent=lambda _: True)
    assert done.warnings == ("certificate_unchecked",)


def test_long_term_levels_need_a_checked_certificate(
    identity: OpenIdentity, tsa: TimeStampAuthority, paper: Path
) -> None:
    request = SealRequest(SigningRole.KY_DUYET, Level.B_LT)
    with pytest.raises(StatusUnknown):
        seal(paper, paper, request, identity("official"), None, tsa, consent=lambda _: True)


def test_stamped_levels_need_an_authority(
    office: PracticeOffice, identity: OpenIdentity, paper: Path
) -> None:
    with pytest.raises(TimestampFailed):
        seal(paper, paper, SealRequest(SigningRole.KY_DUYET, Level.B_T), identity("official"), office.trust())


def test_wrong_kind_of_certificate_is_told(
    office: PracticeOffice, identity: OpenIdentity, paper: Path
) -> None:
    done = seal(paper, paper, SealRequest(SigningRole.SAO_Y), identity("clerk"), office.trust())
    assert done.warnings == ("certificate_not_agency",)
    done = seal(paper, paper, SealRequest(SigningRole.SO_HOA), identity("seal"), office.trust())
    assert done.warnings == ("certificate_not_person",)


@pytest.mark.parametrize("kind", ["docmdp", "field_lock"])
def test_earlier_signatures_that_forbid_more_are_respected(
    office: PracticeOffice, identity: OpenIdentity, paper: Path, kind: str
) -> None:
    certify(paper, identity("official").signer(), kind)
    before = contents(paper.parent)
    with pytest.raises(NotAllowed) as refusal:
        seal(paper, paper, SealRequest(SigningRole.SAO_Y), identity("seal"), office.trust())
    assert refusal.value.facts["reason"] == kind
    assert contents(paper.parent) == before


def certify(paper: Path, signer: Signer, kind: str) -> None:
    with paper.open("rb+") as file:
        writer = IncrementalPdfFileWriter(file)
        lock = FieldMDPSpec(FieldMDPAction.ALL) if kind == "field_lock" else None
        append_signature_field(writer, SigFieldSpec("Khóa", field_mdp_spec=lock))
        certified = kind in ("docmdp", "further")
        permission = MDPPerm.FILL_FORMS if kind == "further" else MDPPerm.NO_CHANGES
        metadata = PdfSignatureMetadata("Khóa", certify=certified, docmdp_permissions=permission)
        plain = PdfSignatureMetadata("Khóa") if not certified else metadata
        asyncio.run(PdfSigner(plain, signer).async_sign_pdf(writer, in_place=True))


def test_a_paper_certified_for_further_signatures_takes_the_seal(
    office: PracticeOffice, identity: OpenIdentity, paper: Path
) -> None:
    certify(paper, identity("official").signer(), "further")
    done = seal(paper, paper, SealRequest(SigningRole.SAO_Y), identity("seal"), office.trust())
    assert done.warnings == ("certified_before",)
    found = verify(paper, office.trust())
    assert found.verdict is Verdict.VALID and len(found.signatures) == 2
    assert poppler_says(paper) == ["Signature is Valid."] * 2


def encrypted(data: bytes) -> bytes:
    with pymupdf.open(stream=data) as document:
        made: bytes = document.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y")
        return made


BAD_FILES = {
    "encrypted": (encrypted, "not_signable_encrypted"),
    "truncated": (lambda data: data[: len(data) * 2 // 3], "not_signable"),
    "appended": (
        lambda data: data + b"\n9 0 obj <<>> endobj\nxref\ntrailer << >>\nstartxref\n7 %%x\n",
        "not_signable",
    ),
    "empty": (lambda data: b"", "not_signable_not_pdf"),
    "text": (lambda data: b"xin chao " * 99, "not_signable_not_pdf"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_bad_files_are_refused_whole(
    office: PracticeOffice, identity: OpenIdentity, paper: Path, kind: str
) -> None:
    spoil, code = BAD_FILES[kind]
    paper.write_bytes(spoil(paper.read_bytes()))
    before = contents(paper.parent)
    with pytest.raises(NotSignable) as refusal:
        seal(
            paper,
            paper.with_name("out.pdf"),
            SealRequest(SigningRole.SO_HOA),
            identity("clerk"),
            office.trust(),
        )
    assert refusal.value.code == code
    assert contents(paper.parent) == before


class Damaged:
    """An identity whose token answers with a wrong signature value."""

    warnings: tuple[str, ...] = ()
    gathering: Gathering | None = None

    def __init__(self, inner: Identity) -> None:
        self.certificate: Certificate = inner.certificate
        self._signer = inner.signer()

    def signer(self) -> Signer:
        async def wrong(data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            return bytes(256)

        self._signer.async_sign_raw = wrong  # type: ignore[method-assign]
        return self._signer

    def __enter__(self) -> Damaged:
        return self

    def __exit__(self, *exc: object) -> None: ...


def test_a_wrong_signature_value_never_reaches_the_file(
    office: PracticeOffice, identity: OpenIdentity, paper: Path
) -> None:
    before = contents(paper.parent)
    with pytest.raises(ProofFailed):
        seal(paper, paper, SealRequest(SigningRole.SO_HOA), Damaged(identity("clerk")), office.trust())
    assert contents(paper.parent) == before


def test_an_archive_stamp_that_is_broken_never_reaches_the_file(
    office: PracticeOffice,
    identity: OpenIdentity,
    paper: Path,
    tsa: TimeStampAuthority,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def spoilt(path: Path, entry: Entry, means: Means) -> str:
        name = write(path, entry, means)
        data = path.read_bytes()
        assert b"/DocTimeStamp" in data
        at = data.rindex(b"/Contents") + 2000  # within the token of the last revision
        path.write_bytes(data[:at] + (b"1" if data[at : at + 1] == b"0" else b"0") + data[at + 1 :])
        return name

    before = contents(paper.parent)
    monkeypatch.setattr(session, "write", spoilt)
    request = SealRequest(SigningRole.SO_HOA, Level.B_LTA)
    with pytest.raises(ProofFailed):
        seal(paper, paper, request, identity("clerk"), office.trust(), tsa)
    assert contents(paper.parent) == before


def test_what_a_kill_left_in_a_folder_goes_once_nobody_can_still_be_at_it(tmp_path: Path) -> None:
    old, young = tmp_path / ".a.pdf.0.signing", tmp_path / ".b.pdf.0.signing"
    foreign = [tmp_path / name for name in ("c.pdf", "d.0.signing", ".e.pdf.signing", ".f.pdf.99.signing")]
    for path in (old, young, *foreign):
        path.write_bytes(b"x")
    for path in (old, *foreign):
        os.utime(path, (0, 0))
    working_copy.clear_abandoned(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in (young, *foreign)}
    working_copy.clear_abandoned(tmp_path / "gone")


def test_disk_full_leaves_the_original_and_no_debris(
    office: PracticeOffice, identity: OpenIdentity, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = contents(paper.parent)
    monkeypatch.setattr(working_copy.os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        seal(paper, paper, SealRequest(SigningRole.SO_HOA), identity("clerk"), office.trust())
    assert contents(paper.parent) == before


def test_tampered_earlier_signature_is_told_and_not_made_better(
    office: PracticeOffice, identity: OpenIdentity, paper: Path
) -> None:
    seal(paper, paper, SealRequest(SigningRole.SO_HOA), identity("clerk"), office.trust())
    data = paper.read_bytes()
    at = data.index(b"/Prop_Build")
    paper.write_bytes(data[: at + 1] + b"Q" + data[at + 2 :])
    done = seal(paper, paper, SealRequest(SigningRole.SAO_Y), identity("seal"), office.trust())
    assert "earlier_signature_broken" in done.warnings


def test_existing_empty_field_is_used(office: PracticeOffice, identity: OpenIdentity, paper: Path) -> None:
    with paper.open("rb+") as file:
        writer = IncrementalPdfFileWriter(file)
        append_signature_field(writer, SigFieldSpec("Ô ký", on_page=0, box=(350, 150, 500, 220)))
        writer.write_in_place()
    request = SealRequest(SigningRole.KY_DUYET, mark=office.mark("official"), field_name="Ô ký")
    done = seal(paper, paper, request, identity("official"), office.trust())
    assert done.field_name == "Ô ký"
    assert done.placement is not None and done.placement[1:] == pytest.approx((350, 622, 500, 692))
    assert_valid(paper, office.trust(), expected=1)
    with pytest.raises(SigningError):
        seal(paper, paper, request, identity("official"), office.trust())


def prepared(paper: Path, name: str, box: tuple[int, int, int, int]) -> None:
    with paper.open("rb+") as file:
        writer = IncrementalPdfFileWriter(file)
        append_signature_field(writer, SigFieldSpec(name, on_page=0, box=box))
        writer.write_in_place()


def test_a_field_prepared_in_the_signature_block_is_found(
    office: PracticeOffice, identity: OpenIdentity, paper: Path
) -> None:
    prepared(paper, "Văn thư", (40, 700, 160, 730))
    prepared(paper, "Lãnh đạo", (370, 230, 500, 280))
    copied = seal(paper, paper, SealRequest(SigningRole.SO_HOA), identity("clerk"), office.trust())
    request = SealRequest(SigningRole.KY_DUYET, mark=office.mark("official"))
    done = seal(paper, paper, request, identity("official"), office.trust())
    assert (copied.field_name, done.field_name) == ("Signature1", "Lãnh đạo")
    assert_valid(paper, office.trust(), expected=2)
    again = seal(paper, paper, request, identity("official"), office.trust())
    assert again.field_name == "Signature2"


def test_a_seal_is_not_squeezed_into_a_small_field(
    office: PracticeOffice, identity: OpenIdentity, paper: Path
) -> None:
    prepared(paper, "Con dấu", (370, 230, 420, 280))
    request = SealRequest(SigningRole.DONG_DAU, mark=office.mark("seal"))
    done = seal(paper, paper, request, identity("seal"), office.trust())
    assert done.field_name == "Signature1" and done.placement is not None
    assert done.warnings == ("seal_without_signature",)
    assert done.placement.x1 - done.placement.x0 > 60


def test_place_outside_the_page_is_refused(
    office: PracticeOffice, identity: OpenIdentity, paper: Path
) -> None:
    for place in (Placement(2, 10, 10, 50, 50), Placement(1, 560, 10, 700, 50), Placement(0, 1, 1, 9, 9)):
        with pytest.raises(NoRoom):
            seal(
                paper,
                paper,
                SealRequest(SigningRole.SO_HOA, placement=place),
                identity("clerk"),
                office.trust(),
            )
