"""python -m tests.bench.marks: where the mark of who approves is put on real documents, nobody helping.

Born-digital ones by their own text, scans by what our recognition reads on every page: a quarter of an hour.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pymupdf

from ocr.page import read_page
from signing.errors import NoRoom
from signing.marks import placement
from signing.model import SigningRole
from signing.pdf.page_layout import TextWord, Words, open_pdf

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
# By the number of the document: the page with its signature block, as a person sees it.
BORN_DIGITAL = {
    "A017": 3, "A021": 13, "A022": 43, "A023": 4, "A028": 1, "A029": 1, "A030": 43, "A031": 30, "A033": 61,
    "A034": 30, "A035": 47, "A036": 13, "A037": 17, "A038": 2,
    "R001": 2, "R002": 1, "R006": 5, "R008": 3, "R010": 3, "R011": 5, "R012": 1, "R015": 1, "R016": 1,
    "R018": 3, "R020": 1, "R022": 2, "R023": 4, "R024": 4, "R026": 2, "R028": 3, "R029": 2, "R031": 1,
    "C001": 2, "C007": 1, "C008": 1, "C009": 1, "C010": 1, "C016": 1, "C017": 1, "C018": 1, "C024": 1,
    "C025": 1, "C026": 3, "C027": 2, "C028": 1, "C029": 2, "C030": 1, "C031": 1, "C032": 1, "C033": 1,
    "C034": 1, "C035": 1,
}  # fmt: skip
SCANNED = {
    "B001": 1, "B004": 4, "B005": 2, "B008": 3, "B009": 10, "B012": 3, "B015": 3, "B016": 2, "B017": 1,
    "B018": 2, "B021": 1, "B023": 3, "B024": 3, "B027": 28, "B029": 15, "B032": 23, "B033": 17, "B035": 36,
    "B037": 26, "B038": 6, "B040": 8, "B041": 5,
}  # fmt: skip


def main() -> int:
    """How many documents have the mark on the right page and over no text, and where it is not so."""
    if not CORPUS.is_dir():
        sys.stderr.write("the folder with real documents is not here\n")
        return 2
    wrong = {}
    with ProcessPoolExecutor(os.cpu_count()) as workers:
        for path, page in documents(CORPUS, SCANNED).items():
            numbers = range(1, _pages(path) + 1)
            found = zip(numbers, workers.map(_read, [path] * len(numbers), numbers), strict=True)
            if why := misplaced(path, page, dict(found)):
                wrong[path.name] = why
    wrong |= {
        path.name: why
        for path, page in documents(CORPUS, BORN_DIGITAL).items()
        if (why := misplaced(path, page))
    }
    count = len(BORN_DIGITAL) + len(SCANNED)
    sys.stdout.write(f"marks well placed: {count - len(wrong)} of {count} documents\n")
    sys.stdout.writelines(f"{name}: {why}\n" for name, why in wrong.items())
    return 0


def documents(corpus: Path, signed_on: Mapping[str, int]) -> dict[Path, int]:
    """The files of these documents with the page that is signed."""
    files = {path.name.partition("_")[0]: path for path in corpus.glob("*/*.pdf")}
    return {files[number]: page for number, page in signed_on.items()}


def misplaced(path: Path, page: int, words: Words | None = None) -> str:
    """What is wrong with the place that is found; empty where nothing is."""
    document = open_pdf(str(path))
    try:
        place = placement.find_in(document, SigningRole.KY_DUYET, words=words)
        if place.page != page:
            return f"page {place.page} in place of {page}"
        box = pymupdf.Rect(*place[1:])
        shown = [*document[page - 1].get_text("words"), *(words or {}).get(page, ())]
        covered = [word[4] for word in shown if box.intersects(pymupdf.Rect(*word[:4]))]
        return f"covers {' '.join(covered)}" if covered else ""
    except NoRoom as problem:
        return problem.code
    finally:
        document.close()


def _read(path: Path, number: int) -> tuple[TextWord, ...]:
    return tuple(TextWord(*word.box, word.text) for word in read_page(path, number).text.words)


def _pages(path: Path) -> int:
    with pymupdf.open(path) as document:
        return int(document.page_count)


if __name__ == "__main__":
    sys.exit(main())
