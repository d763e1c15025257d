"""One page from file to reading: load, find how it lies, clean, recognise. Functions for workers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ocr import locate
from ocr.codes.barcodes import find as find_codes
from ocr.files.importing import load_page
from ocr.layout.reading_order import page_text
from ocr.model import PageReading, PageText, Quality, Recipe, Word
from ocr.ports import OcrEngine, PageImage, Pixels
from ocr.preparing.cleanup import Readable, clean
from ocr.preparing.geometry import scaled, upright
from ocr.preparing.orientation import propose, reads_well, settled_turn
from ocr.preparing.quality import is_blank, problems_of
from ocr.reading.stamped_words import with_stamps
from ocr.reading.words import first_look, read

DEFAULT_ENGINE = "tesseract:vie"
_MOST_KEPT = 40_000_000
"""Bytes: A4 at 300 dpi has 26 million; larger pages are not worth their place in every worker."""

_ShownKey = tuple[Path, int, int, int, Recipe]


class _Look(NamedTuple):
    """A page made readable, and what the engine saw on it at first."""

    readable: Readable
    words: tuple[Word, ...]


# A worker that reads a page mostly encodes it next: the page as shown waits for that.
_LAST_SHOWN: dict[_ShownKey, tuple[Pixels, float]] = {}


def read_page(
    path: Path, number: int, recipe: Recipe | None = None, engine: str = DEFAULT_ENGINE
) -> PageReading:
    """Everything page `number` of the file tells; without a recipe the page's own is found."""
    _LAST_SHOWN.clear()  # before the next page needs the memory
    image = load_page(path, number)
    if image.text_layer is not None and (recipe is None or recipe == Recipe()):
        return _from_text_layer(image, number, image.text_layer)
    tool = locate.engine(engine)
    shown = recipe or propose(image.pixels, image.dpi)
    page, dpi = upright(image.pixels, image.dpi, shown)
    del image  # as large as the page itself, and seldom needed again
    looked = _looked_at(page, dpi, tool)
    if looked is None and recipe is None and shown.turn:
        shown = replace(shown, turn=0)  # a blank page lies as it came
        page, dpi = upright_page(path, number, shown)
    if looked is not None and recipe is None and not reads_well(looked.words):
        image = load_page(path, number)
        turn = settled_turn(image.pixels, image.dpi, shown, tool)
        if turn != shown.turn:
            shown = replace(shown, turn=turn)
            page, dpi = upright(image.pixels, image.dpi, shown)
            looked = _looked_at(page, dpi, tool)
        del image
    reading = _reading(number, page, dpi, shown, looked, tool)
    _keep_shown(_shown_key(path, number, shown), page, dpi)
    return reading


def render(path: Path, number: int, recipe: Recipe, dpi: float | None = None) -> Pixels:
    """The upright page in the colours of the paper, at its own resolution or at `dpi`."""
    page, page_dpi = _LAST_SHOWN.get(_shown_key(path, number, recipe)) or upright_page(path, number, recipe)
    return page if dpi is None else scaled(page, dpi / page_dpi)


def upright_page(path: Path, number: int, recipe: Recipe) -> tuple[Pixels, float]:
    """The upright page in the colours of the paper, and its resolution."""
    image = load_page(path, number)
    return upright(image.pixels, image.dpi, recipe)


def _shown_key(path: Path, number: int, recipe: Recipe) -> _ShownKey:
    state = path.stat()
    return path, state.st_mtime_ns, state.st_size, number, recipe


def _keep_shown(key: _ShownKey, page: Pixels, dpi: float) -> None:
    if page.nbytes <= _MOST_KEPT:
        _LAST_SHOWN[key] = page, dpi


def _from_text_layer(image: PageImage, number: int, layer: PageText) -> PageReading:
    height, width = (side * 72 / image.dpi for side in image.pixels.shape[:2])
    return PageReading(
        number,
        width,
        height,
        Recipe(),
        layer,
        image.text_source,
        blank=not layer.words,
        quality=Quality(round(image.dpi)),
        codes=find_codes(image.pixels, image.dpi),
    )


def _looked_at(page: Pixels, dpi: float, engine: OcrEngine) -> _Look | None:
    """None for a blank page."""
    if is_blank(page):
        return None
    readable = clean(page, dpi)
    return _Look(readable, first_look(readable, engine))


def _reading(
    number: int, page: Pixels, dpi: float, recipe: Recipe, looked: _Look | None, engine: OcrEngine
) -> PageReading:
    """The reading of the page as shown."""
    words: tuple[Word, ...] = ()
    problems: tuple[str, ...] = ()
    if looked is not None:
        words = read(looked.readable, engine, looked.words)
        problems = problems_of(page, dpi, recipe.skew_deg, looked.readable, words)
        words = with_stamps(words, page, dpi, engine)
    return PageReading(
        number,
        page.shape[1] * 72 / dpi,
        page.shape[0] * 72 / dpi,
        recipe,
        page_text(words),
        "ocr",
        looked is None,
        Quality(round(dpi), problems),
        find_codes(page, dpi),
    )
