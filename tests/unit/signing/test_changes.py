"""Every rule of the difference policy, each with the attack that it must not let through."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec
from pyhanko.stamp import StaticStampStyle

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
"""New bodies of objects, or a replacement in the body that is there now. 14 is the signature's widget."""


@pytest.fixture(scope="module")
def who() -> Authority:
    return authority()


@pytest.fixture(scope="module")
def signed(who: Authority) -> bytes:
    return sign(build(), who)


def attacked(data: bytes, edits: Edits) -> bytes:
    bodies = {}
    for number, edit in edits.items():
        if isinstance(edit, tuple):
            before, after = edit
            assert before in current(data, number), (number, current(data, number))
            edit = current(data, number).replace(before, after)
        bodies[number] = edit
    return increment(data, bodies)


def judge(tmp_path: Path, data: bytes, who: Authority) -> FileVerdict:
    file = tmp_path / "file.pdf"
    file.write_bytes(data)
    return verify(file, who.trust)


def whats(verdict: FileVerdict, index: int = 0) -> set[str]:
    return {change.what for change in verdict.signatures[index].changes_after}


NOTE = b"<</Type/Annot/Subtype/FreeText/Contents(ghi chu)/Rect[300 300 400 330]/F 4/DA(/F1 9 Tf)/P 3 0 R>>"
COVER = b"<</Type/Annot/Subtype/Square/Rect[60 680 400 730]/C[1 1 1]/IC[1 1 1]/F 4/P 3 0 R/AP<</N 51 0 R>>>>"
WHITE = stream(b"1 g 0 0 340 50 re f", b"/Type/XObject/Subtype/Form/BBox[0 0 340 50]")
LOOSE = b"<</Type/Annot/Subtype/Widget/FT/Tx/V(999)/Rect[72 690 300 720]/F 4>>"
ADD_NOTE: Edits = {3: (b"14 0 R ]", b"14 0 R 50 0 R ]"), 50: NOTE}

