"""Papers of a birth registration (1.001193)."""

from __future__ import annotations

import numpy as np

from resources.specimens import frame
from resources.specimens.draft import Draft, press_commune_seal
from resources.specimens.people import (
    AGENCY,
    AUNT,
    CHILD,
    CHILD_BORN,
    COMMUNE,
    DEPUTY,
    FATHER,
    MOTHER,
    PLACE,
    Person,
    dotted,
)
from resources.specimens.pen import sign, write_digits
from resources.specimens.sheet import SealSpot, Sheet


def person_fields(person: Person) -> dict[str, str]:
    """What a paper says of the person it is about."""
    return {
        "ho_ten": person.name,
        "so_dinh_danh": person.number,
        "ngay_sinh": person.born.isoformat(),
        "noi_cu_tru": person.home,
    }


def birth_form(rng: np.random.Generator) -> Draft:
    """Tờ khai đăng ký khai sinh, filled in on a computer and signed."""
    sheet = Sheet()
    frame.nation(sheet, centred=True)
    frame.title(sheet, "TỜ KHAI ĐĂNG KÝ KHAI SINH", gap=8)
    sheet.skip(4)
    sheet.centred(f"Kính gửi: Ủy ban nhân dân {COMMUNE}", "regular", 13)
    sheet.skip(4)
    sheet.blank_line(("Họ, chữ đệm, tên người yêu cầu:", FATHER.name))
    sheet.blank_line(("Nơi cư trú:", FATHER.home))
    sheet.blank_line(("Số định danh cá nhân:", FATHER.number))
    sheet.blank_line(("Quan hệ với người được khai sinh:", "Cha đẻ"))
    sheet.skip(4)
    sheet.paragraph("Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:", indent=0, face="bold")
    sheet.blank_line(("Họ, chữ đệm, tên:", CHILD.upper()))
    sheet.blank_line(("Ngày, tháng, năm sinh:", dotted(CHILD_BORN)), ("Giới tính:", "Nam"))
    sheet.blank_line(
        ("Ghi bằng chữ:", "Ngày mười lăm tháng mười một năm hai nghìn không trăm hai mươi sáu"), size=12
    )
    sheet.blank_line(("Dân tộc:", "Kinh"), ("Quốc tịch:", "Việt Nam"))
    sheet.blank_line(("Nơi sinh:", f"Trạm Y tế {COMMUNE}"))
    sheet.blank_line(("Quê quán:", COMMUNE))
    for label, parent in (("cha", FATHER), ("mẹ", MOTHER)):
        sheet.blank_line((f"Họ, chữ đệm, tên người {label}:", parent.name.upper()))
        sheet.blank_line(
            ("Năm sinh:", str(parent.born.year)), ("Dân tộc:", "Kinh"), ("Quốc tịch:", "Việt Nam")
        )
        sheet.blank_line(("Nơi cư trú:", parent.home))
    sheet.skip(4)
    sheet.paragraph(
        "Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật, được sự thỏa thuận nhất trí "
        "của các bên liên quan theo quy định pháp luật và chịu trách nhiệm về nội dung cam đoan của mình.",
        size=12.5,
    )
    x = frame.nation_column(sheet)
    sheet.y += 15
    sheet.put(x, sheet.y, f"{PLACE}, ngày 16 tháng 11 năm 2026", "italic", 13, align="centre")
    middle = frame.signature_block(sheet, ("NGƯỜI YÊU CẦU",), FATHER.name, room=62)
    sign(sheet, *middle, rng)
    sheet.notice()
    fields = {**person_fields(FATHER), "loai_vb": "TỜ KHAI ĐĂNG KÝ KHAI SINH", "ngay_ban_hanh": "2026-11-16"}
    return Draft("Tờ khai đăng ký khai sinh", "to_khai_khai_sinh", (sheet,), fields)


