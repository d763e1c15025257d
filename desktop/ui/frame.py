"""The window: rail, work areas, problems on top, jobs at the side, status below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLayout,
    QListView,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from desktop import messages
from desktop.ui import icons, theme, wording
from desktop.ui.actions import Actions, Entry
from desktop.ui.areas import AreaStack
from desktop.ui.desk import Desk
from desktop.ui.job_runner import Job, JobRunner, State
from desktop.ui.office.model import Office
from desktop.ui.parts.problem_panel import ProblemPanel
from desktop.ui.shell import slot_errors
from desktop.ui.shell.command_palette import CommandPalette, KeyList
from desktop.ui.shell.consent_dialog import ConsentDesk
from desktop.ui.shell.drop_overlay import DropOverlay
from desktop.ui.shell.jobs_panel import JobsPanel
from desktop.ui.shell.layout_memory import LayoutMemory
from desktop.ui.shell.options_menu import OptionsMenu
from desktop.ui.shell.pin_dialog import PinDesk
from desktop.ui.shell.rail import AREAS, Rail
from desktop.ui.shell.settings_dialog import SettingsDialog
from desktop.ui.shell.status import Status
from desktop.ui.shell.watchdog import Watchdog
from desktop.workflow.job import Changes, Problem

SMALLEST = (640, 340)
"""What a 1366 by 768 screen shows at 200 %, less the borders of window and desk."""


class Frame(QMainWindow):
    """One window over one office."""

    def __init__(self, office: Office, keep: Callable[[str, str, int], object] | None = None) -> None:
        """`keep(language, theme, scale)` stores how the person likes it."""
        super().__init__()
        self.office = office
        self._keep = keep or (lambda language, name, scale: None)
        wording.say(self, "ui.window.title", "setWindowTitle")
        self.setMinimumSize(*SMALLEST)
        self.setAcceptDrops(True)
        self.pins, self.consents = PinDesk(self), ConsentDesk(self)
        self.runner = JobRunner(self, self.pins.ask, self.consents.ask)
        self.actions_ = Actions()
        self.watchdog = Watchdog(self)
        self.layout_memory = LayoutMemory(office.home)
        self.desk = Desk(
            office,
            self.runner,
            self.actions_,
            self.layout_memory,
            self.tell,
            self.go_to_thing,
            self.pins.remember,
        )
        self.rail = Rail()
        self.problems = ProblemPanel()
        self.jobs = JobsPanel(self.runner)
        self.status = Status(self.runner, office)
        self._add_actions()
        self._stack = AreaStack(self.desk)
        self.areas = self._stack.made
        self._centre = QWidget()
        self._build()
        self.overlay = DropOverlay(self._centre)
        self._connect()
        self._unhook = slot_errors.watch(self._bug)
        self.layout_memory.restore(self)
        self.go(self.layout_memory.get("area", AREAS[0]))
        self.refresh()

    def _build(self) -> None:
        sizes = theme.current().sizes
        centre = self._centre
        centre.setObjectName("areas")
        row = self._row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        above = QVBoxLayout()
        above.setContentsMargins(sizes.l, 0, sizes.l, 0)
        above.addWidget(self.problems)
        column.addLayout(above)
        column.addWidget(self._stack, 1)
        row.addLayout(column, 1)
        row.addWidget(self.jobs)
        self.jobs.hide()
        self.jobs_button = self.rail.add("jobs", "ui.jobs.short")
        self.options_button = self.rail.add("options", "ui.options")
        self.setCentralWidget(centre)
        self.setStatusBar(self.status)
        self.options = OptionsMenu(self.actions_, self, self.speak, self.dress)
        self.resize(sizes.control * 40, sizes.control * 23)

    def _add_actions(self) -> None:
        add = self.actions_.add
        for number, area in enumerate(AREAS, 1):
            add(self, f"go.{area}", partial(self.go, area), f"Ctrl+{number}")
        add(self, "palette", self.open_palette, "Ctrl+K")
        add(self, "keys", self.open_keys, "F1", "Shift+?")
        add(self, "settings", self.open_settings, "Ctrl+,")
        add(self, "jobs", self.toggle_jobs, "F9")
        add(self, "refresh", self.refresh, "F5")
        add(self, "theme", self.toggle_theme, "Ctrl+Shift+D")
        add(self, "language", self.toggle_language, "Ctrl+Shift+L")
        add(self, "larger", lambda: self._scale(1), "Ctrl+Alt+=")
        add(self, "smaller", lambda: self._scale(-1), "Ctrl+Alt+-")
        add(self, "dismiss", self.problems.put_away, "Esc")
        add(self, "quit", self.close, "Ctrl+Q")

    def _connect(self) -> None:
        self.rail.chosen.connect(self.go)
        self.jobs_button.clicked.connect(self.toggle_jobs)
        self.options_button.clicked.connect(self._open_options)
        self.jobs.wanted.connect(self.tell)
        self.status.jobs_wanted.connect(self.toggle_jobs)
        self.status.wanted.connect(self._go_and_do)
        self.runner.changed.connect(self.refresh)
        self.runner.ended.connect(self._ended)
        self.runner.failed.connect(self._tell_one)

    # -- moving about

    def go(self, area: str) -> None:
        """Show a work area."""
        known = area if area in AREAS else AREAS[0]
        if self._stack.isHidden():
            self.toggle_jobs()
        self.rail.mark(known)
        self._stack.show_area(known).take_focus()
        self.layout_memory.put("area", known)

    def go_to_thing(self, area: str, key: str) -> None:
        self.go(area)
        if key:
            self._stack.area(area).show_thing(key)

    def area(self) -> str:
        return self._stack.shown()

    def refresh(self, changes: Changes | None = None) -> None:
        for area in self.areas.values():
            area.refresh(changes)
        self.status.refresh()

    def open_palette(self) -> None:
        CommandPalette(self.actions_, self._run_entry, self).open()

    def open_keys(self) -> None:
        KeyList(self.actions_, self).open()

    def open_settings(self) -> None:
        SettingsDialog(self.office, self.runner, self).open()

    def toggle_jobs(self) -> None:
        self.jobs.setVisible(self.jobs.isHidden())
        self._make_room()

    def _make_room(self) -> None:
        """Where the jobs have no room beside the area, they stand in its place."""
        free = self._centre.width() - self.rail.width() - self.jobs.minimumSizeHint().width()
        both = self.jobs.isHidden() or free >= self._stack.narrowest()
        self._stack.setVisible(both)
        for place, stretch in ((1, both), (2, not both)):
            self._row.setStretch(place, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _run_entry(self, entry: Entry) -> None:
        if entry.area:
            self.go(entry.area)
        entry.action.trigger()

    def _go_and_do(self, area: str, action: str) -> None:
        self.go(area)
        if action:
            self.actions_[action].trigger()

    def _open_options(self) -> None:
        corner = self.options_button.mapToGlobal(QPoint(self.options_button.width(), 0))
        self.options.popup(corner)

    def _ended(self, job: Job) -> None:
        if job.state is not State.DONE:
            self.refresh()  # what was finished before the stop is kept, and shown

    # -- telling

    def tell(self, problems: Sequence[Problem]) -> None:
        self.problems.tell(problems)

    def _tell_one(self, problem: Problem) -> None:
        self.tell((problem,))

    def _bug(self, incident: str) -> None:
        self.tell((Problem("bug", {"incident": incident}),))

    # -- how it looks and speaks

    def speak(self, language: str) -> None:
        """Change the language at once."""
        messages.choose("en" if language == "en" else "vi")
        wording.retranslate()
        self.problems.retranslate()
        self.refresh()
        self._remember()

    def dress(self, name: str, scale: int) -> None:
        """Change theme and text size at once."""
        app, before = QApplication.instance(), theme.current().sizes
        if isinstance(app, QApplication):
            theme.apply(app, theme.theme(name, scale))
        theme.respace(self.findChildren(QLayout), before)
        icons.redraw()
        self.rail.fit()
        for view in self.findChildren(QListView):
            view.doItemsLayout()
        self._make_room()
        self._remember()

    def toggle_theme(self) -> None:
        self.dress("light" if theme.current().name == "dark" else "dark", theme.current().scale)

    def toggle_language(self) -> None:
        self.speak("vi" if messages.chosen() == "en" else "en")

    def _scale(self, by: int) -> None:
        place = min(range(len(theme.SCALES)), key=lambda i: abs(theme.SCALES[i] - theme.current().scale))
        wanted = theme.SCALES[min(max(place + by, 0), len(theme.SCALES) - 1)]
        self.dress(theme.current().name, wanted)

    def _remember(self) -> None:
        self._keep(messages.chosen(), theme.current().name, theme.current().scale)

    # -- files dropped on the window

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            self.overlay.appear(f"ui.drop.{self._drop_area()}")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.overlay.hide()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.take(paths)

    def take(self, paths: Sequence[Path]) -> None:
        """Files from outside go to checking when that is open, else to the scans."""
        self.go(self._drop_area())
        if paths:
            self._stack.area(self._drop_area()).take(paths)
        else:  # a link to a web page
            self._tell_one(Problem("nothing_to_take"))

    def _drop_area(self) -> str:
        return "verify" if self.area() == "verify" else "scan"

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.watchdog.start()  # standing still while it opens is no stall
        self.runner.read(self, "areas", self.office.actor, lambda _: self._stack.make_rest())

    def closeEvent(self, event: QCloseEvent) -> None:
        self.layout_memory.save(self)
        self.hide()  # what is under way may take some seconds to stop
        self.pins.close()
        self.consents.close()
        self.status.close_down()
        self.runner.close()
        self.watchdog.stop()
        self._unhook()
        super().closeEvent(event)