ATTACKS: dict[str, tuple[Edits, str]] = {
    "content overwritten": ({4: stream(FORGED)}, "page_content"),
    "content pointed elsewhere": ({3: (b"/Contents 4", b"/Contents 12")}, "page_content"),
    "content of page two emptied": ({7: stream(b"")}, "page_content"),
    "font replaced": ({5: b"<</Type/Font/Subtype/Type1/BaseFont/Symbol>>"}, "font_replaced"),
    "font disguised as validation data": (
        {
            5: b"<</Type/Font/Subtype/Type1/BaseFont/Symbol>>",
            1: (b"/AcroForm", b"/DSS<</Certs[5 0 R]>>/AcroForm"),
        },
        "font_replaced",
    ),
    "page cropped": ({6: (b"595 842", b"595 100")}, "page_changed"),
    "pages turned by inheritance": ({2: (b"/Count", b"/Rotate 180/Count")}, "page_changed"),
    "page turned": ({6: (b"/Type/Page", b"/Type/Page/Rotate 180")}, "page_changed"),
    "page cropped by a box that was not there": (
        {6: (b"/Type/Page", b"/Type/Page/CropBox[0 0 595 100]")},
        "page_changed",
    ),
    "content followed by more": (
        {6: (b"/Contents 7 0 R", b"/Contents[7 0 R 50 0 R]"), 50: stream(FORGED)},
        "page_content",
    ),
    "page added": ({2: b"<</Type/Pages/Count 3/Kids[3 0 R 6 0 R 11 0 R]>>"}, "pages_added"),
    "page removed": ({2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>"}, "pages_removed"),
    "page replaced": ({2: b"<</Type/Pages/Count 2/Kids[11 0 R 6 0 R]>>"}, "page_content"),
    "pages swapped": ({2: b"<</Type/Pages/Count 2/Kids[6 0 R 3 0 R]>>"}, "page_content"),
    "tree replaced (shadow)": ({1: (b"/Pages 2", b"/Pages 10")}, "page_content"),
    "overlay outside the form": ({3: (b"14 0 R ]", b"14 0 R 50 0 R ]"), 50: LOOSE}, "annotation_added"),
    "note that covers the text": (
        {3: (b"14 0 R ]", b"14 0 R 50 0 R ]"), 50: COVER, 51: WHITE},
        "content_covered",
    ),
    "script on opening": (
        {1: (b"/AcroForm", b"/OpenAction<</S/JavaScript/JS(x)>>/AcroForm")},
        "catalog_changed",
    ),
    "script by name": ({1: (b"/AcroForm", b"/Names<</JavaScript<</Names[]>>>>/AcroForm")}, "catalog_changed"),
    "layers that hide": ({1: (b"/AcroForm", b"/OCProperties<</OCGs[]>>/AcroForm")}, "catalog_changed"),
    "tags changed": ({1: (b"/AcroForm", b"/StructTreeRoot<</K[]>>/AcroForm")}, "tags_changed"),
    "field moved": ({8: (b"72 400 300 420", b"72 690 300 720")}, "field_changed"),
    "field hidden": ({8: (b"/F 4", b"/F 2")}, "field_changed"),
    "field renamed": ({8: (b"ghi_chu", b"khac")}, "field_removed"),
    "field of another kind": ({8: (b"/FT/Tx", b"/FT/Btn")}, "field_replaced"),
    "field moved to another parent": ({8: (b"/FT/Tx", b"/FT/Tx/Parent 9 0 R")}, "field_changed"),
    "field taken off the page": ({3: (b"8 0 R 14", b"14")}, "field_mark_removed"),
    "form calculates": ({9: (b"/SigFlags", b"/CO[8 0 R]/SigFlags")}, "form_changed"),
    "form removed": ({1: (b"/AcroForm 9 0 R", b"")}, "signature_removed"),
    "text field added": (
        {9: (b"14 0 R ]", b"14 0 R 50 0 R ]"), 50: b"<</FT/Tx/T(moi)/V(999)>>"},
        "field_added",
    ),
    "signature's reason replaced": ({17: (b"ky duyet", b"da tra lai")}, "signature_changed"),
    "signature's picture replaced": ({16: WHITE}, "signature_changed"),
    "signature pointed elsewhere": (
        {14: (b"/V 17 0 R", b"/V 40 0 R"), 40: b"<</Type/Sig>>"},
        "signature_removed",
    ),
    "signature's value removed": ({14: (b"/V 17 0 R", b"")}, "signature_removed"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_an_alteration(attack: str, tmp_path: Path, who: Authority, signed: bytes) -> None:
    edits, what = ATTACKS[attack]
    verdict = judge(tmp_path, attacked(signed, edits), who)
    assert verdict.content is Content.ALTERED
    assert verdict.verdict is Verdict.INVALID
    told = whats(verdict) if verdict.signatures else set()
    assert what in told | {reason.code for reason in verdict.reasons}


def test_nothing_after_the_signature(tmp_path: Path, who: Authority, signed: bytes) -> None:
    verdict = judge(tmp_path, signed, who)
    assert (verdict.content, verdict.verdict) == (Content.AS_SIGNED, Verdict.VALID)
    assert verdict.signatures[0].covers_whole_file


def test_an_update_that_shows_nothing_is_told(tmp_path: Path, who: Authority, signed: bytes) -> None:
    verdict = judge(tmp_path, increment(signed, {40: b"<</Unused true>>", 4: stream(CONTENT)}), who)
    assert verdict.content is Content.ALLOWED_CHANGES
    assert whats(verdict) == {"nothing_visible"}
    assert not verdict.signatures[0].covers_whole_file


def test_a_freed_font_is_an_alteration(tmp_path: Path, who: Authority, signed: bytes) -> None:
    assert judge(tmp_path, increment(signed, {}, freed=(5,)), who).content is Content.ALTERED
    # What nobody uses may be freed (freed objects are most of pyHanko's false alarms).
    assert judge(tmp_path, increment(signed, {}, freed=(11, 12)), who).content is Content.ALLOWED_CHANGES


def test_another_catalog_is_an_alteration(tmp_path: Path, who: Authority, signed: bytes) -> None:
    shadow = {60: current(signed, 1).replace(b"/Pages 2", b"/Pages 10")}
    assert judge(tmp_path, increment(signed, shadow, root=60), who).content is Content.ALTERED


def test_a_further_signature_is_allowed(tmp_path: Path, who: Authority, signed: bytes) -> None:
    verdict = judge(tmp_path, sign(signed, who, "Signature2", (100, 100, 200, 160)), who)
    assert verdict.content is Content.ALLOWED_CHANGES
    assert verdict.verdict is Verdict.VALID
    assert "signature_added" in whats(verdict)
    assert verdict.signatures[1].content is Content.AS_SIGNED


def test_change_between_two_signatures_hurts_only_the_first(
    tmp_path: Path, who: Authority, signed: bytes
) -> None:
    verdict = judge(tmp_path, sign(attacked(signed, {4: stream(FORGED)}), who, "Signature2"), who)
    assert [each.content for each in verdict.signatures] == [Content.ALTERED, Content.AS_SIGNED]
    assert verdict.content is Content.ALTERED


def test_a_mark_that_covers_words_is_an_alteration(tmp_path: Path, who: Authority, signed: bytes) -> None:
    blank = RawContent(b"1 g 0 0 340 50 re f", box=BoxConstraints(340, 50))
    white = StaticStampStyle(background=blank, background_opacity=1.0, border_width=0)
    box = (60, 680, 400, 730)
    verdict = judge(tmp_path, sign(signed, who, "Signature2", box, stamp=white), who)
    assert "content_covered" in whats(verdict)
    assert verdict.content is Content.ALTERED
    beside = judge(tmp_path, sign(signed, who, "Signature2", (60, 100, 400, 150), stamp=white), who)
    assert beside.content is Content.ALLOWED_CHANGES


@pytest.mark.parametrize(
    ("permission", "content"),
    [(None, Content.WARN), (3, Content.WARN), (2, Content.ALTERED), (1, Content.ALTERED)],
)
def test_notes_need_permission(
    permission: int | None, content: Content, tmp_path: Path, who: Authority
) -> None:
    certified = sign(build(), who, permission=permission)
    verdict = judge(tmp_path, attacked(certified, ADD_NOTE), who)
    assert whats(verdict) == {"annotation_added"}
    assert verdict.content is content


@pytest.mark.parametrize(
    ("permission", "content"), [(None, Content.WARN), (2, Content.WARN), (1, Content.ALTERED)]
)
def test_filling_a_field_is_told(
    permission: int | None, content: Content, tmp_path: Path, who: Authority
) -> None:
    certified = sign(build(), who, permission=permission)
    verdict = judge(tmp_path, attacked(certified, {8: (b"/V(cu)", b"/V(moi)")}), who)
    assert whats(verdict) == {"form_filled"}
    assert verdict.content is content


@pytest.mark.parametrize(
    ("action", "names", "content"),
    [
        (FieldMDPAction.INCLUDE, ["ghi_chu"], Content.ALTERED),
        (FieldMDPAction.INCLUDE, ["khac"], Content.WARN),
        (FieldMDPAction.EXCLUDE, ["ghi_chu"], Content.WARN),
        (FieldMDPAction.EXCLUDE, ["khac"], Content.ALTERED),
        (FieldMDPAction.ALL, None, Content.ALTERED),
    ],
)
def test_a_locked_field_must_stay(
    action: FieldMDPAction, names: list[str] | None, content: Content, tmp_path: Path, who: Authority
) -> None:
    locked = sign(build(), who, lock=FieldMDPSpec(action, names))
    verdict = judge(tmp_path, attacked(locked, {8: (b"/V(cu)", b"/V(moi)")}), who)
    assert verdict.content is content


def test_removed_permissions_are_an_alteration(tmp_path: Path, who: Authority) -> None:
    certified = sign(build(), who, permission=2)
    perms = b"/Perms" + current(certified, 1).split(b"/Perms")[1].split(b">>")[0] + b">>"
    verdict = judge(tmp_path, attacked(certified, {1: (perms, b"")}), who)
    assert "permissions_changed" in whats(verdict)
    assert verdict.content is Content.ALTERED


def test_removed_validation_data_is_an_alteration(tmp_path: Path, who: Authority) -> None:
    with_data = dict(OBJECTS) | {1: OBJECTS[1].replace(b">>", b"/DSS<</Certs[]>>>>")}
    signed = sign(build(with_data), who)
    verdict = judge(tmp_path, attacked(signed, {1: (b"/DSS", b"/XYZ")}), who)
    assert "validation_data_removed" in whats(verdict)


def test_a_shared_appearance_must_not_be_replaced(tmp_path: Path, who: Authority) -> None:
    """The sneaky attacks: the picture of a field is also shown by the page."""
    shared = dict(OBJECTS)
    shared[8] = OBJECTS[8].replace(b"/F 4", b"/F 4/AP<</N 13 0 R>>")
    shared[6] = OBJECTS[6].replace(b"/Resources<<", b"/Resources<</XObject<</X 13 0 R>>")
    shared[13] = WHITE
    signed = sign(build(shared), who)
    other = {8: (b"/N 13 0 R", b"/N 40 0 R"), 40: stream(b"0 g", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]")}
    verdict = judge(tmp_path, attacked(signed, other), who)
    assert "appearance_shared" in whats(verdict)
    assert verdict.content is Content.ALTERED


def test_page_tree_loops_end(tmp_path: Path, who: Authority, signed: bytes) -> None:
    loop = increment(signed, {2: b"<</Type/Pages/Count 2/Kids[3 0 R 2 0 R]>>"})
    assert judge(tmp_path, loop, who).content in {Content.UNCHECKED, Content.ALTERED}


@pytest.mark.parametrize(
    ("rect", "content"), [("300 90 400 120", Content.WARN), ("300 90 350 120", Content.AS_SIGNED)]
)
def test_what_lies_over_a_signature_is_told(
    rect: str, content: Content, tmp_path: Path, who: Authority
) -> None:
    """Evil annotations; a shared border is no overlap."""
    laid = dict(OBJECTS) | {8: OBJECTS[8].replace(b"72 400 300 420", rect.encode())}
    verdict = judge(tmp_path, sign(build(laid), who), who)
    assert verdict.content is content
