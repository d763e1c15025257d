"""Papers of a certificate of marital status (1.004873)."""

from __future__ import annotations

import numpy as np

from resources.specimens import frame
from resources.specimens.draft import Draft, issued, press_commune_seal
from resources.specimens.papers_birth import person_fields
from resources.specimens.people import CHAIR, COMMUNE, DEPUTY, LATE_WIFE, PLACE, WIDOWER, dotted
from resources.specimens.pen import sign
from resources.specimens.sheet import Sheet


def marital_form(rng: np.random.Generator) -> Draft:
    """Tờ khai cấp Giấy xác nhận tình trạng hôn nhân."""
    sheet = Sheet()
    frame.nation(sheet, centred=True)
    frame.title(sheet, "TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", gap=10)
    sheet.skip(6)
    sheet.centred(f"Kính gửi: Ủy ban nhân dân {COMMUNE}", "regular", 13)
    sheet.skip(6)
    sheet.blank_line(("Họ, chữ đệm, tên người yêu cầu:", WIDOWER.name))
    sheet.blank_line(("Nơi cư trú:", WIDOWER.home))
    sheet.blank_line(("Số định danh cá nhân:", WIDOWER.number))
    sheet.blank_line(("Quan hệ với người được cấp giấy:", "Bản thân"))
    sheet.skip(4)
    sheet.paragraph(
        "Đề nghị cấp Giấy xác nhận tình trạng hôn nhân cho người có tên dưới đây:", indent=0, face="bold"
    )
    sheet.blank_line(("Họ, chữ đệm, tên:", WIDOWER.name.upper()))
    sheet.blank_line(("Ngày, tháng, năm sinh:", dotted(WIDOWER.born)), ("Giới tính:", WIDOWER.sex))
    sheet.blank_line(("Dân tộc:", "Kinh"), ("Quốc tịch:", "Việt Nam"))
    sheet.blank_line(("Nơi cư trú:", WIDOWER.home))
    sheet.blank_line(("Tình trạng hôn nhân:", f"Đã có vợ là bà {LATE_WIFE.name}, vợ đã chết"))
    sheet.blank_line(("Trong thời gian cư trú tại:", f"{COMMUNE}, từ năm 2005 đến nay"))
    sheet.blank_line(("Mục đích sử dụng:", "Làm thủ tục vay vốn ngân hàng (đề nghị cấp lại)"))
    sheet.skip(6)
    sheet.paragraph(
        "Giấy xác nhận tình trạng hôn nhân cấp trước đây đã hết thời hạn sử dụng. Tôi cam đoan những nội dung khai trên "
        "đây là đúng sự thật và chịu trách nhiệm trước pháp luật về cam đoan của mình."
    )
    x = frame.nation_column(sheet)
    sheet.y += 18
    sheet.put(x, sheet.y, f"{PLACE}, ngày 20 tháng 11 năm 2026", "italic", 13, align="centre")
    middle = frame.signature_block(sheet, ("NGƯỜI YÊU CẦU",), WIDOWER.name, room=76)
    sign(sheet, *middle, rng)
    sheet.notice()
    fields = {
        **person_fields(WIDOWER),
        "loai_vb": "TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",
        "ngay_ban_hanh": "2026-11-20",
    }
    return Draft("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", "to_khai_xntthn", (sheet,), fields)


def death_extract(rng: np.random.Generator) -> Draft:
    """Trích lục khai tử of the late wife."""
    sheet = Sheet()
    frame.agency(sheet)
    frame.nation(sheet)
    frame.number_and_date(sheet, "09/TLKT-BS", "ngày 12 tháng 5 năm 2024")
    frame.title(sheet, "TRÍCH LỤC KHAI TỬ", gap=18)
    sheet.skip(12)
    rows: tuple[tuple[tuple[str, str], ...], ...] = (
        (("Họ, chữ đệm, tên:", LATE_WIFE.name.upper()),),
        (("Ngày, tháng, năm sinh:", dotted(LATE_WIFE.born)), ("Giới tính:", LATE_WIFE.sex)),
        (("Dân tộc:", "Kinh"), ("Quốc tịch:", "Việt Nam")),
        (("Số định danh cá nhân:", LATE_WIFE.number),),
        (("Nơi cư trú cuối cùng:", LATE_WIFE.home),),
        (("Đã chết vào lúc:", "21 giờ 10 phút, ngày 06 tháng 5 năm 2024"),),
        (("Nơi chết:", "tại nhà riêng, " + LATE_WIFE.home),),
        (("Nguyên nhân chết:", "Bệnh"),),
        (("Giấy báo tử số:", "12/GBT-TYT, ngày 07 tháng 5 năm 2024"),),
        (("Nơi đăng ký khai tử:", f"Ủy ban nhân dân {COMMUNE}"),),
        (("Họ, chữ đệm, tên người đi khai tử:", WIDOWER.name),),
    )
    for row in rows:
        sheet.blank_line(*row, line=1.62)
    sheet.skip(20)
    middle = frame.signature_block(sheet, ("NGƯỜI KÝ TRÍCH LỤC", "PHÓ CHỦ TỊCH"), DEPUTY, room=88)
    sign(sheet, *middle, rng, 112)
    press_commune_seal(sheet, *middle)
    sheet.notice()
    fields = {
        **issued("09/TLKT-BS", "2024-05-12", "TRÍCH LỤC KHAI TỬ", "", "PHÓ CHỦ TỊCH", DEPUTY),
        **person_fields(LATE_WIFE),
    }
    return Draft("Trích lục khai tử", "trich_luc_khai_tu", (sheet,), fields)


