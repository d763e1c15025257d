"""Bugs: logged with an id that the person sees, without anything from their papers."""

from __future__ import annotations

import logging
import secrets
import traceback
from pathlib import Path

log = logging.getLogger("tramso")


def log_to(home: Path) -> None:
    """Send the program's log to the profile; 1 MiB, three old files kept."""
    from logging.handlers import RotatingFileHandler  # loads the network's modules: not before the window

    if log.handlers:
        return
    home.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        home / "tramso.log", maxBytes=1 << 20, backupCount=3, encoding="utf-8", delay=True
    )
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
