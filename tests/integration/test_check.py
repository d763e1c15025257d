"""`tramso check`: findings with clauses, exit codes, and a bad file that stops nobody else."""

from __future__ import annotations

from pathlib import Path

from tests.integration.program import tramso
from tests.unit.signing.papers import decision


def test_breaches_are_listed_with_their_clauses(tmp_path: Path) -> None:
    decision(tmp_path / "nháp.pdf")
    (tmp_path / "hỏng.pdf").write_bytes(b"%PDF-1.7 cut off")
    ran = tramso(tmp_path / "home", "check", tmp_path / "nháp.pdf", tmp_path / "hỏng.pdf", "--json")
    assert ran.code == 5
    draft, broken = ran.json["files"]
    found = {entry["code"]: entry for entry in draft["findings"]}
    assert draft["administrative"] and {"number_blank", "date_blank", "motto_missing"} <= set(found)
    assert found["number_blank"]["fix"] == "fill_number" and len(found["number_blank"]["box"]) == 4
    assert "Điều 15" in found["number_blank"]["clause"] and "chưa có số" in found["number_blank"]["text"]
    assert broken["error"]["code"].startswith("not_signable")
