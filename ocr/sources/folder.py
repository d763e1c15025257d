"""Hot folder: a place where a scanner or another program drops pages."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ocr.ports import DeviceFeatures

STABLE_S = 1.0
"""A file that did not grow for this long is complete; network shares have no better sign."""
POLL_S = 0.2


@dataclass(frozen=True, slots=True)
class FolderSource:
    """`folder:PATH`: copies out what lies there now, waiting for files that are still being written."""

    folder: Path

    def pages(self, into: Path, stop: threading.Event | None = None) -> Iterator[Path]:
        for path in sorted(
            entry for entry in self.folder.iterdir() if entry.is_file() and entry.name[0] != "."
        ):
            if stop is not None and stop.is_set():
                return
            _wait_until_whole(path)
            part = into / f".{path.name}.part"
            shutil.copyfile(path, part)
            yield part.rename(into / path.name)

    def features(self) -> DeviceFeatures:
        return DeviceFeatures()


def _wait_until_whole(path: Path) -> None:
    size, since = path.stat().st_size, time.monotonic()
    while time.time() - path.stat().st_mtime < STABLE_S and time.monotonic() - since < STABLE_S:
        time.sleep(POLL_S)
        if (now := path.stat().st_size) != size:
            size, since = now, time.monotonic()
