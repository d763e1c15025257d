"""One revision laid out for comparing: its pages, its annotations and its form fields, found with limits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from signing.changes.compare import Ident, written
from signing.changes.faults import Fault
from signing.changes.model import Rect
from signing.errors import TooComplex
from signing.pdf import enumeration

_MAX_PAGES = 20_000
_MAX_DEPTH = 64
_MAX_TAGS = 200_000
_MAX_COUNTED = 100_000
_REFERENCE = re.compile(rb"\b(\d+) (\d+) R\b")
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")


@dataclass(frozen=True, slots=True)
class Page:
    """A page with what it inherits."""

    number: int
    node: pikepdf.Dictionary
    inherited: dict[str, object]
    annotations: dict[object, pikepdf.Dictionary]
    """By object number, or by place in the list for those written inside it."""


@dataclass(frozen=True, slots=True)
class Field:
    """A form field with the widgets that show it."""

    name: str
    kind: str
    node: pikepdf.Dictionary


@dataclass(frozen=True, slots=True)
class Layout:
    """A revision as the comparison sees it."""

    pdf: pikepdf.Pdf
    pages: tuple[Page, ...]
    fields: dict[str, list[Field]]
    names_of: dict[Ident, str]
    """Full field name for each field or widget object."""
    tree: frozenset[Ident]
    """Every object of the page tree."""
    tags: frozenset[Ident]
    """Every tag of the structure tree; bookmarks and destinations point at them."""
    end: int = 0
    """Where the revision ends, in bytes of the file."""
    faults: frozenset[Fault] = frozenset()
    """What readers may disagree on; looked for only where revisions are compared."""

    def reference_counts(self) -> Counter[Ident]:
        """How often each object is referred to, from the trailer and from all objects. Raises TooComplex."""
        counts: Counter[Ident] = Counter()
        _count(self.pdf.trailer.unparse(), counts)
        for number, each in enumerate(self.pdf.objects):
            if number > _MAX_COUNTED:
                raise TooComplex(why="objects")
            _count(written(each), counts)
        return counts


def lay_out(pdf: pikepdf.Pdf, end: int = 0) -> Layout:
    """Find what there is to compare. Raises TooComplex when the page tree loops or is out of measure."""
    tree: set[Ident] = set()
    pages = tuple(_pages(pdf, tree))
    fields: dict[str, list[Field]] = {}
    names_of: dict[Ident, str] = {}
    for name, node, kind in enumeration.fields(pdf):
        fields.setdefault(name, []).append(Field(name, kind, node))
        for each in (node, *enumeration.widgets(node)):
            if each.is_indirect:
                names_of[each.objgen] = name
    return Layout(pdf, pages, fields, names_of, frozenset(tree), frozenset(_tags(pdf)), end)


def boundary(old: Layout, new: Layout) -> frozenset[Ident]:
    """Objects that are compared on their own; what merely points at them is not different when they are."""
    notes = {
        each.objgen
        for layout in (old, new)
        for page in layout.pages
        for each in page.annotations.values()
        if each.is_indirect
    }
    roots = {old.pdf.Root.objgen, new.pdf.Root.objgen}  # DocMDP points at the catalog (/Data)
    fields = old.names_of.keys() | new.names_of.keys()
    return frozenset(old.tree | new.tree | fields | notes | roots | (old.tags & new.tags))


def _count(text: bytes, counts: Counter[Ident]) -> None:
    counts.update((int(match[1]), int(match[2])) for match in _REFERENCE.finditer(text))


def rectangle(node: pikepdf.Dictionary) -> Rect | None:
    """/Rect, lower left corner first; None when it is missing or odd."""
    try:
        x0, y0, x1, y1 = (float(each) for each in node["/Rect"])
    except (KeyError, TypeError, ValueError):
        return None
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _pages(pdf: pikepdf.Pdf, tree: set[Ident]) -> Iterator[Page]:
    root = pdf.Root.get("/Pages")
    stack: list[tuple[object, dict[str, object], int]] = [(root, {}, 0)]
    count = 0
    while stack:
        node, inherited, depth = stack.pop()
        if not isinstance(node, pikepdf.Dictionary) or depth > _MAX_DEPTH:
            raise TooComplex(why="page_tree")
        if node.is_indirect:
            if node.objgen in tree:
                raise TooComplex(why="page_tree_loop")
            tree.add(node.objgen)
        inherited = inherited | {key: node.get(key) for key in _INHERITED if key in node}
        kids = node.get("/Kids")
        if isinstance(kids, pikepdf.Array):
            stack.extend((kid, inherited, depth + 1) for kid in reversed(_list(kids)))
            continue
        count += 1
        if count > _MAX_PAGES:
            raise TooComplex(why="pages", count=count)
        yield Page(count, node, inherited, _annotations(node))


def _tags(pdf: pikepdf.Pdf) -> set[Ident]:
    root = pdf.Root.get("/StructTreeRoot")
    found: set[Ident] = set()
    stack: list[object] = [root]
    while stack:
        node = stack.pop()
        if not isinstance(node, pikepdf.Dictionary) or node.objgen in found:
            continue
        if node.is_indirect:
            found.add(node.objgen)
        if len(found) > _MAX_TAGS:
            raise TooComplex(why="tags")
        kids = node.get("/K")
        stack.extend(list(kids) if isinstance(kids, pikepdf.Array) else [kids])
    return found


def _annotations(page: pikepdf.Dictionary) -> dict[object, pikepdf.Dictionary]:
    listed = page.get("/Annots")
    found: dict[object, pikepdf.Dictionary] = {}
    for index, each in enumerate(_list(listed) if isinstance(listed, pikepdf.Array) else ()):
        if isinstance(each, pikepdf.Dictionary):
            found[each.objgen if each.is_indirect else index] = each
    return found


def _list(array: pikepdf.Array) -> list[object]:
    if len(array) > _MAX_PAGES:
        raise TooComplex(why="list", count=len(array))
    return list(array)
