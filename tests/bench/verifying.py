"""How fast and how small a folder of signed scans is verified: `python -m tests.bench.verifying [files]`.

Compared with one fresh pyHanko process per file, which is what its command line is; and a scan that bears 25
signatures with the same scan that bears one. Prints JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np
import psutil
import pymupdf

from signing import locate
from signing.model import Level, SealRequest, Secret, SigningRole
from signing.seal.session import seal
from signing.trust.store import TrustStore
from signing.verify.file import verify
from tests.unit.signing.attacked import authority, sign_often

PAGES = 10
MANY = 25
_COMPARED = 5
_PYHANKO = """
import asyncio, sys
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
roots = [x509.Certificate.load(open(path, 'rb').read()) for path in sys.argv[2:]]
signature = PdfFileReader(open(sys.argv[1], 'rb')).embedded_signatures[0]
context = ValidationContext(trust_roots=roots)
print(asyncio.run(async_validate_pdf_signature(signature, context)).bottom_line)
"""


def scan(path: Path) -> None:
    """Ten A4 pages of grey noise as JPEG, about 6 MB: what a scanner makes."""
    noise = np.random.default_rng(7)
    document = pymupdf.open()
    for _ in range(PAGES):
        pixels = noise.normal(230, 12, (1754, 1240)).clip(0, 255).astype(np.uint8)
        picture = pymupdf.Pixmap(pymupdf.csGRAY, 1240, 1754, pixels.tobytes(), False)
        page = document.new_page(width=595, height=842)
        page.insert_image(page.rect, stream=picture.tobytes("jpeg", jpg_quality=60))
    document.save(path)
    document.close()


def signed(folder: Path) -> Path:
    home = folder / "home"
    office = locate.practice(home)
    plain, out = folder / "scan.pdf", folder / "signed.pdf"
    scan(plain)
    with locate.identity("practice:clerk", lambda _: Secret(""), home) as clerk:
        seal(plain, out, SealRequest(SigningRole.SO_HOA, Level.B_B), clerk, office.trust())
    return out


def ours(folder: Path, home: Path) -> dict[str, object]:
    """Wall time, time to the first answer, and the most memory of the program with all its workers."""
    command = [str(Path(sys.executable).with_name("tramso")), "verify", str(folder)]
    started = time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "TRAMSO_HOME": str(home)}
    ) as process:
        most = [0]
        watch = threading.Thread(target=_watch, args=(psutil.Process(process.pid), most))
        watch.start()
        assert process.stdout is not None
        first, answers = 0.0, 0
        for _ in process.stdout:
            first = first or time.monotonic() - started
            answers += 1
    watch.join()
    return {
        "seconds": round(time.monotonic() - started, 2),
        "first_answer_s": round(first, 2),
        "answers": answers,
        "peak_mb": most[0] >> 20,
    }


def _watch(process: psutil.Process, most: list[int]) -> None:
    """The sum of what each process holds alone (USS): shared pages are counted once by nobody."""
    while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
        held = 0
        for each in [process, *process.children(recursive=True)]:
            try:
                held += each.memory_full_info().uss
            except psutil.Error:
                continue
        most[0] = max(most[0], held)
        time.sleep(0.2)


def pyhanko(file: Path, roots: list[Path]) -> float:
    """Seconds per file in a fresh process each."""
    started = time.monotonic()
    for _ in range(_COMPARED):
        subprocess.run(
            [sys.executable, "-c", _PYHANKO, str(file), *map(str, roots)], check=True, capture_output=True
        )
    return (time.monotonic() - started) / _COMPARED


def growth(folder: Path) -> dict[str, float]:
    """How many times the processor time of one signature MANY take, each in an update of its own."""
    plain, who = (folder / "scan.pdf").read_bytes(), authority()
    seconds = {}
    for count in (1, MANY):
        file = folder / f"{count}.pdf"
        file.write_bytes(sign_often(plain, who, count))
        seconds[count] = min(_processor_time(file, who.trust) for _ in range(3))
    return {"signatures": MANY, "times_one_signature": round(seconds[MANY] / seconds[1], 1)}


def _processor_time(file: Path, trust: TrustStore) -> float:
    started = time.process_time()
    verify(file, trust)
    return time.process_time() - started


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with tempfile.TemporaryDirectory(prefix="tramso-bench-") as name:
        work = Path(name)
        file = signed(work)
        folder = work / "folder"
        folder.mkdir()
        for number in range(count):
            shutil.copyfile(file, folder / f"{number:05}.pdf")
        found = ours(folder, work / "home")
        theirs = pyhanko(file, sorted((work / "home" / "practice" / "trust").glob("*.crt")))
        each = float(str(found["seconds"])) / count
        report = found | {
            "files": count,
            "file_mb": round(file.stat().st_size / 2**20, 1),
            "ms_per_file": round(1000 * each, 1),
            "pyhanko_ms_per_file": round(1000 * theirs, 1),
            "times_faster": round(theirs / each, 1),
            "growth": growth(work),
        }
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
