"""What was changed in the document as a whole: the catalog, validation data, tags, encryption."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf

from signing.changes.compare import Comparison, Ident
from signing.changes.document import Layout
from signing.changes.model import Edit, Grade
from signing.errors import TooComplex

_UPKEEP = frozenset({"/DSS", "/Extensions", "/Version", "/Metadata", "/MarkInfo", "/PieceInfo"})
"""Nothing that a page shows; a signer's program updates them (ISO 32000-2 12.8.2.2)."""
_APART = frozenset({"/Pages", "/AcroForm", "/StructTreeRoot", "/Names", "/Perms", "/Type"})
_TAGS_FREE = frozenset({"/K", "/ParentTree", "/ParentTreeNextKey"})
_MAX_TAGS = 200_000


def edits(old: Layout, new: Layout, comparison: Comparison) -> Iterator[Edit]:
    """Differences outside the pages and the form."""
    before, after = old.pdf.Root, new.pdf.Root
    keys = (set(before.keys()) | set(after.keys())) - _APART
    for key in sorted(keys):
        if key == "/DSS" and key not in after:
            yield Edit("validation_data_removed", Grade.CONTENT)
        elif key in _UPKEEP:
            if key in {"/DSS", "/Metadata"} and not comparison.same(before.get(key), after.get(key)):
                yield Edit("validation_data" if key == "/DSS" else "metadata", Grade.UPKEEP)
        elif not comparison.same(before.get(key), after.get(key)):
            yield Edit("catalog_changed", Grade.CONTENT, facts={"where": key})
    yield from _permissions(before.get("/Perms"), after.get("/Perms"), comparison)
    yield from _names(before.get("/Names"), after.get("/Names"), comparison)
    yield from _tags(before.get("/StructTreeRoot"), after.get("/StructTreeRoot"), comparison)
    yield from _encryption(old.pdf, new.pdf, comparison)


def _permissions(before: object, after: object, comparison: Comparison) -> Iterator[Edit]:
    if before is None and after is not None:
        yield Edit("certification_added", Grade.ANNOTATION)
    elif not comparison.same(before, after):
        yield Edit("permissions_changed", Grade.CONTENT)


def _names(before: object, after: object, comparison: Comparison) -> Iterator[Edit]:
    """Attachments are told, icons of notes do no harm; scripts and destinations belong to what was signed."""
    one = before if isinstance(before, pikepdf.Dictionary) else pikepdf.Dictionary()
    other = after if isinstance(after, pikepdf.Dictionary) else pikepdf.Dictionary()
    for key in sorted(set(one.keys()) | set(other.keys())):
        if comparison.same(one.get(key), other.get(key)):
            continue
        if key == "/AP" and key not in one:
            continue
        added = key == "/EmbeddedFiles" and key not in one
        grade = Grade.ANNOTATION if added else Grade.CONTENT
        yield Edit("attachment_added" if added else "catalog_changed", grade, facts={"where": f"/Names{key}"})


def _encryption(old: pikepdf.Pdf, new: pikepdf.Pdf, comparison: Comparison) -> Iterator[Edit]:
    """The catalog apart, the trailer shows nothing; but how the file is decrypted must stay."""
    if not comparison.same(old.trailer.get("/Encrypt"), new.trailer.get("/Encrypt")):
        yield Edit("encryption_changed", Grade.CONTENT)


def _tags(before: object, after: object, comparison: Comparison) -> Iterator[Edit]:
    """Tags may only grow, and only by references to annotations: signed words keep their tags."""
    if before is None and after is None:
        return
    if not isinstance(before, pikepdf.Dictionary) or not isinstance(after, pikepdf.Dictionary):
        yield Edit("tags_changed", Grade.CONTENT)
        return
    seen: set[Ident] = set()
    stack: list[tuple[object, object]] = [(before, after)]
    while stack:
        one, other = stack.pop()
        if isinstance(one, pikepdf.Dictionary) and one.is_indirect:
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        if len(seen) > _MAX_TAGS:
            raise TooComplex(why="tags")
        if not _same_tag(one, other, comparison, stack):
            yield Edit("tags_changed", Grade.CONTENT)
            return


def _same_tag(one: object, other: object, comparison: Comparison, stack: list[tuple[object, object]]) -> bool:
    if not isinstance(one, pikepdf.Dictionary) or not isinstance(other, pikepdf.Dictionary):
        return comparison.same(one, other)
    if one.is_indirect and one.objgen != other.objgen:
        return False
    for key in (set(one.keys()) | set(other.keys())) - _TAGS_FREE - {"/P", "/Pg"}:
        if not comparison.same(one.get(key), other.get(key)):
            return False
    old_kids, new_kids = _kids(one, other)
    if len(old_kids) != len(new_kids):
        return False
    stack.extend(zip(old_kids, new_kids, strict=True))
    return True


def _kids(one: pikepdf.Dictionary, other: pikepdf.Dictionary) -> tuple[list[object], list[object]]:
    """Children to compare in pairs: what only points at annotations may come and go, so it is left out."""
    before, after = _listed(one), _listed(other)
    there, now = ({_ident(each) for each in kids} - {None} for kids in (before, after))
    return (
        [each for each in before if _ident(each) in now or not _only_points(each)],
        [each for each in after if _ident(each) in there or not _only_points(each)],
    )


def _listed(tag: pikepdf.Dictionary) -> list[object]:
    kids = tag.get("/K")
    listed = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return [each for each in listed if each is not None]


def _ident(kid: object) -> Ident | None:
    return kid.objgen if isinstance(kid, pikepdf.Dictionary) and kid.is_indirect else None


def _only_points(kid: object, depth: int = 0) -> bool:
    """Whether a child is an annotation's place (OBJR), or a tag with nothing but such places."""
    if not isinstance(kid, pikepdf.Dictionary) or depth > 16:
        return False
    if kid.get("/Type") == "/OBJR":
        return True
    if "/K" not in kid or "/S" not in kid or not {"/ActualText", "/Alt", "/E"}.isdisjoint(kid.keys()):
        return False
    kids = kid.get("/K")
    return all(
        _only_points(each, depth + 1) for each in (list(kids) if isinstance(kids, pikepdf.Array) else [kids])
    )
