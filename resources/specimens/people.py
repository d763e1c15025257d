"""The invented people and places of the specimen office. Any likeness is chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PLACE = "Mẫu Sơn Đông"
PROVINCE = "tỉnh Mẫu"
COMMUNE = f"xã {PLACE}, {PROVINCE}"
AGENCY = "UBND XÃ MẪU SƠN ĐÔNG"
CHAIR = "Nguyễn Thị Khuôn"
DEPUTY = "Đỗ Văn Phỏng"
STATION_HEAD = "Ngô Văn Tác"
POLICE_HEAD = "Lương Văn Kiểu"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    name: str
    male: bool
    born: date
    number: str
    """Personal number as the registry composes it: province, century and sex, year, serial. The serials lie
    above 999,900: no province registers that many births a year, so they belong to nobody."""
    home: str
    issued: date
    """Day on which the identity card was issued."""

    @property
    def sex(self) -> str:
        return "Nam" if self.male else "Nữ"

    def facts(self) -> dict[str, str]:
        """What a paper says of the person it is about, by field name."""
        return {
            "ho_ten": self.name,
            "so_dinh_danh": self.number,
            "ngay_sinh": self.born.isoformat(),
            "noi_cu_tru": self.home,
        }


def _home(village: str) -> str:
    return f"Thôn {village}, {COMMUNE}"


FATHER = Person("Trần Văn Thử", True, date(1985, 3, 12), "001085999918", _home("Một"), date(2025, 4, 15))
MOTHER = Person("Lê Thị Mẫu", False, date(1988, 7, 5), "001188999926", _home("Một"), date(2021, 8, 16))
AUNT = Person("Trần Thị Ví", False, date(1990, 1, 24), "001190999934", _home("Hai"), date(2022, 2, 10))
GRADUATE = Person("Phạm Thị Dụ", False, date(1999, 9, 20), "001199999942", _home("Ba"), date(2021, 6, 1))
WIDOWER = Person("Hoàng Văn Định", True, date(1980, 12, 2), "001080999959", _home("Tư"), date(2021, 9, 9))
LATE_WIFE = Person("Vũ Thị Giả", False, date(1982, 4, 18), "001182999967", _home("Tư"), date(2021, 9, 9))

CHILD = "Trần Minh Mẫu"
CHILD_BORN = date(2026, 11, 15)


def dotted(day: date) -> str:
    """12/03/1985."""
    return day.strftime("%d/%m/%Y")


def spoken(day: date) -> str:
    """ngày 05 tháng 3 năm 1985; a day below 10 and months 1 and 2 with a zero (NĐ 30/2020 PL I)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
