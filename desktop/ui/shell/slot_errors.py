"""What escapes from a Qt slot is a bug: recorded under an id, shown, and the program keeps working."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import TracebackType

from desktop import incidents


def watch(tell: Callable[[str], object]) -> Callable[[], None]:
    """Give each escaped exception's incident id to `tell`; returns the way back to the hook before."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            before(kind, error, trace)
            return
        tell(incidents.record(error.with_traceback(trace)))

    sys.excepthook = hook

    def restore() -> None:
        sys.excepthook = before

    return restore
