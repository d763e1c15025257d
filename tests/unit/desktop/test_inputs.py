"""Names for copies: nothing that is there is ever written over."""

from __future__ import annotations

from pathlib import Path

from desktop.workflow.inputs import copies_in


def test_copies_never_take_a_name_that_is_taken(tmp_path: Path) -> None:
    (tmp_path / "a-moi.pdf").touch()
    given = (Path("/x/a.pdf"), Path("/y/a.pdf"), Path("/y/b.PDF"))
    names = [path.name for path in copies_in(tmp_path, given, "moi")]
    assert names == ["a-moi-2.pdf", "a-moi-3.pdf", "b-moi.PDF"]
