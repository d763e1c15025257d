"""Marks are put right where neighbours leave no doubt, and nothing else is touched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.model import Box, Word
from ocr.reading.correction import corrected
from ocr.vietnamese.counting import tokens_of
from ocr.vietnamese.language import bare, vietnamese
from ocr.vietnamese.syllables import is_syllable


def _words(text: str, confidence: float = 0.9) -> list[Word]:
    return [
        Word(word, confidence, Box(20 * place, 0, 20 * place + 15, 10), 0)
        for place, word in enumerate(text.split())
    ]


def _read(text: str, confidence: float = 0.9) -> str:
    return " ".join(word.text for word in corrected(_words(text, confidence)))


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("quy định chỉ tiết một số điều", "quy định chi tiết một số điều"),
        ("theo thâm quyền của mình", "theo thẩm quyền của mình"),
        ("các tỉnh, thành phó trực thuộc", "các tỉnh, thành phố trực thuộc"),
        ("tại Điêu 7 Nghị định này", "tại Điều 7 Nghị định này"),
        ("THÔNG SÓ KỸ THUẬT", "THÔNG SỐ KỸ THUẬT"),
        ("hồ sơ cụ thê.", "hồ sơ cụ thể."),
        ("hồ sơ) - Tố chức đề nghị", "hồ sơ) - Tổ chức đề nghị"),
        ("tổ chức/cá nhân có thâm/quyên", "tổ chức/cá nhân có thẩm/quyền"),
        ("một sỐ điều", "một số điều"),
        ("NÑăm học 2026", "Năm học 2026"),
        ("TGĐÐ Cổng", "TGĐ Cổng"),
        ("điểm Ð, khoản 1", "điểm Đ, khoản 1"),
        ("số 9\u20442012/QH13", "số 9/2012/QH13"),
    ],
)
def test_marks_are_put_right(read: str, meant: str) -> None:
    assert _read(read) == meant


@pytest.mark.parametrize(
    "text",
    [
        "ông Trần Văn Mẫn giữ chức vụ Trưởng ban",
        "bà Nguyễn Thị Hoà và ông Lò Văn Thuỳ",
        "số 6696/VPCP-CN ngày 10/7/2026",
        "CCCD 001090012345 cấp ngày 01/02/2021",
        "theo quy định chung của pháp luật",
        "xã Mẫu Sơn Đông, tỉnh Mẫu",
        "xác định điện trở, xác định lặp",
        "tấm đỡ và tà vẹt trên mặt cầu",
    ],
)
def test_what_is_right_stays(text: str) -> None:
    words = corrected(_words(text))
    assert " ".join(word.text for word in words) == text
    assert all(word.raw is None for word in words)


def test_change_is_recorded_and_can_be_undone() -> None:
    words = corrected(_words("chỉ tiết một số điều"))
    assert [(word.text, word.raw) for word in words if word.raw] == [("chi", "chỉ")]
    assert [word.raw or word.text for word in words] == ["chỉ", "tiết", "một", "số", "điều"]


def test_likely_wrong_words_are_marked() -> None:
    words = corrected([*_words("theo quy định", 0.95), *_words("xqzw", 0.7), *_words("này", 0.3)])
    assert [word.doubtful for word in words] == [False, False, False, True, True]


@given(
    st.lists(st.text(st.characters(exclude_characters="ÐðÑ"), min_size=1, max_size=8), max_size=12),
    st.floats(0, 1),
)
def test_letters_and_numbers_are_never_invented(texts: list[str], confidence: float) -> None:
    words = [Word(text, confidence, Box(0, 0, 1, 1), 0) for text in texts]
    result = corrected(words)
    assert [word.box for word in result] == [word.box for word in words]
    for before, after in zip(words, result, strict=True):
        if after.raw is not None:
            assert after.raw == before.text
            if before.text.isalpha():
                assert bare(after.text) == bare(before.text)
        digits = [letter for letter in before.text if letter.isdecimal()]
        assert [letter for letter in after.text if letter.isdecimal()] == digits


def test_frequencies_hold_no_names_or_numbers_of_persons() -> None:
    language = vietnamese()
    assert not any(any(letter.isdigit() for letter in token) for token in language.counts if token != "0")
    assert language.log_probability("thẩm", "quyền") > language.log_probability("thâm", "quyền") + 5


SPELLED = "làn mẽ vẹt quốc nghiêng ngoẻo gìn giếng khuỷu tuếch ruột yết"
MISSPELLED = "tt of kẻt cac ngỉ ghan quuu thẩẩm điêuu"


@pytest.mark.parametrize("word", SPELLED.split())
def test_what_spelling_allows_is_a_syllable(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", MISSPELLED.split())
def test_what_spelling_does_not_allow_is_none(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("paragraph", "tokens"),
    [
        ("Điều 5. UBND xã, a) thẻ", ["điều", "0", ".", "ubnd", "xã", ".", "a", ".", "thẻ"]),
        ("Tờ khaiSố lượng: qua internet", ["tờ", "khai", ".", "số", "lượng", ".", "qua", ""]),
        ("The Law on Land shall take effect from this day", []),
    ],
)
def test_only_what_is_vietnamese_is_counted(paragraph: str, tokens: list[str]) -> None:
    assert tokens_of(paragraph) == tokens


def test_the_frequencies_are_of_possible_syllables_and_abbreviations_in_order() -> None:
    known = list(vietnamese().counts)
    assert known == sorted(known)
    others = [token for token in known if not is_syllable(token)]
    assert all(re.fullmatch("[a-zđư]{1,8}|0|\\.", token) for token in others)
    assert len(others) < len(known) / 3
