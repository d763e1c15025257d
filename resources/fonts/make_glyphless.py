"""Makes glyphless.ttf, the font of the invisible text in our PDF/A files: three empty glyphs.

Run by hand when the font must change: python -m resources.fonts.make_glyphless
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

UNITS_PER_EM = 1000
ADVANCES = {".notdef": 500, "letter": 500, "space": 250}
ASCENT, DESCENT = 900, -250


def glyphless() -> bytes:
    """The font file; the same bytes each time."""
    builder = FontBuilder(UNITS_PER_EM, isTTF=True)
    builder.setupGlyphOrder(list(ADVANCES))
    builder.setupCharacterMap({0x20: "space"})
    builder.setupGlyf({name: Glyph() for name in ADVANCES})
    builder.setupHorizontalMetrics({name: (advance, 0) for name, advance in ADVANCES.items()})
    builder.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    builder.setupNameTable({"familyName": "TramSoGlyphless", "styleName": "Regular"}, mac=False)
    builder.setupOS2(sTypoAscender=ASCENT, sTypoDescender=DESCENT, usWinAscent=ASCENT, usWinDescent=-DESCENT)
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    out = BytesIO()
    builder.save(out)
    return out.getvalue()


if __name__ == "__main__":
    Path(__file__).with_name("glyphless.ttf").write_bytes(glyphless())
