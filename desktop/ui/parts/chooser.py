"""Choosing files and folders without standing still: the dialog is opened, its answer comes later."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import messages

PAPERS = "*.pdf *.tif *.tiff *.jpg *.jpeg *.png *.heic *.heif *.bmp *.webp"


def files(
    parent: QWidget, title: str, then: Callable[[list[Path]], object], patterns: str = PAPERS
) -> QFileDialog:
    """Ask for one or more files."""
    dialog = QFileDialog(parent, messages.text(title))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(
        [f"{messages.text('ui.chooser.papers')} ({patterns})", f"{messages.text('ui.chooser.all')} (*)"]
    )
    dialog.filesSelected.connect(lambda names: then([Path(name) for name in names]))
    return _open(dialog)


def folder(parent: QWidget, title: str, then: Callable[[Path], object]) -> QFileDialog:
    """Ask for a folder."""
    dialog = QFileDialog(parent, messages.text(title))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: then(Path(name)))
    return _open(dialog)


def save(
    parent: QWidget, title: str, name: str, then: Callable[[Path], object], patterns: str
) -> QFileDialog:
    """Ask where to write a file; `name` is what it would be called."""
    dialog = QFileDialog(parent, messages.text(title))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([f"{pattern[2:].upper()} ({pattern})" for pattern in patterns.split()])
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(chosen.rpartition(".")[2][:-1]))
    dialog.setDefaultSuffix(patterns.split()[0][2:])
    dialog.selectFile(name)
    dialog.fileSelected.connect(lambda path: then(Path(path)))
    made = _open(dialog)
    made.setLabelText(QFileDialog.DialogLabel.Accept, messages.text("ui.chooser.save"))
    return made


def _open(dialog: QFileDialog) -> QFileDialog:
    # Qt ships no Vietnamese: its own buttons are named here.
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, messages.text("ui.chooser.open"))
    dialog.setLabelText(QFileDialog.DialogLabel.Reject, messages.text("ui.cancel"))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
