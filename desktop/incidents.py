"""Bugs: logged with an id that the person sees, without anything from their papers."""

from __future__ import annotations

import logging
import secrets
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

log = logging.getLogger("tramso")


class _Handler(RotatingFileHandler):
    """Makes the profile's folder only when there is something to tell."""

    def _open(self) -> Any:
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()


def log_to(home: Path) -> None:
    """Send the program's log to the profile; 1 MiB, three old files kept."""
    if log.handlers:
        return
    handler = _Handler(home / "tramso.log", maxBytes=1 << 20, backupCount=3, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False


def record(error: BaseException) -> str:
    """Log where and of what type it was, never its text (it may quote a paper); return the incident id."""
    incident = secrets.token_hex(4).upper()
    frames = traceback.extract_tb(error.__traceback__)
    places = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}" for frame in reversed(frames)
    )
    log.error("incident %s %s at %s", incident, type(error).__name__, places)
    return incident
