"""What was done to the form: new signatures, filled values, and what nobody may do to a field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pikepdf

from signing.changes.compare import Comparison, Ident
from signing.changes.document import Field, Layout, rectangle
from signing.changes.model import Edit, Grade
from signing.pdf import enumeration

_VALUE_KEYS = frozenset({"/V", "/AP", "/AS", "/I", "/RV", "/M"})
"""What filling in a field changes."""
_SIGNING_KEYS = _VALUE_KEYS | {
    "/F",
    "/MK",
    "/DA",
    "/DR",
    "/Lock",
    "/Type",
    "/P",
    "/H",
    "/StructParent",
    "/SV",
}
"""What signing an empty signature field may also change."""
_READ_ONLY = 1
_APART = frozenset({"/Kids", "/StructParent"})
_FORM_FREE = frozenset({"/Fields", "/SigFlags", "/DR", "/DA", "/NeedAppearances"})


def edits(old: Layout, new: Layout, comparison: Comparison) -> Iterator[Edit]:
    """Differences of the form and its fields."""
    yield from _form(old, new, comparison)
    pages = {
        each.objgen: page.number
        for page in new.pages
        for each in page.annotations.values()
        if each.is_indirect
    }
    for name, before in old.fields.items():
        after = new.fields.get(name)
        if after is None or len(after) != len(before):
            yield Edit("field_removed", Grade.CONTENT, field_name=name, facts={"field": name})
            continue
        for one, other in zip(before, after, strict=True):
            yield from _field(one, other, comparison, pages, old)
    for name, added in new.fields.items():
        if name not in old.fields:
            for field in added:
                yield from _added(field, pages, old)


def _form(old: Layout, new: Layout, comparison: Comparison) -> Iterator[Edit]:
    before, after = old.pdf.Root.get("/AcroForm"), new.pdf.Root.get("/AcroForm")
    if not isinstance(after, pikepdf.Dictionary):
        if isinstance(before, pikepdf.Dictionary):
            yield Edit("form_removed", Grade.CONTENT)
        return
    if not isinstance(before, pikepdf.Dictionary):
        before = pikepdf.Dictionary()
    for key in sorted((set(before.keys()) | set(after.keys())) - _FORM_FREE):
        if not comparison.same(before.get(key), after.get(key)):
            # A changed XFA form is filled in; one that was not there replaces every page in some viewers.
            filled = key == "/XFA" and key in before
            yield Edit("form_changed", Grade.FORM if filled else Grade.CONTENT, facts={"where": key})
    yield from _regenerated(before, after, old, comparison)
    yield from _default_resources(before.get("/DR"), after.get("/DR"), comparison)


def _regenerated(
    before: pikepdf.Dictionary, after: pikepdf.Dictionary, old: Layout, comparison: Comparison
) -> Iterator[Edit]:
    """Viewers that draw the fields anew show their values, not the pictures that were there when signed."""
    if all(each.kind == "/Sig" for fields in old.fields.values() for each in fields):
        return
    if bool(after.get("/NeedAppearances")) and not bool(before.get("/NeedAppearances")):
        yield Edit("form_changed", Grade.FORM, facts={"where": "/NeedAppearances"})
    if "/DA" in before and not comparison.same(before.get("/DA"), after.get("/DA")):
        yield Edit("form_changed", Grade.FORM, facts={"where": "/DA"})


def _default_resources(before: object, after: object, comparison: Comparison) -> Iterator[Edit]:
    """Resources may be added for new marks; those that filled fields already use must stay."""
    if not isinstance(before, pikepdf.Dictionary) or not isinstance(after, pikepdf.Dictionary):
        return
    for kind in before.keys() & after.keys():
        one, other = before.get(kind), after.get(kind)
        if not isinstance(one, pikepdf.Dictionary) or not isinstance(other, pikepdf.Dictionary):
            continue
        for key in one.keys() & other.keys():
            if not comparison.same(one.get(key), other.get(key)):
                yield Edit("form_changed", Grade.FORM, facts={"where": f"/DR{kind}{key}"})


def _field(
    before: Field, after: Field, comparison: Comparison, pages: dict[Ident, int], old: Layout
) -> Iterator[Edit]:
    if before.kind != after.kind or _identity(before.node) != _identity(after.node):
        yield _edit("field_replaced", Grade.CONTENT, after, after.node, pages)
        return
    changed = set(_changed_keys(before.node, after.node, comparison))
    shown, shown_after = enumeration.widgets(before.node), enumeration.widgets(after.node)
    if [_identity(each) for each in shown] != [_identity(each) for each in shown_after]:
        changed.add("/Kids")
    for one, other in zip(shown, shown_after, strict=False):
        changed.update(_changed_keys(one, other, comparison))
    if "/Ff" in changed and _only_locked(before.node, after.node):
        changed.discard("/Ff")
        yield _edit("field_locked", Grade.UPKEEP, after, after.node, pages)
    if "/AP" in changed and _shared_appearance(before, old):
        yield _edit("appearance_shared", Grade.CONTENT, after, after.node, pages)
    if after.kind == "/Sig":
        yield from _signature_field(after, _filled(before), changed, pages, old)
    elif changed - _VALUE_KEYS:
        facts = {"field": after.name, "where": ", ".join(sorted(changed - _VALUE_KEYS))}
        yield _edit("field_changed", Grade.CONTENT, after, after.node, pages, facts)
    elif changed:
        yield _edit("form_filled", Grade.FORM, after, after.node, pages)


def _only_locked(before: pikepdf.Dictionary, after: pikepdf.Dictionary) -> bool:
    """Whether the flags differ in nothing but "read only", as a lock of the form sets it."""
    one, other = before.get("/Ff", 0), after.get("/Ff", 0)
    return isinstance(one, int) and isinstance(other, int) and other == one | _READ_ONLY


def _shared_appearance(field: Field, old: Layout) -> bool:
    """Whether the appearance that is replaced was also used elsewhere in what was signed.

    Overriding an appearance that a page shows too is how content is changed under the name of filling a form.
    """
    owned: set[Ident] = set()
    for widget in enumeration.widgets(field.node):
        appearance = widget.get("/AP")
        if isinstance(appearance, pikepdf.Dictionary):
            shown = appearance.get("/N")
            owned.update(each.objgen for each in (appearance, shown) if each is not None and each.is_indirect)
    if not owned:
        return False
    counted = old.reference_counts()
    return any(counted.get(each, 0) > 1 for each in owned)


def _signature_field(
    after: Field, had: bool, changed: set[str], pages: dict[Ident, int], old: Layout
) -> Iterator[Edit]:
    has = _filled(after)
    if had and not has:
        yield _edit("signature_removed", Grade.CONTENT, after, after.node, pages)
    elif had and changed:
        facts = {"field": after.name, "where": ", ".join(sorted(changed))}
        yield _edit("signature_changed", Grade.CONTENT, after, after.node, pages, facts)
    elif has and not had:
        if changed - _SIGNING_KEYS:
            facts = {"field": after.name, "where": ", ".join(sorted(changed - _SIGNING_KEYS))}
            yield _edit("field_changed", Grade.CONTENT, after, after.node, pages, facts)
        yield _signed(after, pages, old)
    elif changed - {"/Lock", "/SV"}:
        yield _edit("field_changed", Grade.CONTENT, after, after.node, pages)


def _added(field: Field, pages: dict[Ident, int], old: Layout) -> Iterator[Edit]:
    if field.kind != "/Sig":
        yield _edit("field_added", Grade.CONTENT, field, field.node, pages)
    elif _filled(field):
        yield _signed(field, pages, old)
    else:
        shown = any(_shows(each) for each in enumeration.widgets(field.node))
        yield _edit(
            "signature_field_added", Grade.ANNOTATION if shown else Grade.FORM, field, field.node, pages
        )


def _signed(field: Field, pages: dict[Ident, int], old: Layout) -> Edit:
    values = [each.get("/V") for each in (field.node, *enumeration.widgets(field.node))]
    value = next(each for each in values if isinstance(each, pikepdf.Dictionary))
    widgets = [each for each in enumeration.widgets(field.node) if _shows(each)]
    shown = widgets[0] if widgets else field.node
    if enumeration.covered_end(value) <= old.end:
        # An earlier signature shown once more vouches for nothing that is drawn with it.
        return _edit("signature_repeated", Grade.CONTENT, field, shown, pages)
    if value.get("/Type") == "/DocTimeStamp" or value.get("/SubFilter") == "/ETSI.RFC3161":
        # Anybody can have anything stamped: a time stamp with a picture is a note on the page.
        grade = Grade.ANNOTATION if widgets else Grade.UPKEEP
        return _edit("timestamp_added", grade, field, shown, pages)
    return _edit("signature_added", Grade.SIGNATURE, field, shown, pages)


def _shows(widget: pikepdf.Dictionary) -> bool:
    rect = rectangle(widget)
    return rect is not None and rect[2] > rect[0] and rect[3] > rect[1]


def _changed_keys(
    before: pikepdf.Dictionary, after: pikepdf.Dictionary, comparison: Comparison
) -> Iterator[str]:
    for key in (set(before.keys()) | set(after.keys())) - _APART:
        if not comparison.same(before.get(key), after.get(key)):
            yield key


def _filled(field: Field) -> bool:
    nodes = (field.node, *enumeration.widgets(field.node))
    return any(isinstance(each.get("/V"), pikepdf.Dictionary) for each in nodes)


def _identity(node: pikepdf.Dictionary) -> Ident:
    return node.objgen if node.is_indirect else (0, 0)


def _edit(
    what: str,
    grade: Grade,
    field: Field,
    shown: pikepdf.Dictionary,
    pages: dict[Ident, int],
    facts: Mapping[str, object] | None = None,
) -> Edit:
    page = pages.get(shown.objgen) if shown.is_indirect else None
    return Edit(what, grade, page, field.name, rectangle(shown), facts or {"field": field.name})
