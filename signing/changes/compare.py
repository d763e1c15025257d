"""Are two objects of two revisions the same, all the way down?

The graphs are walked side by side, so an object that is replaced is found wherever it is used: the "sneaky"
attacks override an object that is harmless in one place and shown in another.
"""

from __future__ import annotations

from decimal import Decimal

import pikepdf

from signing.errors import TooComplex

Ident = tuple[int, int]
_MAX_OBJECTS = 400_000
_MAX_DEPTH = 200_000
_MAX_STREAM_BYTES = 64 * 2**20
"""Two of them are held at once."""


class Comparison:
    """Compares parts of an older and a newer revision; what was found the same is not walked again."""

    def __init__(self, boundary: frozenset[Ident]) -> None:
        self._boundary = boundary
        """Objects that are compared on their own (pages, fields): a reference to one must stay, no more."""
        self._same: set[tuple[Ident, Ident]] = set()
        self._visited = 0

    def same(self, old: object, new: object) -> bool:
        """Whether both are equal in all they reach. Raises TooComplex beyond the limit."""
        return self.difference(old, new) is None

    def difference(self, old: object, new: object) -> str | None:
        """None when equal, else the key path of the first difference, for example "/Resources/Font/F1"."""
        walk: set[tuple[Ident, Ident]] = set()
        stack: list[tuple[object, object, str]] = [(old, new, "")]
        while stack:
            one, other, path = stack.pop()
            pair = _pair(one, other)
            if pair is not None:
                if pair in self._same or pair in walk or self._at_boundary(pair):
                    continue
                walk.add(pair)
            self._visited += 1
            if self._visited > _MAX_OBJECTS or len(stack) > _MAX_DEPTH:
                raise TooComplex(objects=self._visited)
            found = self._step(one, other, path, stack)
            if found is not None:
                return found or "/"
        self._same |= walk
        return None

    def _at_boundary(self, pair: tuple[Ident, Ident]) -> bool:
        return pair[0] == pair[1] and pair[0] in self._boundary

    def _step(
        self, one: object, other: object, path: str, stack: list[tuple[object, object, str]]
    ) -> str | None:
        if isinstance(one, pikepdf.Stream) or isinstance(other, pikepdf.Stream):
            return self._streams(one, other, path, stack)
        if isinstance(one, pikepdf.Dictionary) and isinstance(other, pikepdf.Dictionary):
            return _dictionaries(one, other, path, stack)
        if isinstance(one, pikepdf.Array) and isinstance(other, pikepdf.Array):
            if len(one) != len(other):
                return path
            stack.extend((a, b, path) for a, b in zip(_items(one), _items(other), strict=True))
            return None
        return None if _plain_equal(one, other) else path

    def _streams(
        self, one: object, other: object, path: str, stack: list[tuple[object, object, str]]
    ) -> str | None:
        if not (isinstance(one, pikepdf.Stream) and isinstance(other, pikepdf.Stream)):
            return path
        ignore = frozenset({"/Length"})
        found = _dictionaries(one, other, path, stack, ignore)
        if found is not None:
            return found
        return None if _raw(one) == _raw(other) else path


def _pair(one: object, other: object) -> tuple[Ident, Ident] | None:
    if not isinstance(one, pikepdf.Object) or not isinstance(other, pikepdf.Object):
        return None
    return (one.objgen, other.objgen) if one.is_indirect and other.is_indirect else None


def _dictionaries(
    one: pikepdf.Object,
    other: pikepdf.Object,
    path: str,
    stack: list[tuple[object, object, str]],
    ignore: frozenset[str] = frozenset(),
) -> str | None:
    # Values by items(): a key that is no proper UTF-8 can be listed but not asked for.
    values = {key: value for key, value in one.items() if key not in ignore}
    others = {key: value for key, value in other.items() if key not in ignore}
    odd = values.keys() ^ others.keys()
    if odd:
        return f"{path}{min(odd)}"
    stack.extend((values[key], others[key], f"{path}{key}" if len(path) < 200 else path) for key in values)
    return None


def written(each: object) -> bytes:
    """An object as text: of a stream its dictionary; nothing for a number, which comes as Python's own."""
    if isinstance(each, pikepdf.Stream):
        return pikepdf.Dictionary(dict(each.items())).unparse()
    return each.unparse(resolved=True) if isinstance(each, pikepdf.Object) else b""


def _items(array: pikepdf.Array) -> list[object]:
    return list(array)


def _plain_equal(one: object, other: object) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, int | float | Decimal) and isinstance(other, int | float | Decimal):
        return Decimal(one) == Decimal(other)
    if isinstance(one, pikepdf.Object) and isinstance(other, pikepdf.Object):
        return one._type_code == other._type_code and one.unparse() == other.unparse()
    return type(one) is type(other) and one == other


def _raw(stream: pikepdf.Stream) -> bytes:
    length: object = stream.get("/Length")
    if isinstance(length, int) and length > _MAX_STREAM_BYTES:
        raise TooComplex(why="stream", bytes=length)
    try:
        return bytes(stream.read_raw_bytes())
    except (pikepdf.PdfError, RuntimeError) as problem:
        raise TooComplex(why=type(problem).__name__) from problem
