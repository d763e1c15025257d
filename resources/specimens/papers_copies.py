"""Papers of a certified copy (2.000815): the request and the originals."""

from __future__ import annotations

import math
from datetime import date

from resources.specimens import frame
from resources.specimens.draft import Draft, declared, issued
from resources.specimens.frame import Rng
from resources.specimens.pen import sign
from resources.specimens.people import CHAIR, GRADUATE, dotted, spoken
from resources.specimens.sheet import A4, RED, Colour, Margins, SealSpot, Sheet

SCHOOL_OFFICE = "SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH MẪU"
DIRECTOR = "Lý Văn Nghiệm"
PALE: Colour = (0.93, 0.88, 0.80)
GOLD: Colour = (0.62, 0.42, 0.12)


def certification_request(rng: Rng) -> Draft:
    """Giấy đề nghị chứng thực."""
    day = date(2026, 11, 19)
    sheet = Sheet()
    frame.nation(sheet, centred=True)
    frame.title(sheet, "GIẤY ĐỀ NGHỊ CHỨNG THỰC", ("Bản sao từ bản chính",), gap=12)
    sheet.skip(10)
    frame.to_the_commune(sheet, 13.5)
    sheet.skip(8)
    sheet.blank_line(("Họ và tên người đề nghị:", GRADUATE.name), line=1.7)
    sheet.blank_line(("Ngày sinh:", dotted(GRADUATE.born)), ("Giới tính:", GRADUATE.sex), line=1.7)
    sheet.blank_line(("Số định danh cá nhân:", GRADUATE.number), line=1.7)
    sheet.blank_line(("Nơi cư trú:", GRADUATE.home), line=1.7)
    sheet.skip(8)
    sheet.paragraph("Đề nghị chứng thực bản sao từ bản chính các giấy tờ sau đây:")
    sheet.blank_line(("1. Bằng tốt nghiệp trung học phổ thông, số bản sao:", "03 bản"), line=1.7)
    sheet.blank_line(("2. Quyết định tuyển dụng viên chức, số bản sao:", "02 bản"), line=1.7)
    sheet.skip(8)
    sheet.paragraph(
        "Tôi cam đoan các giấy tờ nêu trên do cơ quan có thẩm quyền cấp, không bị tẩy xóa, sửa chữa và tôi "
        "chịu trách nhiệm về nội dung, tính hợp lệ của giấy tờ đã xuất trình.",
        line=1.4,
    )
    sheet.skip(6)
    frame.sign_off(sheet, ("NGƯỜI ĐỀ NGHỊ",), GRADUATE.name, rng, day=day, room=84)
    sheet.notice()
    fields = declared(GRADUATE, "Giấy đề nghị chứng thực", day, subject="Bản sao từ bản chính")
    return Draft("Giấy đề nghị chứng thực bản sao", "giay_de_nghi_chung_thuc", (sheet,), fields)


def _ornament(sheet: Sheet) -> None:
    """Cream paper, pale waves and a double frame, as diplomas have."""
    page = sheet.page
    page.draw_rect(page.rect, color=None, fill=(0.995, 0.975, 0.925))
    for row in range(14):
        steps = range(int((sheet.width - 80) / 6) + 1)
        wave = [(40 + k * 6, 70 + row * 34 + 14 * math.sin(k * 0.21 + row * 0.8)) for k in steps]
        page.draw_polyline(wave, color=PALE, width=0.7)
    for inset, width in ((22, 3.2), (28, 0.8), (34, 0.8)):
        box = (inset, inset, sheet.width - inset, sheet.height - inset)
        page.draw_rect(box, color=GOLD, width=width)


def diploma(rng: Rng) -> Draft:
    """Bằng tốt nghiệp on a landscape sheet."""
    day = date(2017, 7, 28)
    sheet = Sheet((A4[1], A4[0]), Margins(left=60, top=48, right=60, bottom=50))
    _ornament(sheet)
    frame.nation(sheet, centred=True, size=13)
    sheet.skip(6)
    sheet.centred("GIÁM ĐỐC", "bold", 14)
    sheet.centred(SCHOOL_OFFICE, "bold", 14)
    sheet.centred("cấp", "italic", 13)
    sheet.y += 40
    sheet.put(sheet.width / 2, sheet.y, "BẰNG TỐT NGHIỆP", "bold", 30, align="centre", colour=RED)
    sheet.centred("TRUNG HỌC PHỔ THÔNG", "bold", 18, gap=1.5)
    sheet.skip(12)
    left = sheet.left + 230
    for label, value in (
        ("Cho:", GRADUATE.name.upper()),
        ("Ngày sinh:", dotted(GRADUATE.born)),
        ("Nơi sinh:", "tỉnh Mẫu"),
        ("Học sinh trường:", "THPT Mẫu Sơn Đông"),
        ("Khóa thi ngày:", "25/6/2017"),
    ):
        sheet.y += 20
        end = sheet.put(left, sheet.y, label + " ", "italic", 14, read=False)
        sheet.put(end + 4, sheet.y, value, "bold", 14, read=False)
        sheet.note(f"{label} {value}")
    sheet.y += 24
    x = sheet.width * 0.72
    sheet.put(x, sheet.y, f"Mẫu, {spoken(day)}", "italic", 13, align="centre")
    sheet.centred("GIÁM ĐỐC", "bold", 13, x=x)
    sign(sheet, x, sheet.y + 36, DIRECTOR, rng, 95)
    sheet.seals.append(SealSpot(x - 52, sheet.y + 36, "SỞ GIÁO DỤC VÀ ĐÀO TẠO", ("TỈNH", "MẪU")))
    sheet.put(x, sheet.y + 80, DIRECTOR, "bold", 13, align="centre")
    sheet.put(sheet.left + 20, sheet.y + 100, "Số hiệu: A 0000126", size=12)
    sheet.put(sheet.left + 20, sheet.y + 118, "Số vào sổ cấp bằng: 126/2017/THPT", size=12)
    sheet.notice(46)
    fields = {
        "co_quan": SCHOOL_OFFICE,
        "loai_vb": "Bằng tốt nghiệp",
        "ngay_ban_hanh": day.isoformat(),
        "chuc_vu_ky": "GIÁM ĐỐC",
        "nguoi_ky": DIRECTOR,
        "ho_ten": GRADUATE.name,
        "ngay_sinh": GRADUATE.born.isoformat(),
    }
    return Draft("Bằng tốt nghiệp trung học phổ thông", "van_bang", (sheet,), fields)


