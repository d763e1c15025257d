"""The one font of all marks: Tinos, drawn like Times New Roman, embedded whole so that PDF/A stays PDF/A."""

from __future__ import annotations

import unicodedata
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO

from fontTools.ttLib import TTFont
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.writer import BasePdfFileWriter


@dataclass(frozen=True, slots=True)
class Face:
    """What drawing and embedding need of the font file; lengths in thousandths of the font size."""

    glyphs: dict[int, int]
    """Code point to glyph."""
    widths: dict[int, int]
    """Glyph to advance width."""
    ascent: int
    descent: int
    box: tuple[int, int, int, int]
    size: int
    packed: bytes


@cache
def face() -> Face:
    """The face that marks are set in, read once."""
    data = files("resources").joinpath("fonts", "tinos-regular.ttf").read_bytes()
    font = TTFont(BytesIO(data), lazy=True)
    unit = 1000 / font["head"].unitsPerEm
    order = font.getReverseGlyphMap()
    head = font["head"]
    return Face(
        glyphs={point: order[name] for point, name in font.getBestCmap().items()},
        widths={order[name]: round(advance * unit) for name, (advance, _) in font["hmtx"].metrics.items()},
        ascent=round(font["hhea"].ascent * unit),
        descent=round(font["hhea"].descent * unit),
        box=(
            round(head.xMin * unit),
            round(head.yMin * unit),
            round(head.xMax * unit),
            round(head.yMax * unit),
        ),
        size=len(data),
        packed=zlib.compress(data, 9),
    )


def encode(text: str) -> tuple[int, ...]:
    """Glyphs of the text; what the font lacks becomes a question mark."""
    glyphs = face().glyphs
    return tuple(glyphs.get(ord(letter), glyphs[ord("?")]) for letter in unicodedata.normalize("NFC", text))


def width(text: str, size: float) -> float:
    """Width of the text in points."""
    widths = face().widths
    return sum(widths[glyph] for glyph in encode(text)) * size / 1000


def embed(writer: BasePdfFileWriter, texts: tuple[str, ...]) -> generic.IndirectObject:
    """Add the font for these texts (ISO 32000-1 9.7, with what ISO 19005-2 6.2.11 asks for)."""
    used = {
        glyph: letter for text in texts for glyph, letter in zip(encode(text), _letters(text), strict=True)
    }
    descendant = _dictionary(
        Type="/Font",
        Subtype="/CIDFontType2",
        BaseFont="/Tinos",
        CIDToGIDMap="/Identity",
        CIDSystemInfo=_dictionary(
            Registry=generic.pdf_string("Adobe"),
            Ordering=generic.pdf_string("Identity"),
            Supplement=generic.NumberObject(0),
        ),
        FontDescriptor=writer.add_object(_descriptor(writer)),
        W=_widths(used),
    )
    return writer.add_object(
        _dictionary(
            Type="/Font",
            Subtype="/Type0",
            BaseFont="/Tinos",
            Encoding="/Identity-H",
            DescendantFonts=generic.ArrayObject([writer.add_object(descendant)]),
            ToUnicode=writer.add_object(generic.StreamObject(stream_data=_to_unicode(used))),
        )
    )


def _letters(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _descriptor(writer: BasePdfFileWriter) -> generic.DictionaryObject:
    font = face()
    program = generic.StreamObject(
        {
            pdf_name("/Length1"): generic.NumberObject(font.size),
            pdf_name("/Filter"): pdf_name("/FlateDecode"),
        },
        encoded_data=font.packed,
    )
    return _dictionary(
        Type="/FontDescriptor",
        FontName="/Tinos",
        Flags=generic.NumberObject(4),
        FontBBox=generic.ArrayObject(generic.NumberObject(side) for side in font.box),
        ItalicAngle=generic.NumberObject(0),
        Ascent=generic.NumberObject(font.ascent),
        Descent=generic.NumberObject(font.descent),
        CapHeight=generic.NumberObject(662),
        StemV=generic.NumberObject(84),
        FontFile2=writer.add_object(program),
    )


def _widths(used: dict[int, str]) -> generic.ArrayObject:
    entries: list[generic.PdfObject] = []
    for glyph in sorted(used):
        entries += [
            generic.NumberObject(glyph),
            generic.ArrayObject([generic.NumberObject(face().widths[glyph])]),
        ]
    return generic.ArrayObject(entries)


def _to_unicode(used: dict[int, str]) -> bytes:
    rows = [f"<{glyph:04x}> <{letter.encode('utf-16-be').hex()}>" for glyph, letter in sorted(used.items())]
    # A bfchar section holds at most 100 entries (Adobe TN 5411).
    parts = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    maps = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{maps}\nendcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode("ascii")


def _dictionary(**entries: str | generic.PdfObject) -> generic.DictionaryObject:
    return generic.DictionaryObject(
        {pdf_name(f"/{key}"): pdf_name(v) if type(v) is str else v for key, v in entries.items()}
    )
