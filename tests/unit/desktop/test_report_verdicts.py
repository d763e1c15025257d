"""Reports of a check: the law's fields, long and hostile names, and a PDF that can be signed and kept."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from openpyxl import load_workbook

from desktop import messages
from desktop.workflow.executor import open_executor
from desktop.workflow.job import Context, Problem
from desktop.workflow.reports import pdf as report_pdf
from desktop.workflow.reports import verdict_words
from desktop.workflow.reports.model import Reported, ReportFacts, WriteReport
from desktop.workflow.reports.verdicts import targets, write_report
from desktop.workflow.services import Workers
from desktop.workflow.verify.files import FileVerified
from signing import locate
from signing.model import Content, FileVerdict, Reason, SealRequest, Secret, SigningRole, Trust, Verdict
from signing.seal.session import prepare, seal_with
from signing.verify.file import verify
from tests.unit.desktop.verdict_samples import LONG, NOW, checked, signature

FACTS = ReportFacts("Ủy ban nhân dân xã Mẫu Sơn Đông", "nguyen.thi.mau", NOW, "Trạm Số 9.9", "3 chứng thư")
HOSTILE = "quyết-định\u202efdp.exe-" + "rất_dài_" * 30 + "😀.pdf"


@pytest.fixture(autouse=True)
def vietnamese() -> None:
    messages.choose("vi")


def words(data: bytes) -> str:
    with pymupdf.open(stream=data) as document:
        return " ".join(" ".join(page.get_text() for page in document).split())


def test_the_sheet_says_what_the_law_asks_for() -> None:
    said = words(report_pdf.make([Reported(checked("a.pdf", signature()), "Đạt: đủ căn cứ")], FACTS))
    for part in (
        "PHIẾU XÁC NHẬN KẾT QUẢ KIỂM TRA CHỮ KÝ SỐ",
        "ỦY BAN NHÂN DÂN XÃ MẪU SƠN ĐÔNG",
        "Hợp lệ, có lưu ý",
        "Đơn vị quản lý",
        "CA phục vụ các cơ quan Nhà nước G2",
        "dấu thời gian tin cậy",
        "Nguyên vẹn",
        "Còn hiệu lực, không bị thu hồi",
        messages.day(signature().signer.not_after),  # type: ignore[union-attr]
        "9f" * 32,
        "Gốc MẪU",
        "Đạt: đủ căn cứ",
        "SHA-1",
    ):
        assert part in said, part
    assert LONG.strip() in said


def test_long_and_hostile_names_stay_on_the_page() -> None:
    data = report_pdf.make([Reported(checked(HOSTILE, signature(algorithms="x" * 900)))] * 3, FACTS)
    with pymupdf.open(stream=data) as document:
        assert document.page_count > 3
        for page in document:
            assert all(page.rect.contains(word[:4]) for word in page.get_text("words"))
        assert "\u202e" not in "".join(page.get_text() for page in document)


@pytest.mark.parametrize("verdict", [Verdict.INVALID, Verdict.UNDETERMINED])
def test_nothing_but_valid_is_called_valid(verdict: Verdict) -> None:
    said = words(report_pdf.make([Reported(checked("a.pdf", verdict=verdict))], FACTS))
    assert "Hợp lệ" not in said.replace("Không hợp lệ", "")


def test_a_report_is_signed_like_any_paper(tmp_path: Path) -> None:
    file, home = tmp_path / "phieu.pdf", tmp_path / "home"
    file.write_bytes(report_pdf.make([Reported(checked("a.pdf", signature()))], FACTS))
    office = locate.practice(home)
    with locate.identity("practice:clerk", lambda _: Secret(""), home) as identity:
        ready = prepare(identity, office.trust())
        seal_with(ready, file, file, SealRequest(SigningRole.SO_HOA))
    assert verify(file, office.trust()).content is Content.AS_SIGNED


def test_a_spreadsheet_has_a_row_per_file_and_per_signature(tmp_path: Path) -> None:
    files = (
        Reported(checked("a.pdf", signature(), signature(chain=Trust.UNKNOWN, revocation="not_checked"))),
        Reported(FileVerified(Path("/x/b.pdf"), problem=Problem("time_limit", {"seconds": 30}, "/x/b.pdf"))),
    )
    workers = Workers(open_executor("inline:"), "", 1, 1)
    out = (tmp_path / "r.pdf", tmp_path / "r.xlsx")
    assert set(write_report(workers, WriteReport(files, out, FACTS), Context()).value) == set(out)
    book = load_workbook(tmp_path / "r.xlsx")
    by_file, by_signature = book.worksheets
    assert [by_file.cell(row, 3).value for row in (4, 5)] == ["Hợp lệ, có lưu ý", "Không kiểm tra được"]
    assert by_signature["D4"].value == '=HYPERLINK("http://x")'
    assert by_signature["D4"].data_type == "s"
    assert [by_signature.cell(row, 11).value for row in (4, 5)] == [
        "Còn hiệu lực, không bị thu hồi",
        "Trong thời hạn ghi trên chứng thư; chưa xác minh được nơi cấp",
    ]
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".part"]


def test_report_targets() -> None:
    assert targets("a.pdf, b/c.xlsx") == (Path("a.pdf"), Path("b/c.xlsx"))
    with pytest.raises(ValueError, match=r"c\.docx"):
        targets("a.pdf,c.docx")


def test_a_note_on_one_signature_shows_on_the_file() -> None:
    """No time stamp is a note of the signature, and the file's banner must not hide it."""
    one = signature(content=Content.AS_SIGNED, warnings=(Reason("time_not_proven"),))
    whole = FileVerdict(Content.AS_SIGNED, Trust.TRUSTED, Verdict.VALID, (one,))
    assert verdict_words.banner_of(whole) == "limited"
