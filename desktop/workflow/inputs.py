"""Which files a person means by the paths they gave."""

from __future__ import annotations

import os
from pathlib import Path

PAPERS = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png", ".heic", ".heif", ".bmp", ".webp"})
PDF = frozenset({".pdf"})


def files_under(paths: tuple[Path, ...], suffixes: frozenset[str]) -> tuple[Path, ...]:
    """Files as given; a folder gives its files with these suffixes, sorted, links not followed.

    Raises PermissionError for a folder that cannot be listed: silence would look like an empty folder.
    """
    found, refused = files_and_refused(paths, suffixes)
    for error in refused:
        raise error
    return found


def files_and_refused(
    paths: tuple[Path, ...], suffixes: frozenset[str]
) -> tuple[tuple[Path, ...], tuple[OSError, ...]]:
    """The same where the rest goes on: folders that cannot be listed are told beside the files."""
    found: list[Path] = []
    refused: list[OSError] = []
    for path in paths:
        found.extend(_inside(path, suffixes, refused) if path.is_dir() else [path])
    return tuple(found), tuple(refused)


def copies_in(folder: Path, paths: tuple[Path, ...], mark: str) -> tuple[Path, ...]:
    """A name in the folder for a copy of each file: `TÊN-mark.pdf`, numbered where that is taken."""
    names: list[Path] = []
    for path in paths:
        name, number = folder / f"{path.stem}-{mark}{path.suffix}", 2
        while name in names or name.exists():
            name, number = folder / f"{path.stem}-{mark}-{number}{path.suffix}", number + 1
        names.append(name)
    return tuple(names)


def others_under(paths: tuple[Path, ...], suffixes: frozenset[str]) -> tuple[Path, ...]:
    """Files in the folders given that are passed over, so that a person can be told; not the system's own."""
    found: list[Path] = []
    for folder in (path for path in paths if path.is_dir()):
        found.extend(
            entry
            for entry in sorted(folder.rglob("*"))
            if entry.is_file() and entry.suffix.lower() not in suffixes and not _of_system(entry)
        )
    return tuple(found)


def _of_system(path: Path) -> bool:
    return path.name.startswith((".", "~$")) or path.name.lower() in ("thumbs.db", "desktop.ini")


def _inside(folder: Path, suffixes: frozenset[str], refused: list[OSError]) -> list[Path]:
    found: list[Path] = []
    for name, folders, files in os.walk(folder, onerror=refused.append):
        folders.sort()
        entries = (Path(name, file) for file in sorted(files))
        found.extend(
            entry for entry in entries if entry.suffix.lower() in suffixes and not entry.is_symlink()
        )
    return found
