"""What a file allows before it is signed: strict reading, earlier signatures, names of fields."""

from __future__ import annotations

from typing import Any, BinaryIO

import pymupdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.errors import NotAllowed, NotSignable

# What pyHanko 0.38 raises on malformed files beside its own errors (SIGNATURES.md section 2).
MALFORMED = (
    PdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    AssertionError,
    RecursionError,
)


class SealWriter(IncrementalPdfFileWriter):
    """An incremental update that leaves the metadata alone: PDF/A wants them consistent."""

    def _update_meta(self) -> None:
        return


def open_writer(file: BinaryIO) -> SealWriter:
    """A strict writer over the file. Raises NotSignable."""
    try:
        writer = SealWriter(file, strict=True)
        encrypted = writer.security_handler is not None
        hybrid = writer.prev.xrefs.hybrid_xrefs_present
        dynamic = "/XFA" in _entry(writer.prev.root, "/AcroForm", {})
    except MALFORMED as error:
        raise NotSignable(reason="broken") from error
    for reason, found in (("encrypted", encrypted), ("hybrid_xref", hybrid), ("xfa", dynamic)):
        if found:
            raise NotSignable(reason=reason)
    return writer


def check_shape(document: pymupdf.Document) -> None:
    """A second reader must see a whole file too: what MuPDF has to repair, viewers show differently."""
    if document.is_repaired:
        raise NotSignable(reason="broken")
    if document.page_count == 0:
        raise NotSignable(reason="no_pages")


def embedded(reader: PdfFileReader) -> tuple[list[EmbeddedPdfSignature], int]:
    """The filled signature fields that pyHanko can read, and how many it cannot."""
    found: list[EmbeddedPdfSignature] = []
    unreadable = 0
    for name, _, field in enumerate_sig_fields(reader, filled_status=True):
        try:
            found.append(EmbeddedPdfSignature(reader, field, name))
        except MALFORMED:
            unreadable += 1
    return found, unreadable


def check_allowed(signatures: list[EmbeddedPdfSignature], field_name: str) -> None:
    """Raises NotAllowed where DocMDP P=1 or a FieldMDP lock of an earlier signature forbids another one.

    pyHanko 0.38 signs over a FieldMDP lock and then calls the earlier signature broken.
    """
    for signature in signatures:
        if signature.docmdp_level == MDPPerm.NO_CHANGES:
            raise NotAllowed(reason="docmdp", field=signature.field_name)
        lock = signature.fieldmdp
        if lock is not None and lock.is_locked(field_name):
            raise NotAllowed(reason="field_lock", field=signature.field_name)


def fresh_name(reader: PdfFileReader) -> str:
    """Signature1, Signature2 ...: the first name that no field has."""
    fields = _entry(_entry(reader.root, "/AcroForm", {}), "/Fields", ())
    taken = {str(field.get_object().get("/T", "")) for field in fields}
    number = 1
    while f"Signature{number}" in taken:
        number += 1
    return f"Signature{number}"


def _entry(holder: Any, key: str, missing: Any) -> Any:
    """pyHanko follows references on [] but not on get()."""
    return holder[key] if key in holder else missing  # noqa: SIM401
