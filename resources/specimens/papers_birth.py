"""Papers of a birth registration (1.001193)."""

from __future__ import annotations

from datetime import date

from resources.specimens import frame
from resources.specimens.draft import Draft, declared, issued
from resources.specimens.frame import Rng
from resources.specimens.pen import sign
from resources.specimens.people import (
    AUNT,
    CHILD,
    CHILD_BORN,
    COMMUNE,
    DEPUTY,
    FATHER,
    MOTHER,
    PLACE,
    STATION_HEAD,
    dotted,
    spoken,
)
from resources.specimens.sheet import Sheet

CLINIC = "TRẠM Y TẾ XÃ MẪU SƠN ĐÔNG"
CLINIC_SEAL = ("XÃ MẪU SƠN ĐÔNG - TỈNH MẪU", ("TRẠM", "Y TẾ"))


def birth_form(rng: Rng) -> Draft:
    """Tờ khai đăng ký khai sinh, filled in on a computer and signed."""
    day = date(2026, 11, 16)
    sheet = Sheet()
    frame.nation(sheet, centred=True)
    frame.title(sheet, "TỜ KHAI ĐĂNG KÝ KHAI SINH", gap=8)
    sheet.skip(4)
    frame.to_the_commune(sheet, 13)
    sheet.skip(6)
    sheet.blank_line(("Họ, chữ đệm, tên người yêu cầu:", FATHER.name))
    sheet.blank_line(("Nơi cư trú:", FATHER.home))
    sheet.blank_line(("Số định danh cá nhân:", FATHER.number))
    sheet.blank_line(("Quan hệ với người được khai sinh:", "Cha đẻ"))
    sheet.skip(5)
    sheet.paragraph("Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:", indent=0, face="bold")
    sheet.blank_line(("Họ, chữ đệm, tên:", CHILD.upper()))
    sheet.blank_line(("Ngày, tháng, năm sinh:", dotted(CHILD_BORN)), ("Giới tính:", "Nam"))
    in_words = "Ngày mười lăm tháng mười một năm hai nghìn không trăm hai mươi sáu"
    sheet.blank_line(("Ghi bằng chữ:", in_words), size=12.5)
    sheet.blank_line(("Dân tộc:", "Kinh"), ("Quốc tịch:", "Việt Nam"))
    sheet.blank_line(("Nơi sinh:", f"Trạm Y tế {COMMUNE}"))
    sheet.blank_line(("Quê quán:", COMMUNE))
    for label, parent in (("cha", FATHER), ("mẹ", MOTHER)):
        sheet.blank_line((f"Họ, chữ đệm, tên người {label}:", parent.name.upper()))
        born = ("Năm sinh:", str(parent.born.year))
        sheet.blank_line(born, ("Dân tộc:", "Kinh"), ("Quốc tịch:", "Việt Nam"))
        sheet.blank_line(("Nơi cư trú:", parent.home))
    sheet.skip(5)
    sheet.paragraph(
        "Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật, được sự thỏa thuận nhất "
        "trí của các bên liên quan theo quy định pháp luật và chịu trách nhiệm về nội dung cam đoan của mình."
    )
    frame.sign_off(sheet, ("NGƯỜI YÊU CẦU",), FATHER.name, rng, day=day)
    sheet.notice()
    fields = declared(FATHER, "Tờ khai đăng ký khai sinh", day)
    return Draft("Tờ khai đăng ký khai sinh", "to_khai_khai_sinh", (sheet,), fields)


def birth_note(rng: Rng) -> Draft:
    """Giấy chứng sinh of the health station, its number written by hand."""
    day = CHILD_BORN
    sheet = Sheet()
    frame.letterhead(sheet, "SỞ Y TẾ TỈNH MẪU", CLINIC)
    frame.number_by_hand(sheet, "86", "GCS-TYT", rng)
    frame.title(sheet, "GIẤY CHỨNG SINH", gap=16)
    sheet.skip(12)
    sheet.blank_lines(
        (("Họ, chữ đệm, tên mẹ:", MOTHER.name.upper()),),
        (("Ngày, tháng, năm sinh:", dotted(MOTHER.born)), ("Dân tộc:", "Kinh")),
        (("Số định danh cá nhân:", MOTHER.number),),
        (("Nơi cư trú:", MOTHER.home),),
        (("Họ, chữ đệm, tên cha:", FATHER.name.upper()),),
        (("Đã sinh con vào lúc:", f"07 giờ 25 phút, {spoken(day)}"),),
        (("Tại:", f"Trạm Y tế {COMMUNE}"),),
        (("Số con trong lần sinh này:", "01 (một)"), ("Giới tính của con:", "Nam")),
        (("Cân nặng:", "3.200 gam"), ("Tình trạng của con:", "Khỏe mạnh")),
        (("Dự định đặt tên con là:", CHILD.upper()),),
        (("Người đỡ đẻ:", "Nữ hộ sinh Bùi Thị Phác"),),
        line=1.68,
    )
    sheet.skip(10)
    sheet.paragraph(
        "Giấy này được lập thành 02 bản, một bản giao cho gia đình và một bản lưu tại cơ sở y tế.",
        face="italic",
    )
    frame.sign_off(sheet, ("TRẠM TRƯỞNG",), STATION_HEAD, rng, day=day, seal=CLINIC_SEAL, room=88)
    sheet.notice()
    fields = MOTHER.facts() | issued(
        "Giấy chứng sinh",
        "86/GCS-TYT",
        day,
        titles=("TRẠM TRƯỞNG",),
        signer=STATION_HEAD,
        agency=CLINIC,
    )
    return Draft("Giấy chứng sinh", "giay_chung_sinh", (sheet,), fields)


