"""A specimen identity card, front and back on one sheet, with the QR code of the 2021 card."""

from __future__ import annotations

import unicodedata
from datetime import date

import numpy as np

from resources.specimens import frame
from resources.specimens.draft import Draft
from resources.specimens.pen import sign
from resources.specimens.people import Person, dotted
from resources.specimens.qr import draw_qr
from resources.specimens.sheet import MM, RED, Colour, SealSpot, Sheet

WIDTH, HEIGHT = 85.6 * MM * 1.35, 54 * MM * 1.35
LABEL: Colour = (0.25, 0.25, 0.35)
CHIEF = "Tô Văn Lập"


def qr_text(person: Person) -> str:
    """number|old number|name|ddMMyyyy|sex|address|ddMMyyyy of issue."""
    parts = (
        person.number,
        "",
        person.name,
        f"{person.born:%d%m%Y}",
        person.sex,
        person.home,
        f"{person.issued:%d%m%Y}",
    )
    return "|".join(parts)


def check_digit(text: str) -> str:
    """ICAO 9303 check digit: weights 7, 3, 1."""
    values = (int(c) if c.isdigit() else 0 if c == "<" else ord(c) - 55 for c in text)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def machine_readable(person: Person, expires: date) -> tuple[str, str, str]:
    """The three lines of 30 letters on the back (ICAO 9303 TD1)."""
    document = person.number[-9:]
    first = f"IDVNM{document}{check_digit(document)}{person.number}<<"
    first += check_digit(first[5:])
    born, until = f"{person.born:%y%m%d}", f"{expires:%y%m%d}"
    dates = f"{born}{check_digit(born)}{'M' if person.male else 'F'}{until}{check_digit(until)}"
    composite = check_digit(first[5:30] + dates[:7] + dates[8:15])
    second = f"{dates}VNM".ljust(29, "<") + composite
    plain = unicodedata.normalize("NFD", person.name.upper().replace("Đ", "D"))
    family, *given = "".join(c for c in plain if not unicodedata.combining(c)).split()
    return first[:30], second, f"{family}<<{'<'.join(given)}".ljust(30, "<")


def identity_card(person: Person, rng: np.random.Generator) -> Draft:
    """Both sides of the card, enlarged as copiers do, on one sheet."""
    expires = date(person.born.year + 40, person.born.month, person.born.day)
    sheet = Sheet()
    x = (sheet.width - WIDTH) / 2
    _front(sheet, person, expires, x, 80)
    _back(sheet, person, expires, x, 80 + HEIGHT + 46, rng)
    sheet.notice()
    fields = {
        **person.facts(),
        "ngay_cap": person.issued.isoformat(),
        "thoi_han": expires.isoformat(),
        "loai_vb": "CĂN CƯỚC CÔNG DÂN",
        "co_quan_cap": "CỤC TRƯỞNG CỤC CẢNH SÁT QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI",
    }
    return Draft("Thẻ căn cước công dân", "the_can_cuoc", (sheet,), fields)


def _plate(sheet: Sheet, x: float, y: float) -> None:
    sheet.page.draw_rect(
        (x, y, x + WIDTH, y + HEIGHT),
        color=(0.55, 0.62, 0.66),
        fill=(0.90, 0.955, 0.945),
        width=0.8,
        radius=0.05,
    )
    for k in range(9):
        sheet.page.draw_circle(
            (x + WIDTH * 0.58, y + HEIGHT * 0.55), 14 + 9 * k, color=(0.84, 0.92, 0.90), width=0.6
        )


