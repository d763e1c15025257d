"""The fonts of a page that goes over as it is: made fit for PDF/A-2u (ISO 19005-2 6.2.11), or refused."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from ocr.errors import NotArchivable
from ocr.pdf.content_scan import FontKey, Usage
from ocr.pdf.glyphless import to_unicode
from ocr.vietnamese import legacy_encodings

# it reports odd dates and lengths that do no harm
logging.getLogger("fontTools").setLevel(logging.ERROR)

_FIRST_CODE = 32
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_ENCODINGS = {"/WinAnsiEncoding": "cp1252", "/MacRomanEncoding": "mac_roman"}
_SYMBOLIC, _NONSYMBOLIC = 4, 32
_WIDTH_TOLERANCE = 2
"""In thousandths of the font size; the checker allows one, rounded."""
_FAMILIES = (
    (re.compile(r"times|tinos|liberationserif", re.I), "tinos"),
    (re.compile(r"arial|helvetica|arimo|liberationsans", re.I), "arimo"),
    (re.compile(r"courier|cousine|liberationmono", re.I), "cousine"),
)
"""Fonts with the same widths as those that every office leaves out of its PDFs."""


class Programs:
    """The font programs of one file, each parsed once."""

    def __init__(self) -> None:
        self._parsed: dict[FontKey, TTFont] = {}

    def parsed(self, program: Object) -> TTFont:
        if program.objgen not in self._parsed:
            self._parsed[program.objgen] = _parsed(program.read_bytes())
        return self._parsed[program.objgen]


def mend(pdf: Pdf, usage: Usage, programs: Programs) -> None:
    """Make every font that is used fit, in place. Raises NotArchivable."""
    for key, font in usage.fonts.items():
        codes = usage.codes.get(key, set())
        if font.get("/Subtype") == Name.Type0:
            _composite(font, codes, programs)
        else:
            _simple(pdf, font, codes, programs)


def _composite(font: Any, strings: set[bytes], programs: Programs) -> None:
    (descendant,) = font.DescendantFonts
    if font.get("/Encoding") not in (Name("/Identity-H"), Name("/Identity-V")):
        raise NotArchivable(reason="font_unusual")
    if legacy_encodings.encoding_of(str(font.get("/BaseFont", ""))[1:]):
        raise NotArchivable(reason="text_legacy")
    _require_unicode(font)
    descriptor = descendant.get("/FontDescriptor", Dictionary())
    if not _embedded(descriptor):
        raise NotArchivable(reason="font_missing")
    if "/CIDSet" in descriptor:  # may be left out, and is often wrong (6.2.11.4.2)
        del descriptor.CIDSet
    if descendant.get("/Subtype") != Name.CIDFontType2:
        return
    glyph_map = descendant.get("/CIDToGIDMap", Name.Identity)
    descendant.CIDToGIDMap = glyph_map
    cids = {int.from_bytes(text[at : at + 2], "big") for text in strings for at in range(0, len(text), 2)}
    if "/FontFile2" in descriptor:
        usual = float(descendant.get("/DW", 1000))
        glyphs = {cid: _glyph(glyph_map, cid) for cid in cids}
        _check_glyphs(programs.parsed(descriptor.FontFile2), glyphs, dict(_cid_widths(descendant)), usual)


def _simple(pdf: Pdf, font: Any, strings: set[bytes], programs: Programs) -> None:
    used = {code for text in strings for code in text}
    if font.get("/Subtype") == Name.Type3:
        _require_unicode(font)
        return
    descriptor = font.get("/FontDescriptor", Dictionary())
    if not _embedded(descriptor):
        _substitute(pdf, font, used)
        return
    if "/CharSet" in descriptor:
        del descriptor.CharSet
    encoding = font.get("/Encoding")
    legacy = legacy_encodings.encoding_of(str(font.get("/BaseFont", ""))[1:])
    if legacy:
        _tell_letters(pdf, font, encoding, legacy)
    if "/ToUnicode" not in font and not _says_unicode(encoding):
        raise NotArchivable(reason="text_without_unicode")
    if font.get("/Subtype") == Name.TrueType and "/FontFile2" in descriptor:
        _check_truetype(font, programs.parsed(descriptor.FontFile2), encoding, used)


def _check_truetype(font: Any, program: TTFont, encoding: Any, used: set[int]) -> None:
    """ISO 19005-2 6.2.11.6: a symbolic font has no encoding, any other has one of the two known ones."""
    symbolic = bool(int(font.FontDescriptor.get("/Flags", _NONSYMBOLIC)) & _SYMBOLIC)
    known = _base_encoding(encoding)
    if symbolic == (known is not None) or (isinstance(encoding, Dictionary) and "/Differences" in encoding):
        raise NotArchivable(reason="font_unusual")
    glyphs = _glyphs_by_code(program, known, used)
    _check_glyphs(program, glyphs, _simple_widths(font), 0.0)


def _simple_widths(font: Any) -> dict[int, float]:
    first = int(font.get("/FirstChar", 0))
    return {first + place: float(width) for place, width in enumerate(font.get("/Widths", Array()))}


def _glyphs_by_code(program: TTFont, encoding: str | None, used: set[int]) -> dict[int, int]:
    tables = {(table.platformID, table.platEncID): table.cmap for table in program["cmap"].tables}
    if encoding is not None:
        by_unicode = tables.get((3, 1), {})
        names = {code: by_unicode.get(ord(_character(code, encoding))) for code in used}
    else:
        symbols = tables.get((3, 0)) or tables.get((1, 0), {})
        names = {code: symbols.get(0xF000 + code, symbols.get(code)) for code in used}
    return {code: program.getGlyphID(name) if name else 0 for code, name in names.items()}


def _check_glyphs(program: TTFont, glyphs: dict[int, int], widths: dict[int, float], usual: float) -> None:
    """Every glyph shown is there and as wide as the PDF says (6.2.11.4.1, 6.2.11.5, 6.2.11.8)."""
    order, metrics, unit = program.getGlyphOrder(), program["hmtx"].metrics, program["head"].unitsPerEm
    for code, glyph in glyphs.items():
        if not 0 < glyph < len(order):
            raise NotArchivable(reason="glyph_missing")
        told = widths.get(code, usual)
        if abs(told - 1000 * metrics[order[glyph]][0] / unit) > _WIDTH_TOLERANCE:
            raise NotArchivable(reason="font_widths")


def _substitute(pdf: Pdf, font: Any, used: set[int]) -> None:
    """Embed a free font of the same widths for one that every office has and nobody embeds."""
    encoding = _base_encoding(font.get("/Encoding"))
    name = str(font.get("/BaseFont", "")).rpartition("+")[2]
    face = next((face for pattern, face in _FAMILIES if pattern.search(name)), None)
    if face is None or encoding is None or "/Differences" in _as_dictionary(font.get("/Encoding")):
        raise NotArchivable(reason="font_missing")
    blank = all(_character(code, encoding).isspace() for code in used)
    data = _face(f"{face}-regular" if blank else f"{face}{_style(name)}")
    program = _parsed(data)
    glyphs = _glyphs_by_code(program, encoding, set(range(_FIRST_CODE, 256)))
    unit, order, metrics = program["head"].unitsPerEm, program.getGlyphOrder(), program["hmtx"].metrics
    widths = {code: 1000 * metrics[order[glyph]][0] / unit for code, glyph in glyphs.items()}
    told = _simple_widths(font) if "/Widths" in font else widths
    _check_glyphs(program, {code: glyphs.get(code, 0) for code in used}, told, 0.0)
    _embed(pdf, font, data, program, widths)


def _embed(pdf: Pdf, font: Any, data: bytes, program: TTFont, widths: dict[int, float]) -> None:
    stream = Stream(pdf, data)
    stream.Length1 = len(data)
    unit, head, lines = 1000 / program["head"].unitsPerEm, program["head"], program["hhea"]
    ascent, descent = round(lines.ascent * unit), round(lines.descent * unit)
    name = Name("/" + program["name"].getDebugName(6))
    font.Subtype, font.BaseFont = Name.TrueType, name
    font.FirstChar, font.LastChar = min(widths), max(widths)
    font.Widths = Array([round(width, 3) for _, width in sorted(widths.items())])
    font.FontDescriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=_NONSYMBOLIC,
            FontBBox=[round(side * unit) for side in (head.xMin, head.yMin, head.xMax, head.yMax)],
            ItalicAngle=round(program["post"].italicAngle),
            Ascent=ascent,
            Descent=descent,
            CapHeight=ascent,
            StemV=80,
            FontFile2=pdf.make_indirect(stream),
        )
    )


def _face(name: str) -> bytes:
    file = files("resources").joinpath(f"fonts/{name}.ttf")
    if not file.is_file():
        raise NotArchivable(reason="font_missing")
    return file.read_bytes()


def _style(name: str) -> str:
    bold, slanted = "bold" in name.lower(), re.search("italic|oblique", name, re.I) is not None
    return {
        (False, False): "-regular",
        (True, False): "-bold",
        (False, True): "-italic",
        (True, True): "-bold-italic",
    }[bold, slanted]


def _embedded(descriptor: Any) -> bool:
    return any(isinstance(descriptor.get(key), Stream) for key in _PROGRAMS)


def _tell_letters(pdf: Pdf, font: Any, encoding: Any, legacy: legacy_encodings.Encoding) -> None:
    """Say which Vietnamese letters stand on the Western codes, so that copying gives what one sees."""
    known = _base_encoding(encoding)
    if known is None or legacy == "vni" or "/Differences" in _as_dictionary(encoding):
        raise NotArchivable(reason="text_legacy")
    letters = {code: legacy_encodings.decode(_character(code, known), legacy) for code in range(33, 256)}
    font.ToUnicode = pdf.make_indirect(Stream(pdf, to_unicode({**letters, 32: " "}, digits=2)))


def _require_unicode(font: Any) -> None:
    if not isinstance(font.get("/ToUnicode"), Stream):
        raise NotArchivable(reason="text_without_unicode")


def _says_unicode(encoding: Any) -> bool:
    return _base_encoding(encoding) is not None


def _base_encoding(encoding: Any) -> str | None:
    """Python's name of the encoding, where it is one that every reader knows."""
    name = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    return _ENCODINGS.get(str(name)) if name is not None else None


