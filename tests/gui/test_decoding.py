"""Pictures are decoded on threads of their own while the window makes its widgets."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from PIL import Image

from desktop.ui.page.decoding import decoded

AT_ONCE = """
import io, threading
from PIL import Image
from PySide6.QtWidgets import QApplication, QLineEdit
from desktop.ui.page.decoding import decoded

app, out = QApplication([]), io.BytesIO()
Image.new("RGB", (40, 40), "white").save(out, "JPEG")
threads = [threading.Thread(target=lambda: [decoded(out.getvalue()) for _ in range(2000)]) for _ in range(2)]
for thread in threads:
    thread.start()
while any(thread.is_alive() for thread in threads):
    QLineEdit().setClearButtonEnabled(True)  # loads an icon, under Qt's lock on picture plugins
"""


def test_widgets_are_made_meanwhile_without_waiting_for_ever() -> None:
    subprocess.run([sys.executable, "-c", AT_ONCE], check=True, timeout=60)


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_the_colours_are_those_of_the_picture(mode: str) -> None:
    out = io.BytesIO()
    picture = Image.new(mode, (7, 5), "white")
    picture.putpixel((2, 1), 90 if mode == "L" else (10, 200, 30))
    picture.save(out, "PNG")
    image = decoded(out.getvalue())
    assert (image.width(), image.height()) == (7, 5)
    assert image.pixelColor(2, 1).getRgb()[:3] == picture.convert("RGB").getpixel((2, 1))


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8\xff\xe0 cut off"])
def test_no_picture_is_a_null_one(data: bytes) -> None:
    assert decoded(data).isNull()
