"""Every signature of a PDF, found by ourselves: pyHanko and viewers drop those they do not understand.

ISO 32000-2 12.7.5.5 (signature fields), 12.8 (signature dictionaries), 12.8.2 (DocMDP, FieldMDP).
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pikepdf

from signing.errors import TooComplex

MAX_SIGNATURES = 200
_MAX_FIELDS = 20_000
_MAX_DEPTH = 64
_BYTE_RANGE_KEY = b"/ByteRange"
_WINDOW = 64 * 2**20
_BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")


@dataclass(frozen=True, slots=True)
class FieldLock:
    """Which fields nobody may change after this signature (FieldMDP)."""

    action: str
    """All, Include or Exclude."""
    names: tuple[str, ...] = ()

    def locks(self, name: str) -> bool:
        """Whether the field of this full name, or a parent of it, is locked."""
        listed = any(name == each or name.startswith(each + ".") for each in self.names)
        return {"All": True, "Include": listed, "Exclude": not listed}.get(self.action, True)


@dataclass(frozen=True, slots=True)
class FoundSignature:
    """A signature dictionary and the fields that show it, as one revision has them."""

    name: str
    """Full name of the field."""
    identity: tuple[int, int]
    """Object and generation number of the signature dictionary; (0, 0) if it is written inside its field."""
    subfilter: str
    is_timestamp: bool
    byte_range: tuple[int, ...] | None
    contents: bytes
    permission: int | None
    """P of DocMDP or of the lock: 1 nothing, 2 forms and signatures, 3 also annotations."""
    certifies: bool
    lock: FieldLock | None
    claimed_time: str
    """/M as written."""
    visible: bool
    declared_role: str = ""
    """What our own sealer wrote of the role (/Prop_Build); anybody could write it."""
    other_names: tuple[str, ...] = ()
    """Further fields that show the same dictionary: still one signature."""


def find(pdf: pikepdf.Pdf) -> tuple[FoundSignature, ...]:
    """The filled signature fields, in the order of the form; one dictionary counts once."""
    by_identity: dict[object, FoundSignature] = {}
    for name, field, value in filled(pdf):
        found = _read(name, field, value)
        key: object = found.identity if found.identity != (0, 0) else name
        earlier = by_identity.get(key)
        if earlier is None:
            by_identity[key] = found
        elif name not in (earlier.name, *earlier.other_names):
            by_identity[key] = replace(earlier, other_names=(*earlier.other_names, name))
        if len(by_identity) > MAX_SIGNATURES:
            break
    return tuple(by_identity.values())


def filled(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Dictionary, pikepdf.Dictionary]]:
    """(full name, field or widget, signature dictionary) for each filled signature field."""
    for name, field, kind in fields(pdf):
        for node in (field, *widgets(field)):
            value = node.get("/V")
            if isinstance(value, pikepdf.Dictionary) and (kind == "/Sig" or _looks_like_signature(value)):
                yield name, node, value
                break


def fields(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Dictionary, str]]:
    """(full name, field, inherited type) for every leaf of the form. Raises TooComplex, never stops short."""
    form = pdf.Root.get("/AcroForm")
    roots = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    if not isinstance(roots, pikepdf.Array):
        return
    stack: list[tuple[object, str, str, int]] = [(each, "", "", 0) for each in reversed(_dictionaries(roots))]
    seen: set[tuple[int, int]] = set()
    visited = 0
    while stack:
        node, parent, inherited, depth = stack.pop()
        if not isinstance(node, pikepdf.Dictionary) or node.objgen in seen:
            continue
        if depth > _MAX_DEPTH or (visited := visited + 1) > _MAX_FIELDS:
            raise TooComplex(why="fields")
        if node.is_indirect:
            seen.add(node.objgen)
        name, kind = _joined(parent, node), str(node.get("/FT", inherited))
        named = [kid for kid in widgets(node) if kid is not node and "/T" in kid]
        if "/V" in node or not named:
            yield name, node, kind
        stack.extend((kid, name, kind, depth + 1) for kid in reversed(named))


def widgets(field: pikepdf.Dictionary) -> list[pikepdf.Dictionary]:
    """The kids of a field, or the field itself when it is its own widget."""
    kids = field.get("/Kids")
    return _dictionaries(kids) if isinstance(kids, pikepdf.Array) else [field]


def unclaimed(data: mmap.mmap | bytes, claimed: set[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """/ByteRange arrays in the file that no field of the form shows (residual or hidden signatures)."""
    found: dict[tuple[int, ...], None] = {}
    for at in _places(data):
        match = _BYTE_RANGE.match(data[at : at + 256])
        numbers = tuple(int(each) for each in match.groups()) if match is not None else ()
        if any(numbers) and numbers not in claimed:
            found[numbers] = None
        if len(found) >= MAX_SIGNATURES:
            break
    return tuple(found)


def _places(data: mmap.mmap | bytes) -> Iterator[int]:
    """Where the key is written; windows are given back, so that a search is not counted as memory."""
    for start in range(0, len(data), _WINDOW):
        at = data.find(_BYTE_RANGE_KEY, start, start + _WINDOW + len(_BYTE_RANGE_KEY))
        while at >= 0:
            yield at
            at = data.find(_BYTE_RANGE_KEY, at + 1, start + _WINDOW + len(_BYTE_RANGE_KEY))
        if isinstance(data, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
            data.madvise(mmap.MADV_DONTNEED, start, min(_WINDOW, len(data) - start))


def covered_end(value: pikepdf.Dictionary) -> int:
    """Up to which byte a signature dictionary says that it covers the file; 0 when it does not say."""
    numbers = _numbers(value.get("/ByteRange")) or ()
    return numbers[-2] + numbers[-1] if len(numbers) >= 2 else 0


def _looks_like_signature(value: pikepdf.Dictionary) -> bool:
    return "/ByteRange" in value and "/Contents" in value


def _joined(parent: str, node: pikepdf.Dictionary) -> str:
    own = node.get("/T")
    if own is None:
        return parent
    return f"{parent}.{own}" if parent else str(own)


def _read(name: str, field: pikepdf.Dictionary, value: pikepdf.Dictionary) -> FoundSignature:
    subfilter = str(value.get("/SubFilter", "")).lstrip("/")
    contents = value.get("/Contents")
    permission, certifies = _permission(field, value)
    return FoundSignature(
        name=name,
        identity=value.objgen if value.is_indirect else (0, 0),
        subfilter=subfilter,
        is_timestamp=subfilter == "ETSI.RFC3161" or value.get("/Type") == "/DocTimeStamp",
        byte_range=_numbers(value.get("/ByteRange")),
        contents=bytes(contents) if isinstance(contents, pikepdf.String) else b"",
        permission=permission,
        certifies=certifies,
        lock=_lock(field, value),
        claimed_time=str(value.get("/M", "")),
        visible=any(_has_area(widget) for widget in widgets(field)),
        declared_role=_declared_role(value),
    )


def _declared_role(value: pikepdf.Dictionary) -> str:
    app: object = value.get("/Prop_Build")
    if isinstance(app, pikepdf.Dictionary):
        app = app.get("/App")
    if isinstance(app, pikepdf.Dictionary) and app.get("/Name") == "/TramSo":
        return str(app.get("/REx", ""))
    return ""


def _numbers(value: object) -> tuple[int, ...] | None:
    if not isinstance(value, pikepdf.Array) or len(value) > 64:
        return None
    try:
        return tuple(int(each) for each in value)
    except (TypeError, ValueError):
        return None


def _references(value: pikepdf.Dictionary, method: str) -> Iterator[pikepdf.Dictionary]:
    listed = value.get("/Reference")
    for each in list(listed)[:16] if isinstance(listed, pikepdf.Array) else ():
        if isinstance(each, pikepdf.Dictionary) and each.get("/TransformMethod") == method:
            params = each.get("/TransformParams")
            yield params if isinstance(params, pikepdf.Dictionary) else pikepdf.Dictionary()


def _permission(field: pikepdf.Dictionary, value: pikepdf.Dictionary) -> tuple[int | None, bool]:
    """(strictest P of DocMDP and of the field's lock, whether this is a certification)."""
    wanted = [_level(params.get("/P", 2)) for params in _references(value, "/DocMDP")]
    certifies = bool(wanted)
    wanted += [_level(params.get("/P")) for params in _references(value, "/FieldMDP")]
    lock = field.get("/Lock")
    if isinstance(lock, pikepdf.Dictionary):
        wanted.append(_level(lock.get("/P")))
    given = [level for level in wanted if level is not None]
    return (min(given) if given else None), certifies


def _level(value: object) -> int | None:
    try:
        level = int(str(value))
    except (TypeError, ValueError):
        return None
    return int(level) if level in (1, 2, 3) else None


def _lock(field: pikepdf.Dictionary, value: pikepdf.Dictionary) -> FieldLock | None:
    sources = list(_references(value, "/FieldMDP"))
    lock = field.get("/Lock")
    if not sources and isinstance(lock, pikepdf.Dictionary):
        sources = [lock]
    for source in sources:
        names = source.get("/Fields")
        listed = [str(each) for each in names] if isinstance(names, pikepdf.Array) else []
        return FieldLock(str(source.get("/Action", "/All")).lstrip("/"), tuple(listed[:_MAX_FIELDS]))
    return None


def _dictionaries(array: pikepdf.Array) -> list[pikepdf.Dictionary]:
    if len(array) > _MAX_FIELDS:
        raise TooComplex(why="fields")
    listed = list(array)
    return [each for each in listed if isinstance(each, pikepdf.Dictionary)]


def _has_area(widget: pikepdf.Dictionary) -> bool:
    try:
        x0, y0, x1, y1 = (float(each) for each in widget["/Rect"])
    except (KeyError, TypeError, ValueError):
        return False
    return abs((x1 - x0) * (y1 - y0)) > 0
