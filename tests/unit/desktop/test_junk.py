"""A folder of mixed junk: papers go in, the rest is named, the system's own files are not."""

from __future__ import annotations

from pathlib import Path

from desktop.workflow.inputs import PAPERS, files_under
from desktop.workflow.papers.intake import MOST_TOLD, passed_over


def test_what_is_no_paper_is_told_by_name(tmp_path: Path) -> None:
    inner = tmp_path / "trong"
    inner.mkdir()
    for name in ("a.pdf", "b.JPG", "ghi-chu.docx", "Thumbs.db", ".DS_Store", "~$ghi-chu.docx"):
        (tmp_path / name).write_bytes(b"x")
    (inner / "nhac.mp3").write_bytes(b"x")
    assert [path.name for path in files_under((tmp_path,), PAPERS)] == ["a.pdf", "b.JPG"]
    assert [problem.facts["name"] for problem in passed_over((tmp_path,))] == ["ghi-chu.docx", "nhac.mp3"]


def test_ten_thousand_of_them_are_counted(tmp_path: Path) -> None:
    for number in range(MOST_TOLD + 5):
        (tmp_path / f"{number:03}.mp3").touch()
    told = passed_over((tmp_path,))
    assert len(told) == MOST_TOLD + 1
    assert told[-1].facts == {"n": 5}
