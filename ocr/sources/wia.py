"""WIA scanners of Windows through PowerShell: a driver that crashes takes only its own process with it.

Written from Microsoft's documentation of WIA Automation 2.0 (wiaaut); not yet tried on hardware.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ocr.errors import (
    CoverOpen,
    DeviceBusy,
    DeviceError,
    DeviceGone,
    DeviceMissing,
    FeederEmpty,
    PaperJam,
    TooManyPages,
)
from ocr.ports import DEFAULT_SCAN, PAPERS_MM, ColourMode, Device, DeviceFeatures, ScanOptions

LIST_LIMIT_S = 60
MOST_PAGES = 1000
"""More than any feeder holds."""
_INTENT: dict[ColourMode, int] = {"colour": 1, "grey": 2, "black_white": 4}
_FEEDER, _FLATBED, _DUPLEX = 1, 2, 4

# HRESULTs of WIA (wiadef.h) end up as the exit code, counted from 0x80210000
_PAPER_EMPTY = 3
_FAILURES: dict[int, type[DeviceError]] = {
    2: PaperJam,
    _PAPER_EMPTY: FeederEmpty,
    5: DeviceGone,  # WIA_ERROR_OFFLINE
    6: DeviceBusy,
    10: DeviceGone,  # WIA_ERROR_DEVICE_COMMUNICATION
    16: CoverOpen,
}

_LIST = r"""
$m = New-Object -ComObject WIA.DeviceManager
foreach ($d in $m.DeviceInfos) { if ($d.Type -eq 1) { "$($d.DeviceID)|$($d.Properties('Name').Value)" } }
"""
_SCAN = r"""
param($id, $into, $select, $dpi, $intent, $width, $height, $most)
$ErrorActionPreference = 'Stop'
try {
  $m = New-Object -ComObject WIA.DeviceManager
  $info = $m.DeviceInfos | Where-Object { $_.DeviceID -eq $id }
  if (-not $info) { exit 200 }
  $device = $info.Connect()
  try { $device.Properties('3088').Value = [int]$select } catch { }
  $item = $device.Items(1)
  $item.Properties('6146').Value = [int]$intent
  $item.Properties('6147').Value = [int]$dpi
  $item.Properties('6148').Value = [int]$dpi
  try {
    $item.Properties('6151').Value = [int]$width
    $item.Properties('6152').Value = [int]$height
  } catch { }
  for ($n = 1; $n -le [int]$most; $n++) {
    $page = $item.Transfer('{B96B3CAF-0728-11D3-9D7B-0000F81EF32E}')
    $path = Join-Path $into ('p{0:D5}.png' -f $n)
    $page.SaveFile("$path.part")
    Rename-Item "$path.part" $path
    Write-Output $path
  }
} catch {
  $code = $_.Exception.HResult -band 0xFFFF
  if ($_.Exception.InnerException) { $code = $_.Exception.InnerException.HResult -band 0xFFFF }
  if ($code -ge 1 -and $code -le 40) { exit $code }
  exit 255
}
"""


def devices() -> tuple[Device, ...]:
    """Scanners that Windows knows."""
    try:
        done = subprocess.run(
            [*_shell(), "-Command", _LIST], capture_output=True, text=True, timeout=LIST_LIMIT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise DeviceMissing(device="WIA", reason="time") from error
    lines = (line.partition("|") for line in done.stdout.splitlines())
    return tuple(Device(f"wia:{address}", name.strip()) for address, _, name in lines if name)


@dataclass(frozen=True, slots=True)
class WiaSource:
    """`wia:DEVICE_ID`: pages come as they leave the feeder."""

    name: str
    options: ScanOptions = DEFAULT_SCAN

    def pages(self, into: Path, stop: threading.Event | None = None) -> Iterator[Path]:
        into.mkdir(parents=True, exist_ok=True)
        script = into / "scan.ps1"
        script.write_text(_SCAN, encoding="utf-8-sig")
        count = 0
        with subprocess.Popen(self._command(script, into), stdout=subprocess.PIPE, text=True) as scan:
            for line in scan.stdout or ():
                page = Path(line.strip())
                if page.is_file():
                    count += 1
                    yield page
                if stop is not None and stop.is_set():
                    scan.terminate()
                    return
        script.unlink()
        if count >= MOST_PAGES:
            raise TooManyPages(device=self.name, pages=count)
        if scan.returncode == 0 or (scan.returncode == _PAPER_EMPTY and count > 0):
            return
        kind = _FAILURES.get(scan.returncode, DeviceMissing if scan.returncode == 200 else DeviceError)
        raise kind(device=self.name, reason=f"WIA {scan.returncode}", pages=count)

    def features(self) -> DeviceFeatures:
        """WIA does not tell what a scanner offers. Raises DeviceMissing."""
        if all(device.address != f"wia:{self.name}" for device in devices()):
            raise DeviceMissing(device=self.name, reason="WIA")
        return DeviceFeatures()

    def _command(self, script: Path, into: Path) -> list[str]:
        width, height = (round(side / 25.4 * self.options.dpi) for side in PAPERS_MM[self.options.paper])
        select = {"flatbed": _FLATBED, "adf": _FEEDER, "adf-duplex": _FEEDER | _DUPLEX}[self.options.feed]
        most = 1 if self.options.feed == "flatbed" else MOST_PAGES
        values = [self.name, into, select, self.options.dpi, _INTENT[self.options.mode], width, height, most]
        return [*_shell(), "-File", str(script), *map(str, values)]


def _shell() -> list[str]:
    found = shutil.which("powershell")
    if found is None:
        raise DeviceMissing(device="WIA", reason="powershell")
    return [found, "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass"]
