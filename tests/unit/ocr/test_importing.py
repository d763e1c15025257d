"""Files come in by content, within limits, and every failure is one of ours."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from ocr.errors import BadInput, Encrypted, PageMissing, TooLarge, TooSmall, Truncated, UnknownFormat
from ocr.files.importing import inspect, load_page
from ocr.ports import PageImage
from ocr.vietnamese.legacy_encodings import Encoding, encode


def _gradient(width: int = 120, height: int = 160) -> Image.Image:
    ramp = np.linspace(0, 255, width, dtype=np.uint8)[None].repeat(height, axis=0)
    return Image.fromarray(np.dstack([ramp, 255 - ramp, np.full_like(ramp, 40)]))


def _pdf(path: Path, pages: int = 3, **saving: object) -> Path:
    with pymupdf.open() as document:
        for number in range(pages):
            document.new_page().insert_text((72, 72), f"Trang {number} co mot it chu de doc")
        document.save(path, **saving)
    return path


@pytest.mark.parametrize(
    ("name", "mode", "media_type"),
    [
        ("a.png", "RGB", "image/png"),
        ("a.jpg", "CMYK", "image/jpeg"),
        ("a.tif", "CMYK", "image/tiff"),
        ("b.png", "P", "image/png"),
        ("b.tif", "1", "image/tiff"),
        ("c.png", "L", "image/png"),
        ("c.bmp", "RGB", "image/bmp"),
        ("d.png", "LA", "image/png"),
    ],
)
def test_any_colour_mode_becomes_three_bytes(tmp_path: Path, name: str, mode: str, media_type: str) -> None:
    path = tmp_path / name
    _gradient().convert(mode).save(path, dpi=(200, 200))
    assert inspect(path).media_type == media_type
    pixels = load_page(path, 1).pixels
    assert pixels.shape == (160, 120, 3)
    assert pixels.dtype == np.uint8
    assert int(pixels[..., 2].max()) > 100  # neither black nor inverted away


def test_sixteen_bits_keep_their_brightness(tmp_path: Path) -> None:
    deep = np.full((60, 80), 65535, np.uint16)
    deep[:30] = 32768
    Image.fromarray(deep).save(tmp_path / "deep.png")
    pixels = load_page(tmp_path / "deep.png", 1).pixels
    assert abs(int(pixels[5, 5, 0]) - 128) <= 1
    assert int(pixels[50, 5, 0]) == 255


def test_blue_comes_first(tmp_path: Path) -> None:
    Image.new("RGB", (50, 50), (250, 10, 20)).save(tmp_path / "red.png")
    assert load_page(tmp_path / "red.png", 1).pixels[0, 0].tolist() == [20, 10, 250]


def test_exif_turn_is_applied(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    _gradient().save(tmp_path / "turned.jpg", exif=exif)
    assert load_page(tmp_path / "turned.jpg", 1).pixels.shape[:2] == (120, 160)


def test_heic(tmp_path: Path) -> None:
    pillow_heif.from_pillow(_gradient()).save(tmp_path / "phone.heic")
    assert inspect(tmp_path / "phone.heic").media_type == "image/heif"
    assert load_page(tmp_path / "phone.heic", 1).pixels.shape == (160, 120, 3)


def test_tiff_pages_of_mixed_sizes(tmp_path: Path) -> None:
    path = tmp_path / "mixed.tif"
    _gradient().save(path, save_all=True, append_images=[_gradient(90, 70), _gradient(60, 60).convert("1")])
    assert inspect(path).page_count == 3
    assert load_page(path, 2).pixels.shape == (70, 90, 3)
    with pytest.raises(PageMissing):
        load_page(path, 4)


def test_camera_resolution_is_not_believed(tmp_path: Path) -> None:
    Image.new("L", (2480, 3508), 255).save(tmp_path / "camera.jpg", dpi=(72, 72))
    assert load_page(tmp_path / "camera.jpg", 1).dpi == 300
    Image.new("L", (1240, 1754), 255).save(tmp_path / "scan.png", dpi=(150, 150))
    assert load_page(tmp_path / "scan.png", 1).dpi == pytest.approx(150, abs=1)


def test_pdf_renders_at_the_resolution_of_its_scan(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("L", (1240, 1754), 255).save(picture, "PNG")
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        page.insert_image(page.rect, stream=picture.getvalue())
        document.save(tmp_path / "scan.pdf")
    loaded = load_page(tmp_path / "scan.pdf", 1)
    assert loaded.dpi == pytest.approx(150, abs=1)
    assert loaded.text_layer is None


def test_born_digital_text_is_kept(tmp_path: Path) -> None:
    loaded = load_page(_pdf(tmp_path / "text.pdf"), 2)
    assert loaded.dpi == 300
    assert loaded.text_layer is not None
    assert loaded.text_layer.text == "Trang 1 co mot it chu de doc"
    assert loaded.text_layer.words[0].box.y1 == pytest.approx(72, abs=6)


SEEN = "Ủy ban nhân dân xã đề nghị các đơn vị thực hiện"


def _read_by_another_program(path: Path, lines: str, root: Path, shift: float = 0) -> Path:
    """A scan of real lines with invisible ones over it, moved by so many points."""
    font = str(root / "resources" / "fonts" / "tinos-regular.ttf")
    places = [(50.0, 50.0 + 20 * line) for line in range(20)]
    with pymupdf.open() as drawn, pymupdf.open() as document:
        sheet: Any = drawn.new_page(height=500)
        page: Any = document.new_page(height=500)
        for x, y in places:
            sheet.insert_text((x, y), SEEN, fontname="F1", fontfile=font)
        page.insert_image(page.rect, stream=sheet.get_pixmap(dpi=100).tobytes("png"))
        for x, y in places:
            page.insert_text((x, y + shift), lines, render_mode=3, fontname="F1", fontfile=font)
        document.save(path)
    return path


def test_another_programs_reading_is_kept_where_it_is_sound(tmp_path: Path, root: Path) -> None:
    sound = load_page(_read_by_another_program(tmp_path / "a.pdf", SEEN, root), 1)
    assert sound.text_layer is not None
    assert sound.text_layer.text.splitlines() == [SEEN] * 20
    assert sound.text_source == "ocr"
    assert max(word.confidence for word in sound.text_layer.words) < 1
    misread = _read_by_another_program(
        tmp_path / "b.pdf", "Uy ban nhon dôn xỡ dể nghj cec đom vi thux hien", root
    )
    assert load_page(misread, 1).text_layer is None
    beside = _read_by_another_program(tmp_path / "c.pdf", SEEN, root, shift=10)
    assert load_page(beside, 1).text_layer is None


@pytest.mark.parametrize(
    ("font", "encoding"), [(".VnTime", "tcvn3"), (".VnTimeH", "tcvn3-capitals"), ("VNI-Times", "vni")]
)
def test_legacy_vietnamese_fonts_are_decoded(tmp_path: Path, font: str, encoding: Encoding) -> None:
    text = "cộng hòa xã hội chủ nghĩa Việt Nam độc lập, tự do"
    with pymupdf.open() as document:
        document.new_page().insert_text((72, 72), encode(text, encoding))
        xref = next(xref for xref, *_ in document[0].get_fonts())
        document.xref_set_key(xref, "BaseFont", f"/{font}")
        layer = load_page_of(document, tmp_path).text_layer
        assert layer is not None
        assert layer.text == (text.upper() if font.endswith("H") else text)
        document[0].insert_text((72, 200), "qwrt zxcv bnmk plkj " * 4)  # as a font of another encoding gives
        assert load_page_of(document, tmp_path).text_layer is None


def load_page_of(document: pymupdf.Document, folder: Path) -> PageImage:
    """The first page of an open document, by way of a file."""
    document.save(folder / "now.pdf")
    return load_page(folder / "now.pdf", 1)


def test_turned_pdf_page_gives_boxes_as_shown(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        page = document.new_page(width=595, height=842)
        page.insert_text((72, 72), "mot hai ba bon nam sau bay")
        page.set_rotation(90)
        document.save(tmp_path / "turned.pdf")
    loaded = load_page(tmp_path / "turned.pdf", 1)
    assert loaded.pixels.shape[1] > loaded.pixels.shape[0]
    assert loaded.text_layer is not None
    assert loaded.text_layer.words[0].box.x0 > 595  # the top of the sheet is now on the right


def test_signature_is_noticed(tmp_path: Path) -> None:
    path = _pdf(tmp_path / "plain.pdf")
    assert not inspect(path).signed
    path.write_bytes(path.read_bytes().replace(b"%%EOF", b"% /ByteRange [0 1 2 3]\n%%EOF"))
    assert inspect(path).signed


def test_name_does_not_matter(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.pdf", "w") as archive:
        archive.writestr("x", "y" * 100)
    with pytest.raises(UnknownFormat):
        inspect(tmp_path / "a.pdf")
    _gradient().save(tmp_path / "b.pdf", "PNG")
    assert inspect(tmp_path / "b.pdf").media_type == "image/png"


def test_encrypted(tmp_path: Path) -> None:
    _pdf(tmp_path / "locked.pdf", encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="x", owner_pw="y")
    with pytest.raises(Encrypted):
        inspect(tmp_path / "locked.pdf")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_cut_off_pdf(tmp_path: Path, share: float) -> None:
    data = _pdf(tmp_path / "whole.pdf").read_bytes()
    (tmp_path / "cut.pdf").write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Truncated):
        inspect(tmp_path / "cut.pdf")


@pytest.mark.parametrize("name", ["cut.jpg", "cut.png", "cut.tif"])
def test_cut_off_picture(tmp_path: Path, name: str) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (200, 200, 3), np.uint8)
    Image.fromarray(noise).save(
        tmp_path / name, **({"compression": "tiff_lzw"} if name.endswith("tif") else {})
    )
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: len(data) // 2])
    with pytest.raises(Truncated):
        load_page(tmp_path / name, 1)


def test_empty_and_tiny_and_missing(tmp_path: Path) -> None:
    (tmp_path / "empty.jpg").write_bytes(b"")
    with pytest.raises(Truncated):
        inspect(tmp_path / "empty.jpg")
    Image.new("RGB", (1, 1)).save(tmp_path / "dot.png")
    with pytest.raises(TooSmall):
        inspect(tmp_path / "dot.png")
    with pytest.raises(Truncated):
        inspect(tmp_path / "nowhere.png")


def _png_claiming(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [9_500, 20_000, 200_000])
def test_bomb_is_refused_before_it_is_decoded(tmp_path: Path, side: int) -> None:
    (tmp_path / "bomb.png").write_bytes(_png_claiming(side, side))
    with pytest.raises(TooLarge) as caught:
        load_page(tmp_path / "bomb.png", 1)
    assert caught.value.facts["limit"] == 80
    assert caught.value.facts["megapixels"] == side * side // 1_000_000


def test_enormous_pdf_page_is_rendered_small(tmp_path: Path) -> None:
    with pymupdf.open() as document:
        document.new_page(width=14_000, height=14_000)
        document.save(tmp_path / "huge.pdf")
    height, width, _ = load_page(tmp_path / "huge.pdf", 1).pixels.shape
    assert 30_000_000 < height * width <= 41_000_000


@cache
def _seeds() -> list[bytes]:
    """Made once: a PDF's own identifier is another each time, and at times a byte longer."""
    seeds = []
    for kind in ("PNG", "JPEG", "TIFF", "BMP", "GIF"):
        out = io.BytesIO()
        _gradient(48, 40).save(out, kind)
        seeds.append(out.getvalue())
    with pymupdf.open() as document:
        document.new_page(width=100, height=100).insert_text((20, 20), "mot hai ba bon nam")
        seeds.append(document.tobytes())
    return seeds


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_broken_bytes_never_surprise(tmp_path: Path, data: st.DataObject) -> None:
    broken = bytearray(data.draw(st.sampled_from(_seeds())))
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del broken[data.draw(st.integers(1, len(broken))) :]
    path = tmp_path / "broken"
    path.write_bytes(bytes(broken))
    try:
        assert inspect(path).page_count >= 1
        assert load_page(path, 1).pixels.ndim == 3
    except BadInput as problem:
        assert problem.facts["name"] == "broken"
