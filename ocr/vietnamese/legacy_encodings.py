"""Vietnamese from before Unicode: TCVN3 (fonts .VnTime ...) and VNI, which put its letters on Western codes.

Sources: TCVN 5712:1993 (VN3) as the ABC fonts carry it; VNI-Windows, where marks follow their letter.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

Encoding = Literal["tcvn3", "tcvn3-capitals", "vni"]

_TCVN3_FONT = re.compile(r"^\.?vn[a-z]", re.I)
_VNI_FONT = re.compile(r"^vni[-\s_]", re.I)
_SYMBOL_AREA = 0xF000
"""Where symbol fonts put their 256 codes."""

_TCVN3_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
"""Letters from a code on."""
_VNI_ALONE = "ñđ ÑĐ ôơ ÔƠ öư ÖƯ æỉ ÆỈ óĩ ÓĨ òị ÒỊ îỵ ÎỴ íí ÍÍ ìì ÌÌ"
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_VNI_MARKS = {
    "ù": _ACUTE,
    "ø": _GRAVE,
    "û": _HOOK,
    "õ": _TILDE,
    "ï": _DOT,
    "â": _CIRCUMFLEX,
    "á": _CIRCUMFLEX + _ACUTE,
    "à": _CIRCUMFLEX + _GRAVE,
    "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE,
    "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE,
    "é": _BREVE + _ACUTE,
    "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}


def _tcvn3() -> dict[str, str]:
    runs = _TCVN3_RUNS.items()
    return {chr(first + place): letter for first, run in runs for place, letter in enumerate(run)}


def _vni() -> dict[str, str]:
    """One or two Western letters for each Vietnamese one."""
    table = {pair[0]: pair[1] for pair in _VNI_ALONE.split()}
    horned = {"ô": "ơ", "Ô": "Ơ", "ö": "ư", "Ö": "Ư"}
    for base in "aeouyAEOUYôÔöÖ":
        for western, marks in _VNI_MARKS.items():
            letter = unicodedata.normalize("NFC", horned.get(base, base) + marks)
            if len(letter) == 1:
                table[base + (western.upper() if base.isupper() else western)] = letter
    return table


TCVN3 = _tcvn3()
VNI = _vni()
_VNI_PARTS = re.compile("|".join(sorted(VNI, key=len, reverse=True)))
_FROM_TCVN3 = {letter: code for code, letter in TCVN3.items()}
_FROM_VNI = {letter: codes for codes, letter in VNI.items()}


def encoding_of(font: str) -> Encoding | None:
    """What the name of a font says about its letters; a subset's prefix does not matter."""
    name = font.rpartition("+")[2]
    if _VNI_FONT.match(name):
        return "vni"
    if _TCVN3_FONT.match(name) and not name.lower().startswith("vni"):
        return "tcvn3-capitals" if re.search(r"H\b", name) else "tcvn3"
    return None


def decode(text: str, encoding: Encoding) -> str:
    """Unicode (NFC) of text whose letters a reader took for Western ones."""
    western = "".join(_western(letter) for letter in text)
    if encoding == "vni":
        return _VNI_PARTS.sub(lambda found: VNI[found[0]], western)
    plain = "".join(TCVN3.get(letter, letter) for letter in western)
    return plain.upper() if encoding == "tcvn3-capitals" else plain


def encode(text: str, encoding: Encoding) -> str:
    """The Western letters under which a legacy font holds the text: the inverse of `decode`.

    TCVN3 has capitals with marks in its capital fonts only, on the codes of the small letters.
    """
    table = _FROM_VNI if encoding == "vni" else _FROM_TCVN3
    letters = unicodedata.normalize("NFC", text.lower() if encoding == "tcvn3-capitals" else text)
    return "".join(table.get(letter, letter) for letter in letters)


def _western(letter: str) -> str:
    code = ord(letter)
    return chr(code - _SYMBOL_AREA) if _SYMBOL_AREA < code <= _SYMBOL_AREA + 0xFF else letter
