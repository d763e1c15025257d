"""PDF/A stays PDF/A under every mark and level: pictures, seal, number, evidence, document time stamp."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ocr import pdfa
from ocr.pdf.encoded import RetainedPage
from signing import locate
from signing.model import Level, Placement, SealRequest, SigningRole
from signing.seal.session import seal
from tests.contract.pdfa_checker import Checker
from tests.unit.signing.conftest import refuse
from tests.unit.signing.papers import decision

STEPS = (
    ("clerk", SigningRole.SO_HOA, Level.B_B, None),
    ("official", SigningRole.KY_DUYET, Level.B_T, None),
    ("seal", SigningRole.DONG_DAU, Level.B_LT, None),
    ("seal", SigningRole.SAO_Y, Level.B_B, Placement(1, 60, 640, 250, 680)),
    ("seal", SigningRole.LUU_TRU, Level.B_LTA, None),
)


@pytest.mark.slow
def test_pdfa_stays_pdfa_under_every_mark(tmp_path: Path) -> None:
    checker = Checker(tmp_path)
    if checker.missing:
        pytest.skip(checker.missing)
    office, authority = locate.practice(tmp_path), locate.tsa("practice:", tmp_path)
    paper = tmp_path / "paper.pdf"
    pdfa.write([RetainedPage(decision(tmp_path / "plain.pdf"), 1)], paper, "paper")
    files = [paper]
    for number, (name, role, level, place) in enumerate(STEPS):
        files.append(tmp_path / f"{number}.pdf")
        mark = replace(office.mark(name), number="12/QĐ-UBND")
        with locate.identity(f"practice:{name}", refuse, tmp_path) as identity:
            request = SealRequest(role, level, mark, place)
            seal(files[-2], files[-1], request, identity, office.trust(), authority)
    assert checker.failures(files) == []
