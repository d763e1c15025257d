"""Turns a typeset sheet into PDF/A-2u (ISO 19005-2): colour profile, identifiers, nothing left to chance."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

import pikepdf
from PIL import ImageCms

from resources.specimens.sheet import Sheet

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:dc="http://purl.org/dc/elements/1.1/">
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>U</pdfaid:conformance>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def to_pdfa(sheet: Sheet, title: str) -> bytes:
    """The sheet as PDF/A-2u with embedded subset fonts; the same sheet gives the same bytes."""
    document = sheet.pdf()
    document.subset_fonts()
    drawn = document.tobytes(garbage=4, no_new_id=True)
    out = BytesIO()
    with pikepdf.open(BytesIO(drawn)) as pdf:
        pdf.Root.Metadata = pdf.make_stream(
            _XMP.format(title=escape(title)).encode(), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        pdf.Root.OutputIntents = pikepdf.Array([_output_intent(pdf)])
        pdf.Root.Lang = pikepdf.String("vi-VN")
        if "/Info" in pdf.trailer:
            del pdf.trailer["/Info"]
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and "/DescendantFonts" in thing:
                _mend_font(thing)
        pdf.save(out, deterministic_id=True, min_version="1.7", compress_streams=True)
    return out.getvalue()


def _mend_font(font: pikepdf.Dictionary) -> None:
    """Two things that MuPDF leaves open.

    The map from CIDs to glyphs, which PDF/A wants even where it is the identity; and one glyph serves hyphen
    and soft hyphen, space and hard space, of which it names the wrong one to whoever copies the text.
    """
    font.DescendantFonts[0].CIDToGIDMap = pikepdf.Name.Identity
    names = font.ToUnicode.read_bytes()
    for wrong, right in ((b"> <00ad>\n", b"> <002d>\n"), (b"> <00a0>\n", b"> <0020>\n")):
        names = names.replace(wrong, right)
    font.ToUnicode.write(names)


def _output_intent(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    """sRGB, so that device colours mean something."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[24:36] = bytes.fromhex("07ea00010001000000000000")  # littleCMS stamps the time of day: fix it
    data[84:100] = bytes(16)  # and the profile id over it
    profile = pdf.make_stream(bytes(data), N=3)
    intent = pikepdf.Dictionary(
        Type=pikepdf.Name.OutputIntent,
        S=pikepdf.Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("sRGB"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    return pdf.make_indirect(intent)
