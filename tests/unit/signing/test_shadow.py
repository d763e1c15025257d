"""Published attacks that are prepared before signing or live between two readers; none may ever pass.

Families: hide, replace, hide-and-replace (shadow attacks, 2021), evil annotation and sneaky signature (2021),
flattening, repeated signatures, layers, appearance states, object and cross-reference tricks.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec

from signing.model import Content, FileVerdict, Verdict
from signing.verify.file import verify
from tests.unit.signing.attacked import (
    CONTENT,
    FORGED,
    OBJECTS,
    Authority,
    authority,
    build,
    current,
    increment,
    sign,
    stream,
)

Edits = dict[int, bytes | tuple[bytes, bytes]]
"""New bodies of objects, or (old, new) text in the body that is there now."""
_FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 340 50]"
WHITE = stream(b"1 g 0 0 340 50 re f", _FORM)
CLEAR = stream(b"", _FORM)
EVIL = stream(b"BT /F1 18 Tf 0 9 Td (999 dong) Tj ET", _FORM + b"/Resources<</Font<</F1 5 0 R>>>>")
STAMP = b"<</Type/Annot/Subtype/Stamp/Rect[60 680 400 730]/F 4/P 3 0 R/AP<</N 14 0 R>>>>"
EMPTY = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(O)/Rect[72 500 272 520]/F 132/P 3 0 R>>"
CHECK = (
    b"<</Type/Annot/Subtype/Widget/FT/Btn/T(chon)/V/Off/AS/Off/Rect[72 400 90 420]/F 4/P 3 0 R"
    b"/AP<</N<</Off 13 0 R/Yes 14 0 R>>>>>>"
)
AGAIN = b"<</Type/Annot/Subtype/Widget/FT/Sig/T(S2)%s/Rect[72 500 272 520]/F 132/P 3 0 R/AP<</N 51 0 R>>>>"
BESIDE: Edits = {9: (b"14 0 R ]", b"14 0 R 50 0 R ]"), 3: (b"14 0 R ]", b"14 0 R 50 0 R ]"), 51: EVIL}


def changed(number: int, old: bytes, new: bytes) -> dict[int, bytes]:
    assert old in OBJECTS[number]
    return {number: OBJECTS[number].replace(old, new)}


PREPARED: dict[str, dict[int, bytes]] = {
    "plain": {},
    "covering stamp": changed(3, b"[8 0 R]", b"[8 0 R 13 0 R]") | {13: STAMP, 14: WHITE},
    "covering picture": changed(3, b"/Resources<<", b"/Resources<</XObject<</X 13 0 R>>")
    | {4: stream(CONTENT + b" q 1 0 0 1 60 680 cm /X Do Q"), 13: WHITE},
    "layer": changed(1, b"/AcroForm", b"/OCProperties<</OCGs[13 0 R]/D 14 0 R>>/AcroForm")
    | changed(3, b"/Resources<<", b"/Resources<</Properties<</L 13 0 R>>")
    | {4: stream(b"/OC /L BDC " + CONTENT + b" EMC"), 13: b"<</Type/OCG/Name(l)>>", 14: b"<</ON[13 0 R]>>"},
    "font": changed(5, b"/Helvetica", b"/Helvetica/ToUnicode 13 0 R/Encoding 14 0 R")
    | {13: stream(b"x"), 14: b"<</Type/Encoding/Differences[49/one]>>"},
    "check box": {8: CHECK, 13: WHITE, 14: EVIL},
    "empty signature field": changed(9, b"[8 0 R]", b"[8 0 R 13 0 R]")
    | changed(3, b"[8 0 R]", b"[8 0 R 13 0 R]")
    | {13: EMPTY},
}
ALTERED: dict[str, tuple[str, Edits]] = {
    "hide: stamp made invisible": ("covering stamp", {13: (b"/F 4", b"/F 2")}),
    "hide: stamp taken away": ("covering stamp", {3: (b"13 0 R", b"")}),
    "hide: stamp made clear": ("covering stamp", {14: CLEAR}),
    "hide: picture made clear": ("covering picture", {13: CLEAR}),
    "replace: picture": ("covering picture", {13: EVIL}),
    "layer switched off": ("layer", {14: b"<</OFF[13 0 R]>>"}),
    "layer by usage": ("layer", {13: b"<</Type/OCG/Name(l)/Usage<</View<</ViewState/OFF>>>>>>"}),
    "font: what is copied": ("font", {13: stream(b"y")}),
    "font: what is shown": ("font", {14: b"<</Type/Encoding/Differences[49/nine]>>"}),
    "flattened form": (
        "plain",
        {3: (b"/Annots [ 8 0 R", b"/Annots ["), 4: stream(CONTENT + b" BT /F1 9 Tf 72 400 Td (x) Tj ET")},
    ),
    "signature shown again": ("plain", BESIDE | {50: AGAIN % b"/V 17 0 R"}),
    "signature shown in an empty field": ("empty signature field", {13: (b"/T(O)", b"/T(O)/V 18 0 R")}),
    "empty field moved over words": ("empty signature field", {13: (b"[72 500", b"[72 700")}),
    "mark on another page": ("plain", {6: (b"/Resources", b"/Annots[14 0 R]/Resources")}),
    "second mark of a signature": (
        "plain",
        {14: (b"/FT /Sig", b"/FT /Sig/Kids[50 0 R]"), 3: (b"14 0 R ]", b"14 0 R 50 0 R ]"), 51: EVIL}
        | {50: b"<</Type/Annot/Subtype/Widget/Parent 14 0 R/Rect[72 500 272 520]/F 132/AP<</N 51 0 R>>>>"},
    ),
    "dynamic form added": ("plain", {9: (b"/DR", b"/XFA 50 0 R/DR"), 50: stream(b"<xdp:xdp/>")}),
    "script at a key": ("plain", {8: (b"/FT/Tx", b"/FT/Tx/AA<</K<</S/JavaScript/JS(x)>>>>")}),
    "script of the document": (
        "plain",
        {1: (b"/AcroForm", b"/AA<</WC<</S/JavaScript/JS(x)>>>>/AcroForm")},
    ),
    "script of a page": ("plain", {6: (b"/Resources", b"/AA<</O<</S/JavaScript/JS(x)>>>>/Resources")}),
    "page blown up": ("plain", {6: (b"/Resources", b"/UserUnit 10/Resources")}),
    "page blended": (
        "plain",
        {6: (b"/Resources", b"/Group<</S/Transparency/CS/DeviceCMYK>>/Resources")},
    ),
    "names of places": ("plain", {1: (b"/AcroForm", b"/Names<</Dests<</Names[(a)[3 0 R]]>>>>/AcroForm")}),
    "associated file": ("plain", {1: (b"/AcroForm", b"/AF[<</Type/Filespec>>]/AcroForm")}),
}
WARNED: dict[str, tuple[str, Edits]] = {
    "fields drawn anew": ("plain", {9: (b"/DR", b"/NeedAppearances true/DR")}),
    "fields drawn in another font": ("plain", {9: (b"F1 12 Tf", b"F1 40 Tf")}),
    "box ticked": ("check box", {8: (b"/AS/Off", b"/AS/Yes")}),
    "pictures of a box exchanged": ("check box", {8: (b"/Off 13 0 R/Yes 14", b"/Off 14 0 R/Yes 13")}),
    "picture of a box replaced": ("check box", {13: EVIL}),
    "link over the page": (
        "plain",
        {3: (b"14 0 R ]", b"14 0 R 50 0 R ]")}
        | {50: b"<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A<</S/URI/URI(http://x)>>>>"},
    ),
}


@pytest.fixture(scope="module")
def who() -> Authority:
    return authority()


@pytest.fixture(scope="module")
def signed(who: Authority) -> dict[str, bytes]:
    return {name: sign(build(OBJECTS | prepared), who) for name, prepared in PREPARED.items()}


def attacked(data: bytes, edits: Edits) -> bytes:
    bodies = {}
    for number, edit in edits.items():
        if isinstance(edit, tuple):
            body = current(data, number)
            assert edit[0] in body, (number, body)
            edit = body.replace(*edit)
        bodies[number] = edit
    return increment(data, bodies)


def judge(tmp_path: Path, data: bytes, who: Authority) -> FileVerdict:
    file = tmp_path / "file.pdf"
    file.write_bytes(data)
    return verify(file, who.trust)


@pytest.mark.parametrize("name", PREPARED)
def test_what_is_prepared_is_as_signed_until_it_is_used(
    name: str, tmp_path: Path, who: Authority, signed: dict[str, bytes]
) -> None:
    assert judge(tmp_path, signed[name], who).content is Content.AS_SIGNED


@pytest.mark.parametrize("attack", ALTERED)
def test_what_was_signed_is_altered(
    attack: str, tmp_path: Path, who: Authority, signed: dict[str, bytes]
) -> None:
    prepared, edits = ALTERED[attack]
    verdict = judge(tmp_path, attacked(signed[prepared], edits), who)
    assert (verdict.content, verdict.verdict) == (Content.ALTERED, Verdict.INVALID)


@pytest.mark.parametrize("attack", WARNED)
def test_the_reader_is_told(attack: str, tmp_path: Path, who: Authority, signed: dict[str, bytes]) -> None:
    prepared, edits = WARNED[attack]
    verdict = judge(tmp_path, attacked(signed[prepared], edits), who)
    assert (verdict.content, verdict.verdict) == (Content.WARN, Verdict.UNDETERMINED)


@pytest.mark.parametrize("attack", [*WARNED, "hide: stamp taken away"])
def test_nothing_passes_where_nothing_may_change(attack: str, tmp_path: Path, who: Authority) -> None:
    prepared, edits = (WARNED | ALTERED)[attack]
    certified = sign(build(OBJECTS | PREPARED[prepared]), who, permission=1)
    assert judge(tmp_path, attacked(certified, edits), who).content is Content.ALTERED


def test_annotations_may_go_only_where_the_signer_allowed_it(tmp_path: Path, who: Authority) -> None:
    prepared, edits = ALTERED["hide: stamp taken away"]
    certified = sign(build(OBJECTS | PREPARED[prepared]), who, permission=3)
    assert judge(tmp_path, attacked(certified, edits), who).content is Content.WARN


def test_a_copied_signature_is_no_new_one(tmp_path: Path, who: Authority, signed: dict[str, bytes]) -> None:
    """The dictionary is copied byte for byte, so its value and range are right."""
    data = signed["plain"]
    again = BESIDE | {50: AGAIN % b"/V 52 0 R", 52: current(data, 17)}
    assert judge(tmp_path, attacked(data, again), who).content is Content.ALTERED


@pytest.mark.parametrize("kind", ["other bytes", "another string", "longer"])
def test_contents_must_be_what_stands_in_the_hole(
    kind: str, tmp_path: Path, who: Authority, signed: dict[str, bytes]
) -> None:
    """A reader that takes the value from the object would check another signature than the signed one."""
    data = signed["plain"]
    body = current(data, 17)
    found = re.search(rb"<([0-9A-F]{200,})>", body)
    assert found is not None
    other = {
        "other bytes": b"<" + found[1][:200] + b"00" * 4 + found[1][208:] + b">",
        "another string": b"(chu ky)",
        "longer": b"<" + found[1] + b"00>",
    }[kind]
    verdict = judge(tmp_path, increment(data, {17: body.replace(found[0], other)}), who)
    assert verdict.content is Content.ALTERED
    facts = [each.facts for each in verdict.signatures[0].reasons if each.code == "coverage_broken"]
    assert facts == [{"why": "contents"}]


@pytest.mark.parametrize("field", ["a.b", "ghi_chu"])
def test_dots_in_names_open_no_lock(field: str, tmp_path: Path, who: Authority) -> None:
    named = changed(8, b"ghi_chu", field.encode())
    locked = sign(build(OBJECTS | named), who, lock=FieldMDPSpec(FieldMDPAction.INCLUDE, [field[:1], field]))
    filled: Edits = {8: (b"/V(cu)", b"/V(moi)")}
    renamed: Edits = {8: (f"T({field})".encode(), b"T(x.y)")}
    for edits in (filled, renamed):
        assert judge(tmp_path, attacked(locked, edits), who).content is Content.ALTERED


Crafted = Callable[[bytes], bytes]


def newest(data: bytes) -> int:
    return int(re.findall(rb"startxref\s+(\d+)", data)[-1])


def with_table(data: bytes, body: bytes, table: bytes, entries: bytes = b"", shift: int = 0) -> bytes:
    """An update written by hand: `%d` in the table is where the body begins."""
    at = len(data) + len(body)
    table = table % len(data) if b"%" in table else table
    trailer = b"trailer\n<</Size 70/Root 1 0 R/Prev %d%s>>\n" % (newest(data), entries)
    return data + body + b"xref\n" + table + trailer + b"startxref\n%d\n%%%%EOF\n" % (at + shift)


BODY = b"4 0 obj\n" + stream(FORGED) + b"\nendobj\n"


def hybrid(table: bytes) -> Crafted:
    """The new object stands only in the stream that a hybrid file's table points at (ISO 32000-2 7.5.8.4)."""

    def craft(data: bytes) -> bytes:
        entry = struct.pack(">BIB", 1, len(data), 0)
        section = b"60 0 obj\n<</Type/XRef/Size 61/Root 1 0 R/W[1 4 1]/Index[4 1]/Length 6>>\nstream\n"
        at = len(data) + len(BODY)
        body = BODY + section + entry + b"\nendstream\nendobj\n"
        return with_table(data, body, table, b"/XRefStm %d" % at)

    return craft


