"""What is done with the chosen files of the bench: decide, report, renew, repeat an earlier check."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.desk import Desk
from desktop.ui.office.model_verify import DecisionOrder
from desktop.ui.parts import chooser
from desktop.ui.verify.decision import DecisionDialog
from desktop.ui.verify.result_list import ResultList
from desktop.workflow.job import Outcome

if TYPE_CHECKING:
    from desktop.workflow.verify.files import FileVerified
    from storage.catalog.decisions import Decision

REPORTS = "*.pdf *.xlsx"


class ChosenWork(QWidget):
    """Four buttons under the list; their keys work anywhere in the area."""

    decided = Signal(object)
    """New decisions, by the digest of their file."""
    renewed = Signal(object)
    """Files that were written and want to be checked."""
    repeated = Signal(bool)
    """Whether the check of a decision gave the same answer again."""

    def __init__(
        self, desk: Desk, area: str, files: ResultList, decision: Callable[[], Decision | None]
    ) -> None:
        """`decision` gives the newest one about the file that is looked at."""
        super().__init__()
        self._desk, self._files, self._decision = desk, files, decision
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.current().sizes.s)
        add = partial(desk.actions.add, self, area=area)
        entries: tuple[tuple[str, str, Callable[[], None], str], ...] = (
            ("passed", "check", partial(self._decide, True), "Ctrl+D"),
            ("failed", "cancel", partial(self._decide, False), "Ctrl+Shift+X"),
            ("report", "receipt", self._report, "Ctrl+P"),
            ("renew", "retry", self._renew, "Ctrl+Shift+G"),
        )
        made = []
        for place, (name, icon, run, key) in enumerate(entries):
            action = add(f"{area}.{name}", run, key)
            button = wording.button(f"ui.action.{area}.{name}", icon)
            button.clicked.connect(lambda _checked=False, action=action: action.trigger())
            grid.addWidget(button, place // 2, place % 2)
            made.append(button)
        self.passed, self.failed, self.report, self.renew = made
        add(f"{area}.repeat", self._repeat, "Ctrl+R")
        files.selectionModel().selectionChanged.connect(lambda *_: self.enable())
        self.enable()

    def enable(self) -> None:
        """Only what can be done with the chosen files."""
        chosen = self._files.selected()
        for button in (self.passed, self.failed):
            button.setEnabled(bool(chosen) and all(found.digest for found in chosen))
        self.report.setEnabled(bool(chosen))
        self.renew.setEnabled(any(found.verdict and found.verdict.signatures for found in chosen))

    def _decide(self, passed: bool) -> None:
        files = [found for found in self._files.selected() if found.digest]
        if files:
            DecisionDialog(files, passed, partial(self._keep, files, passed), self.window()).open()

    def _keep(self, files: Sequence[FileVerified], passed: bool, reason: str) -> None:
        office, order = self._desk.office, DecisionOrder(tuple(files), passed, reason)
        self._desk.runner.submit(
            "ui.job.decide", lambda context: office.decide(order, context), self._kept, n=len(files)
        )

    def _kept(self, outcome: Outcome[tuple[Decision, ...]]) -> None:
        self._desk.tell(outcome.problems)
        self.decided.emit({decision.file_digest: decision for decision in outcome.value})

    def _repeat(self) -> None:
        """Make the check of a decision again, on what was kept then."""
        office, decision = self._desk.office, self._decision()
        if decision is not None:
            self._desk.runner.submit(
                "ui.job.repeat",
                lambda context: office.repeat(decision.id, context),
                lambda outcome: self.repeated.emit(outcome.value),
            )

    def _report(self) -> None:
        """A confirmation sheet or a spreadsheet on the chosen files."""
        files = tuple(self._files.selected())
        if files:
            name = f"{files[0].path.stem}.pdf" if len(files) == 1 else messages.text("ui.verify.report_name")
            chooser.save(self, "ui.verify.choose_report", name, partial(self._write, files), REPORTS)

    def _write(self, files: tuple[FileVerified, ...], path: Path) -> None:
        office, target = self._desk.office, path if path.suffix else path.with_suffix(".pdf")
        self._desk.runner.submit(
            "ui.job.report",
            lambda context: office.write_report(files, target, context),
            lambda outcome: self._desk.tell(outcome.problems),
            n=len(files),
        )

    def _renew(self) -> None:
        """Write copies with an archive time stamp into a folder, and check these."""
        paths = tuple(found.path for found in self._files.selected() if found.verdict)
        if paths:
            chooser.folder(self, "ui.verify.choose_renewed", partial(self._extend, paths))

    def _extend(self, paths: tuple[Path, ...], folder: Path) -> None:
        office = self._desk.office
        self._desk.runner.submit(
            "ui.job.extend",
            lambda context: office.extend(paths, folder, context),
            self._extended,
            n=len(paths),
        )

    def _extended(self, outcome: Outcome[tuple[Path, ...]]) -> None:
        self._desk.tell(outcome.problems)
        if outcome.value:
            self.renewed.emit(outcome.value)
