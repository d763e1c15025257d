"""SANE's own test scanner in a configuration of ours; faults are put around its program."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest

from ocr.sources import sane

SYSTEM = Path("/etc/sane.d/test.conf")
HANGS_AT_TIMES = pytest.mark.flaky(reruns=2, only_rerun="(?i)device_?gone")
"""Once in about a thousand scans the test scanner never ends: libsane 1.2 cancels its reading thread within
free(), whose lock stays taken (seen in gdb). Only what then became of our scan is tried again."""
_PAGE_LIMIT_S = 20


def configure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of the scanner."""
    if shutil.which("scanimage") is None or not SYSTEM.is_file():
        pytest.skip("sane-utils is not installed")
    folder.mkdir(exist_ok=True)
    (folder / "dll.conf").write_text("test\n")
    shutil.copy(SYSTEM, folder / "test.conf")
    monkeypatch.setenv("SANE_CONFIG_DIR", str(folder))
    monkeypatch.setattr(sane, "PAGE_LIMIT_S", _PAGE_LIMIT_S)
    return "sane:test:0"


def ends_with(
    folder: Path, monkeypatch: pytest.MonkeyPatch, pages: int, status: int, spoil: str = ""
) -> None:
    """Put a scanimage before the real one: it scans so many pages, then ends with a status of SANE's.

    `spoil` is a shell command for the last page, as $last.
    """
    real = shutil.which("scanimage")
    program = folder / "bin" / "scanimage"
    program.parent.mkdir(exist_ok=True)
    program.write_text(
        f"""#!/bin/sh
case "$*" in *-A*) exec {real} "$@";; esac
into=$(printf '%s\\n' "$@" | sed -n 's/^--batch=\\(.*\\)\\/p%05d.tif$/\\1/p')
[ {pages} = 0 ] && exit {status}
{real} "$@" --batch-count={pages} | while read -r last; do
  [ "$last" = "$into/p{pages:05}.tif" ] && {{ {spoil or ":"}; }}
  echo "$last"
done
exit {status}
"""
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
