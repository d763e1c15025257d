"""What one paper is and what was read on it, for the clerk to put right: kind, fields, a line to type in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.parts.choice import Choice
from desktop.ui.parts.rows import RowList
from desktop.ui.review.rows import EXPECTED, KIND, field_name, field_row, is_doubtful, kind_name, shown_value
from desktop.workflow.review.correct_commands import CorrectPaper, Typed

if TYPE_CHECKING:  # the first window loads nothing of the libraries
    from desktop.workflow.views.rows import PaperRow
    from ocr.model import Box, Word
    from storage.model import Field


class KindChoice(Choice):
    """All kinds of paper; Enter takes the one shown, the wheel changes nothing unasked."""

    taken = Signal()

    def __init__(self) -> None:
        super().__init__("ui.review.kind")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def fill(self) -> None:
        """Names in the language of the screen."""
        from ocr.papers.kinds import SEPARATOR, entries

        self.clear()
        for entry in entries():
            if entry.code != SEPARATOR:
                self.addItem(kind_name(entry.code, entry.name), entry.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ValueLine(QLineEdit):
    """Where a value is typed; Escape gives it up."""

    given_up = Signal()

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()  # while typing, Escape is not the window's
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class ReviewPanel(QWidget):
    """Choosing a field shows its place; Enter keeps what is typed and asks for the next doubt."""

    place_chosen = Signal(str, object)
    """A page, and the box on it."""
    corrected = Signal(object)
    """A CorrectPaper."""
    settled = Signal()
    """The clerk is done with this field and wants the next doubtful one."""

    def __init__(self) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self._paper: PaperRow | None = None
        self._filling = False
        self._pointed: tuple[int, Box] | None = None
        self.kind = KindChoice()
        self.fields = RowList("ui.scan.fields", empty="ui.scan.fields_none")
        self.name = wording.label(style="muted")
        self.value = ValueLine()
        wording.name(self.value, "ui.review.value")
        wording.say(self.value, "ui.review.choose", "setPlaceholderText")
        self.warning = wording.label(style="warning", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(sizes.xs)
        column.addWidget(self.kind)
        column.addWidget(self.fields, 1)
        for widget in (self.name, self.value, self.warning):
            column.addWidget(widget)
        column.addWidget(wording.label("ui.review.hint", "small", wrap=True))
        self.fields.chosen.connect(self._field_chosen)
        self.fields.activated.connect(lambda _index: self._edit())
        self.value.returnPressed.connect(self._keep)
        self.value.given_up.connect(self._give_up)
        self.kind.activated.connect(lambda _index: self._keep_kind())
        self.kind.taken.connect(self._kind_settled)
        self.show_paper(None)

    def show_paper(self, paper: PaperRow | None) -> None:
        """Show a paper; what is being typed for the same field of the same paper stays."""
        typing = self._typing_in(paper)
        self._filling = True
        self._paper = paper
        if paper is not None and not (typing and self.kind.hasFocus()):
            self.kind.fill()
            self.kind.setCurrentIndex(self.kind.findData(paper.kind_code))
        self.kind.setEnabled(paper is not None)
        self.fields.fill([field_row(field, paper) for field in _listed(paper)], choose_first=False)
        self._filling = False
        if not typing:
            self._show_value()

    def edit(self, name: str) -> None:
        """Go to a field, or to the kind, ready to be typed over."""
        if name == KIND:
            self.kind.setFocus()
            self.warning.clear()
            return
        self._filling = True
        self.fields.choose(name)
        self._filling = False
        self._field_chosen(name)  # also where the same field of another paper was chosen before
        self._edit()

    def put_word(self, word: Word, page_id: str) -> None:
        """A word was clicked on the page: it is the value, or goes on with the words clicked before."""
        paper = self._paper
        if paper is None or page_id not in paper.page_ids or not self.fields.key():
            return
        page = paper.page_ids.index(page_id) + 1
        before = self._pointed
        goes_on = before is not None and before[0] == page and bool(self.value.text())
        value = f"{self.value.text()} {word.text}" if goes_on else word.text
        box = _around(before[1], word.box) if before is not None and goes_on else word.box
        self._pointed = (page, box)
        wording.show(self.value, value)
        self.value.setFocus()
        self.place_chosen.emit(page_id, box)

    def _typing_in(self, paper: PaperRow | None) -> bool:
        same = paper is not None and self._paper is not None and paper.id == self._paper.id
        return same and (self.value.hasFocus() or self.kind.hasFocus())

    def _field(self) -> Field | None:
        name = self.fields.key()
        return next((field for field in _listed(self._paper) if field.name == name), None)

    def _field_chosen(self, _name: str) -> None:
        if self._filling:
            return
        self._show_value()
        paper, field = self._paper, self._field()
        if paper is not None and field is not None and 0 < field.page <= len(paper.page_ids):
            from ocr.model import Box

            box = Box(*field.box) if field.box else None
            self.place_chosen.emit(paper.page_ids[field.page - 1], box)

    def _show_value(self) -> None:
        field, paper = self._field(), self._paper
        self._pointed = None
        self.value.setEnabled(field is not None)
        wording.show(self.value, shown_value(field) if field else "")
        wording.show(self.name, field_name(field.name) if field else "")
        found = [each for each in paper.findings if field and each.field == field.name] if paper else []
        said = "\n".join(messages.text(f"check.{each.code}", **each.facts) for each in found)
        wording.show(self.warning, said)
        self.warning.setVisible(bool(said))

    def _edit(self) -> None:
        self.value.setFocus()
        self.value.selectAll()

    def _give_up(self) -> None:
        self._show_value()
        self.fields.setFocus()

    def _keep(self) -> None:
        """Keep the value where it is new, or was doubtful and is now confirmed."""
        paper, field = self._paper, self._field()
        if paper is None or field is None:
            return
        text = self.value.text().strip()
        if text != shown_value(field) or (text and is_doubtful(field, paper)):
            page, box = self._pointed or (0, None)
            value = field.value if text == shown_value(field) else text
            typed = Typed(field.name, value, field.value, page, _place(box))
            self.corrected.emit(CorrectPaper(paper.id, fields=(typed,)))
        self.settled.emit()

    def _keep_kind(self) -> None:
        paper = self._paper
        if paper is not None and self.kind.currentData() not in (None, paper.kind_code):
            self.corrected.emit(CorrectPaper(paper.id, kind_code=str(self.kind.currentData())))

    def _kind_settled(self) -> None:
        self._keep_kind()
        self.settled.emit()


def _listed(paper: PaperRow | None) -> Iterator[Field]:
    """Fields that were read, but for the kind's name, then those such a paper carries and nobody found."""
    if paper is None:
        return
    from storage.model import Field

    yield from (field for field in paper.fields if field.name != "loai_vb")
    have = {field.name for field in paper.fields}
    for name in EXPECTED:
        if name not in have:
            yield Field(name, "", 0.0, 0, None, "")


def _place(box: Box | None) -> tuple[float, float, float, float] | None:
    return None if box is None else (box.x0, box.y0, box.x1, box.y1)


def _around(one: Box, other: Box) -> Box:
    return type(one)(
        min(one.x0, other.x0), min(one.y0, other.y0), max(one.x1, other.x1), max(one.y1, other.y1)
    )
