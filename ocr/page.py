"""One page from file to reading: load, find how it lies, clean, recognise. Functions for workers."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from ocr import locate, quality
from ocr.cleanup import clean
from ocr.geometry import scaled, upright
from ocr.importing import load_page
from ocr.ink import grey_of
from ocr.layout import page_text
from ocr.model import PageReading, PageText, Quality, Recipe
from ocr.orientation import stance_of
from ocr.ports import OcrEngine, PageImage, Pixels

DEFAULT_ENGINE = "tesseract:vie"
_ENGINE_DPI = 250
_THUMBNAIL_QUALITY = 80


def read_page(
    path: Path, number: int, recipe: Recipe | None = None, engine: str = DEFAULT_ENGINE
) -> PageReading:
    """Everything page `number` of the file tells; without a recipe the page's own is found."""
    image = load_page(path, number)
    if image.text_layer is not None and (recipe is None or recipe == Recipe()):
        return _from_text_layer(image, number, image.text_layer)
    return _from_picture(image, number, recipe, locate.engine(engine))


def render(path: Path, number: int, recipe: Recipe, dpi: float | None = None) -> Pixels:
    """The upright page in the colours of the paper, at its own resolution or at `dpi`."""
    image = load_page(path, number)
    page, page_dpi = upright(image.pixels, image.dpi, recipe)
    return page if dpi is None else scaled(page, dpi / page_dpi)


def thumbnail(path: Path, number: int, recipe: Recipe, height_px: int) -> bytes:
    """A small JPEG of the upright page."""
    page = render(path, number, recipe)
    small = scaled(page, min(1.0, height_px / page.shape[0]))
    out = io.BytesIO()
    Image.fromarray(small[:, :, ::-1]).save(out, "JPEG", quality=_THUMBNAIL_QUALITY)
    return out.getvalue()


def _from_text_layer(image: PageImage, number: int, layer: PageText) -> PageReading:
    height, width = (side * 72 / image.dpi for side in image.pixels.shape[:2])
    return PageReading(
        number,
        width,
        height,
        Recipe(),
        layer,
        "text_layer",
        blank=False,
        quality=Quality(round(image.dpi)),
    )


def _from_picture(image: PageImage, number: int, recipe: Recipe | None, engine: OcrEngine) -> PageReading:
    if recipe is None:
        stance = stance_of(image.pixels, engine)
        recipe = Recipe(turn=stance.turn, skew_deg=stance.skew_deg)
    page, dpi = upright(image.pixels, image.dpi, recipe)
    grey = grey_of(page)
    blank = quality.is_blank(grey)
    factor = min(1.0, _ENGINE_DPI / dpi)
    words = () if blank else engine.recognise(scaled(clean(page), factor), dpi * factor)
    return PageReading(
        number,
        page.shape[1] * 72 / dpi,
        page.shape[0] * 72 / dpi,
        recipe,
        page_text(words),
        "ocr",
        blank,
        Quality(round(dpi), quality.problems_of(grey, dpi, recipe.skew_deg)),
    )
