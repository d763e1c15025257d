"""python -m tests.bench.signing: signing many files, beside pyHanko's own command line. See --help.

SoftHSM2 as the token, a time-stamp server and a status server on loopback; every signed file is checked.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf

from signing import locate
from signing.model import Level, SealRequest, Secret, SigningRole
from signing.practice.office import PracticeOffice
from signing.seal.session import prepare, seal_with
from tests.bench.contenders import OURS, PYHANKO
from tests.bench.measuring import Usage, run
from tests.bench.pages import bind, specimen_pages
from tests.bench.reporting import machine
from tests.bench.signing_services import serving
from tests.integration import softhsm

LABEL = "BENCH"
ROLE = SigningRole.SO_HOA


def options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.signing", description=__doc__)
    parser.add_argument("--files", type=int, default=50, help="files of the batch (default 50)")
    parser.add_argument("--pages", type=int, default=10, help="pages of each (default 10)")
    parser.add_argument("--theirs", type=int, default=8, help="files for pyHanko's command (default 8)")
    parser.add_argument("--big", type=int, default=300, help="MB of the file whose memory is measured")
    parser.add_argument("--json", type=Path, help="write every figure there")
    return parser.parse_args(arguments)


def main() -> int:
    """Every program must be there: a comparison with nobody is none."""
    given = options()
    if not PYHANKO.is_file() or not softhsm.available():
        sys.stderr.write("SoftHSM2, OpenSC or pyHanko's command are not here (run: make bench-sign)\n")
        return 2
    with tempfile.TemporaryDirectory(prefix="tramso-bench-") as temporary:
        figures = measure(given, Path(temporary))
    for name, value in figures.items():
        sys.stdout.write(f"{name:<58}{value:>12.1f}\n")
    if given.json:
        report = {"machine": machine(), "figures": figures}
        given.json.write_text(json.dumps(report, indent=1), encoding="utf-8")
    return 0


def measure(given: argparse.Namespace, folder: Path) -> dict[str, float]:
    """Every figure of the run; times in milliseconds a file, memory in MB."""
    softhsm.configure(folder / "hsm")
    office = locate.practice(folder / "home")
    softhsm.make(folder / "hsm", LABEL, office, {"clerk": ("clerk", "01")})
    scan = bind("scan", specimen_pages(folder / "pages", given.pages), folder).pdf
    found = batch(office, copies(scan, folder / "ours", given.files))
    found |= theirs(copies(scan, folder / "theirs", given.theirs), folder)
    found["times faster than pyHanko's command"] = found["pyHanko's command: wall"] / found["B-B batch: wall"]
    found |= long_term(folder, scan, given.files)
    return found | memory(folder, given.big)


def copies(scan: Path, folder: Path, count: int) -> list[Path]:
    folder.mkdir()
    return [Path(shutil.copy(scan, folder / f"{number}.pdf")) for number in range(count)]


def batch(office: PracticeOffice, papers: list[Path]) -> dict[str, float]:
    """One login, one check of the certificate, then file after file."""
    address = f"pkcs11:{softhsm.MODULE}?token={LABEL}"
    with locate.identity(address, lambda _: Secret(softhsm.PIN)) as identity:
        signer = identity.signer()
        own = timed(len(papers), lambda _: asyncio.run(signer.async_sign_raw(bytes(200), "sha256")))
        session = prepare(identity, office.trust())
        request = SealRequest(ROLE, Level.B_B, office.mark("clerk"))
        spent = timed(len(papers), lambda number: seal_with(session, papers[number], papers[number], request))
    check(papers)
    return {
        "B-B batch: the token's own CPU": own[0],
        "B-B batch: CPU beyond the token's": spent[0] - own[0],
        "B-B batch: wall": spent[1],
    }


def theirs(papers: list[Path], folder: Path) -> dict[str, float]:
    """pyHanko's command, once for each file, as a user would call it."""
    config = folder / "pyhanko.yml"
    config.write_text(
        f"pkcs11-setups:\n  bench:\n    module-path: {softhsm.MODULE}\n    token-label: {LABEL}\n"
        f"    cert-label: clerk\n    key-label: clerk\n    user-pin: {softhsm.PIN}\n"
    )
    command: list[str | Path] = [PYHANKO, "--config", config, "sign", "addsig", "--use-pades", "--prefer-pss"]
    signed = [path.with_suffix(".signed.pdf") for path in papers]
    usages = [
        run(
            [*command, "--field", "1/20,790,210,820/S", "pkcs11", "--p11-setup", "bench", path, out],
            environment(folder),
            folder / "log",
        )
        for path, out in zip(papers, signed, strict=True)
    ]
    check(signed)
    return {
        "pyHanko's command: CPU": 1e3 * statistics.mean(usage.cpu_s for usage in usages),
        "pyHanko's command: wall": 1e3 * statistics.mean(usage.wall_s for usage in usages),
    }


