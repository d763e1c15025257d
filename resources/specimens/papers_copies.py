"""Papers of a certified copy (2.000815): the request and the originals."""

from __future__ import annotations

import math

import numpy as np

from resources.specimens import frame
from resources.specimens.draft import Draft, issued, press_commune_seal
from resources.specimens.papers_birth import person_fields
from resources.specimens.people import AGENCY, CHAIR, COMMUNE, GRADUATE, PLACE, dotted
from resources.specimens.pen import sign, write_digits
from resources.specimens.sheet import A4, Colour, Margins, SealSpot, Sheet

SCHOOL_OFFICE = "SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH MẪU"


def certification_request(rng: np.random.Generator) -> Draft:
    """Giấy đề nghị chứng thực."""
    sheet = Sheet()
    frame.nation(sheet, centred=True)
    frame.title(sheet, "GIẤY ĐỀ NGHỊ CHỨNG THỰC", ("Bản sao từ bản chính",), gap=10)
    sheet.skip(8)
    sheet.centred(f"Kính gửi: Ủy ban nhân dân {COMMUNE}", "regular", 13.5)
    sheet.skip(6)
    sheet.blank_line(("Họ và tên người đề nghị:", GRADUATE.name))
    sheet.blank_line(("Ngày sinh:", dotted(GRADUATE.born)), ("Giới tính:", GRADUATE.sex))
    sheet.blank_line(("Số định danh cá nhân:", GRADUATE.number))
    sheet.blank_line(("Nơi cư trú:", GRADUATE.home))
    sheet.skip(6)
    sheet.paragraph("Đề nghị chứng thực bản sao từ bản chính các giấy tờ sau đây:")
    for number, (name, copies) in enumerate(
        (("Bằng tốt nghiệp trung học phổ thông", "03"), ("Quyết định tuyển dụng viên chức", "02")), 1
    ):
        sheet.blank_line((f"{number}. {name}, số bản sao:", f"{copies} bản"))
    sheet.skip(6)
    sheet.paragraph(
        "Tôi cam đoan các giấy tờ nêu trên do cơ quan có thẩm quyền cấp, không bị tẩy xóa, sửa chữa và tôi chịu trách "
        "nhiệm về nội dung, tính hợp lệ của giấy tờ đã xuất trình."
    )
    x = frame.nation_column(sheet)
    sheet.y += 20
    sheet.put(x, sheet.y, f"{PLACE}, ngày 19 tháng 11 năm 2026", "italic", 13, align="centre")
    middle = frame.signature_block(sheet, ("NGƯỜI ĐỀ NGHỊ",), GRADUATE.name, room=76)
    sign(sheet, *middle, rng)
    sheet.notice()
    fields = {
        **person_fields(GRADUATE),
        "loai_vb": "GIẤY ĐỀ NGHỊ CHỨNG THỰC",
        "trich_yeu": "Bản sao từ bản chính",
        "ngay_ban_hanh": "2026-11-19",
    }
    return Draft("Giấy đề nghị chứng thực bản sao", "giay_de_nghi_chung_thuc", (sheet,), fields)


def _guilloche(sheet: Sheet) -> None:
    """Pale waves and a double frame, as diplomas have."""
    pale: Colour = (0.93, 0.88, 0.80)
    for row in range(14):
        y = 70 + row * 34
        points = [
            (40 + k * 6, y + 14 * math.sin(k * 0.21 + row * 0.8))
            for k in range(int((sheet.width - 80) / 6) + 1)
        ]
        sheet.page.draw_polyline(points, color=pale, width=0.7)
    for inset, width in ((22, 3.2), (28, 0.8), (34, 0.8)):
        sheet.page.draw_rect(
            (inset, inset, sheet.width - inset, sheet.height - inset - 14),
            color=(0.62, 0.42, 0.12),
            width=width,
        )


def diploma(rng: np.random.Generator) -> Draft:
    """Bằng tốt nghiệp on a landscape sheet."""
    sheet = Sheet((A4[1], A4[0]), Margins(left=60, top=46, right=60, bottom=50))
    sheet.page.draw_rect(sheet.page.rect, color=None, fill=(0.995, 0.975, 0.925))
    _guilloche(sheet)
    frame.nation(sheet, centred=True, size=13)
    sheet.skip(4)
    sheet.centred("GIÁM ĐỐC", "bold", 14)
    sheet.centred(SCHOOL_OFFICE, "bold", 14)
    sheet.centred("cấp", "italic", 13)
    sheet.y += 38
    sheet.put(
        sheet.width / 2, sheet.y, "BẰNG TỐT NGHIỆP", "bold", 30, align="centre", colour=(0.72, 0.08, 0.10)
    )
    sheet.centred("TRUNG HỌC PHỔ THÔNG", "bold", 18, gap=1.5)
    sheet.skip(12)
    left = sheet.left + 120
    for label, value in (
        ("Cho:", GRADUATE.name.upper()),
        ("Ngày sinh:", dotted(GRADUATE.born)),
        ("Nơi sinh:", "tỉnh Mẫu"),
        ("Học sinh trường:", "THPT Mẫu Sơn Đông"),
        ("Khóa thi ngày:", "25/6/2017"),
    ):
        sheet.y += 20
        sheet.put(left, sheet.y, label, "italic", 14, read=False)
        sheet.put(left + 130, sheet.y, value, "bold", 14, read=False)
        sheet.note(f"{label} {value}")
    sheet.y += 22
    x = sheet.width * 0.72
    sheet.put(x, sheet.y, "Mẫu, ngày 28 tháng 7 năm 2017", "italic", 13, align="centre")
    sheet.centred("GIÁM ĐỐC", "bold", 13, x=x)
    sign(sheet, x, sheet.y + 36, rng, 95)
    sheet.seals.append(SealSpot(x - 50, sheet.y + 34, "SỞ GIÁO DỤC VÀ ĐÀO TẠO", ("TỈNH", "MẪU")))
    sheet.put(sheet.left + 20, sheet.y + 40, "Số hiệu: A 0000126", size=12)
    sheet.put(sheet.left + 20, sheet.y + 57, "Số vào sổ cấp bằng: 126/2017/THPT", size=12)
    sheet.put(x, sheet.y + 80, "Lý Văn Thí Nghiệm", "bold", 13, align="centre")
    sheet.notice()
    fields = {
        "co_quan": SCHOOL_OFFICE,
        "loai_vb": "BẰNG TỐT NGHIỆP",
        "ngay_ban_hanh": "2017-07-28",
        "chuc_vu_ky": "GIÁM ĐỐC",
        "nguoi_ky": "Lý Văn Thí Nghiệm",
        "ho_ten": GRADUATE.name,
        "ngay_sinh": GRADUATE.born.isoformat(),
    }
    return Draft("Bằng tốt nghiệp trung học phổ thông", "van_bang", (sheet,), fields)


