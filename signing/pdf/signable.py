"""What a file allows before it is signed: strict reading, earlier signatures, names of fields."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from itertools import count
from typing import Any, BinaryIO

import pymupdf
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from signing.errors import NotAllowed, NotSignable
from signing.pdf.enumeration import FoundSignature

NO_CHANGES = 1
"""P of DocMDP (ISO 32000-2 table 257)."""
# What pyHanko 0.38 raises on malformed files beside its own errors.
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


def embedded(reader: PdfFileReader) -> list[EmbeddedPdfSignature]:
    """The filled signature fields that pyHanko can read."""
    found: list[EmbeddedPdfSignature] = []
    for name, _, field in enumerate_sig_fields(reader, filled_status=True):
        with suppress(*MALFORMED):
            found.append(EmbeddedPdfSignature(reader, field, name))
    return found


def check_allowed(signatures: Iterable[FoundSignature], field_name: str) -> None:
    """Raises NotAllowed where DocMDP P=1 or a FieldMDP lock of an earlier signature forbids another one.

    pyHanko 0.38 signs over a FieldMDP lock and then calls the earlier signature broken.
    """
    for signature in signatures:
        if signature.permission == NO_CHANGES:
            raise NotAllowed(reason="docmdp", field=signature.name)
        if signature.lock is not None and signature.lock.locks(field_name):
            raise NotAllowed(reason="field_lock", field=signature.name)


def taken_names(writer: SealWriter) -> frozenset[str]:
    """Names of the fields at the top of the form."""
    fields = _entry(_entry(writer.prev.root, "/AcroForm", {}), "/Fields", ())
    return frozenset(str(field.get_object().get("/T", "")) for field in fields)


def fresh_name(taken: Collection[str]) -> str:
    """Signature1, Signature2 ...: the first name that no field has."""
    return next(name for number in count(1) if (name := f"Signature{number}") not in taken)


def _entry(holder: Any, key: str, missing: Any) -> Any:
    """pyHanko follows references on [] but not on get()."""
    return holder[key] if key in holder else missing  # noqa: SIM401
