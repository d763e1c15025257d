"""A file under the name that was asked for is complete; what fails leaves nothing of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.workflow import outputs


def test_a_finished_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_text("old")
    with outputs.whole(path) as part:
        part.write_text("new")
        assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["report.xlsx"] and path.read_text() == "new"


def test_a_failure_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    path.write_text("old")
    with pytest.raises(OSError), outputs.whole(path) as part:
        part.write_text("ne")
        raise OSError
    assert [each.name for each in tmp_path.iterdir()] == ["report.xlsx"] and path.read_text() == "old"
