"""What can be set: the office's settings, theme, language, size of text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.actions import Actions


class OptionsMenu(QMenu):
    """Also lists the palette and the keys, so that nobody has to know their shortcuts."""

    def __init__(
        self,
        actions: Actions,
        parent: QWidget,
        speak: Callable[[str], object],
        dress: Callable[[str, int], object],
    ) -> None:
        super().__init__(parent)
        wording.name(self, "ui.options")
        self._speak, self._dress = speak, dress
        for name in ("settings", "palette", "keys", "theme"):
            self.addAction(actions[name])
        self.addSeparator()
        languages = self.addMenu("")
        wording.say(languages.menuAction(), "ui.options.language")
        self._choices(
            languages, [(code, f"ui.language.{code}") for code in messages.LANGUAGES], self._speak_it
        )
        scales = self.addMenu("")
        wording.say(scales.menuAction(), "ui.options.scale")
        self._choices(scales, [(str(scale), f"ui.scale.{scale}") for scale in theme.SCALES], self._scale_it)

    def _choices(self, menu: QMenu, choices: list[tuple[str, str]], run: Callable[[str], object]) -> None:
        group = QActionGroup(menu)
        for value, key in choices:
            action = menu.addAction("")
            wording.say(action, key)
            action.setCheckable(True)
            action.setChecked(value in (messages.chosen(), str(theme.current().scale)))
            action.triggered.connect(lambda _checked=False, value=value: run(value))
            group.addAction(action)

    def _speak_it(self, language: str) -> None:
        self._speak(language)

    def _scale_it(self, scale: str) -> None:
        self._dress(theme.current().name, int(scale))
