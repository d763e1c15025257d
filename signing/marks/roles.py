"""The six signing roles: who signs, what the mark shows, where it stands; each names its clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Literal

from signing.marks.mark import Mark, image_mark, text_mark
from signing.model import Certificate, CopyForm, MarkData, SigningRole
from signing.practice.certificates import NOTICE
from signing.trust.names import is_agency

Spot = Literal["signature", "seal", "top_left", "top_right"]
VIETNAM = timezone(timedelta(hours=7))
"""Marks show Vietnamese time (NĐ 30/2020 PL I)."""

_COPIES = {CopyForm.SAO_Y: "SAO Y", CopyForm.SAO_LUC: "SAO LỤC", CopyForm.TRICH_SAO: "TRÍCH SAO"}
TEXT_WIDTHS = (190.0, 320.0, 130.0)
"""Points; three short lines stay in the top margin (ô 14); long or narrow shapes where that is taken."""


@dataclass(frozen=True, slots=True)
class RoleRule:
    """What the law prescribes for one role."""

    role: SigningRole
    signer: Literal["person", "agency"]
    spot: Spot
    image: bool
    """Whether the mark is a picture; text otherwise."""
    clause: str


RULES: dict[SigningRole, RoleRule] = {
    rule.role: rule
    for rule in (
        RoleRule(SigningRole.KY_DUYET, "person", "signature", True, "NĐ 30/2020 PL I.II.7d"),
        RoleRule(SigningRole.DONG_DAU, "agency", "seal", True, "NĐ 30/2020 PL I.II.8a"),
        RoleRule(SigningRole.SAO_Y, "agency", "top_right", False, "NĐ 30/2020 PL I phần II.I"),
        RoleRule(SigningRole.SO_HOA, "person", "top_left", False, "TT 01/2023/TT-VPCP Đ.8"),
        RoleRule(SigningRole.PHU_LUC, "agency", "top_right", False, "NĐ 30/2020 PL I.III.1d"),
        RoleRule(SigningRole.LUU_TRU, "agency", "top_right", False, "TT 05/2025/TT-BNV Đ.8"),
    )
}


def warnings_for(role: SigningRole, certificate: Certificate) -> tuple[str, ...]:
    """Codes when the certificate is not of the kind that the role asks for."""
    wanted = RULES[role].signer
    if wanted == "agency" and not is_agency(certificate):
        return ("certificate_not_agency",)
    if wanted == "person" and is_agency(certificate):
        return ("certificate_not_person",)
    return ()


def marks_for(role: SigningRole, data: MarkData, signer: Certificate, at: datetime) -> tuple[Mark, ...]:
    """The mark of a role, best shape first: a picture where the rule asks for one and one is given."""
    image = {"signature": data.signature_image, "seal": data.seal_image}.get(RULES[role].spot)
    if image:
        return (image_mark(image),)
    text = text_for(role, data, signer, at)
    return tuple(text_mark(text, width) for width in TEXT_WIDTHS)


def text_for(role: SigningRole, data: MarkData, signer: Certificate, at: datetime) -> str:
    """The words of a text mark, time in Vietnam by ISO 8601 (NĐ 30/2020 PL I)."""
    local = at.astimezone(VIETNAM)
    stamp = local.isoformat(timespec="seconds")
    agency = data.agency or signer.subject
    person = data.person or signer.subject
    text = {
        SigningRole.SAO_Y: f"{_COPIES[data.copy]}; {agency}; {local:%d/%m/%Y}; {local:%H:%M:%S} +07:00",
        SigningRole.PHU_LUC: f"{data.number}; {stamp}" if data.number else stamp,
        SigningRole.LUU_TRU: f"{agency}\n{stamp}",
        SigningRole.DONG_DAU: f"{agency}\n{stamp}",
    }.get(role, f"{person}\n{stamp}")
    practice = NOTICE in signer.subject and "THỰC HÀNH" not in text
    return f"{text}\n{NOTICE}" if practice else text