def _as_dictionary(value: Any) -> Any:
    return value if isinstance(value, Dictionary) else Dictionary()


def _character(code: int, encoding: str) -> str:
    return bytes([code]).decode(encoding, "replace")


def _parsed(data: bytes) -> TTFont:
    try:
        font = TTFont(io.BytesIO(data), lazy=True)
        font["hmtx"], font["head"], font.getGlyphOrder()
    except Exception as problem:  # fontTools raises nearly anything on a broken font
        raise NotArchivable(reason="font_broken") from problem
    return font


def _glyph(glyph_map: Any, cid: int) -> int:
    if not isinstance(glyph_map, Stream):
        return cid
    data = glyph_map.read_bytes()
    return int.from_bytes(data[2 * cid : 2 * cid + 2], "big")


def _cid_widths(descendant: Any) -> Iterator[tuple[int, float]]:
    """ISO 32000-1 9.7.4.3: first [w ...] or first last w."""
    entries = list(descendant.get("/W", Array()))
    at = 0
    while at + 1 < len(entries):
        first = int(entries[at])
        if isinstance(entries[at + 1], Array):
            yield from ((first + place, float(width)) for place, width in enumerate(entries[at + 1]))
            at += 2
        elif at + 2 < len(entries):
            last = min(int(entries[at + 1]), first + 0xFFFF)
            yield from ((cid, float(entries[at + 2])) for cid in range(first, last + 1))
            at += 3
        else:
            return