def verification_letter(rng: np.random.Generator) -> Draft:
    """Công văn that asks another commune about the marital status."""
    sheet = Sheet()
    frame.agency(sheet)
    frame.nation(sheet)
    frame.number_and_date(sheet, "582/UBND-HT", "ngày 20 tháng 11 năm 2026")
    column = frame.agency_column(sheet)
    for row in ("V/v xác minh tình trạng hôn nhân", f"của ông {WIDOWER.name}"):
        sheet.y += 15
        sheet.put(column, sheet.y, row, size=12, align="centre")
    sheet.skip(18)
    sheet.centred("Kính gửi: Ủy ban nhân dân xã Mẫu Sơn Tây, tỉnh Mẫu", "regular", 14)
    sheet.skip(10)
    for text in (
        f"Ủy ban nhân dân xã {PLACE} nhận được đề nghị cấp lại Giấy xác nhận tình trạng hôn nhân của ông {WIDOWER.name}, "
        f"sinh ngày {dotted(WIDOWER.born)}, số định danh cá nhân {WIDOWER.number}, hiện cư trú tại {WIDOWER.home}.",
        "Theo lời khai, từ năm 1998 đến năm 2005 ông có thời gian cư trú tại xã Mẫu Sơn Tây, tỉnh Mẫu. Căn cứ quy định của "
        "pháp luật về hộ tịch, Ủy ban nhân dân xã đề nghị quý Ủy ban kiểm tra sổ đăng ký kết hôn và xác minh tình trạng hôn "
        "nhân của ông trong thời gian nói trên.",
        "Kết quả xác minh xin gửi về Ủy ban nhân dân xã trước ngày 25 tháng 11 năm 2026 để giải quyết hồ sơ cho công dân "
        "đúng thời hạn. Mọi trao đổi xin liên hệ bộ phận hộ tịch, điện thoại 0200.0000.000.",
        "Rất mong nhận được sự phối hợp của quý Ủy ban./.",
    ):
        sheet.paragraph(text, size=14, line=1.36, gap=6)
    sheet.skip(12)
    top = sheet.y + 16
    frame.recipients(sheet, top, ("- Như trên;", "- Chủ tịch UBND xã (để b/c);", "- Lưu: VT, HT."))
    middle = frame.signature_block(sheet, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), DEPUTY, room=88)
    sign(sheet, *middle, rng, 112)
    press_commune_seal(sheet, *middle)
    sheet.notice()
    subject = f"xác minh tình trạng hôn nhân của ông {WIDOWER.name}"
    fields = issued("582/UBND-HT", "2026-11-20", "", subject, "KT. CHỦ TỊCH PHÓ CHỦ TỊCH", DEPUTY)
    return Draft("Công văn xác minh tình trạng hôn nhân", "cong_van", (sheet,), fields)


def notice_of_hours(rng: np.random.Generator) -> Draft:
    """Thông báo of the commune, typed number and date."""
    sheet = Sheet()
    frame.agency(sheet)
    frame.nation(sheet)
    frame.number_and_date(sheet, "63/TB-UBND", "ngày 17 tháng 11 năm 2026")
    subject = ("Về việc tiếp nhận hồ sơ ngoài giờ hành chính", "tại Trung tâm Phục vụ hành chính công xã")
    frame.title(sheet, "THÔNG BÁO", subject)
    sheet.skip(12)
    for lead, text in (
        ("", f"Để phục vụ người dân được thuận lợi, Ủy ban nhân dân xã {PLACE} thông báo như sau:"),
        (
            "1.",
            "Từ ngày 01 tháng 12 năm 2026, Trung tâm Phục vụ hành chính công xã tiếp nhận hồ sơ vào sáng thứ Bảy hằng tuần, "
            "từ 07 giờ 30 phút đến 11 giờ 30 phút.",
        ),
        (
            "2.",
            "Các thủ tục được tiếp nhận gồm: đăng ký khai sinh, đăng ký khai tử, cấp Giấy xác nhận tình trạng hôn nhân, chứng "
            "thực bản sao từ bản chính và chứng thực chữ ký.",
        ),
        (
            "3.",
            "Người dân mang theo bản chính giấy tờ để đối chiếu. Giấy tờ được quét, ký số và trả lại ngay; người dân không phải "
            "nộp bản sao đối với giấy tờ đã có trong cơ sở dữ liệu.",
        ),
        (
            "",
            "Đề nghị các thôn thông báo rộng rãi trên hệ thống truyền thanh để nhân dân biết và thực hiện./.",
        ),
    ):
        sheet.paragraph(text, lead=lead, size=14, line=1.36, gap=6)
    sheet.skip(12)
    top = sheet.y + 16
    frame.recipients(
        sheet, top, ("- Các thôn trong xã;", "- Công an xã;", "- Trang tin điện tử xã;", "- Lưu: VT.")
    )
    middle = frame.signature_block(sheet, ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), CHAIR, room=92)
    sign(sheet, *middle, rng, 118)
    press_commune_seal(sheet, *middle)
    sheet.notice()
    fields = issued(
        "63/TB-UBND", "2026-11-17", "THÔNG BÁO", " ".join(subject), "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH", CHAIR
    )
    return Draft("Thông báo tiếp nhận hồ sơ ngoài giờ", "thong_bao", (sheet,), fields)
