"""Looks through the content streams of a PDF page: what they use, and what PDF/A-2 does not let them do."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from pikepdf import (
    Array,
    Dictionary,
    Name,
    Object,
    Page,
    PdfError,
    Stream,
    String,
    parse_content_stream,
)

from ocr.errors import NotArchivable

FontKey = tuple[int, int]
"""Object and generation number."""

_NAMES = (
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J l M m MP "
    "n q Q re RG rg ri s S SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \""
)
_OPERATORS = {*_NAMES.split(), "INLINE IMAGE"}
"""ISO 32000-1 table A.1 without DeviceCMYK's k and K; ISO 19005-2 6.2.2 bars all others."""
_INTENTS = frozenset({"/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"})
_MOST_NESTED = 28
"""Of q operators (ISO 19005-2 6.1.13)."""
_MOST_DEEP = 12
"""Of forms within forms."""
_INLINE_BARRED = re.compile(rb"/(Device)?CMYK|/LZW|/Crypt|/I(nterpolate)?\s+true")


@dataclass(slots=True)
class Usage:
    """What a page shows."""

    codes: dict[FontKey, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    """Strings shown with each font."""
    fonts: dict[FontKey, Object] = field(default_factory=dict)
    seen: set[FontKey] = field(default_factory=set)
    """Forms, patterns and fonts that were looked through."""


def scan(page: Page) -> Usage:
    """What the page's content and the forms it calls use. Raises NotArchivable."""
    usage = Usage()
    try:
        _Run(usage, page.obj.get("/Resources", Dictionary()), 0).run(page.obj)
    except PdfError as problem:
        raise NotArchivable(reason="content_broken") from problem
    return usage


class _Run:
    """One content stream with its resources."""

    def __init__(self, usage: Usage, resources: Any, depth: int) -> None:
        if depth > _MOST_DEEP:
            raise NotArchivable(reason="content_broken")
        self._usage, self._resources, self._depth = usage, resources, depth
        self._font: FontKey | None = None
        self._stack: list[FontKey | None] = []
        self._steps = {
            "q": self._save,
            "Q": self._restore,
            "Tf": self._choose_font,
            "Tj": self._show,
            "'": self._show,
            '"': self._show,
            "TJ": self._show_many,
            "Do": self._call,
            "SCN": self._pattern,
            "scn": self._pattern,
            "gs": self._state,
            "CS": self._colour_space,
            "cs": self._colour_space,
            "ri": self._intent,
            "INLINE IMAGE": self._inline_image,
        }

    def run(self, stream: Any) -> None:
        for instruction in parse_content_stream(stream):
            name = str(instruction.operator)
            if name not in _OPERATORS:
                raise NotArchivable(reason="colour_cmyk" if name in ("k", "K") else "content_unknown")
            step = self._steps.get(name)
            if step is not None:
                step(list(instruction.operands))

    def _save(self, _: list[Any]) -> None:
        self._stack.append(self._font)
        if len(self._stack) > _MOST_NESTED:
            raise NotArchivable(reason="content_nested")

    def _restore(self, _: list[Any]) -> None:
        if self._stack:
            self._font = self._stack.pop()

    def _choose_font(self, operands: list[Any]) -> None:
        font = self._resources.get("/Font", Dictionary()).get(str(operands[0]))
        if not isinstance(font, Dictionary):
            raise NotArchivable(reason="content_broken")
        if not font.is_indirect:
            raise NotArchivable(reason="font_unusual")
        self._font = font.objgen
        self._usage.fonts[font.objgen] = font
        if font.get("/Subtype") == Name.Type3 and font.objgen not in self._usage.seen:
            self._usage.seen.add(font.objgen)
            resources = font.get("/Resources", self._resources)
            for glyph in font.get("/CharProcs", Dictionary()).values():
                _Run(self._usage, resources, self._depth + 1).run(glyph)

    def _show(self, operands: list[Any]) -> None:
        if self._font is not None:
            self._usage.codes[self._font].add(bytes(operands[-1]))

    def _show_many(self, operands: list[Any]) -> None:
        if self._font is not None:
            strings = (bytes(part) for part in operands[0] if isinstance(part, String))
            self._usage.codes[self._font].update(strings)

    def _call(self, operands: list[Any]) -> None:
        called = self._resources.get("/XObject", Dictionary()).get(str(operands[0]))
        if not isinstance(called, Stream):
            raise NotArchivable(reason="content_broken")
        if called.get("/Subtype") == Name.Form:
            self._enter(called)

    def _pattern(self, operands: list[Any]) -> None:
        if operands and isinstance(operands[-1], Name):
            pattern = self._resources.get("/Pattern", Dictionary()).get(str(operands[-1]))
            if isinstance(pattern, Stream):
                self._enter(pattern)

    def _state(self, operands: list[Any]) -> None:
        state = self._resources.get("/ExtGState", Dictionary()).get(str(operands[0]), Dictionary())
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary) and isinstance(mask.get("/G"), Stream):
            self._enter(mask.G)
        if isinstance(state.get("/Font"), Array):
            raise NotArchivable(reason="font_unusual")

    def _enter(self, called: Any) -> None:
        if called.objgen in self._usage.seen:
            return
        self._usage.seen.add(called.objgen)
        if "/Resources" not in called:  # they are the page's then, and PDF/A wants that said (6.2.2)
            called.Resources = self._resources
        _Run(self._usage, called.Resources, self._depth + 1).run(called)

    def _colour_space(self, operands: list[Any]) -> None:
        said = str(operands[0])
        space = self._resources.get("/ColorSpace", Dictionary()).get(said, Name.Pattern)
        if "/DeviceCMYK" in (said, *(str(part) for part in _flat(space))):
            raise NotArchivable(reason="colour_cmyk")

    def _intent(self, operands: list[Any]) -> None:
        if str(operands[0]) not in _INTENTS:
            raise NotArchivable(reason="content_unknown")

    def _inline_image(self, operands: list[Any]) -> None:
        head = operands[0].iimage if hasattr(operands[0], "iimage") else operands[0]
        if _INLINE_BARRED.search(head.unparse().split(b"ID", 1)[0]):
            raise NotArchivable(reason="picture_inline")


def _flat(space: Any) -> list[Any]:
    """The names in a colour space, however deep."""
    if isinstance(space, Name):
        return [space]
    return [name for part in space for name in _flat(part)] if isinstance(space, Array) else []
