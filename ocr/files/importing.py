"""Bring a file in: what it is (by content, never by name) and the picture of one of its pages.

Hostile-safe: sizes are looked at before anything is decoded, and every failure is one of `ocr.errors`.
"""

from __future__ import annotations

from pathlib import Path

from ocr.errors import NoPages, PageMissing, Truncated, UnknownFormat
from ocr.files import pdf_pages, picture_pages
from ocr.model import FileInfo, PageLook
from ocr.ports import PageImage

_HEIF_BRANDS = frozenset((b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif"))
_MAGIC = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
    (b"GIF8", "image/gif"),
)


def inspect(path: Path) -> FileInfo:
    """Say what the file is and how many pages it has; raises a `BadInput` where it cannot be used."""
    media_type = media_type_of(path)
    reader = pdf_pages if media_type == "application/pdf" else picture_pages
    count, signed = reader.count_and_signed(path)
    if count < 1:
        raise NoPages(name=path.name)
    sized = reader is pdf_pages or picture_pages.told_resolution(path) is not None
    return FileInfo(media_type, count, signed, sized)


def look(path: Path) -> PageLook:
    """Decode a page that a scanner delivered, wholly: half a page is `Truncated`."""
    image = load_page(path, 1)
    height, width = image.pixels.shape[:2]
    return PageLook(media_type_of(path), width, height, picture_pages.told_resolution(path))


def load_page(path: Path, number: int) -> PageImage:
    """The picture of page `number` (from 1) as a viewer shows it, its resolution, its usable text layer."""
    if number < 1:
        raise PageMissing(name=path.name, number=number)
    if media_type_of(path) == "application/pdf":
        return pdf_pages.load(path, number)
    return picture_pages.load(path, number)


def media_type_of(path: Path) -> str:
    """The media type told by the first bytes; `UnknownFormat` for anything we do not read."""
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as problem:
        raise Truncated(name=path.name, reason=problem.strerror or "") from problem
    if not head:
        raise Truncated(name=path.name, reason="empty")
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return "image/bmp"
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        return "image/heif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    # ISO 32000 Annex H.3 note 13: readers accept the header anywhere in the first 1024 bytes.
    if b"%PDF-" in head and not head.startswith(b"PK"):
        return "application/pdf"
    raise UnknownFormat(name=path.name)
