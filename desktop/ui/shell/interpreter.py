"""What Python must do otherwise in a process with a window: its thread comes first."""

from __future__ import annotations

import sys

import shiboken6  # noqa: F401 - brings shibokensupport
from shibokensupport import feature  # type: ignore[import-not-found]

SWITCH_S = 0.0005
"""A working thread gives way ten times sooner than usual: the window needs the interpreter at every call."""


def serve_window() -> None:
    """Call first of all: what is loaded before costs what it costs."""
    sys.setswitchinterval(SWITCH_S)
    # Qt reads the source of every module that is imported after it and keeps it, to see which of them want
    # its features (`snake_case`); none of ours does: 0.2 s and 46 MB for 1,600 files.
    feature._mod_uses_pyside = lambda module: False
