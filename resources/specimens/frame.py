"""The fixed parts of an administrative document (NĐ 30/2020/NĐ-CP Phụ lục I, ô 1 to 9)."""

from __future__ import annotations

from datetime import date

import numpy as np

from resources.specimens.pen import sign, write_digits
from resources.specimens.people import AGENCY, COMMUNE, PLACE, spoken
from resources.specimens.sheet import SealSpot, Sheet

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
COMMUNE_SEAL = ("XÃ MẪU SƠN ĐÔNG - TỈNH MẪU", ("ỦY BAN", "NHÂN DÂN"))

Rng = np.random.Generator


def agency_column(sheet: Sheet) -> float:
    """Middle of the left column (ô 2, 3)."""
    return sheet.left + (sheet.right - sheet.left) * 0.21


def nation_column(sheet: Sheet) -> float:
    """Middle of the right column (ô 1, 4, 7)."""
    return sheet.left + (sheet.right - sheet.left) * 0.725


def nation(sheet: Sheet, *, centred: bool = False, size: float = 12) -> None:
    """Quốc hiệu and tiêu ngữ: on the right of an agency's paper, in the middle of a citizen's (ô 1)."""
    x = (sheet.left + sheet.right) / 2 if centred else nation_column(sheet)
    top = sheet.y
    sheet.put(x, top + 13, NATION, "bold", size, align="centre")
    sheet.put(x, top + 29, MOTTO, "bold", size + 1, align="centre")
    half = sheet.length(MOTTO, "bold", size + 1) / 2
    sheet.rule(x - half, x + half, top + 33.5)
    sheet.y = top + 40


def _agency(sheet: Sheet, over: str, name: str) -> None:
    """Name of the issuing agency, below the one it belongs to (ô 2); leaves y where it was."""
    x = agency_column(sheet)
    y = sheet.y + 13
    if over:
        sheet.put(x, y, over, "regular", 12, align="centre")
        y += 15
    sheet.put(x, y, name, "bold", 12, align="centre")
    half = sheet.length(name, "bold", 12) * 0.21
    sheet.rule(x - half, x + half, y + 5)


def letterhead(sheet: Sheet, over: str = "", name: str = AGENCY) -> None:
    """The head of an agency's paper: who issues it on the left, the nation on the right (ô 1, 2)."""
    _agency(sheet, over, name)
    nation(sheet)


def number_and_date(sheet: Sheet, number: str, day: date) -> None:
    """Number and symbol on the left, place and date on the right (ô 3, 4), both typed."""
    sheet.y += 19
    sheet.put(agency_column(sheet), sheet.y, f"Số: {number}", size=13, align="centre")
    sheet.put(nation_column(sheet), sheet.y, f"{PLACE}, {spoken(day)}", "italic", 13, align="centre")


def number_by_hand(sheet: Sheet, number: str, symbol: str, rng: Rng) -> None:
    """The number written with a pen between "Số:" and the typed symbol."""
    sheet.y += 19
    x = agency_column(sheet) - (sheet.length(f"Số: /{symbol}", "regular", 13) + 10 * len(number)) / 2
    x = sheet.put(x, sheet.y, "Số: ", size=13, read=False)
    x = write_digits(sheet, x, sheet.y, number, rng)
    sheet.put(x + 1, sheet.y, f"/{symbol}", size=13, read=False)
    sheet.note(f"Số: {number}/{symbol}")


def day_by_hand(sheet: Sheet, day: date, rng: Rng) -> None:
    """Place and date on the current line, the day written with a pen."""
    before, after = f"{PLACE}, ngày ", f"tháng {day.month} năm {day.year}"
    x = nation_column(sheet) - (sheet.length(before + after, "italic", 13) + 24) / 2
    x = sheet.put(x, sheet.y, before, "italic", 13, read=False)
    x = write_digits(sheet, x + 2, sheet.y, f"{day.day:02d}", rng)
    sheet.put(x + 3, sheet.y, after, "italic", 13, read=False)
    sheet.note(f"{before}{day.day:02d} {after}")


def title(sheet: Sheet, name: str, subject: tuple[str, ...] = (), *, gap: float = 16) -> None:
    """Name of the kind of document and its subject (ô 5a)."""
    sheet.skip(gap)
    sheet.centred(name, "bold", 14)
    for row in subject:
        sheet.centred(row, "bold", 13.5)
    if subject:
        x, half = (sheet.left + sheet.right) / 2, (sheet.right - sheet.left) * 0.09
        sheet.rule(x - half, x + half, sheet.y + 6)
        sheet.skip(8)


def to_the_commune(sheet: Sheet, size: float) -> None:
    """Whom a citizen's paper is for (ô 9a)."""
    sheet.centred(f"Kính gửi: Ủy ban nhân dân {COMMUNE}", "regular", size)


def signature_block(
    sheet: Sheet, titles: tuple[str, ...], name: str, room: float = 74
) -> tuple[float, float]:
    """Authority, title and name of the signer on the right (ô 7); returns the middle of the room between."""
    x = nation_column(sheet)
    for row in titles:
        sheet.centred(row, "bold", 13, x=x, gap=1.2)
    middle = (x, sheet.y + room / 2 + 3)
    sheet.y += room
    sheet.centred(name, "bold", 13, x=x)
    return middle


def sign_off(
    sheet: Sheet,
    titles: tuple[str, ...],
    name: str,
    rng: Rng,
    *,
    day: date | None = None,
    seal: tuple[str, tuple[str, ...]] | None = None,
    room: float = 78,
) -> None:
    """Signature with its date; an agency's seal covers the left third of it (NĐ 30/2020 PL I.II.8)."""
    if day:
        sheet.y += 18
        sheet.put(nation_column(sheet), sheet.y, f"{PLACE}, {spoken(day)}", "italic", 13, align="centre")
        sheet.skip(2)
    x, y = signature_block(sheet, titles, name, room)
    sign(sheet, x, y, name, rng, 112 if seal else 100)
    if seal:
        sheet.seals.append(SealSpot(x - 48, y - 1, *seal))


def recipients(sheet: Sheet, rows: tuple[str, ...]) -> None:
    """Nơi nhận, level with the signer's title that follows (ô 9b); leaves y where it was."""
    y = sheet.y + 15.6
    sheet.put(sheet.left, y, "Nơi nhận:", "bold_italic", 12)
    for row in rows:
        y += 13.2
        sheet.put(sheet.left, y, row, size=11)
