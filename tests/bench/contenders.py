"""The programs that are compared, and how a user starts them for the same work."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OCRMYPDF = ROOT / ".tools" / "bench" / "bin" / "ocrmypdf"
PYHANKO = OCRMYPDF.with_name("pyhanko")
OURS = Path(sys.executable).with_name("tramso")
PDFA = ("-l", "vie", "--deskew", "--rotate-pages", "--output-type", "pdfa")
BASELINE = "ocrmypdf"


@dataclass(frozen=True, slots=True)
class Contender:
    """A program with its settings."""

    name: str
    program: Path
    arguments: tuple[str, ...]
    ours: bool
    thread_limit: str | None = None
    """OMP_THREAD_LIMIT for Tesseract, where the user set one."""

    def command(self, source: Path, target: Path, jobs: int) -> list[str | Path]:
        """Searchable PDF/A of the source: as the user would type it."""
        if self.ours:
            return [self.program, "convert", source, "-o", target, "--jobs", str(jobs), *self.arguments]
        return [self.program, *self.arguments, "--jobs", str(jobs), source, target]

    def environment(self, home: Path) -> dict[str, str]:
        """The user's surroundings without what our own Makefile sets, so that both have the same."""
        kept = {name: value for name, value in os.environ.items() if name != "OMP_THREAD_LIMIT"}
        limit = {"OMP_THREAD_LIMIT": self.thread_limit} if self.thread_limit else {}
        path = f"{self.program.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
        return kept | limit | {"PATH": path, "TRAMSO_HOME": str(home)}


CONTENDERS = {
    contender.name: contender
    for contender in (
        Contender(BASELINE, OCRMYPDF, PDFA, ours=False),
        Contender("ocrmypdf-1-thread", OCRMYPDF, PDFA, ours=False, thread_limit="1"),
        Contender("tramso", OURS, (), ours=True),
        Contender("tramso-compact", OURS, ("--compact",), ours=True),
    )
}
