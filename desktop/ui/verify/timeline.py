"""The life of a file in one line: each signature with its revision, and the state of now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QScrollArea, QToolButton, QWidget

from desktop import messages
from desktop.ui import icons, theme, wording
from desktop.ui.parts.banner import COLOUR_OF
from desktop.ui.parts.verdict_banners import BANNERS
from desktop.ui.theme import Tone
from desktop.workflow.reports import verdict_words

if TYPE_CHECKING:
    from desktop.workflow.verify.files import FileVerified


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of a file: its first `end` bytes; 0 is the file as it is now."""

    end: int
    title: str
    below: str
    tone: Tone
    icon: str
    card: int | None
    """Which signature made it."""


def revisions(found: FileVerified) -> tuple[Revision, ...]:
    """The states in the order in which they came, the newest last."""
    signatures = found.verdict.signatures if found.verdict else ()
    made = []
    for place, signature in sorted(enumerate(signatures), key=lambda pair: pair[1].covered_bytes):
        if signature.covered_bytes:
            tone, icon = BANNERS[verdict_words.banner_of(signature)]
            role = verdict_words.role(signature)
            title = f"{place + 1}. {role or verdict_words.who(signature)}"
            below = messages.day(signature.signing_time) or messages.text("ui.verify.time.none")
            made.append(Revision(signature.covered_bytes, title, below, tone, icon, place))
    if not made or not any(signature.covers_whole_file for signature in signatures):
        key = "ui.verify.revision.changed" if made else "ui.verify.revision.only"
        tone = "warn" if made else "neutral"
        now = messages.text("ui.verify.revision.now")
        made.append(Revision(0, now, messages.text(key), tone, "warning" if made else "page", None))
    return tuple(made)


class Timeline(QScrollArea):
    """One button per revision; arrows move along it."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        wording.name(self, "ui.verify.timeline")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.revisions: tuple[Revision, ...] = ()
        self.buttons: list[QToolButton] = []
        self._group = QButtonGroup(self)

    def fill(self, revisions: tuple[Revision, ...]) -> None:
        """Show these; the first signature's revision is marked: that is what was signed."""
        self.revisions, self.buttons = revisions, []
        self._group.deleteLater()
        self._group = QButtonGroup(self)
        inner = QWidget()
        inner.setObjectName("column")
        line = QHBoxLayout(inner)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.current().sizes.xs)
        for revision in revisions:
            button = _button(revision)
            button.clicked.connect(lambda _checked=False, chosen=revision: self.chosen.emit(chosen))
            self._group.addButton(button)
            self.buttons.append(button)
            line.addWidget(button)
        line.addStretch(1)
        self.setWidget(inner)
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(inner.sizeHint().height() + bar)
        self.setVisible(bool(revisions))

    def mark(self, place: int) -> None:
        if self.buttons:
            self.buttons[place].setChecked(True)
            self.ensureWidgetVisible(self.buttons[place])

    def place(self) -> int:
        """Which revision is marked; -1 for none."""
        return next((place for place, button in enumerate(self.buttons) if button.isChecked()), -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if step and self.buttons:
            place = min(max(self.place() + step, 0), len(self.buttons) - 1)
            self.buttons[place].setFocus()
            self.buttons[place].click()
            return
        super().keyPressEvent(event)


def _button(revision: Revision) -> QToolButton:
    button = QToolButton()
    button.setObjectName("tool")
    button.setCheckable(True)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    icons.put(button, revision.icon, COLOUR_OF[revision.tone])
    words = f"{_short(revision.title)}\n{revision.below}"
    wording.show(button, words.replace("&", "&&"))
    button.setAccessibleName(f"{revision.title}, {revision.below}")
    button.setToolTip(revision.title)
    return button


def _short(title: str, most: int = 34) -> str:
    return title if len(title) <= most else f"{title[: most - 1]}…"
