"""What corrections taught on this computer: each lesson with its day and its teacher, to be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.desk import Desk
from desktop.ui.parts.dialog_size import open_within
from desktop.ui.parts.row_model import Row
from desktop.ui.parts.rows import RowList
from desktop.ui.review.rows import KIND, field_name, kind_name

if TYPE_CHECKING:
    from desktop.workflow.job import Outcome
    from storage.catalog.lessons import Lesson


class LessonsDialog(QDialog):
    """A list with ticks; what is ticked is forgotten."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        sizes = theme.current().sizes
        self._desk = desk
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wording.say(self, "ui.lessons.title", "setWindowTitle")
        self.count = wording.label(wrap=True)
        self.list = RowList("ui.lessons.list", empty="ui.lessons.none")
        self.all = wording.button("ui.lessons.all")
        self.forget = wording.button("ui.lessons.forget", "trash", primary=True)
        self.close_ = wording.button("ui.close", "cancel")
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.l, sizes.m, sizes.l, sizes.m)
        column.setSpacing(sizes.s)
        column.addWidget(wording.label("ui.lessons.note", "muted", wrap=True))
        column.addWidget(self.count)
        column.addWidget(self.list, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.close_)
        foot.addStretch(1)
        foot.addWidget(self.all)
        foot.addWidget(self.forget)
        column.addLayout(foot)
        open_within(self, 20, 14)
        self.list.rows.ticked.connect(self._look)
        self.all.clicked.connect(self._tick_all)
        self.forget.clicked.connect(self._forget)
        self.close_.clicked.connect(self.reject)
        self._refresh()

    def _refresh(self) -> None:
        self._desk.runner.read(self, "lessons", self._desk.office.lessons, self._show)

    def _show(self, found: Sequence[Lesson]) -> None:
        self.list.fill([_row(lesson) for lesson in reversed(found)], choose_first=False)
        wording.say(self.count, "ui.lessons.count", n=len(found))
        self.count.setVisible(bool(found))
        self.all.setEnabled(bool(found))
        self._look()

    def _ticked(self) -> tuple[str, ...]:
        return tuple(row.key for row in self.list.rows.rows if row.checked)

    def _look(self) -> None:
        self.forget.setEnabled(bool(self._ticked()))

    def _tick_all(self) -> None:
        for number in range(self.list.rows.rowCount()):
            index = self.list.rows.index(number)
            self.list.rows.setData(index, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)

    def _forget(self) -> None:
        ids, office = self._ticked(), self._desk.office
        self._desk.runner.act(lambda context: office.forget_lessons(ids, context), self._forgotten)

    def _forgotten(self, outcome: Outcome[int]) -> None:
        self._refresh()


def _row(lesson: Lesson) -> Row:
    about_kind = lesson.about == KIND
    read, right = lesson.read, lesson.right
    if about_kind:
        read, right = kind_name(read, read), kind_name(right, right)
    facts = {"about": messages.text("learned.kind") if about_kind else field_name(lesson.about)}
    title = messages.text("ui.lessons.row", read=read or "–", right=right, **facts)
    below = messages.text("ui.lessons.from", day=wording.day(lesson.learnt_at), actor=lesson.actor)
    return Row(lesson.id, title, below, checked=False)
