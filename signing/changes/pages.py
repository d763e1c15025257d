"""What was changed on the pages: their content never may be, annotations are told one by one."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from signing.changes.compare import Comparison
from signing.changes.document import Layout, Page, rectangle
from signing.changes.model import Edit, Grade

_APART = frozenset(
    {"/Annots", "/Parent", "/StructParents", "/Tabs", "/LastModified", "/PieceInfo", "/Metadata"}
)
"""Compared on their own, changed lawfully with an annotation, or never shown (ISO 32000-2 14.5)."""
_CODES = {"/Contents": "page_content", "/Resources": "page_resources"}
_FONT = "/Font"
_BOXES = {"/CropBox": "/MediaBox", "/BleedBox": "/CropBox", "/TrimBox": "/CropBox", "/ArtBox": "/CropBox"}
_PLAIN = {"/Rotate": 0, "/UserUnit": 1}
"""What holds where a page says nothing (ISO 32000-2 table 31): writing it out changes nothing."""


def edits(old: Layout, new: Layout, comparison: Comparison) -> Iterator[Edit]:
    """Differences of pages and of annotations which belong to no form field."""
    if len(old.pages) != len(new.pages):
        what = "pages_added" if len(new.pages) > len(old.pages) else "pages_removed"
        yield Edit(what, Grade.CONTENT, facts={"before": len(old.pages), "after": len(new.pages)})
        return
    for before, after in zip(old.pages, new.pages, strict=True):
        yield from _page(before, after, comparison)
        yield from _annotations(before, after, old, new, comparison)


def _page(before: Page, after: Page, comparison: Comparison) -> Iterator[Edit]:
    keys = set(before.node.keys()) | set(after.node.keys()) | before.inherited.keys() | after.inherited.keys()
    for key in sorted(keys - _APART):
        path = comparison.difference(_effective(before, key), _effective(after, key))
        if path is not None:
            what = "font_replaced" if _FONT in path else _CODES.get(key, "page_changed")
            yield Edit(what, Grade.CONTENT, before.number, facts={"where": f"{key}{path}"})


def _effective(page: Page, key: str) -> object:
    value = page.node.get(key, page.inherited.get(key))
    if value is None and key in _BOXES:
        return _effective(page, _BOXES[key])
    if key == "/Contents" and isinstance(value, pikepdf.Array) and len(value) == 1:
        return value[0]  # a list of one stream is that stream
    return _PLAIN.get(key) if value is None else value


def _annotations(
    before: Page, after: Page, old: Layout, new: Layout, comparison: Comparison
) -> Iterator[Edit]:
    for key, note in before.annotations.items():
        if _belongs_to_field(note, old, new):
            if key not in after.annotations:
                yield _edit("field_mark_removed", before.number, note, Grade.CONTENT)
            continue
        later = after.annotations.get(key)
        # A widget that no form owns is part of the page: overlays of the shadow attacks are made of them.
        grade = Grade.CONTENT if note.get("/Subtype") == "/Widget" else _signed_grade(note)
        if later is None:
            yield _edit("annotation_removed", before.number, note, grade)
        elif _differs(note, later, comparison):
            yield _edit("annotation_changed", before.number, note, grade)
    shown = {each for page in old.pages for each in page.annotations if each not in before.annotations}
    for key, note in after.annotations.items():
        if key in before.annotations:
            continue
        if note.is_indirect and key in shown:
            # What another page showed when it was signed is now laid over this one.
            yield _edit("annotation_moved", after.number, note, Grade.CONTENT)
            continue
        if _belongs_to_field(note, new, new):
            continue
        grade = Grade.CONTENT if note.get("/Subtype") == "/Widget" else Grade.ANNOTATION
        yield _edit("annotation_added", after.number, note, grade)


def _signed_grade(note: pikepdf.Dictionary) -> Grade:
    """Hiding attacks cover words with a picture, have it signed, and take the picture away again."""
    return Grade.ANNOTATION if note.get("/Subtype") in {"/Popup", "/Link"} else Grade.SIGNED_ANNOTATION


def _differs(note: pikepdf.Dictionary, later: pikepdf.Dictionary, comparison: Comparison) -> bool:
    keys = (set(note.keys()) | set(later.keys())) - {"/P", "/Parent", "/StructParent"}
    return any(not comparison.same(note.get(key), later.get(key)) for key in keys)


def _belongs_to_field(note: pikepdf.Dictionary, *layouts: Layout) -> bool:
    return note.is_indirect and any(note.objgen in layout.names_of for layout in layouts)


def _edit(what: str, page: int, note: pikepdf.Dictionary, grade: Grade = Grade.ANNOTATION) -> Edit:
    kind = str(note.get("/Subtype", "?")).lstrip("/")
    return Edit(what, grade, page, rect=rectangle(note), facts={"kind": kind})
