"""Make `resources/language/vi.bigrams.gz`, the frequencies that recognition is corrected with.

    python -m ocr.vietnamese.counting OUT [--leave-out FILE] TEXTS.jsonl.gz ...

TEXTS are published official texts, a JSON object a line; every string in it with a space is running text.
Official texts are outside copyright (Luật Sở hữu trí tuệ Điều 15), and only counts are kept: of syllables
that Vietnamese spelling allows, of abbreviations in capitals, and of pairs. Paragraphs in other languages are
passed over, and so are words that are neither (`internet`, `khaisố`).
A file given with --leave-out lists document numbers (one per line) whose texts are skipped, so that tests
stay independent.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

from ocr.vietnamese.syllables import is_syllable

MIN_SYLLABLE, MIN_PAIR = 4, 3
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_WORD = re.compile(r"[^\W\d_]+")
_ABBREVIATION = re.compile("[A-ZĐƯ]{1,8}|[a-zđ]")
"""`UBND`, `NĐ`, and the letter of a point: `a)`."""
_NUMBER_FIELD = "so_ky_hieu"
_OWN_SHARE = 0.5
"""Of the words of a Vietnamese paragraph could be syllables; of an English one at most four in ten are."""


def tokens_of(paragraph: str) -> list[str]:
    """Lower-case syllables and abbreviations; every number is `0`, every sign `.`, other words are empty.

    Nothing of a paragraph in another language.
    """
    found = [piece for token in _TOKEN.findall(paragraph) for piece in _cells(token)]
    words = [token for token in found if _WORD.fullmatch(token)]
    own = sum(is_syllable(word.lower()) for word in words)
    return [_token(token) for token in found] if own >= _OWN_SHARE * len(words) else []


def _cells(token: str) -> Iterator[str]:
    """Where a capital follows a small letter, table cells ran together: `khaiSố` is `khai`, `.`, `Số`."""
    start = 0
    for place, (before, letter) in enumerate(pairwise(token), 1):
        if before.islower() and letter.isupper():
            yield from (token[start:place], ".")
            start = place
    yield token[start:]


def _token(found: str) -> str:
    if not _WORD.fullmatch(found):
        return "0" if found[0].isdigit() else "."
    own = _ABBREVIATION.fullmatch(found) or is_syllable(found.lower())
    return found.lower() if own else ""


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--leave-out", type=Path)
    given = parser.parse_args()
    listed = given.leave_out.read_text("utf-8").splitlines() if given.leave_out else ()
    skipped = {_plain(number) for number in listed}
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for paragraph in _paragraphs(given.texts, skipped):
        tokens = tokens_of(paragraph)
        singles.update(filter(None, tokens))
        pairs.update(pair for pair in pairwise(tokens) if all(pair))
    given.out.write_bytes(_packed(singles, pairs))


def _paragraphs(files: Iterable[Path], skipped: set[str]) -> Iterator[str]:
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                if _plain(record.get(_NUMBER_FIELD) or "") in skipped:
                    continue
                for value in record.values():
                    if isinstance(value, str) and " " in value:
                        yield from unicodedata.normalize("NFC", value).split("\n")


def _plain(number: str) -> str:
    """A document number without its spaces: "04 /2026/TT-BCT" is "04/2026/TT-BCT"."""
    return "".join(number.split())


def _packed(singles: Counter[str], pairs: Counter[tuple[str, str]]) -> bytes:
    """Line 1: syllables; line 2: their counts; then per syllable its followers as `index:count`."""
    kept = sorted(token for token, count in singles.items() if count >= MIN_SYLLABLE)
    index = {token: place for place, token in enumerate(kept)}
    followers: list[list[str]] = [[] for _ in kept]
    for (first, second), count in sorted(pairs.items()):
        if count >= MIN_PAIR and first in index and second in index:
            followers[index[first]].append(f"{index[second]}:{count}")
    lines = [" ".join(kept), " ".join(str(singles[token]) for token in kept)]
    lines += [" ".join(row) for row in followers]
    return gzip.compress("\n".join(lines).encode(), mtime=0)


if __name__ == "__main__":
    main()
