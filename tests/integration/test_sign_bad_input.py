"""Bad input and bad luck while signing: a file stays as it was or is correctly signed, without debris."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from signing import locate
from signing.errors import NotSignable
from signing.model import Level, SealRequest, SigningRole
from signing.practice.office import PracticeOffice
from signing.seal.session import SealSession, prepare, seal_with
from tests.integration.program import environment
from tests.unit.signing.conftest import refuse
from tests.unit.signing.papers import decision, poppler_says
from tests.unit.signing.sealed import assert_valid

KILLS = 10
ROLE = SealRequest(SigningRole.SO_HOA, Level.B_B)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    locate.practice(home)
    return home


@pytest.fixture
def office(made: Path) -> PracticeOffice:
    return locate.practice(made)


@pytest.fixture
def session(made: Path, office: PracticeOffice) -> SealSession:
    return prepare(locate.identity("practice:clerk", refuse, made), office.trust())


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return decision(tmp_path / "paper.pdf")


def hybrid(path: Path) -> None:
    """A further update whose table names a stream with other entries (ISO 32000-1 7.5.8.4)."""
    data = path.read_bytes()
    before = int(data.rstrip().removesuffix(b"%%EOF").split()[-1])
    with pikepdf.open(path) as pdf:
        root, size = pdf.trailer["/Root"].objgen[0], int(pdf.trailer["/Size"])
    stream = len(data)
    entry = b"\x01" + stream.to_bytes(4, "big") + b"\x00\x00"
    dictionary = (
        f"<</Type/XRef/Size {size + 1}/W[1 4 2]/Index[{size} 1]/Root {root} 0 R/Length {len(entry)}>>"
    )
    added = f"{size} 0 obj\n{dictionary}\nstream\n".encode() + entry + b"\nendstream\nendobj\n"
    table = stream + len(added)
    trailer = f"<</Size {size + 1}/Root {root} 0 R/Prev {before}/XRefStm {stream}>>"
    added += f"xref\n0 1\n0000000000 65535 f \ntrailer\n{trailer}\nstartxref\n{table}\n%%EOF\n".encode()
    path.write_bytes(data + added)


def dynamic_form(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp/>"))
        pdf.save(path)


def lost_xref(path: Path) -> None:
    data = path.read_bytes()
    at = data.rindex(b"startxref")
    path.write_bytes(data[:at] + b"startxref\n99999999\n%%EOF\n")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (hybrid, "not_signable_hybrid_xref"),
        (dynamic_form, "not_signable_xfa"),
        (lost_xref, "not_signable"),
    ],
)
def test_what_must_not_be_signed_is_refused_whole(
    session: SealSession, paper: Path, spoil: Callable[[Path], None], code: str
) -> None:
    spoil(paper)
    before = paper.read_bytes()
    with pytest.raises(NotSignable) as refused:
        seal_with(session, paper, paper, ROLE)
    assert refused.value.code == code
    assert paper.read_bytes() == before and [each.name for each in paper.parent.iterdir()] == [paper.name]


def linearised(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, linearize=True)


def five_hundred_pages(path: Path) -> None:
    with pymupdf.open(path) as document:
        for _ in range(499):
            document.new_page(0, width=595, height=842)
        document.save(path.with_suffix(".long"))
    path.with_suffix(".long").replace(path)


def object_streams(path: Path) -> None:
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, object_stream_mode=pikepdf.ObjectStreamMode.generate)


@pytest.mark.parametrize("shape", [linearised, five_hundred_pages, object_streams])
def test_odd_but_whole_files_are_signed(
    made: Path, office: PracticeOffice, paper: Path, shape: Callable[[Path], None]
) -> None:
    shape(paper)
    before = paper.read_bytes()
    session = prepare(locate.identity("practice:official", refuse, made), office.trust())
    request = SealRequest(SigningRole.KY_DUYET, Level.B_B, office.mark("official"))
    done = seal_with(session, paper, paper, request)
    assert done.placement is not None
    assert done.placement.page == (500 if shape is five_hundred_pages else 1)
    assert paper.read_bytes().startswith(before)
    assert_valid(paper, office.trust(), expected=1)


@pytest.mark.parametrize("turn", [90, 270])
def test_turned_and_cropped_pages_are_signed(
    session: SealSession, office: PracticeOffice, tmp_path: Path, turn: int
) -> None:
    paper = decision(tmp_path / "turned.pdf", turn, (20, 30, 575, 800))
    seal_with(session, paper, paper, ROLE)
    assert_valid(paper, office.trust(), expected=1)


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """No file of this process may grow beyond `size` bytes: the system refuses as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("share", [0.3, 0.9, 1.02])
def test_disk_that_fills_up_while_copying_or_signing(
    session: SealSession, office: PracticeOffice, paper: Path, share: float
) -> None:
    before = paper.read_bytes()
    with room_for(int(len(before) * share)), pytest.raises(OSError, match="large"):
        seal_with(session, paper, paper, ROLE)
    assert paper.read_bytes() == before and [each.name for each in paper.parent.iterdir()] == [paper.name]
    seal_with(session, paper, paper, ROLE)
    assert_valid(paper, office.trust(), expected=1)


def test_killed_again_and_again_every_file_is_as_it_was_or_signed(
    made: Path, office: PracticeOffice, tmp_path: Path
) -> None:
    """Between files and inside one, at seeded moments; the next run takes away what was left half-made."""
    originals = {f"{number}.pdf": decision(tmp_path / f"{number}.pdf").read_bytes() for number in range(8)}
    moments = random.Random(2026)
    script = Path(__file__).with_name("sign_for_ever.py")
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, script, made, tmp_path], env=environment(made), **pipes) as parent:
        for _ in range(KILLS):
            print(file=parent.stdin, flush=True)
            child = int(parent.stdout.readline())
            time.sleep(moments.uniform(0.0, 0.5))
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            assert parent.stdout.readline() == "over\n"
            whole_or_signed(tmp_path, originals)
        parent.stdin.close()
    assert any((tmp_path / name).read_bytes() != original for name, original in originals.items())
    left = [path for path in tmp_path.iterdir() if path.name not in originals]
    assert left  # at least one was killed inside a file
    for path in left:
        os.utime(path, (0, 0))
    session = prepare(locate.identity("practice:clerk", refuse, made), office.trust())
    for name in originals:
        seal_with(session, tmp_path / name, tmp_path / name, ROLE)
    whole_or_signed(tmp_path, originals)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(originals)


def whole_or_signed(folder: Path, originals: dict[str, bytes]) -> None:
    for name, original in originals.items():
        data = (folder / name).read_bytes()
        if data != original:
            assert data.startswith(original) and set(poppler_says(folder / name)) == {"Signature is Valid."}
