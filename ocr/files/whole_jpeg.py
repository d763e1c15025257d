"""The JPEG that is a whole PDF page: what nearly every scanner's PDF holds, taken as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_PLAIN_COLOURS = (
    "DeviceRGB",
    "DeviceGray",
    "ICCBased(RGB,sRGB",
    "ICCBased(RGB,Artifex Software sRGB",
    "ICCBased(Gray,Artifex Software sGray",
)
"""Beginnings of the colour spaces that leave the picture as its bytes say."""


def whole_jpeg(document: Any, page: Any, pictures: Sequence[Any]) -> bytes | None:
    """The file inside the page, where a viewer shows it upright, over all of the page, and nothing else.

    `pictures` is what the page shows: asking for it runs the page, so a caller asks once for all its uses.
    """
    files = page.get_images()
    if page.rotation or len(files) != 1 or [drawn[0] for drawn in page.get_bboxlog()] != ["fill-image"]:
        return None
    [shown] = pictures
    xref, (across, *turned, down) = files[0][0], shown["transform"][:4]
    covers = all(abs(ours - its) < 1 for ours, its in zip(shown["bbox"], page.rect, strict=True))
    plain = shown["bpc"] == 8 and shown["cs-name"].startswith(_PLAIN_COLOURS)
    upright = across > 0 and down > 0 and not any(turned)
    if not (upright and covers and plain) or shown["has-mask"]:
        return None
    if document.xref_get_key(xref, "Decode")[0] != "null":
        return None
    raw = document.extract_image(xref)
    return bytes(raw["image"]) if raw["ext"] == "jpeg" else None
