"""Papers for the rule check as plain data: a correct decision and letter, and one change at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from signing.law.model import Area, Paper, PaperPage, Run, Scan
from signing.marks import font as marks_font
from signing.pdf.page_layout import PageLayout, TextWord

WIDTH, HEIGHT = 595.0, 842.0
Lines = Mapping[str, tuple[float, float, str]]
"""Name of a line -> x, top, text."""

HEAD: Lines = {
    "agency": (110, 60, "UBND XÃ MẪU SƠN ĐÔNG"),
    "country": (280, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    "motto": (330, 76, "Độc lập - Tự do - Hạnh phúc"),
    "number": (120, 104, "Số: 12/QĐ-UBND"),
    "day": (320, 104, "Mẫu Sơn Đông, ngày 05 tháng 02 năm 2026"),
    "title": (260, 140, "QUYẾT ĐỊNH"),
    "about": (200, 158, "Về việc thử nghiệm kiểm tra thể thức"),
}
BODY: Lines = {
    f"body{row}": (
        85.5,
        200 + 20 * row,
        "Dòng nội dung này dài hết cả chiều ngang của trang để đo được lề bên trái và bên phải.",
    )
    for row in range(12)
}
FOOT: Lines = {
    "to": (85.5, 500, "Nơi nhận:"),
    "to1": (85.5, 516, "- Như Điều 3;"),
    "to2": (85.5, 530, "- Lưu: VT."),
    "authority": (360, 500, "TM. ỦY BAN NHÂN DÂN"),
    "post": (400, 518, "CHỦ TỊCH"),
    "name": (380, 610, "Nguyễn Văn Mẫu"),
}
DECISION: Lines = {**HEAD, **BODY, **FOOT}
LETTER: Lines = {
    **{key: line for key, line in DECISION.items() if key not in ("title", "about")},
    "number": (120, 104, "Số: 12/UBND-VX"),
    "subject": (110, 122, "V/v thử nghiệm kiểm tra"),
    "addressee": (200, 165, "Kính gửi: Sở Nội vụ"),
}


def words(lines: Lines, size: float = 13.0) -> tuple[TextWord, ...]:
    """Lines set in Times, word by word."""
    made = []
    for x, top, text in lines.values():
        for word in text.split(" "):
            wide = marks_font.width(word, size)
            made.append(TextWord(x, top, x + wide, top + size * 1.15, word))
            x += wide + marks_font.width(" ", size)
    return tuple(made)


BOLD = ("country", "motto", "title", "about", "authority", "post", "name")


def runs(lines: Lines, font: str = "TimesNewRomanPSMT", size: float = 13.0) -> tuple[Run, ...]:
    """The type of each line, as the law wants it."""
    return tuple(
        Run(
            Area(x, top, x + marks_font.width(text, size), top + size * 1.15),
            font,
            size,
            name in BOLD,
            name == "day",
            len(text),
        )
        for name, (x, top, text) in lines.items()
    )


def page(lines: Lines, number: int = 1, width: float = WIDTH, height: float = HEIGHT) -> PaperPage:
    layout = PageLayout(number, width, height, words(lines), ())
    return PaperPage(layout, True, runs=runs(lines))


def paper(lines: Lines = DECISION, *more: Lines) -> Paper:
    """One page, or several: each of `more` is a further page."""
    pages = tuple(page(content, number) for number, content in enumerate((lines, *more), 1))
    return Paper(pages, len(pages))


def but(
    lines: Lines = DECISION, /, **changed: str | tuple[float, float, str] | None
) -> dict[str, tuple[float, float, str]]:
    """The lines with some said otherwise, moved, added, or (None) left out."""
    made = dict(lines)
    for name, value in changed.items():
        if value is None:
            del made[name]
        elif isinstance(value, str):
            made[name] = (*made[name][:2], value)
        else:
            made[name] = value
    return made


def scanned(dpi: int = 300, colour: bool = True, lines: Lines = DECISION) -> Paper:
    first = replace(page(lines), printed=False, scan=Scan(dpi, colour), runs=())
    return Paper((first,), 1)
