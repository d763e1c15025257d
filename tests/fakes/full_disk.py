"""A disk that fills up: blobs that refuse after a number of writes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.workflow.services import Services
from storage.errors import DiskFull
from storage.ports import Blobs


class FullDisk:
    """Wraps the services' blobs; everything else stays real."""

    def __init__(self, services: Services, after: int) -> None:
        self._blobs, self._left = services.blobs, after
        self.services = replace(services, blobs=_as_blobs(self))

    def put(self, data: bytes | Path) -> str:
        if self._left == 0:
            raise DiskFull(what="blobs")
        self._left -= 1
        return self._blobs.put(data)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._blobs, name)


def _as_blobs(disk: Any) -> Blobs:
    blobs: Blobs = disk
    return blobs
