"""What a scanner or a phone does to a sheet. RGB uint8 in and out; every choice comes from the generator."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from resources.specimens.sheet import Pixels

Rng = np.random.Generator
LID = (214, 216, 217)


@dataclass(frozen=True, slots=True)
class Scan:
    """How a sheet went through the office scanner."""

    skew: float = 0.6
    """Clockwise degrees by which it lies askew."""
    shade: float = 0.1
    """Share of the light that is lost in the darkest corner."""
    noise: float = 3.5
    edge: bool = False
    """A dark band on the left, where the sheet ended before the glass did."""
    upside_down: bool = False
    tint: tuple[float, float, float] = (0.985, 0.98, 0.955)


def _light(shape: tuple[int, ...], rng: Rng, lost: float) -> NDArray[np.float32]:
    """Uneven light, bright on one side, as a small map."""
    high, wide = 48, max(1, 48 * shape[1] // shape[0])
    y, x = np.mgrid[0 : 1 : high * 1j, 0 : 1 : wide * 1j].astype(np.float32)
    angle = rng.uniform(0, 2 * math.pi)
    slope = math.cos(angle) * x + math.sin(angle) * y
    slope = (slope - slope.min()) / (slope.max() - slope.min())
    pool = 1 - np.exp(-((x - rng.uniform(0.25, 0.75)) ** 2 + (y - rng.uniform(0.25, 0.75)) ** 2) / 0.35)
    return np.asarray(1 - lost * (0.65 * slope + 0.35 * pool), np.float32)


def _lit(picture: Pixels, light: NDArray[np.float32], colour: tuple[float, float, float]) -> Pixels:
    """The picture under that light; eight bits are enough below the noise."""
    coloured = np.clip(light[..., None] * np.array(colour, np.float32) * 255, 0, 255).astype(np.uint8)
    full = cv2.resize(coloured, (picture.shape[1], picture.shape[0]))
    return np.asarray(cv2.multiply(picture, full, scale=1 / 255), np.uint8)


def _grain(picture: Pixels, rng: Rng, sigma: float) -> Pixels:
    """Sensor noise: one tile laid all over the picture, the same in the three colours."""
    side = 512
    tile = rng.standard_normal((side, side), np.float32) * sigma * 0.8
    tile += cv2.GaussianBlur(rng.standard_normal((side, side), np.float32), (0, 0), 1.1) * sigma * 1.8
    noise = np.repeat(tile.astype(np.int8)[..., None], 3, 2)
    for y in range(0, picture.shape[0], side):
        for x in range(0, picture.shape[1], side):
            part = picture[y : y + side, x : x + side]
            part[:] = cv2.add(part, noise[: part.shape[0], : part.shape[1]], dtype=cv2.CV_8U)
    return picture


def scanned(sheet: Pixels, how: Scan, rng: Rng) -> Pixels:
    """The sheet as the office scanner delivers it."""
    high, wide = sheet.shape[:2]
    fade = np.clip(255 - (255 - np.arange(256)) * rng.uniform(0.88, 0.96), 0, 255).astype(np.uint8)
    soft = cv2.LUT(cv2.GaussianBlur(sheet, (0, 0), 0.65), fade)
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), -how.skew, 1)
    turn[:, 2] = turn[:, 2] + rng.uniform(-6, 6, 2)
    laid = cv2.warpAffine(soft, turn, (wide, high), borderMode=cv2.BORDER_CONSTANT, borderValue=LID)
    picture = _lit(np.asarray(laid, np.uint8), _light(sheet.shape, rng, how.shade), how.tint)
    if how.edge:
        _darken_edge(picture, rng)
    picture = _grain(picture, rng, how.noise)
    return np.ascontiguousarray(picture[::-1, ::-1]) if how.upside_down else picture


def shown_through(sheet: Pixels, back: Pixels, strength: float) -> Pixels:
    """The sheet with the writing of its other side, seen from behind and blurred by the paper; 0 to 1 of it."""
    behind = cv2.GaussianBlur(255 - back[:, ::-1], (0, 0), 2.2)
    return np.asarray(cv2.subtract(sheet, cv2.convertScaleAbs(behind, alpha=strength)), np.uint8)


def _darken_edge(picture: Pixels, rng: Rng) -> None:
    band = int(rng.uniform(18, 42))
    fall = np.concatenate([np.full(band, 0.28), np.linspace(0.28, 1, 14)])
    side = picture[:, : band + 14]
    side[:] = (side * fall[None, :, None]).astype(np.uint8)


def _desk(high: int, wide: int, rng: Rng) -> Pixels:
    """A wooden desk top."""
    streaks = cv2.resize(rng.standard_normal((160, 5), np.float32), (480, 640), interpolation=cv2.INTER_CUBIC)
    fine = cv2.resize(rng.standard_normal((640, 24), np.float32), (480, 640))
    grain = (streaks * 9 + fine * 4)[..., None] * np.array([1.0, 0.85, 0.65], np.float32)
    wood = np.clip(np.array([128, 92, 60], np.float32) + grain, 0, 255).astype(np.uint8)
    return np.asarray(cv2.resize(wood, (wide, high), interpolation=cv2.INTER_CUBIC), np.uint8)


def photographed(sheet: Pixels, rng: Rng, dpi: int = 230) -> Pixels:
    """The sheet as a phone sees it on a desk: perspective, a shadow across it, warm light."""
    high, wide = sheet.shape[:2]
    size = (int(wide * dpi / 300 * 1.14), int(high * dpi / 300 * 1.12))
    warp = _perspective(wide, high, size, dpi / 300 * 0.97, rng)
    page = cv2.warpPerspective(cv2.GaussianBlur(sheet, (0, 0), 0.9), warp, size, flags=cv2.INTER_AREA)
    mask = cv2.warpPerspective(np.full((high, wide), 255, np.uint8), warp, size)
    thrown = cv2.GaussianBlur(np.roll(mask, (14, 10), (0, 1)), (0, 0), 12)
    dark = 255 - (thrown * 0.55).astype(np.uint8)
    desk = cv2.multiply(_desk(size[1], size[0], rng), cv2.merge([dark] * 3), scale=1 / 255)
    photo = cv2.add(
        cv2.multiply(page, cv2.merge([mask] * 3), scale=0.95 / 255),
        cv2.multiply(desk, cv2.merge([255 - mask] * 3), scale=1 / 255),
    )
    lit = _lit(np.asarray(photo, np.uint8), _phone_light((size[1], size[0]), rng), (1.0, 0.97, 0.9))
    return _grain(lit, rng, 3.0)


def _perspective(wide: int, high: int, size: tuple[int, int], scale: float, rng: Rng) -> NDArray[np.float64]:
    """From the flat sheet to where its corners stand in the photo."""
    signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], float)
    lean = rng.uniform(0.025, 0.05, 2) * rng.choice([-1, 1], 2)
    corners = signs * np.array([wide, high]) / 2 * scale * (1 - signs[:, ::-1] * lean)
    angle = math.radians(rng.uniform(1.5, 3.0) * rng.choice([-1, 1]))
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    corners = corners @ turn.T + np.array(size) / 2
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(flat, corners.astype(np.float32)), np.float64)


def _phone_light(shape: tuple[int, int], rng: Rng) -> NDArray[np.float32]:
    """Falling light and the soft shadow of the hand that holds the phone."""
    light = _light(shape, rng, 0.22)
    rows, columns = light.shape
    y, x = np.mgrid[0 : 1 : rows * 1j, 0 : 1 : columns * 1j].astype(np.float32)
    side = x * math.cos(0.5) + y * math.sin(0.5) - rng.uniform(0.95, 1.1)
    return np.asarray(light * (1 - 0.34 / (1 + np.exp(-side * 22))), np.float32)
