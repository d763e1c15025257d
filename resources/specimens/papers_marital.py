"""Papers of a certificate of marital status (1.004873)."""

from __future__ import annotations

from datetime import date

from resources.specimens import frame
from resources.specimens.draft import Draft, declared, issued
from resources.specimens.frame import Rng
from resources.specimens.papers_birth import CLINIC, CLINIC_SEAL
from resources.specimens.people import (
    COMMUNE,
    DEPUTY,
    LATE_WIFE,
    POLICE_HEAD,
    STATION_HEAD,
    WIDOWER,
    dotted,
    spoken,
)
from resources.specimens.sheet import Sheet

POLICE = "CÔNG AN XÃ MẪU SƠN ĐÔNG"


def marital_form(rng: Rng) -> Draft:
    """Tờ khai cấp Giấy xác nhận tình trạng hôn nhân."""
    day = date(2026, 11, 20)
    sheet = Sheet()
    frame.nation(sheet, centred=True)
    frame.title(sheet, "TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", gap=12)
    sheet.skip(8)
    frame.to_the_commune(sheet, 13)
    sheet.skip(8)
    sheet.blank_line(("Họ, chữ đệm, tên người yêu cầu:", WIDOWER.name))
    sheet.blank_line(("Nơi cư trú:", WIDOWER.home))
    sheet.blank_line(("Số định danh cá nhân:", WIDOWER.number))
    sheet.blank_line(("Quan hệ với người được cấp giấy:", "Bản thân"))
    sheet.skip(6)
    sheet.paragraph(
        "Đề nghị cấp Giấy xác nhận tình trạng hôn nhân cho người có tên dưới đây:", indent=0, face="bold"
    )
    sheet.blank_lines(
        (("Họ, chữ đệm, tên:", WIDOWER.name.upper()),),
        (("Ngày, tháng, năm sinh:", dotted(WIDOWER.born)), ("Giới tính:", WIDOWER.sex)),
        (("Dân tộc:", "Kinh"), ("Quốc tịch:", "Việt Nam")),
        (("Nơi cư trú:", WIDOWER.home),),
        (("Tình trạng hôn nhân:", f"Đã có vợ là bà {LATE_WIFE.name}, vợ đã chết"),),
        (("Trong thời gian cư trú tại:", f"{COMMUNE}, từ năm 2005 đến nay"),),
        (("Mục đích sử dụng:", "Làm thủ tục vay vốn ngân hàng (đề nghị cấp lại)"),),
        line=1.6,
    )
    sheet.skip(8)
    sheet.paragraph(
        "Giấy xác nhận tình trạng hôn nhân cấp trước đây đã hết thời hạn sử dụng. Tôi cam đoan những nội "
        "dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật về cam đoan của mình.",
        line=1.36,
    )
    frame.sign_off(sheet, ("NGƯỜI YÊU CẦU",), WIDOWER.name, rng, day=day, room=82)
    sheet.notice()
    fields = declared(WIDOWER, "Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", day)
    return Draft("Tờ khai cấp Giấy xác nhận tình trạng hôn nhân", "to_khai_xntthn", (sheet,), fields)


def death_extract(rng: Rng) -> Draft:
    """Trích lục khai tử of the late wife."""
    day = date(2024, 5, 12)
    sheet = Sheet()
    frame.letterhead(sheet)
    frame.number_and_date(sheet, "09/TLKT-BS", day)
    frame.title(sheet, "TRÍCH LỤC KHAI TỬ", gap=18)
    sheet.skip(14)
    sheet.blank_lines(
        (("Họ, chữ đệm, tên:", LATE_WIFE.name.upper()),),
        (("Ngày, tháng, năm sinh:", dotted(LATE_WIFE.born)), ("Giới tính:", LATE_WIFE.sex)),
        (("Dân tộc:", "Kinh"), ("Quốc tịch:", "Việt Nam")),
        (("Số định danh cá nhân:", LATE_WIFE.number),),
        (("Nơi cư trú cuối cùng:", LATE_WIFE.home),),
        (("Đã chết vào lúc:", f"21 giờ 10 phút, {spoken(date(2024, 5, 6))}"),),
        (("Nơi chết:", "tại nhà riêng, " + LATE_WIFE.home),),
        (("Nguyên nhân chết:", "Bệnh"),),
        (("Giấy báo tử số:", f"12/GBT-TYT, {spoken(date(2024, 5, 7))}"),),
        (("Nơi đăng ký khai tử:", f"Ủy ban nhân dân {COMMUNE}"),),
        (("Họ, chữ đệm, tên người đi khai tử:", WIDOWER.name),),
        line=1.7,
    )
    sheet.skip(24)
    titles = ("NGƯỜI KÝ TRÍCH LỤC", "PHÓ CHỦ TỊCH")
    frame.sign_off(sheet, titles, DEPUTY, rng, seal=frame.COMMUNE_SEAL, room=94)
    sheet.notice()
    fields = LATE_WIFE.facts() | issued("Trích lục khai tử", "09/TLKT-BS", day, titles=titles, signer=DEPUTY)
    return Draft("Trích lục khai tử", "trich_luc_khai_tu", (sheet,), fields)


