"""Annotations of a page that goes into PDF/A: what they show becomes part of it, web links stay links."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, Stream

from ocr.errors import NotArchivable
from ocr.pdf.hidden_text import number

_PRINT = 4
_UNSEEN = 1 | 2 | 32
"""Flags Invisible, Hidden, NoView (ISO 32000-1 table 165)."""
_SHOWN_BY_READERS = frozenset(
    {"/Widget", "/FreeText", "/Stamp", "/Ink", "/Highlight", "/Underline", "/StrikeOut"}
)
"""Kinds that readers draw themselves where the file has no appearance for them."""

Matrix = tuple[float, float, float, float, float, float]


def flatten(pdf: Pdf, page: Page) -> list[Object]:
    """Draw what the page's annotations show into its content; the links to keep. Raises NotArchivable."""
    found = [entry for entry in page.obj.get("/Annots", Array()) if isinstance(entry, Dictionary)]
    drawn = []
    for annotation in found:
        form = None if int(annotation.get("/F", 0)) & _UNSEEN else _appearance(annotation)
        if form is not None and _area(annotation.Rect) > 0:
            name = page.add_resource(form, Name.XObject, prefix="Annot")
            place = " ".join(number(value) for value in _placed(form, annotation.Rect))
            drawn.append(f"q {place} cm {name} Do Q")
    if drawn:
        page.contents_add(b"q", prepend=True)
        page.contents_add(("Q\n" + "\n".join(drawn)).encode("ascii"))
    return [link for annotation in found if (link := _web_link(annotation)) is not None]


def _appearance(annotation: Any) -> Any:
    shown = annotation.get("/AP", Dictionary()).get("/N")
    if isinstance(shown, Dictionary) and not isinstance(shown, Stream):
        shown = shown.get(str(annotation.get("/AS", "/Off")))
        return shown if isinstance(shown, Stream) else None
    if isinstance(shown, Stream):
        return shown
    if str(annotation.get("/Subtype")) in _SHOWN_BY_READERS and not _is_empty_field(annotation):
        raise NotArchivable(reason="form_unseen")
    return None


def _is_empty_field(annotation: Any) -> bool:
    """A field without a value shows nothing."""
    return annotation.get("/Subtype") == Name.Widget and not str(annotation.get("/V", ""))


def _placed(form: Any, rect: Any) -> Matrix:
    """The matrix that fits an appearance into its rectangle (ISO 32000-1 12.5.5, algorithm 8.1)."""
    a, b, c, d, e, f = (float(value) for value in form.get("/Matrix", (1, 0, 0, 1, 0, 0)))
    x0, y0, x1, y1 = (float(value) for value in form.BBox)
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    left, low = (min(values) for values in zip(*corners, strict=True))
    right, high = (max(values) for values in zip(*corners, strict=True))
    rx0, rx1 = sorted((float(rect[0]), float(rect[2])))
    ry0, ry1 = sorted((float(rect[1]), float(rect[3])))
    wide = (rx1 - rx0) / (right - left) if right > left else 1.0
    tall = (ry1 - ry0) / (high - low) if high > low else 1.0
    return wide, 0.0, 0.0, tall, rx0 - left * wide, ry0 - low * tall


def _area(rect: Any) -> float:
    x0, y0, x1, y1 = (float(value) for value in rect)
    return abs((x1 - x0) * (y1 - y0))


def _web_link(annotation: Any) -> Object | None:
    """A link of its own with nothing but its address (ISO 19005-2 6.3, 6.5)."""
    action = annotation.get("/A", Dictionary())
    if annotation.get("/Subtype") != Name.Link or action.get("/S") != Name.URI or "/URI" not in action:
        return None
    return Dictionary(
        Type=Name.Annot,
        Subtype=Name.Link,
        Rect=annotation.Rect,
        Border=Array([0, 0, 0]),
        F=_PRINT,
        A=Dictionary(S=Name.URI, URI=action.URI),
    )
