"""One process at a time writes to a profile, and a dead one never keeps it shut."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from storage.errors import ProfileBusy
from storage.files import profile

HOLDER = """
import sys, time
from pathlib import Path
from storage.files import profile
with profile.lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_process_is_told_who_holds_it_until_that_one_dies(tmp_path: Path, root: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as holder:
        try:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "held\n"
            with pytest.raises(ProfileBusy) as caught, profile.lock(tmp_path):
                pass
            assert caught.value.facts["pid"] == holder.pid
            assert caught.value.facts["since"]
        finally:
            holder.kill()
    with profile.lock(tmp_path):
        assert (tmp_path / "profile.lock.json").exists()
    with profile.lock(tmp_path):
        pass


def test_a_missing_note_does_not_hide_that_it_is_held(tmp_path: Path) -> None:
    with profile.lock(tmp_path):
        (tmp_path / "profile.lock.json").write_text("{}")
        with pytest.raises(ProfileBusy) as caught, profile.lock(tmp_path):
            pass
    assert caught.value.facts == {"pid": None, "since": None}
