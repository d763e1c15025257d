"""What is taken out before recognition, and what must stay."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from ocr.image.ink import Ink, flattened
from ocr.image.stamps import without_red
from ocr.preparing.cleanup import clean
from ocr.preparing.quality import is_blank
from tests.unit.ocr.conftest import Picture, Typeset, paragraph


def _ink(grey: Picture, x0: float, y0: float, x1: float, y1: float, dpi: float) -> int:
    a, b, c, d = (round(value * dpi / 72) for value in (y0, y1, x0, x1))
    return int(np.count_nonzero(grey[a:b, c:d] < 150))


def test_leaders_go_and_letters_stay(typeset: Typeset) -> None:
    lines = paragraph()
    lines[(70, 392)] = "Họ và tên:" + "." * 80
    page = typeset(lines, size=(595, 450))
    readable = clean(page, 200)
    assert _ink(readable.grey, 135, 388, 400, 412, readable.dpi) == 0
    assert _ink(readable.grey, 70, 388, 125, 412, readable.dpi) > 100
    assert len(readable.furniture.leaders) == 1
    plain = clean(typeset(size=(595, 450)), 200)
    assert plain.furniture.leaders == ()
    kept = _ink(plain.grey, 0, 50, 595, 388, plain.dpi)
    assert kept == pytest.approx(
        _ink(flattened_at(typeset(size=(595, 450)), 185), 0, 50, 595, 388, 185), rel=0.02
    )


def flattened_at(page: Picture, dpi: int) -> Picture:
    """The page as the engine would get it with nothing taken out."""
    factor = dpi / 200
    small = cv2.resize(without_red(page), None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return flattened(small.astype(np.uint8))


def test_colon_and_comma_beside_leaders_stay(typeset: Typeset) -> None:
    lines = paragraph()
    lines[(70, 392)] = "Số:" + "." * 40
    page = typeset(lines, size=(595, 450))
    readable = clean(page, 200)
    colon = readable.grey[round(392 * 2.57) : round(410 * 2.57), round(84 * 2.57) : round(90 * 2.57)]
    rows = np.nonzero((colon < 150).any(axis=1))[0]
    assert rows.max() - rows.min() > 10  # both dots


def test_what_ends_a_leader_is_told_by_its_shape(typeset: Typeset) -> None:
    lines = paragraph()
    lines[(70, 392)] = "Tên tàu: " + "." * 30 + "; Quốc tịch: " + "." * 20 + ", số hiệu: " + "." * 20
    readable = clean(typeset(lines, size=(595, 450)), 200)
    assert [sign.text for sign in readable.furniture.signs] == [";", ","]
    assert all(380 < sign.box.y0 < 412 for sign in readable.furniture.signs)


def test_letters_that_stand_on_a_rule_stay_whole(typeset: Typeset) -> None:
    lines = paragraph() | {(70, 392): "nghiệp vụ đường quý gạch"}
    page = typeset(lines, size=(595, 450))
    bare = clean(page, 200)
    foot = 407.5  # the tails of g, q, p and the dots below end here
    cv2.line(page, (150, round(foot * 2.778)), (1500, round(foot * 2.778)), (0, 0, 0), 2)
    ruled = clean(page, 200)
    whole, left = (_ink(each.grey, 70, foot - 1.6, 220, foot - 0.4, 185) for each in (bare, ruled))
    assert left > 0.6 * whole > 20
    assert _ink(ruled.grey, 230, 400, 540, 415, 185) == 0


def test_red_stamp_goes_and_black_text_under_it_stays(typeset: Typeset) -> None:
    page = typeset(dpi=150)
    stamp = page.copy()
    cv2.circle(stamp, (400, 300), 110, (40, 40, 210), 9)
    cv2.putText(stamp, "UBND", (340, 310), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (50, 45, 215), 5)
    stamp[page < 100] = page[page < 100]
    grey = without_red(stamp)
    before = np.count_nonzero(without_red(page) < 128)
    assert np.count_nonzero(grey < 128) == pytest.approx(before, rel=0.03)


def test_a_red_title_stays_and_a_red_seal_goes(typeset: Typeset) -> None:
    page = typeset(size=(595, 560))
    title = typeset({(200, 415): "GIẤY KHAI SINH"}, size=(595, 560), points=22, font="tinos-bold")
    seal = typeset({(420, 480): "UBND XÃ"}, size=(595, 560), points=14)
    cv2.circle(seal, (1270, 1360), 150, (0, 0, 0), 9)
    for red in (title, seal):
        page[red.max(axis=2) < 128] = (40, 40, 210)
    readable = clean(page, 200)
    assert _ink(readable.grey, 195, 410, 400, 440, 185) > 1500
    assert _ink(readable.grey, 395, 445, 520, 545, 185) == 0


def test_a_mark_in_small_print_stays_whole_on_a_page_with_rules(typeset: Typeset) -> None:
    """Feet of its touching letters are no rule, letters lower than the page's own are no dust."""
    page = typeset(size=(595, 420), dpi=185)
    for y in (132, 142):
        cv2.line(page, (160, y), (1400, y), (0, 0, 0), 3)
    mail = typeset({(60, 20): "Cơ quan: thongtinchinhphuvanphongchinhphu.vn"}, (595, 50), 185, points=7.5)
    page[: mail.shape[0]] = np.minimum(page[: mail.shape[0]], cv2.GaussianBlur(mail, (0, 0), 0.7))
    readable = clean(page, 185)
    assert not (readable.grey[128:147, 300:1300] < 150).any()  # the rules go
    kept, given = (_ink(grey, 55, 18, 400, 40, 185) for grey in (readable.grey, flattened(without_red(page))))
    assert kept == given


