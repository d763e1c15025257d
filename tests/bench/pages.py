"""The pages that both programs get: scans of the specimen office, and real papers where they are there."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf as _pymupdf
from PIL import Image

from resources.specimens import formats, papers_office
from resources.specimens.damage import Scan, scanned
from resources.specimens.scans import DELIVERIES, printed

pymupdf: Any = _pymupdf  # its functions carry no types


@dataclass(frozen=True, slots=True)
class Page:
    """A scanned page as a JPEG file, and what a perfect reader finds on it."""

    jpeg: Path
    truth: str


@dataclass(frozen=True, slots=True)
class Workload:
    """Pages of one sort in the one PDF that both programs get."""

    name: str
    pdf: Path
    truths: tuple[str, ...]

    @property
    def page_count(self) -> int:
        return len(self.truths)


def specimen_pages(folder: Path, number: int, seed: int = 1) -> tuple[Page, ...]:
    """So many 300 dpi colour scans of the specimen office, no two with the same damage."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(islice(_scans(folder, seed), number))


def _scans(folder: Path, seed: int) -> Iterator[Page]:
    """Every scanned paper of the office again and again, always with other damage."""
    feeds = [feed for delivery in DELIVERIES if not delivery.photo for feed in delivery.feeds]
    for tour in count():
        for place, feed in enumerate(feeds):
            rng = np.random.default_rng([seed, tour, place])
            draft = feed.draw(rng)
            if draft.kind == "separator":
                continue
            for side, sheet in enumerate(draft.sheets):
                path = folder / f"{tour:03}-{place:02}-{side}.jpg"
                path.write_bytes(formats.jpeg(scanned(printed(sheet, rng), feed.how, rng)))
                yield Page(path, sheet.text)


def a3_spread(path: Path, dpi: int = 600) -> None:
    """Two sheets side by side, as a scanner for A3 gives them."""
    rng = np.random.default_rng(1)
    drafts = papers_office.announcement(rng), papers_office.invitation(rng)
    spread = np.hstack([draft.sheets[0].picture(dpi) for draft in drafts])
    path.write_bytes(formats.jpeg(scanned(spread, Scan(), rng), dpi))


def shared_pages(shared: Path, folder: Path, per_kind: int) -> dict[str, tuple[Page, ...]]:
    """Real papers printed and damaged by the public evaluation tool, by level of damage; none without it."""
    tool = shared / "tools" / "evaluate.py"
    corpus = shared / "corpus"
    if not (tool.is_file() and corpus.is_dir()):
        return {}
    command = ["pages", str(folder), "--corpus", str(corpus), "--per-kind", str(per_kind)]
    subprocess.run([sys.executable, str(tool), *command], check=True, stdout=subprocess.DEVNULL)
    levels: defaultdict[str, list[Page]] = defaultdict(list)
    for name, entry in json.loads((folder / "truth.json").read_text(encoding="utf-8")).items():
        levels[entry["level"]].append(Page(folder / name, entry["text"]))
    return {level: tuple(pages) for level, pages in levels.items()}


def bind(name: str, pages: Sequence[Page], folder: Path) -> Workload:
    """One PDF of the pages as they came from the scanner, without any text."""
    document = pymupdf.open()
    for page in pages:
        with Image.open(page.jpeg) as image:
            dpi = float(image.info["dpi"][0])
            wide, high = image.size
        sheet = document.new_page(width=wide * 72 / dpi, height=high * 72 / dpi)
        sheet.insert_image(sheet.rect, filename=str(page.jpeg))
    path = folder / f"{name}.pdf"
    document.save(path)
    document.close()
    return Workload(name, path, tuple(page.truth for page in pages))
