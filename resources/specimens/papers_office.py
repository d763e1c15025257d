"""Letters of the commune itself: công văn, thông báo, giấy mời."""

from __future__ import annotations

from datetime import date

from resources.specimens import frame
from resources.specimens.draft import Draft, issued
from resources.specimens.frame import Rng
from resources.specimens.people import CHAIR, DEPUTY, PLACE, WIDOWER, dotted
from resources.specimens.sheet import Sheet

BY_DEPUTY = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
BY_CHAIR = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


def verification_letter(rng: Rng) -> Draft:
    """Công văn that asks another commune about the marital status."""
    day = date(2026, 11, 20)
    sheet = Sheet()
    frame.letterhead(sheet)
    frame.number_and_date(sheet, "582/UBND-HT", day)
    subject = ("V/v xác minh tình trạng hôn nhân", f"của ông {WIDOWER.name}")
    sheet.skip(4)
    for row in subject:
        sheet.y += 15
        sheet.put(frame.agency_column(sheet), sheet.y, row, size=12, align="centre")
    sheet.skip(20)
    sheet.centred("Kính gửi: Ủy ban nhân dân xã Mẫu Sơn Tây, tỉnh Mẫu", "regular", 14)
    sheet.skip(12)
    for text in (
        f"Ủy ban nhân dân xã {PLACE} nhận được đề nghị cấp lại Giấy xác nhận tình trạng hôn nhân của ông "
        f"{WIDOWER.name}, sinh ngày {dotted(WIDOWER.born)}, số định danh cá nhân {WIDOWER.number}, hiện cư "
        f"trú tại {WIDOWER.home}.",
        "Theo lời khai, từ năm 1998 đến năm 2005 ông có thời gian cư trú tại xã Mẫu Sơn Tây, tỉnh Mẫu. Căn "
        "cứ quy định của pháp luật về hộ tịch, Ủy ban nhân dân xã đề nghị quý Ủy ban kiểm tra sổ đăng ký "
        "kết hôn và xác minh tình trạng hôn nhân của ông trong thời gian nói trên.",
        "Kết quả xác minh xin gửi về Ủy ban nhân dân xã trước ngày 25 tháng 11 năm 2026 để giải quyết hồ "
        "sơ cho công dân đúng thời hạn. Mọi trao đổi xin liên hệ bộ phận hộ tịch, điện thoại 0200.0000.000.",
        "Rất mong nhận được sự phối hợp của quý Ủy ban./.",
    ):
        sheet.paragraph(text, size=14, line=1.42, gap=7)
    sheet.skip(14)
    frame.recipients(sheet, ("- Như trên;", "- Chủ tịch UBND xã (để b/c);", "- Lưu: VT, HT."))
    frame.sign_off(sheet, BY_DEPUTY, DEPUTY, rng, seal=frame.COMMUNE_SEAL, room=94)
    sheet.notice()
    fields = issued(
        "Công văn", "582/UBND-HT", day, subject=" ".join(subject), titles=BY_DEPUTY, signer=DEPUTY
    )
    return Draft("Công văn xác minh tình trạng hôn nhân", "cong_van", (sheet,), fields)


def announcement(rng: Rng) -> Draft:
    """Thông báo about the opening hours."""
    day = date(2026, 11, 17)
    sheet = Sheet()
    frame.letterhead(sheet)
    frame.number_and_date(sheet, "63/TB-UBND", day)
    subject = (
        "Về việc tiếp nhận hồ sơ ngoài giờ hành chính",
        "tại Trung tâm Phục vụ hành chính công xã",
    )
    frame.title(sheet, "THÔNG BÁO", subject)
    sheet.skip(14)
    for lead, text in (
        ("", f"Để phục vụ người dân được thuận lợi, Ủy ban nhân dân xã {PLACE} thông báo như sau:"),
        (
            "1.",
            "Từ ngày 01 tháng 12 năm 2026, Trung tâm Phục vụ hành chính công xã tiếp nhận hồ sơ vào sáng "
            "thứ Bảy hằng tuần, từ 07 giờ 30 phút đến 11 giờ 30 phút.",
        ),
        (
            "2.",
            "Các thủ tục được tiếp nhận gồm: đăng ký khai sinh, đăng ký khai tử, cấp Giấy xác nhận tình "
            "trạng hôn nhân, chứng thực bản sao từ bản chính và chứng thực chữ ký.",
        ),
        (
            "3.",
            "Người dân mang theo bản chính giấy tờ để đối chiếu. Giấy tờ được quét, ký số và trả lại ngay; "
            "người dân không phải nộp bản sao đối với giấy tờ đã có trong cơ sở dữ liệu.",
        ),
        (
            "",
            "Đề nghị các thôn thông báo rộng rãi trên hệ thống truyền thanh để nhân dân biết và thực hiện./.",
        ),
    ):
        sheet.paragraph(text, lead=lead, size=14, line=1.42, gap=7)
    sheet.skip(14)
    frame.recipients(
        sheet, ("- Các thôn trong xã;", "- Công an xã;", "- Trang tin điện tử xã;", "- Lưu: VT.")
    )
    frame.sign_off(sheet, BY_CHAIR, CHAIR, rng, seal=frame.COMMUNE_SEAL, room=96)
    sheet.notice()
    fields = issued("Thông báo", "63/TB-UBND", day, subject=" ".join(subject), titles=BY_CHAIR, signer=CHAIR)
    return Draft("Thông báo tiếp nhận hồ sơ ngoài giờ", "thong_bao", (sheet,), fields)


def invitation(rng: Rng) -> Draft:
    """Giấy mời to a meeting on digitising."""
    day = date(2026, 11, 19)
    sheet = Sheet()
    frame.letterhead(sheet)
    frame.number_and_date(sheet, "28/GM-UBND", day)
    subject = ("Họp rút kinh nghiệm công tác số hóa hồ sơ",)
    frame.title(sheet, "GIẤY MỜI", subject)
    sheet.skip(12)
    sheet.centred(f"Ủy ban nhân dân xã {PLACE} trân trọng kính mời:", "regular", 14)
    sheet.skip(6)
    for text in (
        "Ông, bà Trưởng các phòng chuyên môn, Giám đốc Trung tâm Phục vụ hành chính công xã và Trưởng các "
        "thôn tới dự cuộc họp rút kinh nghiệm công tác số hóa hồ sơ, giấy tờ trong giải quyết thủ tục hành "
        "chính.",
        "Chủ trì: Chủ tịch Ủy ban nhân dân xã.",
        "Thời gian: 08 giờ 00 phút, ngày 24 tháng 11 năm 2026 (thứ Ba).",
        "Địa điểm: Phòng họp tầng 2, trụ sở Ủy ban nhân dân xã.",
        "Đề nghị Trung tâm Phục vụ hành chính công xã chuẩn bị báo cáo tỷ lệ hồ sơ được số hóa trong quý "
        "IV và gửi tới các đại biểu trước ngày 23 tháng 11 năm 2026./.",
    ):
        sheet.paragraph(text, size=14, line=1.42, gap=7)
    sheet.skip(14)
    frame.recipients(sheet, ("- Như trên;", "- Lưu: VT."))
    frame.sign_off(sheet, BY_DEPUTY, DEPUTY, rng, seal=frame.COMMUNE_SEAL, room=94)
    sheet.notice()
    fields = issued("Giấy mời", "28/GM-UBND", day, subject=subject[0], titles=BY_DEPUTY, signer=DEPUTY)
    return Draft("Giấy mời họp", "giay_moi", (sheet,), fields)
