"""Files that two readers may read differently, pages that show what is not signed, marks by strangers."""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import pytest
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.stamp import StaticStampStyle

from signing.model import Content, FileVerdict, SignatureVerdict, Verdict
from signing.ports import TimeStampAuthority
from signing.practice.office import PracticeOffice
from signing.verify.file import verify
from tests.unit.signing.attacked import (
    CONTENT,
    OBJECTS,
    Authority,
    authority,
    build,
    increment,
    sign,
    stream,
)
from tests.unit.signing.test_shadow import BODY, attacked, changed, judge, with_table

SAME = b"4 0 obj\n" + stream(CONTENT) + b"\nendobj\n"
FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"


@pytest.fixture(scope="module")
def who() -> Authority:
    return authority()


@pytest.fixture(scope="module")
def stranger() -> Authority:
    """Anybody who made himself an authority with a few commands."""
    return authority(common="Tự phong")


@pytest.fixture(scope="module")
def signed(who: Authority) -> bytes:
    return sign(build(), who)


def codes(verdict: FileVerdict | SignatureVerdict) -> set[str]:
    return {reason.code for reason in (*verdict.reasons, *verdict.warnings)}


@pytest.mark.parametrize(
    ("number", "key"), [(3, b"/Contents 4 0 R"), (1, b"/Pages 2 0 R"), (6, b"/Contents 7 0 R")]
)
def test_a_key_written_twice_has_two_meanings(
    number: int, key: bytes, tmp_path: Path, who: Authority, signed: bytes
) -> None:
    """The last one is what was signed; a reader that takes the first shows something else."""
    other = key.replace(b"4", b"12").replace(b"2 0", b"10 0").replace(b"7", b"12")
    verdict = judge(tmp_path, attacked(signed, {number: (key, other + key)}), who)
    assert "ambiguous_object" in {change.what for change in verdict.signatures[0].changes_after}
    assert verdict.verdict is Verdict.UNDETERMINED


def test_what_the_signer_wrote_twice_is_his_own(tmp_path: Path, who: Authority) -> None:
    signed = sign(build(OBJECTS | {13: b"<</A 1/A 2>>"}), who)
    assert judge(tmp_path, increment(signed, {50: b"1"}), who).content is Content.ALLOWED_CHANGES


@pytest.mark.parametrize("order", [0, 1])
def test_an_object_with_two_places(order: int, tmp_path: Path, who: Authority, signed: bytes) -> None:
    places = [len(signed), len(signed) + len(SAME)]
    table = b"".join(b"4 1\n%010d 00000 n \n" % place for place in places[:: 1 if order else -1])
    at = len(signed) + len(SAME + BODY)
    start = int(signed[signed.rindex(b"startxref") :].split()[1])
    trailer = b"trailer\n<</Size 70/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (start, at)
    verdict = judge(tmp_path, signed + SAME + BODY + b"xref\n" + table + trailer, who)
    assert verdict.verdict is Verdict.INVALID
    assert "update_not_linked" in codes(verdict)


def test_a_body_that_lay_dormant_is_found_when_it_is_used(tmp_path: Path, who: Authority) -> None:
    """Hide and replace: both bodies are signed, a later table points at the other one."""
    plain = build()
    at = plain.rindex(b"xref\n0")
    moved = plain[at:].replace(b"startxref\n%d" % at, b"startxref\n%d" % (at + len(BODY)))
    signed = sign(plain[:at] + BODY + moved, who)
    assert judge(tmp_path, signed, who).content is Content.AS_SIGNED
    used = with_table(signed, b"", b"4 1\n%010d 00000 n \n" % signed.index(BODY))
    assert judge(tmp_path, used, who).content is Content.ALTERED


