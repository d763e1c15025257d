"""Files with some bytes changed go through the whole pipeline: a PDF/A or a word for each, never a bug."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop import messages
from desktop.workflow.executor import Processes
from desktop.workflow.job import Context
from desktop.workflow.papers.convert import ConvertFiles, convert_files
from desktop.workflow.services import Workers
from tests.born_digital import FONT, TEXT
from tests.odd_files import sheet

LIMIT_S = 30
Change = tuple[float, int]


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    executor = Processes(1)
    try:
        yield Workers(executor, "tesseract:vie", LIMIT_S, LIMIT_S)
    finally:
        executor.close()


def seeds() -> dict[str, bytes]:
    strip = sheet("L").resize((310, 125))
    found = {}
    for name, kind in (("a.png", "PNG"), ("b.jpg", "JPEG"), ("c.tif", "TIFF")):
        out = io.BytesIO()
        strip.save(out, kind, dpi=(75, 75))
        found[name] = out.getvalue()
    with pymupdf.open() as document:
        document.new_page(width=300, height=120).insert_text((20, 50), TEXT, fontfile=str(FONT), fontname="F")
        document.subset_fonts()
        found["d.pdf"] = document.tobytes()
    with pymupdf.open() as document:
        page = document.new_page(width=300, height=120)
        page.insert_image(page.rect, stream=found["b.jpg"])
        found["e.pdf"] = document.tobytes()
    return found


def mutated(data: bytes, changes: list[Change], kept: float) -> bytes:
    broken = bytearray(data)
    for place, value in changes:
        broken[int(place * (len(broken) - 1))] = value
    return bytes(broken[: max(1, int(len(broken) * kept))])


CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12)
KEPT = st.sampled_from((1.0, 1.0, 1.0, 0.97, 0.6))


@settings(
    max_examples=6,
    deadline=None,
    phases=[
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ],  # shrinking would take minutes
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_mutated_files_end_in_a_file_or_a_word(workers: Workers, tmp_path: Path, data: st.DataObject) -> None:
    paths = []
    for name, whole in seeds().items():
        paths.append(tmp_path / name)
        paths[-1].write_bytes(mutated(whole, data.draw(CHANGES, name), data.draw(KEPT, name)))
    targets = tuple(path.with_suffix(".made.pdf") for path in paths)
    done = convert_files(workers, ConvertFiles(tuple(paths), targets), Context()).value
    for entry in done:
        if entry.output is None:
            assert entry.problem is not None and entry.problem.code != "bug"
            assert messages.has(f"problem.{entry.problem.code}.what")
        else:
            with pymupdf.open(entry.output) as document:
                assert document.page_count == entry.pages >= 1
                assert not document.is_repaired