BASES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương;",
    "Căn cứ Luật Viên chức và các văn bản quy định chi tiết thi hành;",
    "Căn cứ kết quả kỳ xét tuyển viên chức năm 2026 của Ủy ban nhân dân xã;",
    "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội.",
)
ARTICLES = (
    f"Tuyển dụng bà {GRADUATE.name}, sinh ngày {dotted(GRADUATE.born)}, số định danh cá nhân "
    f"{GRADUATE.number}, cư trú tại {GRADUATE.home}, vào làm việc tại Trung tâm Phục vụ hành chính công xã "
    "kể từ ngày 01 tháng 12 năm 2026.",
    "Bà được hưởng lương bậc 1 của ngạch chuyên viên, hệ số 2,34 và các chế độ khác theo quy định. Thời "
    "gian tập sự là 12 tháng, trong đó người được tuyển dụng làm quen với công việc tiếp nhận, số hóa và "
    "trả kết quả giải quyết thủ tục hành chính cho người dân và doanh nghiệp.",
    "Trong thời gian tập sự, người hướng dẫn có trách nhiệm hướng dẫn cách phân loại giấy tờ, lập hồ sơ, bảo "
    "quản hồ sơ giấy và hồ sơ điện tử; định kỳ hằng tháng báo cáo kết quả với Giám đốc Trung tâm.",
    "Kinh phí thực hiện được bố trí trong dự toán ngân sách xã đã được giao. Người được tuyển dụng có "
    "trách nhiệm nhận việc đúng thời hạn ghi tại Điều 1; quá thời hạn mà không có lý do chính đáng thì "
    "quyết định này hết hiệu lực.",
    "Quyết định này có hiệu lực thi hành kể từ ngày ký. Chánh Văn phòng, Trưởng phòng Văn hóa - Xã hội, "
    f"Giám đốc Trung tâm Phục vụ hành chính công xã và bà {GRADUATE.name} chịu trách nhiệm thi hành Quyết "
    "định này./.",
)


def decision(rng: Rng) -> Draft:
    """Quyết định on two pages; number and day are written by hand."""
    day = date(2026, 11, 18)
    subject = ("Về việc tuyển dụng viên chức làm việc tại", "Trung tâm Phục vụ hành chính công xã")
    first = Sheet()
    frame.letterhead(first)
    frame.number_by_hand(first, "147", "QĐ-UBND", rng)
    frame.day_by_hand(first, day, rng)
    frame.title(first, "QUYẾT ĐỊNH", subject)
    first.skip(10)
    first.centred("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ MẪU SƠN ĐÔNG", "bold", 13)
    first.skip(8)
    for basis in BASES:
        first.paragraph(basis, face="italic", size=14)
    first.skip(2)
    first.centred("QUYẾT ĐỊNH:", "bold", 14)
    first.skip(6)
    for number, text in enumerate(ARTICLES[:3], 1):
        first.paragraph(text, lead=f"Điều {number}.", size=14, line=1.42, gap=7)
    first.notice()
    second = Sheet()
    second.put(second.width / 2, 42, "2", size=13, align="centre")
    for number, text in enumerate(ARTICLES[3:], 4):
        second.paragraph(text, lead=f"Điều {number}.", size=14, line=1.42, gap=7)
    second.skip(14)
    frame.recipients(
        second, ("- Như Điều 5;", "- Sở Nội vụ tỉnh (để b/c);", "- Công an xã;", "- Lưu: VT, VHXH.")
    )
    frame.sign_off(second, ("CHỦ TỊCH",), CHAIR, rng, seal=frame.COMMUNE_SEAL, room=96)
    second.notice()
    fields = issued(
        "Quyết định", "147/QĐ-UBND", day, subject=" ".join(subject), titles=("CHỦ TỊCH",), signer=CHAIR
    )
    return Draft("Quyết định tuyển dụng viên chức", "quyet_dinh", (first, second), fields)