@pytest.mark.parametrize(
    ("code", "content", "prepared"),
    [
        ("content_outside", Content.WARN, {4: stream(CONTENT, b"/F(noi khac.txt)")}),
        (
            "content_outside",
            Content.WARN,
            changed(3, b"/Resources<<", b"/Resources<</XObject<</X 13 0 R>>")
            | {13: stream(b"", FORM + b"/Ref<</F(khac.pdf)/Page 0>>")},
        ),
        (
            "active_content",
            Content.AS_SIGNED,
            changed(1, b"/AcroForm", b"/OpenAction<</S/JavaScript/JS(x)>>/AcroForm"),
        ),
        (
            "active_content",
            Content.AS_SIGNED,
            changed(8, b"/FT/Tx", b"/FT/Tx/AA<</F<</S /JavaScript/JS(x)>>>>"),
        ),
        (
            "active_content",
            Content.AS_SIGNED,
            changed(3, b"[8 0 R]", b"[8 0 R 13 0 R]")
            | {13: b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(x.exe)>>>>"},
        ),
        (None, Content.AS_SIGNED, {13: stream(b"/S/JavaScript")}),
    ],
)
def test_what_a_signature_cannot_vouch_for_is_told(
    code: str | None, content: Content, prepared: dict[int, bytes], tmp_path: Path, who: Authority
) -> None:
    verdict = judge(tmp_path, sign(build(OBJECTS | prepared), who), who)
    assert verdict.content is content
    assert codes(verdict) & {"content_outside", "active_content"} == ({code} if code else set())


def test_an_attachment_is_part_of_what_was_signed(tmp_path: Path, who: Authority) -> None:
    names = changed(1, b"/AcroForm", b"/Names<</EmbeddedFiles<</Names[(a)13 0 R]>>>>/AcroForm")
    file = {13: b"<</Type/Filespec/F(a)/EF<</F 14 0 R>>>>", 14: stream(b"mot", b"/Type/EmbeddedFile")}
    signed = sign(build(OBJECTS | names | file), who)
    assert judge(tmp_path, signed, who).content is Content.AS_SIGNED
    swapped = increment(signed, {14: stream(b"hai", b"/Type/EmbeddedFile")})
    assert judge(tmp_path, swapped, who).content is Content.ALTERED


def drawn(content: bytes, width: int, height: int) -> StaticStampStyle:
    box = BoxConstraints(width, height)
    return StaticStampStyle(background=RawContent(content, box=box), background_opacity=1.0, border_width=0)


@pytest.mark.parametrize("ink", [b"1 g", b"0 g", b"0.5 g"])
def test_words_under_a_mark_must_stay_readable(
    ink: bytes, tmp_path: Path, who: Authority, signed: bytes
) -> None:
    bar = drawn(ink + b" 0 0 340 50 re f", 340, 50)
    verdict = judge(tmp_path, sign(signed, who, "Hai", (60, 680, 400, 730), stamp=bar), who)
    assert verdict.content is Content.ALTERED
    assert "content_covered" in {change.what for change in verdict.signatures[0].changes_after}


def test_a_ring_over_words_leaves_them_readable(tmp_path: Path, who: Authority, signed: bytes) -> None:
    """The agency's seal lies over signature and name by law (NĐ 30/2020 PL I)."""
    seal = drawn(b"1 0 0 RG 3 w 3 3 94 94 re S 20 20 60 60 re S", 100, 100)
    verdict = judge(tmp_path, sign(signed, who, "Hai", (80, 620, 180, 720), stamp=seal), who)
    assert (verdict.content, verdict.verdict) == (Content.ALLOWED_CHANGES, Verdict.VALID)


@pytest.mark.parametrize("permission", [None, 2])
def test_a_mark_by_a_stranger_is_told(
    permission: int | None, tmp_path: Path, who: Authority, stranger: Authority
) -> None:
    """Sneaky signature: "000" is written behind the sum under the name of a further signature."""
    certified = sign(build(), who, permission=permission)
    more = drawn(b"BT /F1 18 Tf 0 4 Td (000) Tj ET", 60, 25)
    sneaky = judge(tmp_path, sign(certified, stranger, "Hai", (200, 695, 260, 720), stamp=more), who)
    assert sneaky.content is Content.WARN
    assert "added_by_unknown" in codes(sneaky.signatures[0])
    unseen = judge(tmp_path, sign(certified, stranger, "Hai", None), who)
    assert unseen.content is Content.ALLOWED_CHANGES
    colleague = judge(tmp_path, sign(certified, who, "Hai", (200, 695, 260, 720), stamp=more), who)
    assert colleague.content is Content.ALLOWED_CHANGES


def test_a_time_stamp_alone_is_nobodys_signature(
    tmp_path: Path, office: PracticeOffice, tsa: TimeStampAuthority
) -> None:
    stamped = io.BytesIO()
    stamper = PdfTimeStamper(tsa.stamper())
    asyncio.run(
        stamper.async_timestamp_pdf(
            IncrementalPdfFileWriter(io.BytesIO(build())), "sha256", None, output=stamped
        )
    )
    file = tmp_path / "stamped.pdf"
    file.write_bytes(stamped.getvalue())
    verdict = verify(file, office.trust())
    assert (verdict.content, verdict.verdict) == (Content.AS_SIGNED, Verdict.UNDETERMINED)
    assert codes(verdict) == {"only_timestamp"}
