"""The three cases of the specimen office."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from resources.specimens.model import SpecimenDossier
from resources.specimens.people import CHILD, FATHER, GRADUATE, WIDOWER

BIRTH = "H01.17.25-261122-0001"
COPIES = "H01.17.25-261122-0002"
MARITAL = "H01.17.25-261122-0003"
_VIETNAM = timezone(timedelta(hours=7))


def dossiers() -> tuple[SpecimenDossier, ...]:
    """What the clerk types in: birth by proxy, certified copies, and a marital certificate issued again.

    The last one lacks the old certificate on purpose.
    """
    return (
        SpecimenDossier(
            BIRTH,
            "1.001193",
            f"Đăng ký khai sinh cho cháu {CHILD}",
            FATHER.name,
            datetime(2026, 11, 22, 8, 5, tzinfo=_VIETNAM),
            cases=("uy_quyen",),
        ),
        SpecimenDossier(
            COPIES,
            "2.000815",
            "Chứng thực bản sao bằng tốt nghiệp và quyết định tuyển dụng",
            GRADUATE.name,
            datetime(2026, 11, 22, 8, 40, tzinfo=_VIETNAM),
        ),
        SpecimenDossier(
            MARITAL,
            "1.004873",
            f"Cấp lại Giấy xác nhận tình trạng hôn nhân cho ông {WIDOWER.name}",
            WIDOWER.name,
            datetime(2026, 11, 22, 9, 15, tzinfo=_VIETNAM),
            cases=("cap_lai",),
            missing=("giay_da_cap",),
        ),
    )
