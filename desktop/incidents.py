"""Bugs: logged with an id that the person sees, without anything from their papers."""

from __future__ import annotations

import logging
import re
import secrets
import traceback
from collections.abc import Iterator
from pathlib import Path

log = logging.getLogger("tramso")
_FRAME = re.compile(r'File "([^"]+)", line (\d+), in (\S+)')
"""A frame as Python prints it."""


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
    log.error("incident %s %s at %s", incident, type(error).__name__, " < ".join(_places(error)))
    return incident


def _places(error: BaseException) -> Iterator[str]:
    """The innermost first; what a worker process raised carries its own places as a note."""
    yield from (
        f"{Path(name).name}:{line}:{function}"
        for note in getattr(error, "__notes__", ())
        for name, line, function in reversed(_FRAME.findall(note))
    )
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        yield f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}"
