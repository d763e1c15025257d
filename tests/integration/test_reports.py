"""`tramso report` and `tramso journal export`, as a shell runs them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from openpyxl import load_workbook

from tests.integration.program import tramso


def test_figures_late_dossiers_and_the_journal(tmp_path: Path) -> None:
    home = tmp_path / "home"
    made = tramso(home, "dossier", "new", "2.000815", "--applicant", "=Người Nộp Mẫu")
    assert made.code == 0, made.stderr
    found = tramso(home, "report", "indicators", "--xlsx", tmp_path / "a.xlsx", "--json")
    assert found.json["rows"][0] == ["Hồ sơ tiếp nhận", 1, None, ""]
    assert load_workbook(tmp_path / "a.xlsx").worksheets[0]["B4"].value == 1
    late = tramso(home, "report", "overdue", "--json")
    assert (late.code, late.json["rows"]) == (0, [])
    done = tramso(home, "journal", "export", "-o", tmp_path / "journal.jsonl")
    assert done.code == 0, done.stderr
    previous = "0" * 64
    for line in (tmp_path / "journal.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        stored = entry.pop("hash")
        assert entry["previous"] == previous
        canonical = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert hashlib.sha256(canonical.encode()).hexdigest() == stored
        previous = stored
    assert previous != "0" * 64
