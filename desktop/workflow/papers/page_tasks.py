"""What workers do with one page. Kept apart so that a worker loads nothing it does not need."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ocr.batch.duplicates import picture_hash
from ocr.files.importing import load_page
from ocr.model import PageReading, PageText, Quality, Recipe
from ocr.page import read_page, render
from ocr.pdf.encoded import EncodedPage, Profile, RetainedPage
from ocr.pdf.retained import hindrance
from ocr.pdfa import encode_page, write

_HASH_DPI = 100


def hash_of_page(path: Path, number: int, recipe: Recipe) -> int:
    """What the upright page looks like in 256 bits."""
    return picture_hash(render(path, number, recipe, _HASH_DPI))


@dataclass(frozen=True, slots=True)
class PageMade:
    """What became of one page."""

    text: str
    blank: bool
    hindrance: str | None = None
    """Why a page with text of its own had to become a picture."""


def read_only(path: Path, number: int, engine: str) -> PageMade:
    """Read a page of a file that stays as it is."""
    reading = read_page(path, number, engine=engine)
    return PageMade(reading.text.text, reading.blank)


def read_and_encode(path: Path, number: int, engine: str, profile: Profile, out: Path) -> PageMade:
    """Read a page and leave what goes into the PDF/A in a file."""
    reading = read_page(path, number, engine=engine)
    born_digital = reading.text_source == "text_layer"
    found = hindrance(path, number) if born_digital else None
    if born_digital and found is None:
        _leave(RetainedPage(path, number), out)
    else:
        encode_into(path, number, reading, out, profile)
    return PageMade(reading.text.text, reading.blank, found)


def encode_into(
    path: Path, number: int, reading: PageReading | None, out: Path, profile: Profile = "archive"
) -> None:
    """Leave the encoded page in a file, so that many pages are never in memory together."""
    _leave(encode_page(path, number, reading or picture_only(path, number), profile), out)


def bind(spool: Path, count: int, out: Path, title: str) -> int:
    """Make the PDF/A of the pages left in a folder; its size. In a worker, since it may open the source."""
    write(encoded_pages(spool, count), out, title)
    return out.stat().st_size


def encoded_pages(folder: Path, count: int) -> Iterator[EncodedPage | RetainedPage]:
    """The pages that workers left in a folder under their numbers, one at a time."""
    for number in range(1, count + 1):
        yield pickle.loads(spool_file(folder, number).read_bytes())  # noqa: S301 - our own worker wrote it


def spool_file(folder: Path, number: int) -> Path:
    """Where a worker leaves an encoded page, by its number."""
    return folder / f"{number:06}"


def picture_only(path: Path, number: int) -> PageReading:
    """The reading of a page that could not be read: its size and no words, so that its picture is kept."""
    image = load_page(path, number)
    height, width = (side * 72 / image.dpi for side in image.pixels.shape[:2])
    return PageReading(number, width, height, Recipe(), PageText(), "ocr", False, Quality(round(image.dpi)))


def _leave(page: EncodedPage | RetainedPage, out: Path) -> None:
    out.write_bytes(pickle.dumps(page))