def decision(rng: np.random.Generator) -> Draft:
    """Quyết định on two pages; number and day are written by hand."""
    first = Sheet()
    subject = ("Về việc tuyển dụng viên chức làm việc tại", "Trung tâm Phục vụ hành chính công xã")
    frame.agency(first)
    frame.nation(first)
    first.y += 19
    x = first.put(first.left + 24, first.y, "Số: ", size=13, read=False)
    x = write_digits(first, x, first.y, "147", rng)
    first.put(x + 2, first.y, "/QĐ-UBND", size=13, read=False)
    first.note("Số: /QĐ-UBND")
    x = first.put(frame.nation_column(first) - 105, first.y, f"{PLACE}, ngày ", "italic", 13, read=False)
    x = write_digits(first, x + 2, first.y, "18", rng)
    first.put(x + 3, first.y, "tháng 11 năm 2026", "italic", 13, read=False)
    first.note(f"{PLACE}, ngày tháng 11 năm 2026")
    frame.title(first, "QUYẾT ĐỊNH", subject)
    first.skip(8)
    first.centred("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MẪU SƠN ĐÔNG", "bold", 13)
    first.skip(8)
    for basis in (
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ Luật Viên chức và các văn bản quy định chi tiết thi hành;",
        "Căn cứ kết quả kỳ xét tuyển viên chức năm 2026 của Ủy ban nhân dân xã;",
        "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội.",
    ):
        first.paragraph(basis, face="italic")
    first.skip(2)
    first.centred("QUYẾT ĐỊNH:", "bold", 13)
    first.skip(6)
    first.paragraph(
        f"Tuyển dụng bà {GRADUATE.name}, sinh ngày {dotted(GRADUATE.born)}, số định danh cá nhân {GRADUATE.number}, cư trú "
        f"tại {GRADUATE.home}, vào làm việc tại Trung tâm Phục vụ hành chính công xã kể từ ngày 01 tháng 12 năm 2026.",
        lead="Điều 1.",
        line=1.36,
    )
    first.paragraph(
        "Bà được hưởng lương bậc 1 của ngạch chuyên viên, hệ số 2,34 và các chế độ khác theo quy định. Thời gian tập sự "
        "là 12 tháng, trong đó người được tuyển dụng làm quen với công việc tiếp nhận, số hóa và trả kết quả giải quyết "
        "thủ tục hành chính cho người dân và doanh nghiệp.",
        lead="Điều 2.",
        line=1.36,
    )
    first.paragraph(
        "Trong thời gian tập sự, người hướng dẫn có trách nhiệm hướng dẫn cách phân loại giấy tờ, lập hồ sơ, bảo quản hồ "
        "sơ giấy và hồ sơ điện tử; định kỳ hằng tháng báo cáo kết quả với Giám đốc Trung tâm.",
        lead="Điều 3.",
        line=1.36,
    )
    first.notice()
    second = Sheet()
    second.put(second.width / 2, 42, "2", size=13, align="centre")
    second.paragraph(
        "Kinh phí thực hiện được bố trí trong dự toán ngân sách xã đã được giao. Người được tuyển dụng có trách nhiệm nhận "
        "việc đúng thời hạn ghi tại Điều 1; quá thời hạn mà không có lý do chính đáng thì quyết định này hết hiệu lực.",
        lead="Điều 4.",
        line=1.36,
    )
    second.paragraph(
        "Quyết định này có hiệu lực thi hành kể từ ngày ký. Chánh Văn phòng, Trưởng phòng Văn hóa - Xã hội, Giám đốc Trung "
        f"tâm Phục vụ hành chính công xã và bà {GRADUATE.name} chịu trách nhiệm thi hành Quyết định này./.",
        lead="Điều 5.",
        line=1.36,
    )
    second.skip(12)
    top = second.y + 16
    frame.recipients(
        second, top, ("- Như Điều 5;", "- Sở Nội vụ tỉnh (để báo cáo);", "- Công an xã;", "- Lưu: VT, VHXH.")
    )
    middle = frame.signature_block(second, ("CHỦ TỊCH",), CHAIR, room=92)
    sign(second, *middle, rng, 120)
    press_commune_seal(second, *middle)
    second.notice()
    fields = issued("147/QĐ-UBND", "2026-11-18", "QUYẾT ĐỊNH", " ".join(subject), "CHỦ TỊCH", CHAIR, AGENCY)
    return Draft("Quyết định tuyển dụng viên chức", "quyet_dinh", (first, second), fields)
