"""A typeset paper before it is printed and scanned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from resources.specimens.people import AGENCY
from resources.specimens.sheet import SealSpot, Sheet

SEAL_CENTRE = ("ỦY BAN", "NHÂN DÂN")
SEAL_RING = "XÃ MẪU SƠN ĐÔNG - TỈNH MẪU"


@dataclass(frozen=True, slots=True)
class Draft:
    """The sheets of one paper and what stands on them."""

    name: str
    kind: str
    sheets: tuple[Sheet, ...]
    fields: Mapping[str, str]


def issued(
    number: str, day: str, kind: str, subject: str, title: str, signer: str, agency: str = AGENCY
) -> dict[str, str]:
    """The fields of a document that an agency issued; `day` is an ISO date."""
    named = {
        "co_quan": agency,
        "so_ky_hieu": number,
        "ngay_ban_hanh": day,
        "loai_vb": kind,
        "trich_yeu": subject,
        "chuc_vu_ky": title,
        "nguoi_ky": signer,
    }
    return {name: value for name, value in named.items() if value}


def press_commune_seal(sheet: Sheet, x: float, y: float) -> None:
    """The commune's seal over the left third of a signature at (x, y) (NĐ 30/2020 PL I.II.8)."""
    sheet.seals.append(SealSpot(x - 46, y - 2, SEAL_RING, SEAL_CENTRE))
