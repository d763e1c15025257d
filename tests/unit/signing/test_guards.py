"""The attacks of 2019 on how files are read: coverage, wrapping, forged containers, bytes after the end."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
from pathlib import Path

import pytest

from signing.model import Content, FileVerdict, Verdict
from signing.pdf import byteranges
from signing.verify import guards
from signing.verify.file import verify
from tests.unit.signing.attacked import (
    FORGED,
    OBJECTS,
    Authority,
    authority,
    build,
    current,
    increment,
    sign,
    stream,
    vast,
)


@pytest.fixture(scope="module")
def who() -> Authority:
    return authority()


@pytest.fixture(scope="module")
def signed(who: Authority) -> bytes:
    return sign(build(), who)


def judge(tmp_path: Path, data: bytes, who: Authority, name: str = "file.pdf") -> FileVerdict:
    file = tmp_path / name
    file.write_bytes(data)
    return verify(file, who.trust)


def ranged(data: bytes) -> tuple[re.Match[bytes], list[int]]:
    match = re.search(rb"/ByteRange\s*\[([^\]]*)\]", data)
    assert match is not None
    return match, [int(each) for each in match[1].split()]


def with_range(data: bytes, numbers: list[int]) -> bytes:
    match, _ = ranged(data)
    text = b"/ByteRange [" + b" ".join(b"%d" % each for each in numbers)
    return data[: match.start()] + text.ljust(len(match[0]) - 1) + b"]" + data[match.end() :]


# Incremental saving: what is appended, without an update that a strict reader would follow.
FORGED_OBJECT = b"\n4 0 obj\n" + stream(FORGED) + b"\nendobj\n"
APPENDED = {
    "objects only": FORGED_OBJECT,
    "objects and end": FORGED_OBJECT + b"%%EOF\n",
    "trailer without table": FORGED_OBJECT + b"trailer\n<</Size 20/Root 1 0 R>>\n%%EOF\n",
    "table that points nowhere": FORGED_OBJECT
    + b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 20/Root 1 0 R>>\nstartxref\n99999999\n%%EOF\n",
    "startxref in the middle of nothing": FORGED_OBJECT + b"startxref\n12\n%%EOF\n",
    "no end": FORGED_OBJECT + b"xref\ntrailer\n<</Root 1 0 R>>\nstartxref\n%d %%x\n",
    "previous end repeated": None,
}


@pytest.mark.parametrize("kind", APPENDED)
def test_appended_bytes_are_never_passed_over(
    kind: str, tmp_path: Path, who: Authority, signed: bytes
) -> None:
    tail = APPENDED[kind]
    if tail is None:
        tail = FORGED_OBJECT + signed[signed.rindex(b"startxref") :]
    if b"%d" in tail:
        tail = tail % (len(signed) + tail.index(b"xref") - 1)
    verdict = judge(tmp_path, signed + tail, who)
    assert verdict.content is Content.ALTERED, verdict
    assert verdict.verdict is Verdict.INVALID


def test_blank_bytes_after_the_end_harm_nothing(tmp_path: Path, who: Authority, signed: bytes) -> None:
    assert judge(tmp_path, signed + b"\r\n\x00\n", who).content is Content.AS_SIGNED


RANGES = {
    "hole too big": lambda a, b, c, d: [a, b, c + 20, d - 20],
    "hole too early": lambda a, b, c, d: [a, b - 20, c, d],
    "first bytes left out": lambda a, b, c, d: [10, b - 10, c, d],
    "last bytes left out": lambda a, b, c, d: [a, b, c, d - 30],
    "beyond the file": lambda a, b, c, d: [a, b, c, d + 500],
    "one range": lambda a, b, c, d: [a, b],
    "three ranges": lambda a, b, c, d: [a, b, c, 10, c + 20, d - 20],
    "overlapping": lambda a, b, c, d: [a, c + 5, b, d],
    "negative": lambda a, b, c, d: [a, b, -5, d],
    "nothing": lambda a, b, c, d: [0, 0, 0, 0],
}


@pytest.mark.parametrize("kind", RANGES)
def test_a_wrong_range_protects_nothing(kind: str, tmp_path: Path, who: Authority, signed: bytes) -> None:
    _, numbers = ranged(signed)
    verdict = judge(tmp_path, with_range(signed, RANGES[kind](*numbers)), who)
    assert verdict.content is Content.ALTERED
    assert verdict.signatures[0].integrity == "broken"


def test_wrapped_bytes_are_refused(tmp_path: Path, who: Authority, signed: bytes) -> None:
    """Signature wrapping: the signed second half is moved to the end, own bytes stand in between."""
    _, (_, length, at, rest) = ranged(signed)
    evil = FORGED_OBJECT
    moved = signed[:at] + evil + signed[at:]
    assert (
        judge(tmp_path, with_range(moved, [0, length, at + len(evil), rest]), who).content is Content.ALTERED
    )


CONTAINERS = {
    "empty": b"",
    "zero": b"00",
    "garbage": b"deadbeef" * 40,
    "a sequence": b"3003020101",
}


@pytest.mark.parametrize("kind", CONTAINERS)
def test_a_forged_container_is_no_signature(kind: str, tmp_path: Path, who: Authority, signed: bytes) -> None:
    _, (_, start, end, _) = ranged(signed)
    body = CONTAINERS[kind].ljust(end - start - 2, b"0")
    verdict = judge(tmp_path, signed[: start + 1] + body + signed[end - 1 :], who)
    assert verdict.content is Content.ALTERED


@pytest.mark.parametrize("key", [b"/ByteRange", b"/Contents", b"/SubFilter"])
def test_a_signature_without_its_parts_is_never_as_signed(
    key: bytes, tmp_path: Path, who: Authority, signed: bytes
) -> None:
    verdict = judge(tmp_path, signed.replace(key, key[:-1] + b"X"), who)
    assert verdict.content in {Content.ALTERED, Content.UNCHECKED, Content.UNSIGNED}
    assert verdict.verdict is not Verdict.VALID


def test_a_signature_taken_out_of_the_form_is_missed(tmp_path: Path, who: Authority, signed: bytes) -> None:
    verdict = judge(tmp_path, increment(signed, {9: b"<</Fields[8 0 R]/SigFlags 3>>"}), who)
    assert verdict.content is Content.ALTERED
    assert [reason.code for reason in verdict.reasons] == ["signature_removed"]


def test_remains_of_a_signature_are_said_but_are_none(tmp_path: Path, who: Authority, signed: bytes) -> None:
    match, _ = ranged(signed)
    remains = build(OBJECTS | {13: b"<</Type/Sig%s>>" % match[0]})
    verdict = judge(tmp_path, remains, who, "van ban signed.pdf")
    assert verdict.content is Content.UNSIGNED
    assert [warning.code for warning in verdict.warnings] == ["residual_signature", "named_signed"]


def test_a_file_that_must_be_repaired_is_never_as_signed(
    tmp_path: Path, who: Authority, signed: bytes
) -> None:
    broken = increment(signed, {4: stream(FORGED)})
    broken = broken.replace(b"startxref\n%d" % broken.rindex(b"xref\n4"), b"startxref\n7")
    assert judge(tmp_path, broken, who).content is Content.ALTERED


def test_an_update_whose_table_was_cleared(tmp_path: Path, who: Authority, signed: bytes) -> None:
    """An update that frees every object while the bodies stand in the file for readers that repair."""
    forged = increment(signed, {4: stream(FORGED)}, freed=(2, 3, 5, 6, 7))
    assert judge(tmp_path, forged, who).content is not Content.AS_SIGNED
    assert judge(tmp_path, forged, who).verdict is not Verdict.VALID


def test_names_that_promise_a_signature() -> None:
    assert guards.named_signed("12-QD.signed")
    assert guards.named_signed("Quyết định đã ký")
    assert not guards.named_signed("quyet dinh 12")


def test_trailing_bytes_are_counted() -> None:
    assert guards.trailing_bytes(b"%PDF-1.7 ... %%EOF\r\n\x00") == 0
    assert guards.trailing_bytes(b"%PDF-1.7 ... %%EOF\nhello\n") == 5
    assert guards.trailing_bytes(b"no end") == 6


def test_current_reads_the_newest_body(signed: bytes) -> None:
    assert current(increment(signed, {40: b"<</A 1>>"}), 40) == b"<</A 1>>"


def test_a_form_out_of_measure_is_not_cut_short(tmp_path: Path, who: Authority) -> None:
    """A change behind the last field looked at would be missed: the file is said to be too complex."""
    many = OBJECTS | {9: b"<</Fields[" + b"8 0 R " * 21_000 + b"]>>"}
    verdict = judge(tmp_path, build(many), who)
    assert (verdict.content, verdict.reasons[0].code) == (Content.UNCHECKED, "too_complex")


def test_ten_thousand_revisions(tmp_path: Path, who: Authority, signed: bytes) -> None:
    data = bytearray(signed)
    previous = int(re.findall(rb"startxref\s+(\d+)", signed)[-1])
    for _ in range(10_000):
        at = len(data)
        data += b"xref\n0 0\ntrailer\n<</Size 50/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
            previous,
            at,
        )
        previous = at
    assert judge(tmp_path, bytes(data), who).content in {Content.ALLOWED_CHANGES, Content.UNCHECKED}


@pytest.mark.parametrize("target", ["itself", "forward"])
def test_loops_in_the_chain_end(target: str, tmp_path: Path, who: Authority, signed: bytes) -> None:
    at = len(signed)
    previous = at if target == "itself" else at + 10_000
    tail = b"xref\n0 0\ntrailer\n<</Size 50/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (previous, at)
    assert judge(tmp_path, signed + tail, who).content is Content.ALTERED


def test_a_hole_beyond_measure_is_said_before_it_is_read(
    tmp_path: Path, who: Authority, signed: bytes
) -> None:
    _, (start, length, at, rest) = ranged(signed)
    hole = 2 * byteranges.MAX_CMS_BYTES + 2**20
    padded = with_range(signed, [start, length, at + hole, rest])
    file = tmp_path / "big.pdf"
    with file.open("wb") as out:
        out.write(padded[: at - 1])
        out.truncate(at - 1 + hole)
        out.seek(0, 2)
        out.write(padded[at - 1 :])
    verdict = verify(file, who.trust)
    assert (verdict.content, verdict.reasons[0].code) == (Content.UNCHECKED, "cms_too_big")


def test_two_gigabytes_of_nothing_are_no_pdf(tmp_path: Path, who: Authority) -> None:
    file = tmp_path / "sparse.pdf"
    file.touch()
    os.truncate(file, 2 * 2**30)
    verdict = verify(file, who.trust)
    assert (verdict.content, verdict.reasons[0].code) == (Content.UNCHECKED, "file_not_pdf")


def test_a_signed_file_too_big_to_copy_is_checked_where_it_lies(tmp_path: Path, who: Authority) -> None:
    """A picture of 300 MB in a hole of the file: no revision of it can be held in memory."""
    file = tmp_path / "vast.pdf"
    vast(file, who, 300 * 2**20)
    verdict = verify(file, who.trust)
    assert (verdict.content, verdict.signatures[0].integrity) == (Content.AS_SIGNED, "intact")
    with file.open("r+b") as out:
        out.seek(150 * 2**20)
        out.write(b"1")
    assert verify(file, who.trust).content is Content.ALTERED


def test_two_signatures_of_one_name_are_two(tmp_path: Path, who: Authority, signed: bytes) -> None:
    """Kept by name, the attacker's signature would stand for the one whose words were changed."""
    once = increment(signed, {4: stream(FORGED)})
    twice = sign(once, who, "Signature2")
    start, length, at, rest = ranged(twice[len(once) :])[1]
    renamed = twice.replace(b"Signature2", b"Signature1")
    digest = hashlib.sha256(renamed[start:length] + renamed[at : at + rest]).digest()
    cms = asyncio.run(who.signer.async_sign(digest, "sha256", use_pades=True)).dump().hex().encode()
    data = renamed[: length + 1] + cms.ljust(at - length - 2, b"0") + renamed[at - 1 :]
    verdict = judge(tmp_path, data, who)
    assert [each.integrity for each in verdict.signatures] == ["intact", "intact"]
    assert verdict.signatures[0].covered_bytes == len(signed)
    assert verdict.content is Content.ALTERED