def birth_certificate_of_clinic(rng: np.random.Generator) -> Draft:
    """Giấy chứng sinh of the health station, its number written by hand."""
    sheet = Sheet()
    clinic = "TRẠM Y TẾ XÃ MẪU SƠN ĐÔNG"
    frame.agency(sheet, "SỞ Y TẾ TỈNH MẪU", clinic)
    frame.nation(sheet)
    sheet.y += 16
    end = sheet.put(sheet.left + 30, sheet.y, "Số: ", size=13, read=False)
    after = write_digits(sheet, end, sheet.y, "86", rng)
    sheet.put(after + 2, sheet.y, "/GCS-TYT", size=13, read=False)
    sheet.note("Số: /GCS-TYT")
    frame.title(sheet, "GIẤY CHỨNG SINH", gap=14)
    sheet.skip(10)
    sheet.blank_line(("Họ, chữ đệm, tên mẹ:", MOTHER.name.upper()))
    sheet.blank_line(("Ngày, tháng, năm sinh:", dotted(MOTHER.born)), ("Dân tộc:", "Kinh"))
    sheet.blank_line(("Số định danh cá nhân:", MOTHER.number))
    sheet.blank_line(("Nơi cư trú:", MOTHER.home))
    sheet.blank_line(("Họ, chữ đệm, tên cha:", FATHER.name.upper()))
    sheet.blank_line(("Đã sinh con vào lúc:", "07 giờ 25 phút, ngày 15 tháng 11 năm 2026"))
    sheet.blank_line(("Tại:", f"Trạm Y tế {COMMUNE}"))
    sheet.blank_line(("Số con trong lần sinh này:", "01 (một)"), ("Giới tính của con:", "Nam"))
    sheet.blank_line(("Cân nặng:", "3.200 gam"), ("Tình trạng của con:", "Khỏe mạnh"))
    sheet.blank_line(("Dự định đặt tên con là:", CHILD.upper()))
    sheet.blank_line(("Người đỡ đẻ:", "Nữ hộ sinh Bùi Thị Phác"))
    sheet.skip(8)
    sheet.paragraph(
        "Giấy này được lập thành 02 bản, một bản giao cho gia đình và một bản lưu tại cơ sở y tế.",
        face="italic",
    )
    x = frame.nation_column(sheet)
    sheet.y += 18
    sheet.put(x, sheet.y, f"{PLACE}, ngày 15 tháng 11 năm 2026", "italic", 13, align="centre")
    middle = frame.signature_block(sheet, ("TRẠM TRƯỞNG",), "Ngô Văn Phỏng Tác", room=84)
    sign(sheet, *middle, rng)
    sheet.seals.append(SealSpot(middle[0] - 44, middle[1], SEAL_OF_CLINIC, ("TRẠM", "Y TẾ")))
    sheet.notice()
    fields = {
        "co_quan": clinic,
        "so_ky_hieu": "86/GCS-TYT",
        "ngay_ban_hanh": "2026-11-15",
        "loai_vb": "GIẤY CHỨNG SINH",
        "chuc_vu_ky": "TRẠM TRƯỞNG",
        "nguoi_ky": "Ngô Văn Phỏng Tác",
        **person_fields(MOTHER),
    }
    return Draft("Giấy chứng sinh", "giay_chung_sinh", (sheet,), fields)


SEAL_OF_CLINIC = "XÃ MẪU SƠN ĐÔNG - TỈNH MẪU"


