"""The closed list of syllables that Vietnamese spelling allows: initial, rhyme, tone.

A syllable may be rare in official papers and right all the same: `làn`, `vẹt`, `mẽ`.
"""

from __future__ import annotations

import unicodedata
from functools import cache

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_STOPPED = ("p", "t", "c", "ch")
_STOPPED_TONES = {"\u0301", "\u0323"}
"""A rhyme that ends in a stop has the rising or the heavy tone."""

_RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu y yêm yên yêng yêt yêu
    o oa oac oach oai oam oan oang oanh oao oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc
    oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt
    uynh uyt uyu ư ưa ưc ưi ưm ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    """.split()
)
_INITIALS = ("", *"b ch d đ gi h kh l m n nh p ph r s t th tr v x".split())
_BEFORE_FRONT, _BEFORE_BACK = ("k", "gh", "ngh"), ("c", "g", "ng")
_FRONT = ("i", "e", "ê", "y")


@cache
def is_syllable(text: str) -> bool:
    """Whether the lower-case text (NFC) is spelled as a Vietnamese syllable can be, wherever its tone stands."""
    letters = unicodedata.normalize("NFD", text)
    tones = [mark for mark in letters if mark in _TONES]
    if len(tones) > 1:
        return False
    plain = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in _TONES))
    if plain.endswith(_STOPPED) and not _STOPPED_TONES.intersection(tones):
        return False
    return plain in _spellings()


@cache
def _spellings() -> frozenset[str]:
    """All syllables without their tones."""
    front = [rhyme for rhyme in _RHYMES if rhyme.startswith(_FRONT)]
    back = [rhyme for rhyme in _RHYMES if not rhyme.startswith(_FRONT)]
    found = {initial + rhyme for initial in _INITIALS for rhyme in _RHYMES}
    found |= {initial + rhyme for initial in _BEFORE_FRONT for rhyme in front}
    found |= {initial + rhyme for initial in _BEFORE_BACK for rhyme in back}
    found |= {"qu" + rhyme for rhyme in _RHYMES if not rhyme.startswith(("u", "ư", "o"))}
    found |= {"g" + rhyme for rhyme in front if rhyme.startswith("i")}
    return frozenset(found)
