"""QR codes as vector squares (ISO/IEC 18004)."""

from __future__ import annotations

import numpy as np
import zxingcpp

from resources.specimens.sheet import Sheet


def draw_qr(sheet: Sheet, text: str, x: float, y: float, side: float, level: str = "M") -> None:
    """Draws the code, `side` points wide, from its top left corner (x, y); leave four modules free around."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level=level)
    modules = np.asarray(code.to_image(scale=1, add_quiet_zones=False)) == 0
    step = side / len(modules)
    shape = sheet.page.new_shape()
    for row, line in enumerate(modules):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], line, [False]]).astype(np.int8)))
        for start, stop in zip(edges[::2], edges[1::2], strict=True):
            # a hair taller than the row, so that no white seam shows between rows
            shape.draw_rect((x + start * step, y + row * step, x + stop * step, y + (row + 1.02) * step))
    shape.finish(color=None, fill=(0, 0, 0), width=0)
    shape.commit()
