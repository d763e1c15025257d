"""What workers do with one page.

Each task imports what it needs when it runs: who hands tasks out starts half a second sooner.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ocr.model import FileInfo, PageReading, PageText, Quality, Recipe
from ocr.pdf.encoded import EncodedPage, Profile, RetainedPage
from ocr.ports import ColourMode

_HASH_DPI = 100


def ready(engine: str) -> None:
    """Load what reading pages takes before the first one is there."""
    from ocr import locate, page, pdfa  # noqa: F401 - loaded is all they need to be

    locate.engine(engine)


def inspect(path: Path) -> FileInfo:
    """What the file is and how many pages it has; raises a `BadInput` where it cannot be used."""
    from ocr.files import importing

    return importing.inspect(path)


def hash_of_page(path: Path, number: int, recipe: Recipe) -> int:
    """What the upright page looks like in 256 bits."""
    from ocr.batch.duplicates import picture_hash
    from ocr.page import render

    return picture_hash(render(path, number, recipe, _HASH_DPI))


def mode_of_page(path: Path, number: int) -> ColourMode:
    """In which colours the page was scanned."""
    from ocr.files.importing import load_page
    from ocr.image.colours import mode_of

    return mode_of(load_page(path, number).pixels)


@dataclass(frozen=True, slots=True)
class PageMade:
    """What became of one page."""

    text: str
    blank: bool
    hindrance: str | None = None
    """Why a page with text of its own had to become a picture."""


def read_only(path: Path, number: int, engine: str) -> PageMade:
    """Read a page of a file that stays as it is."""
    from ocr.page import read_page

    reading = read_page(path, number, engine=engine)
    return PageMade(reading.text.text, reading.blank)


def read_and_encode(path: Path, number: int, engine: str, profile: Profile, out: Path) -> PageMade:
    """Read a page and leave what goes into the PDF/A in a file."""
    from ocr.page import read_page
    from ocr.pdf.retained import hindrance

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
    from ocr.pdfa import encode_page

    _leave(encode_page(path, number, reading or picture_only(path, number), profile), out)


def bind(spool: Path, count: int, out: Path, title: str) -> int:
    """Make the PDF/A of the pages left in a folder; its size. In a worker, since it may open the source."""
    from ocr.pdfa import write

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
    from ocr.files.importing import load_page

    image = load_page(path, number)
    height, width = (side * 72 / image.dpi for side in image.pixels.shape[:2])
    return PageReading(number, width, height, Recipe(), PageText(), "ocr", False, Quality(round(image.dpi)))


def _leave(page: EncodedPage | RetainedPage, out: Path) -> None:
    out.write_bytes(pickle.dumps(page))
