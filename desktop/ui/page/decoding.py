"""Pictures out of bytes, on a thread that leaves the window its own."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray
from PySide6.QtGui import QImage, QImageReader


def decoded(data: bytes) -> QImage:
    """The picture; null where the bytes are none.

    `QImage.fromData` would hold the interpreter meanwhile: the window stood still 0.1 s for a page of A3.
    """
    held = QByteArray(data)
    buffer = QBuffer(held)
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    return QImageReader(buffer).read()
