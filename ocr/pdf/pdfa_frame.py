"""What makes a PDF a PDF/A-2u besides its pages: metadata, output intent, the hidden font."""

from __future__ import annotations

from datetime import datetime
from importlib import resources
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from ocr.pdf import glyphless

_PRODUCER = "Trạm Số"


def add_metadata(pdf: Pdf, title: str, language: str, created: datetime | None) -> None:
    """XMP with the PDF/A claim (ISO 19005-2 6.6.4); the information dictionary says the same."""
    packet = Stream(pdf, _xmp(title, language, created).encode("utf-8"))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(packet)
    pdf.Root.Lang = String(language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    pdf.docinfo["/Title"] = title
    pdf.docinfo["/Producer"] = _PRODUCER
    if created is not None:
        pdf.docinfo["/CreationDate"] = _pdf_date(created)
        pdf.docinfo["/ModDate"] = _pdf_date(created)


def add_output_intent(pdf: Pdf) -> None:
    """sRGB, so that DeviceRGB and DeviceGray are defined colours (ISO 19005-2 6.2.3)."""
    profile = Stream(pdf, resources.files("resources").joinpath("icc/srgb.icc").read_bytes())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


def fill_font(pdf: Pdf, font: Object, letters: glyphless.Letters) -> None:
    """Complete the composite font that the pages refer to, once every letter used is known."""
    program = Stream(pdf, glyphless.font_file())
    program.Length1 = len(glyphless.font_file())
    name = Name("/" + glyphless.FONT_NAME)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=4,
        FontBBox=[0, glyphless.DESCENT, 500, glyphless.ASCENT],
        ItalicAngle=0,
        Ascent=glyphless.ASCENT,
        Descent=glyphless.DESCENT,
        CapHeight=glyphless.ASCENT,
        StemV=80,
        FontFile2=pdf.make_indirect(program),
    )
    space = letters.space_code()
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        DW=round(1000 * glyphless.LETTER_WIDTH),
        W=Array([] if space is None else [space, Array([round(1000 * glyphless.SPACE_WIDTH)])]),
        CIDToGIDMap=pdf.make_indirect(Stream(pdf, letters.glyph_map())),
    )
    font.Type, font.Subtype = Name.Font, Name.Type0
    font.BaseFont, font.Encoding = name, Name("/Identity-H")
    font.DescendantFonts = Array([pdf.make_indirect(descendant)])
    font.ToUnicode = pdf.make_indirect(Stream(pdf, letters.to_unicode()))


def _pdf_date(moment: datetime) -> str:
    zone = moment.strftime("%z") or "+0000"
    return moment.strftime("D:%Y%m%d%H%M%S") + f"{zone[:3]}'{zone[3:5]}'"


def _xmp(title: str, language: str, created: datetime | None) -> str:
    dates = ""
    if created is not None:
        moment = created.isoformat(timespec="seconds") + ("" if created.tzinfo else "+00:00")
        dates = f"<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>"
    return _PACKET.format(
        title=escape(title), language=escape(language), producer=escape(_PRODUCER), dates=dates
    )


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>{dates}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
