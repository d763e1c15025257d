"""Pictures out of bytes, on a thread that leaves the window its own."""

from __future__ import annotations

import io

from PIL import Image
from PySide6.QtGui import QImage


def decoded(data: bytes) -> QImage:
    """The picture; null where the bytes are none.

    Qt's own readers would hold the interpreter meanwhile (the window stood still 0.1 s for a page of A3), or,
    over a buffer made in Python, ask for it while they hold Qt's lock on plugins: two threads wait for ever.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            pixels = picture.convert("RGB").tobytes()
            shown = QImage(
                pixels, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888
            )
    except OSError:
        return QImage()
    return shown.convertToFormat(QImage.Format.Format_RGB32)  # its own memory, drawn at once
