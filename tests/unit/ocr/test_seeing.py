"""Layers are never worse to the eye at 200 %: on specimens of the office, and on real scans."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ocr import pdfa
from ocr.files.importing import load_page
from ocr.model import PageText
from ocr.pdf.encoded import EncodedPage, Profile
from ocr.pdf.profiles import encoded
from ocr.ports import Pixels
from resources.specimens.damage import scanned
from resources.specimens.scans import DELIVERIES, printed
from tests.seeing import Seen, as_seen, compare


def seen(pixels: Pixels, dpi: float, profile: Profile, folder: Path) -> dict[str, Seen]:
    assert profile != "keep"
    height, width = (side * 72 / dpi for side in pixels.shape[:2])
    page = EncodedPage(1, width, height, encoded(pixels, width, height, profile), PageText())
    pdfa.write([page], folder / "page.pdf", "x")
    return compare(pixels, as_seen(folder / "page.pdf", dpi))


@pytest.fixture(scope="module")
def scan() -> Pixels:
    """A paper with text, a seal and handwriting, out of a scanner at 300 dpi."""
    rng = np.random.default_rng(3)
    feed = DELIVERIES[1].feeds[0]
    return scanned(printed(feed.draw(rng).sheets[0], rng), feed.how, rng)


@pytest.mark.parametrize("profile", ["archive", "compact"])
def test_a_specimen_keeps_every_ink_as_sharp(scan: Pixels, profile: Profile, tmp_path: Path) -> None:
    found = seen(scan, 300, profile, tmp_path)
    assert set(found) == {"black", "red", "blue"}
    for ink in found.values():
        assert ink.likeness > 0.93
        assert ink.lost < 0.002
        assert ink.sharpness > 0.98


def test_real_scans_lose_no_text_and_no_seal(shared: Path, tmp_path: Path) -> None:
    for name in ("B001*", "B018*"):
        [path] = (shared / "corpus" / "B_scanned").glob(name)
        page = load_page(path, 1)
        found = seen(page.pixels, page.dpi, "archive", tmp_path)
        assert found["black"].likeness > 0.93
        assert found["black"].lost < 0.002
        assert found["red"].lost < 0.002
        assert found["blue"].lost < 0.02
        assert min(ink.sharpness for ink in found.values()) > 0.9