def death_notice(rng: Rng) -> Draft:
    """Giấy báo tử of the health station, its number written by hand."""
    day = date(2024, 5, 7)
    sheet = Sheet()
    frame.letterhead(sheet, "SỞ Y TẾ TỈNH MẪU", CLINIC)
    frame.number_by_hand(sheet, "12", "GBT-TYT", rng)
    frame.title(sheet, "GIẤY BÁO TỬ", gap=20)
    sheet.skip(14)
    frame.to_the_commune(sheet, 14)
    sheet.skip(10)
    for text in (
        f"Trạm Y tế {COMMUNE} báo tin người có tên sau đây đã chết:",
        f"Họ và tên: {LATE_WIFE.name}; giới tính: {LATE_WIFE.sex}; sinh ngày {dotted(LATE_WIFE.born)}.",
        f"Số định danh cá nhân: {LATE_WIFE.number}.",
        f"Nơi cư trú: {LATE_WIFE.home}.",
        f"Chết vào lúc 21 giờ 10 phút, {spoken(date(2024, 5, 6))}, tại nhà riêng. Nguyên nhân chết: do bệnh.",
        "Giấy này được cấp để thân nhân làm thủ tục đăng ký khai tử theo quy định của pháp luật về hộ tịch.",
    ):
        sheet.paragraph(text, size=14, line=1.44, gap=7)
    sheet.skip(4)
    frame.sign_off(sheet, ("TRẠM TRƯỞNG",), STATION_HEAD, rng, day=day, seal=CLINIC_SEAL, room=92)
    sheet.notice()
    fields = LATE_WIFE.facts() | issued(
        "Giấy báo tử", "12/GBT-TYT", day, titles=("TRẠM TRƯỞNG",), signer=STATION_HEAD, agency=CLINIC
    )
    return Draft("Giấy báo tử", "giay_bao_tu", (sheet,), fields)


def residence_note(rng: Rng) -> Draft:
    """Giấy xác nhận thông tin về cư trú of the commune's police."""
    day = date(2026, 11, 19)
    sheet = Sheet()
    frame.letterhead(sheet, "CÔNG AN TỈNH MẪU", POLICE)
    frame.number_by_hand(sheet, "305", "XN-CAX", rng)
    frame.day_by_hand(sheet, day, rng)
    frame.title(sheet, "GIẤY XÁC NHẬN", ("Thông tin về cư trú",), gap=18)
    sheet.skip(12)
    sheet.blank_lines(
        (("Họ, chữ đệm và tên:", WIDOWER.name.upper()),),
        (("Ngày, tháng, năm sinh:", dotted(WIDOWER.born)), ("Giới tính:", WIDOWER.sex)),
        (("Số định danh cá nhân:", WIDOWER.number),),
        (("Dân tộc:", "Kinh"), ("Tôn giáo:", "Không"), ("Quốc tịch:", "Việt Nam")),
        (("Nơi thường trú:", WIDOWER.home),),
        (("Nơi ở hiện tại:", WIDOWER.home),),
        (("Quan hệ với chủ hộ:", "Chủ hộ"), ("Số thành viên trong hộ:", "03")),
        line=1.7,
    )
    sheet.skip(12)
    sheet.paragraph(
        "Công an xã xác nhận thông tin nêu trên phù hợp với Cơ sở dữ liệu về cư trú. Giấy xác nhận có giá "
        "trị trong thời hạn 01 năm kể từ ngày cấp.",
        line=1.4,
    )
    sheet.skip(12)
    frame.sign_off(
        sheet,
        ("TRƯỞNG CÔNG AN XÃ",),
        POLICE_HEAD,
        rng,
        seal=("XÃ MẪU SƠN ĐÔNG - TỈNH MẪU", ("CÔNG AN", "XÃ")),
        room=92,
    )
    sheet.notice()
    fields = WIDOWER.facts() | issued(
        "Giấy xác nhận",
        "305/XN-CAX",
        day,
        subject="Thông tin về cư trú",
        titles=("TRƯỞNG CÔNG AN XÃ",),
        signer=POLICE_HEAD,
        agency=POLICE,
    )
    return Draft("Giấy xác nhận thông tin về cư trú", "giay_xac_nhan", (sheet,), fields)
