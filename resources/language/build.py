"""Make `vi.bigrams.gz`, the frequencies that recognition is corrected with, from published official texts.

    python -m resources.language.build OUT [--leave-out FILE] TEXTS.jsonl.gz ...

Each line of a TEXTS file is a JSON object; every string in it with a space is taken as running text. Official
texts are outside copyright (Luật Sở hữu trí tuệ Điều 15), and only counts of syllables and pairs are kept.
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

MIN_SYLLABLE, MIN_PAIR = 4, 3
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
_NUMBER_FIELD = "so_ky_hieu"


def tokens_of(paragraph: str) -> list[str]:
    """Lower-case syllables; every number is `0`, every other sign is `.`."""
    found = _TOKEN.findall(paragraph.lower())
    return [token if token.isalpha() else "0" if token[0].isdigit() else "." for token in found]


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--leave-out", type=Path)
    given = parser.parse_args()
    skipped = set(given.leave_out.read_text("utf-8").split()) if given.leave_out else set()
    singles: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for paragraph in _paragraphs(given.texts, skipped):
        tokens = tokens_of(paragraph)
        singles.update(tokens)
        pairs.update(pairwise(tokens))
    given.out.write_bytes(_packed(singles, pairs))


def _paragraphs(files: Iterable[Path], skipped: set[str]) -> Iterator[str]:
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                if record.get(_NUMBER_FIELD) in skipped:
                    continue
                for value in record.values():
                    if isinstance(value, str) and " " in value:
                        yield from unicodedata.normalize("NFC", value).split("\n")


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
