"""SANE scanners through the program `scanimage`: a driver that crashes takes only its own process with it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ocr.errors import CoverOpen, DeviceBusy, DeviceError, DeviceMissing, FeederEmpty, PaperJam
from ocr.ports import Device, ScanOptions

LIST_LIMIT_S = 60
A4_MM = ("210", "297")

# scanimage exits with the SANE_STATUS that ended the scan
NO_PAPER = 7
FAILURES: dict[int, type[DeviceError]] = {3: DeviceBusy, 6: PaperJam, NO_PAPER: FeederEmpty, 8: CoverOpen}

SOURCES = {
    "flatbed": ("Flatbed",),
    "adf": ("Automatic Document Feeder", "ADF", "ADF Front"),
    "adf-duplex": ("ADF Duplex", "Automatic Document Feeder(duplex)", "Duplex"),
}


def devices() -> tuple[Device, ...]:
    """Scanners that SANE finds. Raises DeviceMissing when scanimage is not installed."""
    done = subprocess.run(
        [_program(), "-f", "%d|%v %m%n"], capture_output=True, text=True, timeout=LIST_LIMIT_S, check=False
    )
    lines = (line.partition("|") for line in done.stdout.splitlines())
    return tuple(Device(f"sane:{address}", name.strip()) for address, _, name in lines if name)


@dataclass(frozen=True, slots=True)
class SaneSource:
    """`sane:NAME`: pages come as they leave the feeder."""

    name: str
    options: ScanOptions

    def pages(self, into: Path) -> Iterator[Path]:
        into.mkdir(parents=True, exist_ok=True)
        count = 0
        with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as notes:
            scan = subprocess.Popen(self._command(into), stdout=subprocess.PIPE, stderr=notes, text=True)
            try:
                for line in scan.stdout or ():
                    page = Path(line.strip())
                    if page.is_file() and page.stat().st_size > 0:
                        count += 1
                        yield page
            except GeneratorExit:  # nobody wants the rest
                scan.terminate()
                raise
            finally:
                scan.wait()
            notes.seek(0)
            self._judge(scan.returncode, count, notes.read())

    def _judge(self, status: int, count: int, said: str) -> None:
        # an emptied feeder is how every feeder scan ends
        if status == 0 or (status == NO_PAPER and count > 0):
            return
        reason = said.strip().splitlines()[-1] if said.strip() else str(status)
        raise FAILURES.get(status, DeviceMissing if "open of device" in said else DeviceError)(
            device=self.name, reason=reason, pages=count
        )

    def _command(self, into: Path) -> list[str]:
        command = [_program(), "-d", self.name, "--format=tiff", "--batch-print"]
        command += [f"--batch={into / 'p%05d.tif'}", "--resolution", str(self.options.dpi)]
        offered = _offered(self.name)
        if "--mode" in offered:
            command += ["--mode", "Color" if self.options.colour else "Gray"]
        source = next((name for name in SOURCES[self.options.feed] if name in offered), None)
        if source:
            command += ["--source", source]
        if " -x " in offered:
            command += ["-x", A4_MM[0], "-y", A4_MM[1]]
        if self.options.feed == "flatbed":
            command.append("--batch-count=1")
        return command


def _offered(name: str) -> str:
    """What the device's own help lists; drivers call the same feeder by different names."""
    done = subprocess.run(
        [_program(), "-d", name, "-A"], capture_output=True, text=True, timeout=LIST_LIMIT_S, check=False
    )
    if done.returncode:
        raise DeviceMissing(device=name, reason=done.stderr.strip()[-200:])
    return done.stdout


def _program() -> str:
    found = shutil.which("scanimage")
    if found is None:
        raise DeviceMissing(device="SANE", reason="scanimage")
    return found
