"""Barcodes: what a phone reads on a noisy 200 dpi page is read here."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import zxingcpp

from ocr.codes import barcodes
from ocr.ports import Pixels

TEXT = "tramso:separator?dossier=H01.17.25-261122-0001"
DPI = 200


def _noisy(size_mm: float, turn: float, blur: float, noise: float) -> Pixels:
    side = round(size_mm * DPI / 25.4)
    fine = cv2.resize(barcodes.draw(TEXT, 4 * side), (4 * side, 4 * side))
    page = np.pad(fine, 2 * side, constant_values=255)
    middle = page.shape[0] / 2
    matrix = cv2.getRotationMatrix2D((middle, middle), turn, 1)
    page = cv2.warpAffine(page, matrix, page.shape[::-1], borderValue=255)
    page = cv2.resize(page, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA).astype(np.float32)
    page = cv2.GaussianBlur(page * 0.85 + 25, (0, 0), blur) if blur else page * 0.85 + 25
    grain = np.random.default_rng(7).normal(0, noise, page.shape)
    dull = np.clip(page + grain, 0, 255).astype(np.uint8)
    shown = cv2.imdecode(cv2.imencode(".jpg", dull, [cv2.IMWRITE_JPEG_QUALITY, 75])[1], cv2.IMREAD_GRAYSCALE)
    assert shown is not None
    return shown.astype(np.uint8)


def test_noisy_codes_are_read() -> None:
    pages = [
        _noisy(*kind) for kind in itertools.product((15, 20, 25), (0, 17, 90, 133), (0, 0.8, 1.4), (4, 14))
    ]
    read = sum(any(code.text == TEXT for code in barcodes.find(page, DPI)) for page in pages)
    assert read >= 0.95 * len(pages)


def test_box_is_in_points_and_a_code_is_found_once() -> None:
    page = np.full((1000, 800, 3), 255, np.uint8)
    page[400:600, 100:300] = barcodes.draw(TEXT, 200)[..., None]
    (code,) = barcodes.find(page, 100)
    assert (code.format, code.text) == ("QRCode", TEXT)
    assert 72 <= code.box.x0 < code.box.x1 <= 216
    assert 288 <= code.box.y0 < code.box.y1 <= 432


def test_linear_codes_are_read() -> None:
    bars = zxingcpp.create_barcode("H0117250001", zxingcpp.BarcodeFormat.Code128)
    picture = np.array(zxingcpp.write_barcode_to_image(bars, scale=3), np.uint8)
    page = np.full((picture.shape[0] + 200, picture.shape[1] + 200), 255, np.uint8)
    page[100:-100, 100:-100] = picture
    assert [code.text for code in barcodes.find(page, 200)] == ["H0117250001"]


def test_a_page_of_writing_holds_no_code() -> None:
    page = np.full((1600, 1200), 255, np.uint8)
    for row in range(20):
        cv2.putText(page, "Uy ban nhan dan xa Mau", (80, 100 + 70 * row), 4, 1.8, 0, 3)
    assert barcodes.find(page, 200) == ()
