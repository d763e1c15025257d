"""Another day and no network: what a check on kept grounds must not notice."""

from __future__ import annotations

import datetime as real
import socket
import sys
import time
from datetime import timedelta

import pytest


def move(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    """Every module that asks for the time of now gets it so much later."""

    class Same(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, _REAL)

    class Moved(_REAL, metaclass=Same):
        @classmethod
        def now(cls, tz: real.tzinfo | None = None) -> real.datetime:
            return _REAL.now(tz) + by

    shift, now = by.total_seconds(), time.time
    monkeypatch.setattr(time, "time", lambda: now() + shift)
    for module in list(sys.modules.values()):
        if getattr(module, "datetime", None) is _REAL:
            monkeypatch.setattr(module, "datetime", Moved)


def cut_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens a connection fails the test."""

    def refuse(*_: object) -> None:
        raise AssertionError("nobody may ask the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


_REAL = real.datetime
