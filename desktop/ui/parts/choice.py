"""A drop-down list that says its name and gives way where it is narrow."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyle, QStyleOptionComboBox

from desktop.ui import wording

EDGE = 1
"""Pixels that Qt leaves at each side of the words in their field."""


class Choice(QComboBox):
    """Named for screen readers; shrinks before it pushes others out of the window."""

    def __init__(self, name: str) -> None:
        super().__init__()
        wording.name(self, name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.currentTextChanged.connect(self.setToolTip)  # what has no room can still be read

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        """What has no room ends in … instead of a letter cut in two."""
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        field = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        room = field.width() - 2 * EDGE
        cut = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        option.currentText = cut