def long_term(folder: Path, scan: Path, count: int) -> dict[str, float]:
    """B-LTA with servers in a process of their own: everything new for each file, and one session for all."""
    with serving(folder) as services:
        papers = copies(scan, folder / "new", count)
        new = timed(count, lambda number: services.seal_alone(papers[number]))
        check(papers)
        shared = copies(scan, folder / "shared", count)
        with services.session() as session:
            once = timed(count, lambda number: services.seal(session, shared[number]))
        check(shared)
    return {
        "B-LTA, a new context each: wall": new[1],
        "B-LTA, a new context each: CPU": new[0],
        "B-LTA, one session: wall": once[1],
        "B-LTA, one session: CPU": once[0],
        "times faster with one session": new[1] / once[1],
    }


def memory(folder: Path, size: int) -> dict[str, float]:
    """Peak of `tramso sign` on a big file beyond its peak on a small one."""
    peaks = []
    for name, megabytes in (("small", 1), ("big", size)):
        path = big_scan(folder / f"{name}.pdf", megabytes)
        command: list[str | Path] = [OURS, "sign", path, "--identity", "practice:clerk"]
        command += ["--role", ROLE.value, "--level", "B-B"]
        usage: Usage = run(command, environment(folder / "home"), folder / "log")
        peaks.append(usage.peak_bytes / 1e6)
        check([path])
    return {f"memory for {size} MB beyond a small file, MB": peaks[1] - peaks[0]}


def big_scan(path: Path, megabytes: int) -> Path:
    """Pages of noise that nothing can compress."""
    document = pymupdf.open()
    for number in range(max(1, megabytes // 10)):
        page = document.new_page()
        side = 1800 if megabytes >= 10 else 300
        below = pymupdf.Rect(0, 200, page.rect.width, page.rect.height)  # the mark needs free room above
        noise = random.Random(number).randbytes(side * side * 3)
        page.insert_image(below, pixmap=pymupdf.Pixmap(pymupdf.csRGB, side, side, noise, False))
    document.save(path, deflate=True, deflate_images=True)
    document.close()
    return path


def timed(count: int, work: Callable[[int], object]) -> tuple[float, float]:
    """(CPU, wall) milliseconds of one."""
    begun = time.process_time(), time.perf_counter()
    for number in range(count):
        work(number)
    return tuple(  # type: ignore[return-value]
        1e3 * (now - then) / count
        for now, then in zip((time.process_time(), time.perf_counter()), begun, strict=True)
    )


def check(papers: Sequence[Path]) -> None:
    """A figure of files that are not signed is none. Raises SystemExit."""
    for path in papers:
        said = subprocess.run(["pdfsig", "-nocert", path], capture_output=True, text=True, check=False)
        if "Signature is Valid." not in said.stdout:
            raise SystemExit(f"{path} is not validly signed: {said.stdout[-300:]}")


def environment(home: Path) -> dict[str, str]:
    return os.environ | {"TRAMSO_HOME": str(home)}


if __name__ == "__main__":
    sys.exit(main())
