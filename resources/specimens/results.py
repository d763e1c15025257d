"""The commune's own results, born digital: what the official signs and the agency seals."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from resources.specimens import frame
from resources.specimens.dossiers import BIRTH, COPIES, MARITAL
from resources.specimens.draft import Draft, issued
from resources.specimens.model import SpecimenFile, SpecimenPage, SpecimenPaper
from resources.specimens.office import write_whole
from resources.specimens.pdfa import to_pdfa
from resources.specimens.people import (
    CHAIR,
    CHILD,
    CHILD_BORN,
    COMMUNE,
    FATHER,
    GRADUATE,
    LATE_WIFE,
    MOTHER,
    WIDOWER,
    dotted,
    spoken,
)
from resources.specimens.sheet import Sheet

COMPONENT = "ket_qua"
DAY = date(2026, 11, 22)
TITLE = ("CHỦ TỊCH",)
ROOM = 96.0
"""Room between title and name for the signature and the seal, both put there by their signers."""
LINE = 1.72
"""Height of a line of a form, in sizes of its letters."""


def _begin(number: str, title: str, subject: tuple[str, ...] = ()) -> Sheet:
    sheet = Sheet()
    frame.letterhead(sheet)
    frame.number_and_date(sheet, number, DAY)
    frame.title(sheet, title, subject, gap=26)
    sheet.skip(16)
    return sheet


def _end(sheet: Sheet) -> None:
    sheet.skip(18)
    frame.signature_block(sheet, TITLE, CHAIR, ROOM)
    sheet.notice()


def birth_certificate() -> Draft:
    """Giấy khai sinh (KQ.G15.000031)."""
    sheet = _begin("41/2026", "GIẤY KHAI SINH")
    sheet.blank_lines(
        (("Họ, chữ đệm, tên:", CHILD.upper()),),
        (("Ngày, tháng, năm sinh:", dotted(CHILD_BORN)), ("Giới tính:", "Nam")),
        (("Bằng chữ:", "Ngày mười lăm tháng mười một năm hai nghìn không trăm hai mươi sáu"),),
        (("Nơi sinh:", f"Trạm Y tế {COMMUNE}"),),
        (("Quê quán:", COMMUNE),),
        (("Dân tộc:", "Kinh"), ("Quốc tịch:", "Việt Nam")),
        (("Số định danh cá nhân:", "001226999975"),),
        line=LINE,
    )
    for label, parent in (("mẹ", MOTHER), ("cha", FATHER)):
        sheet.skip(4)
        sheet.blank_lines(
            ((f"Họ, chữ đệm, tên người {label}:", parent.name.upper()),),
            (("Năm sinh:", str(parent.born.year)), ("Dân tộc:", "Kinh"), ("Quốc tịch:", "Việt Nam")),
            (("Nơi cư trú:", parent.home),),
            line=LINE,
        )
    _end(sheet)
    fields = issued("Giấy khai sinh", "41/2026", DAY, titles=TITLE, signer=CHAIR) | {
        "ho_ten": CHILD,
        "so_dinh_danh": "001226999975",
        "ngay_sinh": CHILD_BORN.isoformat(),
    }
    return Draft("Giấy khai sinh", "giay_khai_sinh", (sheet,), fields)


def certification() -> Draft:
    """Lời chứng of certified copies (KQ.G15.000021)."""
    sheet = _begin("215/SCT/BS", "CHỨNG THỰC", ("Bản sao từ bản chính",))
    for text in (
        f"Chủ tịch Ủy ban nhân dân {COMMUNE} chứng thực các bản sao sau đây đúng với bản chính do bà "
        f"{GRADUATE.name}, số định danh cá nhân {GRADUATE.number}, cư trú tại {GRADUATE.home}, xuất trình:",
        "1. Bằng tốt nghiệp trung học phổ thông, số hiệu A 0000126, do Sở Giáo dục và Đào tạo tỉnh Mẫu cấp "
        "ngày 28 tháng 7 năm 2017: 03 bản.",
        "2. Quyết định số 147/QĐ-UBND ngày 18 tháng 11 năm 2026 về việc tuyển dụng viên chức: 02 bản.",
        f"Quyển số 01/2026-SCT/BS; {spoken(DAY)}.",
    ):
        sheet.paragraph(text, size=14, line=1.44, gap=7)
    _end(sheet)
    fields = issued(
        "Chứng thực", "215/SCT/BS", DAY, subject="Bản sao từ bản chính", titles=TITLE, signer=CHAIR
    ) | {"ho_ten": GRADUATE.name, "so_dinh_danh": GRADUATE.number}
    return Draft("Chứng thực bản sao từ bản chính", "chung_thuc", (sheet,), fields)


def marital_certificate() -> Draft:
    """Giấy xác nhận tình trạng hôn nhân (KQ.G15.000038)."""
    sheet = _begin("118/UBND-XNTTHN", "GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN")
    sheet.paragraph(
        f"Xét đề nghị của ông {WIDOWER.name} về việc cấp Giấy xác nhận tình trạng hôn nhân,", size=14
    )
    sheet.centred("XÁC NHẬN:", "bold", 14)
    sheet.skip(4)
    sheet.blank_lines(
        (("Họ, chữ đệm, tên:", WIDOWER.name.upper()),),
        (("Ngày, tháng, năm sinh:", dotted(WIDOWER.born)), ("Giới tính:", WIDOWER.sex)),
        (("Dân tộc:", "Kinh"), ("Quốc tịch:", "Việt Nam")),
        (("Số định danh cá nhân:", WIDOWER.number),),
        (("Nơi cư trú:", WIDOWER.home),),
        line=LINE,
    )
    sheet.skip(8)
    for text in (
        f"Tình trạng hôn nhân: đã đăng ký kết hôn với bà {LATE_WIFE.name}; bà {LATE_WIFE.name} đã chết theo "
        "Trích lục khai tử số 09/TLKT-BS ngày 12 tháng 5 năm 2024. Hiện tại chưa đăng ký kết hôn với ai.",
        "Giấy này được cấp để làm thủ tục vay vốn ngân hàng, có giá trị 06 tháng kể từ ngày cấp.",
    ):
        sheet.paragraph(text, size=14, line=1.44, gap=7)
    _end(sheet)
    fields = (
        issued("Giấy xác nhận tình trạng hôn nhân", "118/UBND-XNTTHN", DAY, titles=TITLE, signer=CHAIR)
        | WIDOWER.facts()
    )
    return Draft("Giấy xác nhận tình trạng hôn nhân", "giay_xac_nhan_tthn", (sheet,), fields)


_RESULTS: dict[str, tuple[str, Callable[[], Draft]]] = {
    BIRTH: ("ket-qua-giay-khai-sinh.pdf", birth_certificate),
    COPIES: ("ket-qua-chung-thuc-ban-sao.pdf", certification),
    MARITAL: ("ket-qua-xac-nhan-tinh-trang-hon-nhan.pdf", marital_certificate),
}


def make_result(folder: Path, dossier_code: str) -> SpecimenFile:
    """Writes the result of that dossier as unsigned PDF/A-2u, once; KeyError when it is none of the three.

    The signer's title and name stand below each other with room for the signature between them.
    """
    name, draw = _RESULTS[dossier_code]
    draft = draw()
    (sheet,) = draft.sheets
    page = SpecimenPage(sheet.text)
    data = to_pdfa(sheet, draft.name)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)
    paper = SpecimenPaper(draft.name, draft.kind, dossier_code, COMPONENT, (page,), draft.fields)
    return SpecimenFile(path, (paper,))
