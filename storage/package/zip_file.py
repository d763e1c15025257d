"""The ZIP file of a package: the same content always gives the same bytes."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from storage.package.xml import VIETNAM

_UNIX = 3
_ZIP64_FROM = 1 << 31


def write_zip(out: BinaryIO, folder: str, content: Mapping[str, bytes | Path], at: datetime) -> None:
    """Write everything under one folder, sorted, all with the time `at`; PDFs are stored, texts deflated."""
    stamp = at.astimezone(VIETNAM)
    moment = (stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second)
    with zipfile.ZipFile(out, "w") as archive:
        for path, data in sorted(content.items()):
            info = zipfile.ZipInfo(f"{folder}/{path}", moment)
            info.create_system = _UNIX
            info.external_attr = 0o644 << 16
            # a PDF is compressed already; stored, it can be cut out of a damaged package
            info.compress_type = zipfile.ZIP_STORED if path.endswith(".pdf") else zipfile.ZIP_DEFLATED
            if isinstance(data, bytes):
                archive.writestr(info, data)
            else:
                _copy(archive, info, data)


def _copy(archive: zipfile.ZipFile, info: zipfile.ZipInfo, source: Path) -> None:
    info.file_size = source.stat().st_size
    with source.open("rb") as data, archive.open(info, "w", force_zip64=info.file_size >= _ZIP64_FROM) as out:
        shutil.copyfileobj(data, out, 1 << 20)
