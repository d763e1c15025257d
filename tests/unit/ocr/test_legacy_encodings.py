"""Legacy Vietnamese letters come back, whatever is written with them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.vietnamese.legacy_encodings import Encoding, decode, encode, encoding_of

_SMALL = "aăâbcdđeêghiklmnoôơpqrstuưvxy 0123456789.,;:/()-"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")


def _letters(capitals: bool) -> list[str]:
    toned = [
        unicodedata.normalize("NFC", letter + tone)
        for letter in _SMALL
        for tone in (_TONES if letter in "aăâeêioôơuưy" else ("",))
    ]
    return toned + ([letter.upper() for letter in toned] if capitals else [])


@given(st.text(st.sampled_from(_letters(capitals=True))))
def test_vni_comes_back(text: str) -> None:
    assert decode(encode(text, "vni"), "vni") == text


@given(st.text(st.sampled_from(_letters(capitals=False))))
def test_tcvn3_comes_back(text: str) -> None:
    assert decode(encode(text, "tcvn3"), "tcvn3") == text
    assert decode(encode(text.upper(), "tcvn3-capitals"), "tcvn3-capitals") == text.upper()


def test_known_lines() -> None:
    """As such files show them where their fonts are missing."""
    told = "Cộng hòa xã hội chủ nghĩa Việt Nam"
    assert decode("Céng hßa x· héi chñ nghÜa ViÖt Nam", "tcvn3") == told
    assert decode("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni") == told


@pytest.mark.parametrize(
    ("font", "encoding"),
    [
        (".VnTime", "tcvn3"),
        ("ABCDEF+.VnArialH,Bold", "tcvn3-capitals"),
        ("VnTimeH", "tcvn3-capitals"),
        ("VNI-Times-Bold", "vni"),
        ("Verdana", None),
        ("TimesNewRomanPSMT", None),
    ],
)
def test_fonts_tell_their_encoding(font: str, encoding: Encoding | None) -> None:
    assert encoding_of(font) == encoding
