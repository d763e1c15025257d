"""What a scanner or a phone does to a sheet. RGB uint8 in and out; every choice comes from the generator."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from resources.specimens.sheet import Pixels


@dataclass(frozen=True, slots=True)
class Scan:
    """How a sheet went through the office scanner."""

    skew: float = 0.6
    """Clockwise degrees by which it lies askew."""
    shade: float = 0.1
    """Share of the light that is lost in the darkest corner."""
    noise: float = 3.5
    edge: bool = False
    """The dark edge of the lid shows on one side."""
    upside_down: bool = False
    tint: tuple[float, float, float] = (0.985, 0.98, 0.955)


def _light(shape: tuple[int, ...], rng: np.random.Generator, lost: float) -> NDArray[np.float32]:
    """Uneven light, bright on one side, as a small map."""
    high, wide = 48, max(1, 48 * shape[1] // shape[0])
    y, x = np.mgrid[0 : 1 : high * 1j, 0 : 1 : wide * 1j].astype(np.float32)
    angle = rng.uniform(0, 2 * math.pi)
    slope = math.cos(angle) * x + math.sin(angle) * y
    slope = (slope - slope.min()) / (slope.max() - slope.min())
    pool = 1 - np.exp(-((x - rng.uniform(0.25, 0.75)) ** 2 + (y - rng.uniform(0.25, 0.75)) ** 2) / 0.35)
    return (1 - lost * (0.65 * slope + 0.35 * pool)).astype(np.float32)


def _grain(picture: Pixels, rng: np.random.Generator, sigma: float) -> Pixels:
    """Sensor noise: one tile laid over the picture at a random place, the same in the three colours."""
    side = 768
    tile = rng.standard_normal((side, side), np.float32) * sigma * 0.8
    tile += cv2.GaussianBlur(rng.standard_normal((side, side), np.float32), (0, 0), 1.1) * sigma * 1.8
    high, wide = picture.shape[:2]
    tiled = np.tile(tile.astype(np.int8), (high // side + 1, wide // side + 1))[:high, :wide]
    return cv2.add(picture, cv2.merge([tiled] * 3), dtype=cv2.CV_8U).astype(np.uint8)


def scanned(sheet: Pixels, how: Scan, rng: np.random.Generator) -> Pixels:
    """The sheet as the office scanner delivers it."""
    high, wide = sheet.shape[:2]
    picture = cv2.GaussianBlur(sheet, (0, 0), 0.65)
    fade = np.clip(255 - (255 - np.arange(256)) * rng.uniform(0.88, 0.96), 0, 255).astype(np.uint8)
    picture = cv2.LUT(picture, fade)
    turn = cv2.getRotationMatrix2D((wide / 2, high / 2), -how.skew, 1)
    turn[:, 2] += rng.uniform(-6, 6, 2)
    picture = cv2.warpAffine(
        picture, turn, (wide, high), borderMode=cv2.BORDER_CONSTANT, borderValue=(214, 216, 217)
    )
    light = _light(sheet.shape, rng, how.shade)[..., None] * np.array(how.tint, np.float32)
    picture = cv2.multiply(picture, cv2.resize(light, (wide, high)), dtype=cv2.CV_8U)
    if how.edge:
        _darken_edge(picture, rng)
    picture = _grain(np.asarray(picture, np.uint8), rng, how.noise)
    return np.ascontiguousarray(picture[::-1, ::-1]) if how.upside_down else picture


def _darken_edge(picture: Pixels, rng: np.random.Generator) -> None:
    """A dark band where the sheet ended before the glass did."""
    band = int(rng.uniform(18, 42))
    fall = np.concatenate([np.full(band, 0.28), np.linspace(0.28, 1, 14)])
    side = picture[:, : band + 14]
    side[:] = (side * fall[None, :, None]).astype(np.uint8)


def _desk(high: int, wide: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """A wooden desk top."""
    streaks = cv2.resize(
        rng.standard_normal((160, 5)).astype(np.float32), (wide, high), interpolation=cv2.INTER_CUBIC
    )
    fine = cv2.resize(rng.standard_normal((high // 2, 24)).astype(np.float32), (wide, high))
    grain = (streaks * 9 + fine * 4)[..., None]
    return np.array([128, 92, 60], np.float32) + grain * np.array([1.0, 0.85, 0.65], np.float32)


def photographed(sheet: Pixels, rng: np.random.Generator, dpi: int = 230) -> Pixels:
    """The sheet as a phone sees it on a desk: perspective, a shadow across it, warm light."""
    high, wide = sheet.shape[:2]
    out_wide, out_high = int(wide * dpi / 300 * 1.14), int(high * dpi / 300 * 1.12)
    half = np.array([wide, high]) * dpi / 300 / 2 * 0.97
    signs = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], float)
    lean = rng.uniform(0.025, 0.05, 2) * rng.choice([-1, 1], 2)
    corners = signs * half * (1 - signs[:, ::-1] * lean)
    angle = math.radians(rng.uniform(1.5, 3.0) * rng.choice([-1, 1]))
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    corners = corners @ turn.T + [out_wide / 2, out_high / 2]
    flat = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    warp = cv2.getPerspectiveTransform(flat, corners.astype(np.float32))
    page = cv2.warpPerspective(
        cv2.GaussianBlur(sheet, (0, 0), 0.9), warp, (out_wide, out_high), flags=cv2.INTER_AREA
    )
    mask = cv2.warpPerspective(np.full((high, wide), 255, np.uint8), warp, (out_wide, out_high))
    thrown = cv2.GaussianBlur(np.roll(mask, (14, 10), (0, 1)), (0, 0), 12).astype(np.float32) / 255
    share = mask.astype(np.float32)[..., None] / 255
    desk = _desk(out_high, out_wide, rng) * (1 - 0.55 * thrown[..., None])
    photo = desk * (1 - share) + page * (share * 0.95)
    photo *= _phone_light(out_high, out_wide, rng)
    return _grain(np.clip(photo, 0, 255).astype(np.uint8), rng, 3.0)


def _phone_light(high: int, wide: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Falling light and the soft shadow of the hand that holds the phone."""
    light = _light((high, wide), rng, 0.22)
    rows, columns = light.shape
    y, x = np.mgrid[0 : 1 : rows * 1j, 0 : 1 : columns * 1j].astype(np.float32)
    side = x * math.cos(0.5) + y * math.sin(0.5) - rng.uniform(0.95, 1.1)
    light *= 1 - 0.34 / (1 + np.exp(-side * 22))
    return cv2.resize(light[..., None] * np.array([1.0, 0.97, 0.9], np.float32), (wide, high)).astype(
        np.float32
    )
