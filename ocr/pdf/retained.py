"""Pages of a born-digital PDF that go into the PDF/A as they are, text, drawings and pictures.

A page is taken over with what ISO 19005-2 allows and nothing else; what belongs to the file (scripts,
attached files, form logic) does not come along. Where a page needs more than that, NotArchivable says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Page, PasswordError, Pdf, PdfError, Stream

from ocr.errors import NotArchivable
from ocr.pdf import annotations as pdf_annotations
from ocr.pdf import retained_fonts
from ocr.pdf.content_scan import scan

_PAGE_KEYS = frozenset(
    {"/Type", "/Parent", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"}
)
_DROPPED = (
    "/Metadata",
    "/PieceInfo",
    "/OPI",
    "/Alternates",
    "/StructParents",
    "/StructParent",
    "/TR",
    "/HTP",
    "/HTO",
)
"""Anywhere: allowed to go, and a source of faults where they stay."""
_NOT_SHOWN = ("/Parent", "/P")
_BLEND_NAMES = (
    "/Normal /Compatible /Multiply /Screen /Overlay /Darken /Lighten /ColorDodge /ColorBurn /HardLight "
    "/SoftLight /Difference /Exclusion /Hue /Saturation /Color /Luminosity"
)
_BLENDS = frozenset(_BLEND_NAMES.split())
_MOST_OBJECTS = 50_000
_SIDE_PT = (3.0, 14400.0)


class Source:
    """An open PDF whose pages can be taken over."""

    def __init__(self, path: Path) -> None:
        try:
            self._pdf = Pdf.open(path)
        except (PdfError, PasswordError, OSError) as problem:
            raise NotArchivable(reason="content_broken") from problem
        self._programs = retained_fonts.Programs()
        self._hides = _hides_layers(self._pdf)

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pdf.close()

    def page(self, number: int) -> Page:
        """Page `number` (from 1), made fit for PDF/A-2u. Raises NotArchivable."""
        if self._hides:
            raise NotArchivable(reason="layers_hidden")
        try:
            page = self._pdf.pages[number - 1]
            _fit(self._pdf, page, self._programs)
        except (PdfError, ValueError, TypeError, KeyError, IndexError, AttributeError) as problem:
            raise NotArchivable(reason="content_broken") from problem
        return page


def hindrance(path: Path, number: int) -> str | None:
    """Why this page cannot go over as it is; None where it can."""
    try:
        with Source(path) as source:
            source.page(number)
    except NotArchivable as problem:
        return str(problem.facts["reason"])
    return None


def _fit(pdf: Pdf, page: Page, programs: retained_fonts.Programs) -> None:
    obj = page.obj
    obj.Resources = page.resources  # inherited ones are not allowed (ISO 19005-2 6.2.2)
    obj.MediaBox, obj.CropBox = page.mediabox, page.cropbox
    if any(not _SIDE_PT[0] <= side <= _SIDE_PT[1] for side in _sides(page.mediabox)):
        raise NotArchivable(reason="page_size")
    if "/Rotate" not in obj:
        obj.Rotate = _inherited(obj, "/Rotate", 0)
    links = pdf_annotations.flatten(pdf, page)
    for key in set(obj.keys()) - _PAGE_KEYS:
        del obj[key]
    retained_fonts.mend(pdf, scan(page), programs)
    for found in _everything(obj):
        _clean(found)
    if links:
        obj.Annots = Array([pdf.make_indirect(link) for link in links])


def _sides(box: Any) -> tuple[float, float]:
    x0, y0, x1, y1 = (float(value) for value in box)
    return abs(x1 - x0), abs(y1 - y0)


def _inherited(node: Any, key: str, default: Any) -> Any:
    for _ in range(50):
        if key in node:
            return node[key]
        node = node.get("/Parent")
        if node is None:
            break
    return default


def _hides_layers(pdf: Pdf) -> bool:
    layers = pdf.Root.get("/OCProperties", Dictionary()).get("/D", Dictionary())
    return bool(len(layers.get("/OFF", Array()))) or layers.get("/BaseState", Name.ON) != Name.ON


def _everything(page: Object) -> Iterator[Object]:
    """Every dictionary, stream and array that the page refers to."""
    waiting: list[Any] = [page.get(key) for key in ("/Resources", "/Group", "/Contents") if key in page]
    seen: set[tuple[int, int]] = set()
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        found = waiting.pop()
        if found.is_indirect:
            if found.objgen in seen:
                continue
            seen.add(found.objgen)
        yield found
        waiting += [child for child in _children(found) if isinstance(child, Object)]
    raise NotArchivable(reason="content_broken")


def _children(found: Any) -> Sequence[Any]:
    if isinstance(found, Array):
        return list(found)
    if isinstance(found, (Dictionary, Stream)):
        return [
            value for key, value in found.items() if key not in _NOT_SHOWN and not _is_palette(key, value)
        ]
    return []


def _is_palette(key: str, value: Any) -> bool:
    """Colour spaces that content may choose from: the scan looked at those it does choose."""
    return key == "/ColorSpace" and isinstance(value, Dictionary) and not isinstance(value, Stream)


def _clean(found: Any) -> None:
    if isinstance(found, Array):
        if any(item == Name.DeviceCMYK for item in found if isinstance(item, Name)):
            raise NotArchivable(reason="colour_cmyk")
        return
    if not isinstance(found, (Dictionary, Stream)):
        return
    for key in _DROPPED:
        if key in found:
            del found[key]
    if any(value == Name.DeviceCMYK for value in found.values() if isinstance(value, Name)):
        raise NotArchivable(reason="colour_cmyk")
    _clean_state(found)
    if isinstance(found, Stream):
        _clean_stream(found)


def _clean_state(found: Any) -> None:
    """Graphics state parameters (6.2.5)."""
    if found.get("/TR2", Name.Default) != Name.Default:
        del found["/TR2"]
    blend = found.get("/BM", Name.Normal)
    if str(blend) not in _BLENDS and not isinstance(blend, Array):
        raise NotArchivable(reason="content_unknown")


def _clean_stream(found: Any) -> None:
    kind = found.get("/Subtype")
    if kind == Name.PS or "/Ref" in found or "/F" in found or found.get("/Subtype2") == Name.PS:
        raise NotArchivable(reason="content_unknown")
    if kind == Name.Image:
        if "/Interpolate" in found:
            del found["/Interpolate"]
        if "/JPXDecode" in str(found.get("/Filter", "")):
            raise NotArchivable(reason="picture_jpeg2000")
