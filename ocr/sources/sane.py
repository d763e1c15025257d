"""SANE scanners through the program `scanimage`: a driver that crashes takes only its own process with it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ocr.errors import (
    CoverOpen,
    DeviceBusy,
    DeviceError,
    DeviceGone,
    DeviceMissing,
    FeederEmpty,
    PagesMissing,
    PaperJam,
    TooManyPages,
)
from ocr.ports import DEFAULT_SCAN, PAPERS_MM, ColourMode, Device, DeviceFeatures, Feed, ScanOptions

LIST_LIMIT_S = 60
MOST_PAGES = 1000
"""More than any feeder holds: a driver that never says "empty" is stopped here."""
PAGE_LIMIT_S = 180
"""Longest time for one page; after that the driver is taken for hung."""
_STOP_POLL_S = 0.2
_END_LIMIT_S = 10
_USUAL_DPIS = (75, 100, 150, 200, 300, 400, 600)

# scanimage exits with the SANE_STATUS that ended the scan
_NO_PAPER = 7
_FAILURES: dict[int, type[DeviceError]] = {
    3: DeviceBusy,
    6: PaperJam,
    _NO_PAPER: FeederEmpty,
    8: CoverOpen,
    9: DeviceGone,
}
_TOLD = re.compile(r"Batch terminated, (\d+) pages? scanned")

# drivers call the same thing by different names
_FEEDS: dict[Feed, tuple[str, ...]] = {
    "flatbed": ("Flatbed",),
    "adf": ("Automatic Document Feeder", "ADF", "ADF Front"),
    "adf-duplex": ("ADF Duplex", "Automatic Document Feeder(duplex)", "Duplex"),
}
_MODES: dict[ColourMode, tuple[str, ...]] = {
    "colour": ("Color", "24bit Color"),
    "grey": ("Gray", "True Gray"),
    "black_white": ("Lineart", "Black & White"),
}


def devices() -> tuple[Device, ...]:
    """Scanners that SANE finds. Raises DeviceMissing when scanimage is not installed."""
    done = _asked("SANE", "-f", "%d|%v %m%n")
    lines = (line.partition("|") for line in done.stdout.splitlines())
    return tuple(Device(f"sane:{address}", name.strip()) for address, _, name in lines if name)


@dataclass(frozen=True, slots=True)
class SaneSource:
    """`sane:NAME`: pages come as they leave the feeder."""

    name: str
    options: ScanOptions = DEFAULT_SCAN

    def pages(self, into: Path, stop: threading.Event | None = None) -> Iterator[Path]:
        into.mkdir(parents=True, exist_ok=True)
        count = 0
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as notes:
            scan = subprocess.Popen(
                self._command(into), stdout=subprocess.PIPE, stderr=notes, text=True, start_new_session=True
            )
            with _watched(scan, stop or threading.Event()) as life:
                for line in scan.stdout or ():
                    life.page_came()
                    page = Path(line.strip())
                    if page.is_file() and page.stat().st_size > 0:
                        count += 1
                        yield page
                    if count >= MOST_PAGES:
                        raise TooManyPages(device=self.name, pages=count)
                    life.page_came()  # the time it took to keep the page is not the scanner's
                scan.wait()
            if life.hung:
                raise DeviceGone(device=self.name, reason="time", pages=count)
            notes.seek(0)
            if stop is None or not stop.is_set():
                self._judge(scan.returncode, count, notes.read())

    def features(self) -> DeviceFeatures:
        """What the scanner offers. Raises DeviceMissing."""
        offered = _offered(self.name)
        return DeviceFeatures(
            tuple(feed for feed, names in _FEEDS.items() if _first(names, offered, "source")),
            _resolutions(offered),
            tuple(mode for mode, names in _MODES.items() if _first(names, offered, "mode")),
        )

    def _judge(self, status: int, count: int, said: str) -> None:
        told = _TOLD.search(said)
        # an emptied feeder is how every feeder scan ends
        if status == 0 or (status == _NO_PAPER and count > 0):
            if told and int(told[1]) > count:
                raise PagesMissing(device=self.name, told=int(told[1]), pages=count)
            return
        reason = said.strip().splitlines()[-1] if said.strip() else str(status)
        raise _FAILURES.get(status, DeviceMissing if "open of device" in said else DeviceError)(
            device=self.name, reason=reason, pages=count
        )

    def _command(self, into: Path) -> list[str]:
        command = [_program(), "-d", self.name, "--format=tiff", "--batch-print"]
        command += [f"--batch={into / 'p%05d.tif'}", "--resolution", str(self.options.dpi)]
        offered = _offered(self.name)
        for option, names in (("mode", _MODES[self.options.mode]), ("source", _FEEDS[self.options.feed])):
            if name := _first(names, offered, option):
                command += [f"--{option}", name]
        if " -x " in offered:
            width, height = PAPERS_MM[self.options.paper]
            command += ["-x", str(width), "-y", str(height)]
        if self.options.feed == "flatbed":
            command.append("--batch-count=1")
        return command


class _Life:
    """When the last page came, and whether the driver was given up."""

    def __init__(self) -> None:
        self.hung = False
        self.page_came()

    def page_came(self) -> None:
        self._last = time.monotonic()

    def silent_s(self) -> float:
        return time.monotonic() - self._last


@contextmanager
def _watched(scan: subprocess.Popen[str], stop: threading.Event) -> Iterator[_Life]:
    """Ends the scan when `stop` is set, when no page came for PAGE_LIMIT_S, and when the block is left."""
    life = _Life()

    def watch() -> None:
        while scan.poll() is None and not stop.wait(_STOP_POLL_S):
            if life.silent_s() > PAGE_LIMIT_S:
                life.hung = True
                break
        _end(scan)

    watcher = threading.Thread(target=watch, name="scan-watch")
    watcher.start()
    try:
        yield life
    finally:
        _end(scan)
        watcher.join()
        if scan.stdout:
            scan.stdout.close()


def _end(scan: subprocess.Popen[str]) -> None:
    """Asked to end, scanimage brings the device to rest; a driver that hangs is not waited for.

    Helper processes of drivers end with it: one that is left holds the pipe, and the scan would never end.
    """
    if scan.poll() is None:
        scan.terminate()
        with suppress(subprocess.TimeoutExpired):
            scan.wait(_END_LIMIT_S)
    with suppress(ProcessLookupError):
        os.killpg(scan.pid, signal.SIGKILL)
    scan.wait()


def _offered(name: str) -> str:
    """What the device's own help lists."""
    done = _asked(name, "-d", name, "-A")
    if done.returncode:
        taken = "Device busy" in done.stderr  # SANE's own words for that status, in every language
        raise (DeviceBusy if taken else DeviceMissing)(device=name, reason=done.stderr.strip()[-200:])
    return done.stdout


