"""Makes the files of the specimen office in a folder: again and again, always the same bytes."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from resources.specimens.draft import Draft
from resources.specimens.model import SpecimenFile, SpecimenPage, SpecimenPaper
from resources.specimens.scans import DELIVERIES, Delivery, Feed, encode

LEDGER = ".specimens.json"


def make(folder: Path, seed: int = 1) -> tuple[SpecimenFile, ...]:
    """Writes the specimen files and says what is on them; files that are there and right are left alone.

    The same seed gives the same bytes. Each file appears whole or not at all, so a killed run can go on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ledger = _read_ledger(folder, seed)
    made = []
    for delivery in DELIVERIES:
        path = folder / delivery.name
        entry = ledger.get(delivery.name)
        if entry is None or not path.is_file() or entry["digest"] != _digest(path):
            entry = ledger[delivery.name] = _deliver(path, delivery, seed)
            write_whole(folder / LEDGER, json.dumps({"made_by": _maker(seed), "files": ledger}).encode())
        made.append(SpecimenFile(path, tuple(_stored(paper) for paper in entry["papers"])))
    return tuple(made)


def _deliver(path: Path, delivery: Delivery, seed: int) -> dict[str, Any]:
    """Draws a file and gives its entry in the ledger: its digest, and what is on its papers."""
    rng = np.random.default_rng([seed, zlib.crc32(delivery.name.encode())])
    drafts = tuple(feed.draw(rng) for feed in delivery.feeds)
    data = encode(delivery, drafts, rng)
    write_whole(path, data)
    papers = [asdict(_paper(*drawn)) for drawn in zip(delivery.feeds, drafts, strict=True)]
    return {"digest": hashlib.sha256(data).hexdigest(), "papers": papers}


def _stored(paper: dict[str, Any]) -> SpecimenPaper:
    return SpecimenPaper(**{**paper, "pages": tuple(SpecimenPage(**page) for page in paper["pages"])})


def write_whole(path: Path, data: bytes) -> None:
    """Writes beside the name, then renames: nobody sees half a file."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with beside.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _read_ledger(folder: Path, seed: int) -> dict[str, Any]:
    """What is known of the files made before with this seed by this very program."""
    try:
        known = json.loads((folder / LEDGER).read_bytes())
        files = known["files"] if known["made_by"] == _maker(seed) else {}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return dict(files)


def _maker(seed: int) -> str:
    """Another seed or another edition of the drawing code makes other files."""
    sources = sorted(Path(__file__).parent.glob("*.py"))
    code = hashlib.sha256(b"".join(source.read_bytes() for source in sources))
    return f"{code.hexdigest()} {seed}"


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _paper(feed: Feed, draft: Draft) -> SpecimenPaper:
    turn = 180 if feed.how.upside_down else 0
    pages = []
    for sheet in draft.sheets:
        pages.append(SpecimenPage(sheet.text, turn=turn))
        if feed.blank_back:
            pages.append(SpecimenPage(blank=True, turn=turn))
    return SpecimenPaper(
        draft.name, draft.kind, feed.dossier, feed.component, tuple(pages), dict(draft.fields)
    )
