"""Runs the real program in a process of its own, as a person's shell would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TRAMSO = (sys.executable, "-m", "desktop")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        return json.loads(self.stdout)

    @property
    def said(self) -> str:
        """Everything on stderr with line breaks folded, for looking words up."""
        return " ".join(self.stderr.split())


def environment(home: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    return {**os.environ, "TRAMSO_HOME": str(home), "PYTHONWARNINGS": "error", **(extra or {})}


def tramso(home: Path, *arguments: object, extra: Mapping[str, str] | None = None) -> Ran:
    done = subprocess.run(
        [*TRAMSO, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(home, extra),
        cwd=home.parent,
        timeout=600,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
