"""Our own separator sheets, to print: QR code for this program, Patch T for scanners that know no other."""

from __future__ import annotations

from desktop import messages
from ocr.codes.separators import Separator, text_for
from resources.specimens.separators import as_pdf, separator_sheet


def separator_pdf(separator: Separator) -> bytes:
    """One A4 page; the same separator always gives the same bytes."""
    parts = (
        ("separator.dossier", separator.dossier),
        ("separator.component", separator.component),
        ("separator.profile", separator.profile),
    )
    named = [(messages.text(key), value) for key, value in parts if value]
    return as_pdf(separator_sheet(text_for(separator), named))
