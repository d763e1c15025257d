"""A typeset paper before it is printed and scanned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from resources.specimens.people import AGENCY, Person
from resources.specimens.sheet import Sheet


@dataclass(frozen=True, slots=True)
class Draft:
    """The sheets of one paper and what stands on them."""

    name: str
    kind: str
    sheets: tuple[Sheet, ...]
    fields: Mapping[str, str]


def issued(
    kind: str,
    number: str,
    day: date,
    *,
    subject: str = "",
    titles: tuple[str, ...] = (),
    signer: str = "",
    agency: str = AGENCY,
) -> dict[str, str]:
    """The fields of a paper that an agency issued; empty ones are left out."""
    named = {
        "co_quan": agency,
        "loai_vb": kind,
        "so_ky_hieu": number,
        "ngay_ban_hanh": day.isoformat(),
        "trich_yeu": subject,
        "chuc_vu_ky": " / ".join(titles),
        "nguoi_ky": signer,
    }
    return {name: value for name, value in named.items() if value}


def declared(
    person: Person, kind: str, day: date, *, subject: str = "", titles: tuple[str, ...] = (), signer: str = ""
) -> dict[str, str]:
    """The fields of a paper that a citizen wrote, with who certified it if anybody did."""
    own = issued(kind, "", day, subject=subject, titles=titles, signer=signer, agency="")
    return person.facts() | own
