"""What honest programs do after a leader has signed: told to the reader, and never called an alteration.

Each case is built here from what registry software, savers and signing programs write.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.model import Content, FileVerdict
from signing.verify.file import verify
from tests.unit.signing.attacked import (
    OBJECTS,
    Authority,
    authority,
    build,
    current,
    increment,
    sign,
    stream,
)

Made = Callable[[Authority], bytes]
ALLOWED = {Content.AS_SIGNED, Content.ALLOWED_CHANGES}
TOLD = {Content.WARN}

_RED_RING = b"0.8 0 0 RG 3 w 10 10 80 80 re S"
_RING = RawContent(_RED_RING, box=BoxConstraints(100, 100))
_SEAL = StaticStampStyle(background=_RING, background_opacity=1.0, border_width=0)
_PICTURE = stream(_RED_RING, b"/Type/XObject/Subtype/Form/BBox[0 0 100 100]")


@pytest.fixture(scope="module")
def who() -> Authority:
    return authority()


def judge(tmp_path: Path, data: bytes, who: Authority) -> FileVerdict:
    file = tmp_path / "file.pdf"
    file.write_bytes(data)
    return verify(file, who.trust)


def resaved(data: bytes, **how: object) -> bytes:
    """The same document as another program stores it, before anybody signs."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(out, **how)  # type: ignore[arg-type]
    return out.getvalue()


def sealed(data: bytes, who: Authority) -> bytes:
    """The registry's three: number and day at the head, the agency's seal over a third of the signature."""
    data = sign(data, who, "Signature2", (100, 780, 160, 795))
    return sign(data, who, "Signature3", (300, 80, 400, 180), stamp=_SEAL)


def edited(data: bytes, *edits: tuple[int, bytes, bytes], **new: bytes) -> bytes:
    """An update in which a saver wrote these objects a little differently, and new ones (`o50=...`)."""
    bodies = {int(name[1:]): body for name, body in new.items()}
    for number, before, after in edits:
        body = bodies.get(number, current(data, number))
        assert before in body, (number, body)
        bodies[number] = body.replace(before, after, 1)
    return increment(data, bodies)


def packed_update(data: bytes, number: int, body: bytes) -> bytes:
    """An update that stores one object in an object stream, found through a cross-reference stream."""
    previous = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    size = max(int(each) for each in re.findall(rb"/Size (\d+)", data))
    holder, table = size, size + 1
    head = b"%d 0 " % number
    packed = zlib.compress(head + body)
    at = len(data)
    out = (
        b"%d 0 obj\n<</Type/ObjStm/N 1/First %d/Filter/FlateDecode/Length %d>>\n"
        b"stream\n%s\nendstream\nendobj\n"
        % (
            holder,
            len(head),
            len(packed),
            packed,
        )
    )
    start = at + len(out)
    rows = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + index.to_bytes(2, "big")
        for kind, place, index in ((2, holder, 0), (1, at, 0), (1, start, 0))
    )
    out += (
        b"%d 0 obj\n<</Type/XRef/Size %d/Root 1 0 R/Prev %d/W[1 4 2]/Index[%d 1 %d 2]/Length %d>>\n"
        b"stream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n"
        % (table, size + 2, previous, number, holder, len(rows), rows, start)
    )
    return data + out


def leaf_only(who: Authority) -> Authority:
    """113 of 119 real signatures bring nothing but the signer's own certificate."""
    alone = signers.SimpleSigner(who.signer.signing_cert, who.signer.signing_key, SimpleCertificateStore())
    return replace(who, signer=alone)


def waiting(who: Authority) -> bytes:
    """Signed beside an empty field that waits for the next signer."""
    objects = dict(OBJECTS)
    objects[13] = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(cho)/Rect[400 200 500 260]/F 4/P 3 0 R>>"
    objects[9] = OBJECTS[9].replace(b"[8 0 R]", b"[8 0 R 13 0 R]")
    objects[3] = OBJECTS[3].replace(b"[8 0 R]", b"[8 0 R 13 0 R]")
    return sign(build(objects), who)


XMP = stream(b"<x:xmpmeta/>", b"/Type/Metadata/Subtype/XML")