def test_uneven_light_becomes_even() -> None:
    page = np.tile(np.linspace(90, 240, 600), (400, 1)).astype(np.uint8)
    page[100:110, 50:550] = page[100:110, 50:550] // 4
    flat = flattened(page)
    assert flat[300].min() > 240
    assert flat[105, 60:540].max() < 110


def test_dust_goes_and_marks_stay(typeset: Typeset) -> None:
    page = typeset(size=(595, 600))
    rng = np.random.default_rng(5)
    for x, y in zip(rng.integers(30, 1600, 300), rng.integers(1150, 1600, 300), strict=True):
        cv2.circle(page, (int(x), int(y)), 2, (0, 0, 0), -1)
    readable = clean(page, 200)
    assert _ink(readable.grey, 0, 420, 595, 590, readable.dpi) < 60


def test_ruled_table_gives_cells_in_reading_order(typeset: Typeset) -> None:
    lines = paragraph()
    cells = {(75 + 150 * c, 402 + 30 * r): f"ô {r}{c}" for r in range(3) for c in range(3)}
    page = typeset(lines | cells, size=(595, 560))
    for place in range(4):
        y, x = round((395 + 30 * place) * 200 / 72), round((65 + 150 * place) * 200 / 72)
        cv2.line(page, (round(65 * 2.778), y), (round(515 * 2.778), y), (0, 0, 0), 2)
        cv2.line(page, (x, round(395 * 2.778)), (x, round(485 * 2.778)), (0, 0, 0), 2)
    (table,) = clean(page, 200).tables
    assert len(table) == 9
    assert [cell.x0 < table[1].x0 for cell in table] == [True, False, False] * 3
    assert table[0].y0 < table[3].y0 < table[6].y0


def _grid(page: Picture, xs: tuple[int, ...], ys: tuple[int, ...], gap: int = 0) -> None:
    """Rules at these places in pixels; stretches of them broken every 30 pixels by `gap`."""
    for y in ys:
        page[y : y + 2, xs[0] : xs[-1] + 2] = 0
    for x in xs:
        page[ys[0] : ys[-1] + 2, x : x + 2] = 0
    broken = [place for place in range(0, max(page.shape[:2]), 30) if place % 450 > 120]
    for place in broken if gap else ():
        for y in ys:
            page[y : y + 2, place + 7 : place + 7 + gap] = 255
        for x in xs:
            page[place + 7 : place + 7 + gap, x : x + 2] = 255


def test_a_frame_around_a_table_is_no_table(typeset: Typeset) -> None:
    page = typeset(size=(595, 560))
    _grid(page, (180, 600, 1000, 1400), (1100, 1180, 1260, 1340))
    _grid(page, (20, 1630), (20, 1530))
    assert [len(table) for table in clean(page, 200).tables] == [9]


def test_a_photocopied_table_has_its_cells_though_its_rules_are_broken(typeset: Typeset) -> None:
    page = typeset(size=(595, 560))
    _grid(page, (180, 600, 1000, 1400), (1100, 1180, 1260, 1340), gap=4)
    assert [len(table) for table in clean(page, 200).tables] == [9]


def _worn_table(typeset: Typeset, left: float) -> Picture:
    """Nine cells; the left sides of the first two are gone, their text begins at `left`."""
    page = typeset(paragraph() | {(left, 402): "ba năm", (left, 431): "bốn năm"}, size=(595, 560))
    table = np.full_like(page, 255)
    _grid(table, (180, 600, 1000, 1400), (1100, 1180, 1260, 1340))
    for top in (1105, 1185):
        table[top : top + 70, 170:190] = 255
    return np.minimum(page, table)


def test_cells_without_an_outer_rule_stay_in_their_rows(typeset: Typeset) -> None:
    (table,) = clean(_worn_table(typeset, 75), 200).tables
    assert [cell.x0 < table[1].x0 for cell in table] == [True, False, False] * 3


def test_no_writing_is_cut_where_an_outer_rule_is_gone(typeset: Typeset) -> None:
    (table,) = clean(_worn_table(typeset, 50), 200).tables
    assert len(table) == 7


def test_blank_pages_are_told_from_nearly_blank_ones(typeset: Typeset) -> None:
    empty = typeset({}, size=(595, 842), dpi=150)
    dusty = empty + np.random.default_rng(1).integers(-6, 0, empty.shape).astype(np.uint8)
    cv2.circle(dusty, (500, 700), 3, (90, 90, 90), -1)
    assert is_blank(empty)
    assert is_blank(np.clip(empty.astype(np.int16) - 9, 0, 255).astype(np.uint8))
    assert not is_blank(typeset({(280, 400): "Trang 2"}, size=(595, 842), dpi=150))


def test_few_parts_are_cut_out_as_many_are() -> None:
    rng = np.random.default_rng(5)
    ink = Ink.of(np.where(rng.random((80, 90)) < 0.2, np.uint8(255), np.uint8(0)).astype(np.uint8))
    which = rng.random(len(ink.parts)) < 0.5
    which[0] = False
    looked_up = np.where(which, np.uint8(255), np.uint8(0))[ink.labels]
    assert 50 < np.count_nonzero(which) <= 400
    assert np.array_equal(ink.chosen(which), looked_up)
