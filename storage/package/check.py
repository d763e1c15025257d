"""Checking a package that came in: is every file there, named once, and what it was when it was packed?

A package is hostile until checked: nothing is unpacked to disk, and size, count and compression are bounded.
"""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import unquote

from lxml import etree

from storage.errors import NotFound, PackageInvalid
from storage.package import xml
from storage.package.mets import METS, XLINK
from storage.package.model import PackageProblem, PackageReport

MAX_FILES = 20_000
MAX_SIZE = 16 << 30
"""Bytes of all files, unpacked."""
MAX_RATIO = 200
"""How many times larger than packed a file may be; text compresses 20 times, a zip bomb 1000 times."""
_RATIO_FROM = 1 << 20
_MAX_METS = 64 << 20
_ALGORITHMS = {"SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512"}
_BAD_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(frozen=True, slots=True)
class _Reference:
    path: str
    algorithm: str
    digest: str
    size: str


def verify(path: Path) -> PackageReport:
    """Hash every file of a package against its METS documents.

    Raises PackageInvalid when it cannot be read as a package at all, NotFound.
    """
    if not path.is_file():
        raise NotFound(what="package", id=path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            return _check(archive)
    except _BAD_ZIP as error:
        raise PackageInvalid(problem="bad_zip", file=path.name) from error


def _check(archive: zipfile.ZipFile) -> PackageReport:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _require_bounds(entries)
    root = _root_folder(entries)
    problems = [PackageProblem("duplicate", name) for name in _repeated(entries)]
    by_path = {entry.filename.removeprefix(root + "/"): entry for entry in entries}
    if "METS.xml" not in by_path:
        raise PackageInvalid(problem="no_mets", file="METS.xml")
    object_id, named, bad = _read_all_mets(archive, by_path)
    problems += bad
    for reference in named.values():
        problems += _compare(archive, by_path.get(reference.path), reference)
    problems += [
        PackageProblem("surplus", name) for name in sorted(by_path.keys() - named.keys() - {"METS.xml"})
    ]
    return PackageReport(object_id, len(named), sum(entry.file_size for entry in entries), tuple(problems))


def _require_bounds(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_FILES or sum(entry.file_size for entry in entries) > MAX_SIZE:
        raise PackageInvalid(problem="too_large", file="")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise PackageInvalid(problem="encrypted", file=entry.filename)
        if entry.file_size > _RATIO_FROM and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise PackageInvalid(problem="too_large", file=entry.filename)
        parts = entry.filename.split("/")
        if entry.filename.startswith("/") or "\\" in entry.filename or ":" in parts[0] or ".." in parts:
            raise PackageInvalid(problem="bad_name", file=entry.filename)


def _root_folder(entries: list[zipfile.ZipInfo]) -> str:
    roots = {entry.filename.partition("/")[0] for entry in entries}
    if len(roots) != 1 or any("/" not in entry.filename for entry in entries):
        raise PackageInvalid(problem="no_single_folder", file="")
    return roots.pop()


def _repeated(entries: list[zipfile.ZipInfo]) -> list[str]:
    return sorted(name for name, count in Counter(entry.filename for entry in entries).items() if count > 1)


def _read_all_mets(
    archive: zipfile.ZipFile, by_path: dict[str, zipfile.ZipInfo]
) -> tuple[str, dict[str, _Reference], list[PackageProblem]]:
    root = _mets(archive, by_path["METS.xml"])
    if root is None:
        raise PackageInvalid(problem="bad_mets", file="METS.xml")
    named = {reference.path: reference for reference in _references(root, "")}
    problems = []
    inner = [path for path in named if path.endswith("/METS.xml") and path in by_path]
    for path in inner:
        found = _mets(archive, by_path[path])
        if found is None:
            problems.append(PackageProblem("bad_mets", path))
        else:
            named |= {reference.path: reference for reference in _references(found, posixpath.dirname(path))}
    return root.get("OBJID", ""), named, problems


def _mets(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> etree._Element | None:
    if entry.file_size > _MAX_METS:
        return None
    try:
        root = xml.read(archive.read(entry))
    except ValueError:
        return None
    return root if root.tag == f"{{{METS}}}mets" else None


def _references(root: etree._Element, folder: str) -> Iterator[_Reference]:
    for holder in root.iter(f"{{{METS}}}mdRef", f"{{{METS}}}file"):
        link = holder if holder.tag.endswith("mdRef") else holder.find(f"{{{METS}}}FLocat")
        href = "" if link is None else unquote(link.get(f"{{{XLINK}}}href", ""))
        if href:
            path = posixpath.normpath(posixpath.join(folder, href))
            facts = (holder.get("CHECKSUMTYPE", ""), holder.get("CHECKSUM", ""), holder.get("SIZE", ""))
            yield _Reference(path, *facts)


def _compare(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo | None, reference: _Reference
) -> list[PackageProblem]:
    if entry is None:
        return [PackageProblem("missing", reference.path)]
    algorithm = _ALGORITHMS.get(reference.algorithm)
    if algorithm is None or not reference.digest:
        return [PackageProblem("no_digest", reference.path)]
    try:
        with archive.open(entry) as data:
            found = _hash(data, algorithm)
    except (zipfile.BadZipFile, zlib.error, EOFError):
        return [PackageProblem("changed", reference.path)]  # the ZIP's own checksum does not hold
    same_size = reference.size in ("", str(entry.file_size))
    if found != reference.digest.lower() or not same_size:
        return [PackageProblem("changed", reference.path)]
    return []


def _hash(data: IO[bytes], algorithm: str) -> str:
    digest = hashlib.new(algorithm)
    while chunk := data.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()