CASES: dict[str, tuple[Made, set[Content]]] = {
    "number, day and seal as signatures": (lambda who: sealed(sign(build(), who), who), ALLOWED),
    "the same after a certification": (lambda who: sealed(sign(build(), who, permission=2), who), ALLOWED),
    "linearised, then signed and sealed": (
        lambda who: sealed(sign(resaved(build(), linearize=True), who), who),
        ALLOWED,
    ),
    "object streams, then signed and sealed": (
        lambda who: sealed(
            sign(resaved(build(), object_stream_mode=pikepdf.ObjectStreamMode.generate), who), who
        ),
        ALLOWED,
    ),
    "linearised with object streams": (
        lambda who: sealed(
            sign(resaved(build(), linearize=True, object_stream_mode=pikepdf.ObjectStreamMode.generate), who),
            who,
        ),
        ALLOWED,
    ),
    "SHA-1 in adbe.pkcs7.detached": (
        lambda who: sealed(
            sign(build(), who, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED, digest="sha1"), who
        ),
        ALLOWED,
    ),
    "only the signer's certificate inside": (lambda who: sealed(sign(build(), leaf_only(who)), who), ALLOWED),
    "metadata and dates touched": (
        lambda who: edited(sign(build(), who), (1, b"/Metadata 18", b"/Metadata 50"), o50=XMP),
        ALLOWED,
    ),
    "page dates touched": (
        lambda who: edited(sign(build(), who), (3, b"/Type /Page", b"/LastModified(D:20261128)/Type /Page")),
        ALLOWED,
    ),
    "program's private data on a page": (
        lambda who: edited(
            sign(build(), who), (6, b"/Type/Page", b"/PieceInfo<</Tool<</LastModified(D:2026)>>>>/Type/Page")
        ),
        ALLOWED,
    ),
    "validation data added": (
        lambda who: edited(
            sign(build(), who), (1, b"/AcroForm", b"/DSS<</Certs[50 0 R]>>/AcroForm"), o50=stream(b"x")
        ),
        ALLOWED,
    ),
    "page tree made deeper": (
        lambda who: edited(
            sign(build(), who),
            (2, b"3 0 R 6 0 R", b"50 0 R"),
            (6, b"/Parent 2", b"/Parent 50"),
            (3, b"/Parent 2", b"/Parent 50"),
            o50=b"<</Type/Pages/Parent 2 0 R/Count 2/Kids[3 0 R 6 0 R]>>",
        ),
        ALLOWED,
    ),
    "inherited where it stood on the page": (
        lambda who: edited(
            sign(build(), who),
            (2, b"/Count", b"/MediaBox[0 0 595 842]/Count"),
            (6, b"/MediaBox[0 0 595 842]", b""),
        ),
        ALLOWED,
    ),
    "boxes and turns spelled out": (
        lambda who: edited(
            sign(build(), who),
            (6, b"/Type/Page", b"/CropBox[0 0 595 842]/Rotate 0/TrimBox[0.0 0 595 842]/UserUnit 1/Type/Page"),
        ),
        ALLOWED,
    ),
    "content put into a list": (
        lambda who: edited(sign(build(), who), (6, b"/Contents 7 0 R", b"/Contents[7 0 R]")),
        ALLOWED,
    ),
    "an object of the update in an object stream": (
        lambda who: packed_update(
            data := sign(build(), who), 6, current(data, 6).replace(b"/Type/Page", b"/Rotate 0/Type/Page")
        ),
        ALLOWED,
    ),
    "signed into a waiting field": (lambda who: sign(waiting(who), who, "cho", None), ALLOWED),
    "number as a note": (
        lambda who: edited(
            sign(build(), who),
            (3, b"8 0 R", b"8 0 R 50 0 R"),
            o50=b"<</Type/Annot/Subtype/FreeText/Contents(123)/Rect[100 780 160 795]/F 4"
            b"/DA(/F1 9 Tf)/P 3 0 R>>",
        ),
        TOLD,
    ),
    "seal as a stamp": (
        lambda who: edited(
            sign(build(), who),
            (3, b"8 0 R", b"8 0 R 50 0 R"),
            o50=b"<</Type/Annot/Subtype/Stamp/Rect[300 200 400 300]/F 4/P 3 0 R/AP<</N 51 0 R>>>>",
            o51=_PICTURE,
        ),
        TOLD,
    ),
    "incoming stamp in the corner": (
        lambda who: edited(
            sign(build(), who),
            (3, b"8 0 R", b"8 0 R 50 0 R"),
            o50=b"<</Type/Annot/Subtype/Stamp/Rect[20 740 120 840]/F 4/P 3 0 R/AP<</N 51 0 R>>>>",
            o51=_PICTURE,
        ),
        TOLD,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_honest_programs_do_is_no_alteration(case: str, tmp_path: Path, who: Authority) -> None:
    make, wanted = CASES[case]
    verdict = judge(tmp_path, make(who), who)
    told = [(change.what, dict(change.facts)) for each in verdict.signatures for change in each.changes_after]
    assert verdict.content in wanted, (told, verdict.reasons, verdict.warnings)
