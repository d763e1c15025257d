"""Which files of a hot folder have come whole: what fills it tells nobody when a file is done."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

STABLE_S = 2.0
"""A file that did not change for this long is complete; network shares have no better sign."""

_Sign = tuple[int, int]
"""Size in bytes and time of the last change."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What lies in the folder at one look."""

    whole: tuple[Path, ...]
    """Papers that came and were not handed out before, by name."""
    growing: int
    """Papers that are still being written; empty files count as such."""
    others: tuple[Path, ...]
    """Files that are no papers, met for the first time."""


class Arrivals:
    """Looks at one folder again and again; a file is handed out once, and once more where it changed."""

    def __init__(self, folder: Path, suffixes: Collection[str]) -> None:
        self.folder = folder
        self._suffixes = suffixes
        self._seen: dict[str, tuple[_Sign, float]] = {}
        """By name: how it looked, and since when."""
        self._done: dict[str, _Sign] = {}

    def look(self, now: float) -> Arrived:
        """`now` in seconds on a clock that only goes forward. OSError where the folder cannot be read."""
        found = self._papers_and_others()
        papers = {name: sign for name, sign in found.items() if Path(name).suffix.lower() in self._suffixes}
        others = [name for name in found if name not in papers and name not in self._done]
        waiting = {name: sign for name, sign in papers.items() if self._done.get(name) != sign}
        self._seen = {name: self._since(name, sign, now) for name, sign in waiting.items()}
        whole = [name for name, (sign, since) in self._seen.items() if sign[0] and now - since >= STABLE_S]
        self._done = {name: sign for name, sign in self._done.items() if found.get(name) == sign}
        self._done |= {name: found[name] for name in (*whole, *others)}
        paths = tuple(self.folder / name for name in sorted(whole))
        return Arrived(paths, len(waiting) - len(whole), tuple(self.folder / name for name in sorted(others)))

    def _since(self, name: str, sign: _Sign, now: float) -> tuple[_Sign, float]:
        before = self._seen.get(name)
        return before if before and before[0] == sign else (sign, now)

    def _papers_and_others(self) -> dict[str, _Sign]:
        """Files by name; hidden ones are other programs' own, links lead elsewhere."""
        found: dict[str, _Sign] = {}
        with os.scandir(self.folder) as entries:
            for entry in entries:
                if entry.name.startswith((".", "~$")) or not entry.is_file(follow_symlinks=False):
                    continue
                try:
                    told = entry.stat(follow_symlinks=False)
                except FileNotFoundError:  # taken away between listing and asking
                    continue
                found[entry.name] = (told.st_size, told.st_mtime_ns)
        return found
