"""Every text of the window comes from the message files, in both languages."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop import messages
from desktop.ui import wording
from desktop.ui.frame import Frame
from desktop.ui.shell.pin_dialog import PinDialog
from desktop.ui.shell.rail import AREAS
from desktop.workflow.job import Problem
from signing.model import PinQuestion
from tests.gui.conftest import settle

UI = Path(__file__).resolve().parents[2] / "desktop" / "ui"
SETTERS = {
    "setText", "setToolTip", "setPlaceholderText", "setWindowTitle", "setTitle", "setAccessibleName",
    "addAction", "addItem", "addMenu", "addTab", "setStatusTip", "setWhatsThis", "setInformativeText",
    "addButton",    "setLabelText", "setItemText", "setFormat", "showMessage", "drawText",
}  # fmt: skip
MAKERS = {
    "QLabel",
    "QPushButton",
    "QToolButton",
    "QAction",
    "QCheckBox",
    "QRadioButton",
    "QGroupBox",
    "QMenu",
}
LANGUAGES = ("vi", "en")


def words_in(node: ast.expr) -> bool:
    """The expression is, or holds, a literal with letters that a person would read."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and any(letter.isalpha() for letter in node.value)
    if isinstance(node, ast.JoinedStr):
        return any(words_in(value) for value in node.values if isinstance(value, ast.Constant))
    if isinstance(node, ast.BinOp):
        return words_in(node.left) or words_in(node.right)
    return False


def literals(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if called in SETTERS | MAKERS and any(words_in(argument) for argument in node.args):
            yield node.lineno
        shows = called == "show" and isinstance(node.func, ast.Attribute) and len(node.args) == 2
        if shows and words_in(node.args[1]):
            yield node.lineno


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: str(path.relative_to(UI)))
def test_no_words_are_written_into_the_code(path: Path) -> None:
    assert list(literals(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize("planted", ['label.setText("Xong")', 'QLabel("Xong")', 'x.addAction(f"Xoay {n}")'])
def test_planted_words_are_caught(planted: str) -> None:
    assert list(literals(ast.parse(planted))) == [1]


def keys_in_code() -> set[str]:
    found: set[str] = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and node.value.startswith("ui.")
            ):
                found.add(node.value)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_in_the_code_has_words(language: messages.Language) -> None:
    known = messages.catalog(language)
    prefixes = tuple(key for key in keys_in_code() if key.endswith("."))
    missing = {key for key in keys_in_code() - set(prefixes) if key not in known}
    assert missing == set()
    assert all(any(key.startswith(prefix) for key in known) for prefix in prefixes)


def test_both_languages_have_the_same_keys_and_facts() -> None:
    import string

    def facts(template: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name}

    vi, en = (messages.catalog(language) for language in LANGUAGES)
    mine = {key for key in vi if key.startswith("ui.")}
    assert mine == {key for key in en if key.startswith("ui.")}
    assert {key for key in mine if facts(vi[key]) != facts(en[key])} == set()


def texts(root: QWidget) -> Iterator[tuple[QWidget | QAction, str]]:
    for widget in root.findChildren(QWidget):
        if widget.objectName().startswith("qt_"):
            continue
        if isinstance(widget, QLabel | QAbstractButton) and widget.text():
            yield widget, widget.text()
        if isinstance(widget, QLineEdit) and widget.placeholderText():
            yield widget, widget.placeholderText()
    for action in root.findChildren(QAction):
        if action.text() and not action.objectName().startswith("_q_"):
            yield action, action.text()


def strays(root: QWidget) -> list[str]:
    """Texts that are neither messages of the chosen language nor marked as people's data."""
    found = []
    for widget, shown in texts(root):
        if wording.is_data(widget):
            continue
        how = "setPlaceholderText" if isinstance(widget, QLineEdit) else "setText"
        key = wording.said(widget, how) or wording.said(widget, "setTitle")
        if key is None or key not in messages.catalog(messages.chosen()):
            found.append(f"{type(widget).__name__}: {shown!r}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_widget_speaks_the_chosen_language(
    qtbot: QtBot, window: Frame, language: messages.Language
) -> None:
    window.speak(language)
    window.areas["verify"].take([Path(f"/x/{name}.pdf") for name in ("sua", "luu-y", "chua-ro", "khong-ky")])
    window.tell((Problem("bug", {"incident": "1"}), Problem("no_such_code")))
    window.open_keys()
    window.open_palette()
    PinDialog(PinQuestion("ai"), 1, window).show()
    for action in ("profiles", "separator", "second_check", "lessons"):
        window.actions_[f"scan.{action}"].trigger()
    for area in AREAS:
        window.go(area)
        settle(qtbot, window)
        assert strays(window) == []
    for dialog in window.findChildren(QDialog):
        dialog.reject()


def test_a_planted_literal_is_found(qtbot: QtBot, window: Frame) -> None:
    QLabel("Xong rồi", window)
    assert strays(window) == ["QLabel: 'Xong rồi'"]


def test_switching_the_language_reaches_everything(qtbot: QtBot, window: Frame) -> None:
    def all_texts() -> dict[int, str]:
        return {id(widget): shown for widget, shown in texts(window) if not wording.is_data(widget)}

    before = all_texts()
    window.speak("en")
    settle(qtbot, window)
    window.speak("vi")
    settle(qtbot, window)
    after = all_texts()
    assert {key: after.get(key) for key in before if key in after} == {
        key: words for key, words in before.items() if key in after
    }


def test_the_language_is_remembered(qtbot: QtBot, window: Frame, open_window: Callable[..., Frame]) -> None:
    from desktop import settings

    window.speak("en")
    assert settings.load(window.office.home).language == "en"
    assert window.rail.buttons["scan"].text() == "Scan"


@pytest.mark.parametrize(
    ("language", "cut", "name"), [("vi", "Cắt", "Tên tệp:"), ("en", "Cut", "File name:")]
)
def test_qts_own_words_are_ours(
    qtbot: QtBot, window: Frame, language: messages.Language, cut: str, name: str
) -> None:
    window.speak(language)
    line, chooser = QLineEdit(), QFileDialog()
    qtbot.addWidget(line)
    qtbot.addWidget(chooser)
    menu = line.createStandardContextMenu()
    assert cut in [action.text().partition("\t")[0] for action in menu.actions()]
    menu.deleteLater()
    chooser.setOption(QFileDialog.Option.DontUseNativeDialog)
    chooser.show()
    assert chooser.labelText(QFileDialog.DialogLabel.FileName) == name
    shown = [label.text() for label in chooser.findChildren(QLabel) if label.text()]
    known = {words for key, words in messages.catalog(language).items() if key.startswith("ui.qt.")}
    assert set(shown) <= known