def power_of_attorney(rng: np.random.Generator) -> Draft:
    """Giấy ủy quyền, certified by the commune: a seal over the signature."""
    sheet = Sheet()
    frame.nation(sheet, centred=True)
    frame.title(sheet, "GIẤY ỦY QUYỀN", ("Về việc đăng ký khai sinh",), gap=6)
    sheet.skip(4)
    for label, person in (("I. BÊN ỦY QUYỀN (BÊN A)", FATHER), ("II. BÊN ĐƯỢC ỦY QUYỀN (BÊN B)", AUNT)):
        sheet.paragraph(label, indent=0, face="bold")
        title = "Ông" if person.male else "Bà"
        sheet.paragraph(
            f"Họ và tên: {title} {person.name}; sinh ngày {dotted(person.born)}.", indent=0, gap=2
        )
        sheet.paragraph(
            f"Số định danh cá nhân: {person.number}, cấp ngày {dotted(person.issued)}.", indent=0, gap=2
        )
        sheet.paragraph(f"Nơi cư trú: {person.home}.", indent=0, gap=5)
    sheet.paragraph("III. NỘI DUNG ỦY QUYỀN", indent=0, face="bold")
    sheet.paragraph(
        f"Bên A ủy quyền cho Bên B là em ruột thay mặt Bên A nộp hồ sơ, ký giấy tờ có liên quan và nhận kết quả "
        f"đăng ký khai sinh cho cháu {CHILD}, sinh ngày {dotted(CHILD_BORN)}, tại {AGENCY.replace('XÃ', 'xã')[:7]}"
        f"{PLACE}."
    )
    sheet.paragraph(
        "Thời hạn ủy quyền: kể từ ngày ký đến khi hoàn thành công việc nêu trên. Việc ủy quyền này không có thù lao. "
        "Hai bên cam kết chịu trách nhiệm trước pháp luật về nội dung đã ghi trong giấy này."
    )
    x = frame.nation_column(sheet)
    sheet.y += 14
    sheet.put(x, sheet.y, f"{PLACE}, ngày 16 tháng 11 năm 2026", "italic", 13, align="centre")
    y = sheet.y + 17
    for place, (role, name) in enumerate((("BÊN ĐƯỢC ỦY QUYỀN", AUNT.name), ("BÊN ỦY QUYỀN", FATHER.name))):
        column = (frame.agency_column(sheet), x)[place]
        sheet.put(column, y, role, "bold", 13, align="centre")
        sign(sheet, column, y + 32, rng, 90)
        sheet.put(column, y + 64, name, "bold", 13, align="centre")
    sheet.y = y + 74
    sheet.paragraph(
        f"Chứng thực chữ ký của ông {FATHER.name} và bà {AUNT.name} đã ký trước mặt tôi tại trụ sở Ủy ban nhân dân xã.",
        indent=0,
        face="italic",
    )
    middle = frame.signature_block(sheet, ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), DEPUTY, room=66)
    sign(sheet, *middle, rng)
    press_commune_seal(sheet, *middle)
    sheet.notice()
    fields = {
        **person_fields(FATHER),
        "loai_vb": "GIẤY ỦY QUYỀN",
        "trich_yeu": "Về việc đăng ký khai sinh",
        "ngay_ban_hanh": "2026-11-16",
        "chuc_vu_ky": "KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        "nguoi_ky": DEPUTY,
    }
    return Draft("Giấy ủy quyền đăng ký khai sinh", "giay_uy_quyen", (sheet,), fields)


def affidavit(rng: np.random.Generator) -> Draft:
    """Giấy cam đoan of the mother, photographed on a desk."""
    sheet = Sheet()
    frame.nation(sheet, centred=True)
    frame.title(sheet, "GIẤY CAM ĐOAN", ("Về việc sinh con",), gap=14)
    sheet.skip(10)
    sheet.centred(f"Kính gửi: Ủy ban nhân dân {COMMUNE}", "regular", 13.5)
    sheet.skip(8)
    for text in (
        f"Tôi tên là: {MOTHER.name}, sinh ngày {dotted(MOTHER.born)}.",
        f"Số định danh cá nhân: {MOTHER.number}, cấp ngày {dotted(MOTHER.issued)}.",
        f"Nơi cư trú: {MOTHER.home}.",
        f"Tôi cam đoan đã sinh con trai tại Trạm Y tế {COMMUNE} vào ngày {dotted(CHILD_BORN)}, dự định đặt tên là "
        f"{CHILD}. Cháu là con chung của tôi và ông {FATHER.name}, chưa được đăng ký khai sinh tại cơ quan nào khác.",
        "Việc khai sinh là tự nguyện, không có tranh chấp. Tôi xin chịu hoàn toàn trách nhiệm trước pháp luật về "
        "lời cam đoan này và đề nghị Ủy ban nhân dân xã giải quyết theo quy định.",
    ):
        sheet.paragraph(text, size=14, line=1.42, gap=6)
    x = frame.nation_column(sheet)
    sheet.y += 22
    sheet.put(x, sheet.y, f"{PLACE}, ngày 17 tháng 11 năm 2026", "italic", 14, align="centre")
    middle = frame.signature_block(sheet, ("NGƯỜI CAM ĐOAN",), MOTHER.name, room=78)
    sign(sheet, *middle, rng)
    sheet.notice()
    fields = {
        **person_fields(MOTHER),
        "loai_vb": "GIẤY CAM ĐOAN",
        "trich_yeu": "Về việc sinh con",
        "ngay_ban_hanh": "2026-11-17",
    }
    return Draft("Giấy cam đoan về việc sinh", "giay_cam_doan", (sheet,), fields)