def _asked(device: str, *question: str) -> subprocess.CompletedProcess[str]:
    """What scanimage answers; a driver that hangs is a scanner that does not answer."""
    try:
        return subprocess.run(
            [_program(), *question], capture_output=True, text=True, timeout=LIST_LIMIT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise DeviceMissing(device=device, reason="time") from error


def _values(option: str, offered: str) -> list[str]:
    found = re.search(rf"^\s+--{option} ([^\[\n]*)", offered, re.MULTILINE)
    return [value.strip() for value in found[1].split("|")] if found else []


def _first(names: tuple[str, ...], offered: str, option: str) -> str | None:
    values = _values(option, offered)
    return next((name for name in names if name in values), None)


def _resolutions(offered: str) -> tuple[int, ...]:
    """The listed ones, or the usual ones within the range."""
    values = " ".join(_values("resolution", offered)).replace("dpi", "")
    if limits := re.match(r"([\d.]+?)\.\.([\d.]+)", values):
        return tuple(dpi for dpi in _USUAL_DPIS if float(limits[1]) <= dpi <= float(limits[2]))
    return tuple(int(value) for value in values.split() if value.isdigit())


def _program() -> str:
    found = shutil.which("scanimage")
    if found is None:
        raise DeviceMissing(device="SANE", reason="scanimage")
    return found