def power_of_attorney(rng: Rng) -> Draft:
    """Giấy ủy quyền, the signatures certified by the commune: a seal over the deputy's own."""
    day = date(2026, 11, 16)
    sheet = Sheet()
    frame.nation(sheet, centred=True)
    frame.title(sheet, "GIẤY ỦY QUYỀN", ("Về việc đăng ký khai sinh",), gap=6)
    sheet.skip(4)
    for label, person in (("I. BÊN ỦY QUYỀN (BÊN A)", FATHER), ("II. BÊN ĐƯỢC ỦY QUYỀN (BÊN B)", AUNT)):
        sheet.paragraph(label, indent=0, face="bold")
        called = "Ông" if person.male else "Bà"
        for text in (
            f"Họ và tên: {called} {person.name}; sinh ngày {dotted(person.born)}.",
            f"Số định danh cá nhân: {person.number}, cấp ngày {dotted(person.issued)}.",
            f"Nơi cư trú: {person.home}.",
        ):
            sheet.paragraph(text, indent=0, gap=3)
    sheet.paragraph("III. NỘI DUNG ỦY QUYỀN", indent=0, face="bold")
    sheet.paragraph(
        "Bên A ủy quyền cho Bên B là em ruột thay mặt Bên A nộp hồ sơ, ký giấy tờ có liên quan và nhận kết "
        f"quả đăng ký khai sinh cho cháu {CHILD}, sinh ngày {dotted(CHILD_BORN)}, tại Ủy ban nhân dân xã "
        f"{PLACE}."
    )
    sheet.paragraph(
        "Thời hạn ủy quyền: kể từ ngày ký đến khi hoàn thành công việc nêu trên. Việc ủy quyền này không có "
        "thù lao. Hai bên cam kết chịu trách nhiệm trước pháp luật về nội dung đã ghi trong giấy này."
    )
    _two_signatures(sheet, day, rng)
    sheet.paragraph(
        f"Chứng thực chữ ký của ông {FATHER.name} và bà {AUNT.name} đã ký trước mặt tôi tại trụ sở Ủy ban "
        "nhân dân xã.",
        indent=0,
        face="italic",
    )
    titles = ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
    frame.sign_off(sheet, titles, DEPUTY, rng, seal=frame.COMMUNE_SEAL, room=82)
    sheet.notice()
    subject = "Về việc đăng ký khai sinh"
    fields = declared(FATHER, "Giấy ủy quyền", day, subject=subject, titles=titles, signer=DEPUTY)
    return Draft("Giấy ủy quyền đăng ký khai sinh", "giay_uy_quyen", (sheet,), fields)


def _two_signatures(sheet: Sheet, day: date, rng: Rng) -> None:
    """Both parties sign side by side."""
    right = frame.nation_column(sheet)
    sheet.y += 14
    sheet.put(right, sheet.y, f"{PLACE}, {spoken(day)}", "italic", 13, align="centre")
    y = sheet.y + 18
    parties = ((frame.agency_column(sheet), "BÊN ĐƯỢC ỦY QUYỀN", AUNT), (right, "BÊN ỦY QUYỀN", FATHER))
    for x, role, person in parties:
        sheet.put(x, y, role, "bold", 13, align="centre")
        sign(sheet, x, y + 34, person.name, rng, 84)
        sheet.put(x, y + 70, person.name, "bold", 13, align="centre")
    sheet.y = y + 80


def affidavit(rng: Rng) -> Draft:
    """Giấy cam đoan of the mother."""
    day = date(2026, 11, 17)
    sheet = Sheet()
    frame.nation(sheet, centred=True)
    frame.title(sheet, "GIẤY CAM ĐOAN", ("Về việc sinh con",), gap=16)
    sheet.skip(12)
    frame.to_the_commune(sheet, 14)
    sheet.skip(10)
    for text in (
        f"Tôi tên là: {MOTHER.name}, sinh ngày {dotted(MOTHER.born)}.",
        f"Số định danh cá nhân: {MOTHER.number}, cấp ngày {dotted(MOTHER.issued)}.",
        f"Nơi cư trú: {MOTHER.home}.",
        f"Tôi cam đoan đã sinh con trai tại Trạm Y tế {COMMUNE} vào ngày {dotted(CHILD_BORN)}, dự định đặt "
        f"tên là {CHILD}. Cháu là con chung của tôi và ông {FATHER.name}, chưa được đăng ký khai sinh tại "
        "cơ quan nào khác.",
        "Việc khai sinh là tự nguyện, không có tranh chấp. Tôi xin chịu hoàn toàn trách nhiệm trước pháp "
        "luật về lời cam đoan này và đề nghị Ủy ban nhân dân xã giải quyết theo quy định.",
    ):
        sheet.paragraph(text, size=14, line=1.46, gap=7)
    sheet.skip(6)
    frame.sign_off(sheet, ("NGƯỜI CAM ĐOAN",), MOTHER.name, rng, day=day, room=84)
    sheet.notice()
    fields = declared(MOTHER, "Giấy cam đoan", day, subject="Về việc sinh con")
    return Draft("Giấy cam đoan về việc sinh", "giay_cam_doan", (sheet,), fields)