def _front(sheet: Sheet, person: Person, expires: date, x: float, y: float) -> None:
    _plate(sheet, x, y)
    middle = x + WIDTH * 0.44
    sheet.put(middle, y + 20, frame.NATION, "sans_bold", 8.8, align="centre")
    sheet.put(middle, y + 32, frame.MOTTO, "sans_bold", 8.4, align="centre")
    sheet.put(middle + 14, y + 54, "CĂN CƯỚC CÔNG DÂN", "sans_bold", 14.5, align="centre", colour=RED)
    draw_qr(sheet, qr_text(person), x + WIDTH - 66, y + 10, 56)
    _portrait(sheet, x + 16, y + 72)
    left = x + WIDTH * 0.30
    sheet.put(left, y + 76, "Số:", "sans", 9, colour=LABEL, read=False)
    sheet.put(left + 24, y + 77, person.number, "sans_bold", 13.5, read=False)
    sheet.note(f"Số: {person.number}")
    at = y + 96
    for label, value in (
        ("Họ và tên:", person.name.upper()),
        ("Ngày sinh:", dotted(person.born)),
        ("Giới tính:", f"{person.sex}   Quốc tịch: Việt Nam"),
        ("Quê quán:", "Mẫu Sơn Đông, Mẫu"),
        ("Nơi thường trú:", person.home),
    ):
        end = sheet.put(left, at, label + " ", "sans", 8.6, colour=LABEL, read=False)
        sheet.put(end, at, value, "sans", 9.2, read=False)
        sheet.note(f"{label} {value}")
        at += 17.5
    sheet.put(x + 14, y + HEIGHT - 14, f"Có giá trị đến: {dotted(expires)}", "sans", 8.2)
    sheet.put(x + WIDTH - 70, y + HEIGHT - 14, "MẪU", "sans_bold", 22, colour=LABEL)


def _portrait(sheet: Sheet, x: float, y: float) -> None:
    """A grey figure in place of a photograph."""
    sheet.page.draw_rect((x, y, x + 66, y + 88), color=(0.6, 0.6, 0.65), fill=(0.80, 0.85, 0.90), width=0.5)
    shape = sheet.page.new_shape()
    shape.draw_oval((x + 21, y + 16, x + 45, y + 48))
    shape.draw_bezier((x + 6, y + 87.5), (x + 8, y + 44), (x + 58, y + 44), (x + 60, y + 87.5))
    shape.finish(color=None, fill=(0.50, 0.55, 0.62))
    shape.commit()


def _back(sheet: Sheet, person: Person, expires: date, x: float, y: float, rng: np.random.Generator) -> None:
    _plate(sheet, x, y)
    sheet.put(x + 16, y + 24, "Đặc điểm nhân dạng: Nốt ruồi cách 1 cm dưới mép phải", "sans", 9)
    sheet.put(x + 16, y + 42, f"Ngày, tháng, năm: {dotted(person.issued)}", "sans", 9)
    middle = x + 128
    for row, at in (("CỤC TRƯỞNG CỤC CẢNH SÁT", 58), ("QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI", 69)):
        sheet.put(middle, y + at, row, "sans_bold", 7.8, align="centre")
    sign(sheet, middle + 10, y + 94, CHIEF, rng, 62)
    sheet.seals.append(SealSpot(middle - 22, y + 96, "CƠ QUAN CẤP THẺ - BẢN MẪU", ("BẢN", "MẪU"), 22 * MM))
    sheet.put(middle, y + 128, CHIEF, "sans_bold", 8.6, align="centre")
    chip = (x + WIDTH - 74, y + 36, x + WIDTH - 34, y + 68)
    sheet.page.draw_rect(chip, color=(0.55, 0.45, 0.15), fill=(0.88, 0.76, 0.40), width=0.8, radius=0.15)
    for part in (0.33, 0.66):
        sheet.page.draw_line(
            (chip[0], chip[1] + 32 * part), (chip[2], chip[1] + 32 * part), color=(0.55, 0.45, 0.15)
        )
    for k, row in enumerate(machine_readable(person, expires)):
        sheet.put(x + 16, y + HEIGHT - 42 + 14 * k, row, "mono", 16.2 * 0.98, colour=(0.1, 0.1, 0.1))
