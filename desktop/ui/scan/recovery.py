"""What an earlier run left: offered with time and count, to bring in, put away, or leave for later."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.ui import wording
from desktop.ui.desk import Desk
from desktop.ui.parts.banner import Banner
from desktop.workflow.scan.orders import Unfinished


class RecoveryBar(Banner):
    """One offer after another; hidden when there is none."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._rows: list[Unfinished] = []
        self._later: set[str] = set()
        self.explain("ui.recovery.means")
        self.recover = wording.button("ui.recovery.recover", "retry", primary=True)
        self.discard = wording.button("ui.recovery.discard", "trash")
        self.later = wording.button("ui.recovery.later")
        for button, run in (
            (self.recover, self._recover), (self.discard, self._discard), (self.later, self._leave),
        ):  # fmt: skip
            button.clicked.connect(run)
            self.offer(button)
        self.hide()

    def look(self) -> None:
        """Look for what was left; only while nothing is being scanned or read."""
        self._desk.runner.read(self, "unfinished", self._desk.office.unfinished, self._show)

    def _show(self, rows: Sequence[Unfinished]) -> None:
        self._rows = [row for row in rows if row.key not in self._later]
        self.setVisible(bool(self._rows))
        if self._rows:
            row = self._rows[0]
            self.put("warn", "ui.recovery.left", name=row.name, time=wording.day(row.at), n=row.pages)

    def _recover(self) -> None:
        key, office = self._take(), self._desk.office
        self._desk.runner.submit(
            "ui.job.recover",
            lambda context: office.recover(key, context),
            lambda outcome: self._desk.tell(outcome.problems),
            after=self.look,
        )

    def _discard(self) -> None:
        key, office = self._take(), self._desk.office
        self._desk.runner.submit(
            "ui.job.discard", lambda context: office.discard(key, context), after=self.look
        )

    def _leave(self) -> None:
        self._take()
        self._show(self._rows)

    def _take(self) -> str:
        """The offer that stands there; it is not made again in this session."""
        key = self._rows[0].key
        self._later.add(key)
        self._rows = self._rows[1:]
        self.hide()
        return key
