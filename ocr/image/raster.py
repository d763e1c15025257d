"""Steps on whole pictures of bytes, with types where OpenCV's own stubs say only "some array"."""

from __future__ import annotations

from typing import cast

import cv2
import numpy as np

from ocr.ports import Pixels

Size = tuple[int, int]
"""Width and height."""


def size_of(picture: Pixels) -> Size:
    """Width and height in pixels."""
    return picture.shape[1], picture.shape[0]


def shrunk(picture: Pixels, factor: float) -> Pixels:
    """Each new pixel is the mean of those it covers; two thirds are interpolated, six times faster."""
    method = cv2.INTER_LINEAR if 0.5 < factor < 1 else cv2.INTER_AREA
    return cast(Pixels, cv2.resize(picture, None, fx=factor, fy=factor, interpolation=method))


def reduced(picture: Pixels, step: int) -> Pixels:
    """Means of step x step pixels; incomplete ones at the end are left out: only exact steps are fast.

    Halving twice is several times faster than taking a fourth at once.
    """
    while step % 2 == 0:
        picture, step = _halved(picture), step // 2
    if step == 1:
        return picture
    height, width = (max(1, side // step) for side in picture.shape[:2])
    whole = picture[: step * height, : step * width]
    return cast(Pixels, cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA))


def _halved(picture: Pixels) -> Pixels:
    height, width = (max(1, side // 2) for side in picture.shape[:2])
    whole = picture[: 2 * height, : 2 * width]
    return cast(Pixels, cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA))


def spread(picture: Pixels, size: Size) -> Pixels:
    """Enlarged smoothly to a size."""
    return cast(Pixels, cv2.resize(picture, size, interpolation=cv2.INTER_LINEAR))


def repeated(mask: Pixels, size: Size) -> Pixels:
    """Enlarged to a size without new values."""
    return cast(Pixels, cv2.resize(mask, size, interpolation=cv2.INTER_NEAREST))


def grey(picture: Pixels) -> Pixels:
    """Luma of a blue-green-red picture."""
    return cast(Pixels, cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY))


def above(picture: Pixels, level: float) -> Pixels:
    """255 where the picture is above the level."""
    return cast(Pixels, cv2.threshold(picture, level, 255, cv2.THRESH_BINARY)[1])


def below(picture: Pixels, level: float) -> Pixels:
    """255 where the picture is below the level."""
    return cast(Pixels, cv2.threshold(picture, level - 1, 255, cv2.THRESH_BINARY_INV)[1])


def equal(picture: Pixels, value: int) -> Pixels:
    """255 where the picture has this value."""
    return cast(Pixels, cv2.inRange(picture, value, value))


def both(first: Pixels, second: Pixels) -> Pixels:
    """255 where both masks are set."""
    return cast(Pixels, cv2.bitwise_and(first, second))


def grown(mask: Pixels, reach: int) -> Pixels:
    """The mask and what lies within `reach` pixels of it."""
    return cast(Pixels, cv2.dilate(mask, _square(reach)))


def worn(picture: Pixels, reach: int) -> Pixels:
    """The darkest value within `reach` pixels; a mask loses its rim."""
    return cast(Pixels, cv2.erode(picture, _square(reach)))


def quotient(part: Pixels, whole: Pixels) -> Pixels:
    """Share of the whole, 255 being all of it."""
    return cast(Pixels, cv2.divide(part, whole, scale=255))


def median(picture: Pixels, mask: Pixels) -> int:
    """Median of a grey picture under a mask; 0 under an empty one."""
    counts = cv2.calcHist([np.ascontiguousarray(picture)], [0], mask, [256], [0, 256]).ravel().cumsum()
    return int(np.searchsorted(counts, counts[-1] / 2))


def chroma(picture: Pixels) -> Pixels:
    """How far each pixel is from grey: its largest channel less its smallest."""
    blue, green, red = cv2.split(picture)
    most, least = cv2.max(cv2.max(blue, green), red), cv2.min(cv2.min(blue, green), red)
    return cast(Pixels, cv2.subtract(most, least))


def contrast(picture: Pixels) -> float:
    """Largest difference of values within one channel; NumPy's `ptp` takes a quarter of a page's time."""
    ends = [cv2.minMaxLoc(channel)[:2] for channel in cv2.split(picture)]
    return max(high - low for low, high in ends)


def _square(reach: int) -> Pixels:
    return np.ones((2 * reach + 1, 2 * reach + 1), np.uint8)
