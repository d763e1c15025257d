"""A driver opens its device for one at a time: the scanner is asked, or it scans."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from desktop import bootstrap
from desktop.ui.office import steps
from desktop.workflow.job import Cancelled, Context, Outcome
from desktop.workflow.scan.batch import Scanned
from desktop.workflow.scan.orders import ScannerState, ScanOrder
from desktop.workflow.scan_profiles import ScanProfile


def test_a_scan_waits_for_the_answer_and_can_be_stopped_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answered = threading.Event(), threading.Event()

    def ask(address: str) -> ScannerState:
        asked.set()
        answered.wait(10)
        return ScannerState("ready", address)

    def scan(*_: object) -> Outcome[Scanned]:
        assert answered.is_set()
        return Outcome(Scanned(None, ()))

    monkeypatch.setattr(steps, "ask_scanner", ask)
    monkeypatch.setattr(steps.scan_batch, "scan_batch", scan)
    order = ScanOrder(ScanProfile("Nhanh", "sane:test:0"))
    with bootstrap.open_services(tmp_path) as services:
        office = steps.WorkflowOffice(services, services)
        question = threading.Thread(target=office.ask_scanner, args=("sane:test:0",))
        question.start()
        assert asked.wait(5)
        stopped = Context()
        stopped.stop.set()
        with pytest.raises(Cancelled):
            office.scan(order, stopped)
        threading.Timer(0.3, answered.set).start()
        office.scan(order, Context())
        question.join()