def in_object_stream(data: bytes) -> bytes:
    inner = b"5 0 <</Type/Font/Subtype/Type1/BaseFont/Symbol>>"
    held = b"60 0 obj\n" + stream(inner, b"/Type/ObjStm/N 1/First 4") + b"\nendobj\n"
    at = len(data) + len(held)
    places = ((2, 60, 0), (1, len(data), 0), (1, at, 0))
    entries = b"".join(struct.pack(">BIB", *place) for place in places)
    kind = b"/Type/XRef/Size 62/Root 1 0 R/Prev %d/W[1 4 1]/Index[5 1 60 2]" % newest(data)
    section = b"61 0 obj\n" + stream(entries, kind) + b"\nendobj\n"
    return data + held + section + b"startxref\n%d\n%%%%EOF\n" % at


CRAFTED: dict[str, Crafted] = {
    "hybrid, table silent": hybrid(b"0 0\n"),
    "hybrid, table frees it": hybrid(b"4 1\n0000000000 00001 f \n"),
    "another generation": lambda data: with_table(
        data, BODY.replace(b"4 0 obj", b"4 1 obj"), b"4 1\n%010d 00001 n \n"
    ),
    "in an object stream": in_object_stream,
    "place slightly wrong": lambda data: with_table(data, b"  " + BODY, b"4 1\n%010d 00000 n \n"),
    "numbered one too low": lambda data: with_table(data, BODY, b"3 1\n%010d 00000 n \n"),
    **{
        f"table looked for {shift} bytes away": lambda data, shift=shift: with_table(  # type: ignore[misc]
            data, BODY, b"4 1\n%010d 00000 n \n", shift=shift
        )
        for shift in (-7, -1, 1, 2)
    },
    "signed update skipped": lambda data: increment(data, {4: stream(FORGED)}).replace(
        b"/Prev %d>>\nstartxref" % newest(data), b"/Prev %d>>\nstartxref" % newest(build())
    ),
    "no way back": lambda data: data + increment(build(), {4: stream(FORGED)})[len(build()) :],
    "another file behind": lambda data: data + build(OBJECTS | {4: stream(FORGED)}),
    "way back said twice": lambda data: with_table(data, BODY, b"4 1\n%010d 00000 n \n", b"/Prev 7"),
    "comment after the end": lambda data: data + b"%%EOF\n%" + b"x" * 40,
    "old start repeated": lambda data: data + BODY + data[data.rindex(b"startxref") :],
    "catalog encrypted": lambda data: with_table(
        data,
        b"60 0 obj\n<</Filter/Standard/V 1/R 2/O(x)/U(x)/P -4>>\nendobj\n",
        b"60 1\n%010d 00000 n \n",
        b"/Encrypt 60 0 R",
    ),
}


@pytest.mark.parametrize("trick", CRAFTED)
def test_readers_that_disagree_are_never_believed(
    trick: str, tmp_path: Path, who: Authority, signed: dict[str, bytes]
) -> None:
    verdict = judge(tmp_path, CRAFTED[trick](signed["plain"]), who)
    assert verdict.content in {Content.ALTERED, Content.UNCHECKED}
    assert verdict.verdict is not Verdict.VALID
