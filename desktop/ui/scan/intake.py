"""Papers that are files already: chosen in a dialog, dropped on the window, or pasted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from desktop.ui.desk import Desk
from desktop.ui.parts import chooser
from desktop.workflow.job import Outcome, Problem


class ScanIntake(QObject):
    """Each taking in is a job, which also reads the pages."""

    began = Signal(object)
    """The Job of a taking in."""

    def __init__(self, desk: Desk, area: QWidget) -> None:
        super().__init__(area)
        self._desk, self._area = desk, area
        add = desk.actions.add
        add(area, "scan.import_files", self.choose_files, "Ctrl+O", area="scan")
        add(area, "scan.import_folder", self.choose_folder, "Ctrl+Shift+O", area="scan")
        add(area, "scan.paste", self.paste, "Ctrl+V", area="scan")

    def choose_files(self) -> None:
        chooser.files(self._area, "ui.scan.choose_files", self.take)

    def choose_to_insert(self, batch_id: str, to: int) -> None:
        """Files for a place in a batch that is there already."""
        office = self._desk.office

        def insert(paths: Sequence[Path]) -> None:
            self._desk.runner.submit(
                "ui.job.intake",
                lambda context: office.insert_files(paths, batch_id, to, context),
                lambda outcome: self._desk.tell(outcome.problems),
                n=len(paths),
            )

        chooser.files(self._area, "ui.scan.choose_files", insert)

    def choose_folder(self) -> None:
        chooser.folder(self._area, "ui.scan.choose_folder", lambda path: self.take([path]))

    def take(self, paths: Sequence[Path]) -> None:
        """Bring these files and folders in."""
        office = self._desk.office
        job = self._desk.runner.submit(
            "ui.job.intake",
            lambda context: office.intake(tuple(paths), context),
            self._taken,
            n=len(paths),
        )
        self.began.emit(job)

    def paste(self) -> None:
        """Files or a picture from the clipboard."""
        held = QGuiApplication.clipboard().mimeData()
        paths = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
        if paths:
            self.take(paths)
        elif held.hasImage():
            picture, office = QImage(held.imageData()), self._desk.office
            job = self._desk.runner.submit(
                "ui.job.paste",
                lambda context: office.paste(lambda path: picture.save(str(path)), context),
                self._taken,
            )
            self.began.emit(job)
        else:
            self._desk.tell((Problem("nothing_to_take"),))

    def _taken(self, outcome: Outcome[object]) -> None:
        self._desk.tell(outcome.problems)
