"""What every call of the sample office shares: how slow it is, what was asked, which faults come."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop.settings import Settings
from desktop.ui.office.model_signing import SignOrder
from desktop.workflow.job import Changes, Context, Outcome
from desktop.workflow.scan.orders import ScanOrder

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CODE = "H01.17.25-261122-0001"


class SampleCalls:
    """`slow` seconds per call; `fail_on` names the calls that raise."""

    def __init__(self, home: Path, slow: float) -> None:
        self.home = home
        self.slow = slow
        self.asked: list[str] = []
        self.orders: list[ScanOrder | SignOrder] = []
        self.fail_on: dict[str, Exception] = {}
        self.settings = Settings()
        self.fixed: frozenset[str] = frozenset()
        """Settings that the machine's file decides."""
        self._closed = False

    def actor(self) -> str:
        return "nguyen.thi.mau"

    def chosen_settings(self) -> tuple[Settings, frozenset[str]]:
        return self.settings, self.fixed

    def keep_settings(self, changes: Mapping[str, Any], context: Context) -> Outcome[None]:
        self.settings = replace(self.settings, **changes)
        return Outcome(None, Changes(documents=frozenset({"settings"})))

    def _wait(self, name: str) -> None:
        assert threading.current_thread() is not threading.main_thread(), name
        time.sleep(self.slow)
        self.asked.append(name)
        if name in self.fail_on:
            raise self.fail_on[name]

    def close(self) -> None:
        self._closed = True
