"""Reading order: the heading of NĐ 30, blocks side by side, leaders, tables."""

from __future__ import annotations

from ocr.layout.furniture import Furniture
from ocr.layout.reading_order import arranged, page_text
from ocr.model import Box, Word

WIDTH = 6.0


def _line(text: str, x: float, y: float, line: int) -> list[Word]:
    words = []
    for word in text.split():
        words.append(Word(word, 0.9, Box(x, y, x + WIDTH * len(word), y + 11), line))
        x += WIDTH * (len(word) + 1) - 2
    return words


def _text(*lines: tuple[str, float, float], furniture: Furniture | None = None) -> str:
    words = [word for number, (text, x, y) in enumerate(lines) for word in _line(text, x, y, number)]
    return page_text(arranged(words, furniture or Furniture())).text


def test_heading_is_read_pair_by_pair() -> None:
    assert _text(
        ("ỦY BAN NHÂN DÂN", 60, 50),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 290, 50),
        ("XÃ MẪU SƠN ĐÔNG", 60, 65),
        ("Độc lập - Tự do - Hạnh phúc", 310, 65),
        ("Số: 12/UBND", 70, 90),
        ("Mẫu Sơn Đông, ngày 20 tháng 11 năm 2026", 290, 90),
        ("V/v chuyển đổi số", 60, 105),
        ("Kính gửi: Các thôn trên toàn địa bàn xã Mẫu Sơn Đông tỉnh Mẫu", 100, 140),
    ).split("\n") == [
        "ỦY BAN NHÂN DÂN",
        "XÃ MẪU SƠN ĐÔNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 12/UBND",
        "V/v chuyển đổi số",
        "Mẫu Sơn Đông, ngày 20 tháng 11 năm 2026",
        "Kính gửi: Các thôn trên toàn địa bàn xã Mẫu Sơn Đông tỉnh Mẫu",
    ]


def test_heading_merged_by_the_engine_is_parted() -> None:
    left = _line("CHÍNH PHỦ", 60, 50, 0) + _line("CỘNG HÒA XÃ HỘI", 300, 50, 0)
    below = _line("Số: 1/CP", 60, 80, 1) + _line("Hà Nội, ngày 1 tháng 2 năm 2026", 300, 80, 1)
    assert page_text(arranged(left + below, Furniture())).text.split("\n") == [
        "CHÍNH PHỦ",
        "CỘNG HÒA XÃ HỘI",
        "Số: 1/CP",
        "Hà Nội, ngày 1 tháng 2 năm 2026",
    ]


def test_a_long_agency_close_to_the_national_title_is_parted() -> None:
    assert _text(
        ("CỤC HÀNG HẢI VÀ ĐƯỜNG", 60, 50),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 203, 50),
        ("THỦY VIỆT NAM", 80, 65),
        ("Độc lập - Tự do - Hạnh phúc", 240, 65),
    ).split("\n") == [
        "CỤC HÀNG HẢI VÀ ĐƯỜNG",
        "THỦY VIỆT NAM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_recipients_come_before_the_signature() -> None:
    assert _text(
        ("Trên đây là báo cáo của Ủy ban nhân dân xã Mẫu Sơn Đông về công tác số hóa.", 60, 20),
        ("Nơi nhận:", 60, 50),
        ("TM. ỦY BAN NHÂN DÂN", 330, 50),
        ("- Như trên;", 60, 64),
        ("CHỦ TỊCH", 370, 64),
        ("- Lưu: VT.", 60, 78),
        ("Nguyễn Văn Mẫu", 350, 130),
    ).split("\n")[1:] == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Nguyễn Văn Mẫu",
    ]


def test_form_line_goes_on_across_its_leaders() -> None:
    lines = (("Giới tính:", 60, 50), ("Nơi sinh:", 60, 70), ("Nơi cư trú:", 60, 90))
    right = (("Dân tộc:", 300, 50), ("Quê quán:", 300, 70))
    words = [w for n, line in enumerate((*lines, *right)) for w in _line(*line, n % 3)]
    leaders = Furniture(leaders=(Box(125, 58, 298, 60), Box(120, 78, 298, 80)))
    assert page_text(arranged(words, leaders)).text.split("\n") == [
        "Giới tính: Dân tộc:",
        "Nơi sinh: Quê quán:",
        "Nơi cư trú:",
    ]


def test_form_lines_that_the_engine_took_for_columns_go_on_across_their_leaders() -> None:
    leaders = Furniture(leaders=tuple(Box(140, y, 298, y + 2) for y in (58, 98)))
    assert _text(
        ("Ngày sinh:", 60, 50),
        ("Số định danh:", 60, 70),
        ("Xã:", 60, 90),
        ("Giới tính:", 300, 50),
        ("Huyện:", 300, 90),
        furniture=leaders,
    ).split("\n") == ["Ngày sinh: Giới tính:", "Số định danh:", "Xã: Huyện:"]


def test_a_rule_parts_what_a_leader_would_join() -> None:
    lines = (("Số:", 60, 50), ("Tên:", 60, 70), ("Ngày:", 300, 50), ("Nơi:", 300, 70))
    leaders, rule = tuple(Box(140, y, 298, y + 2) for y in (58, 78)), Box(220, 40, 221, 90)
    joined = _text(*lines, furniture=Furniture(leaders))
    assert joined.split("\n") == ["Số: Ngày:", "Tên: Nơi:"]
    parted = _text(*lines, furniture=Furniture(leaders, (rule,)))
    assert parted.split("\n") == ["Số:", "Tên:", "Ngày:", "Nơi:"]


def test_the_mark_of_a_signature_is_read_after_the_paper() -> None:
    mark = (
        ("Người ký: CỔNG THÔNG TIN ĐIỆN TỬ", 60, 20),
        ("Email: thongtin@donvi.vn", 60, 32),
        ("Thời gian ký: 28.08.2024 14:38:08 +07:00", 60, 44),
    )
    paper = (
        ("CÔNG BÁO/Số 977", 60, 80),
        ("Luật này có hiệu lực từ 10:00:00 ngày 01.01.2025.", 60, 100),
    )
    expected = [text for text, _, _ in (*paper, *mark)]
    assert _text(*mark, *paper).split("\n") == expected


def test_what_stands_above_the_head_of_the_gazette_is_read_after_the_paper() -> None:
    smudged = (("là a N ; NG THÔNG CTN", 60, 20), ("LÀ) T04 27 ụu", 60, 32))
    paper = (("22 CÔNG BÁO Sô 1535 + 1536/Ngày 30-12-2024", 60, 80), ("QUỐC HỘI", 60, 100))
    expected = [text for text, _, _ in (*paper, *smudged)]
    assert _text(*smudged, *paper).split("\n") == expected


def test_a_paper_that_names_the_gazette_stays_as_it_is() -> None:
    lines = (("UBND XÃ", 60, 20), ("đăng Công báo, số ra ngày 15", 60, 40), ("CÔNG BÁO", 60, 60))
    assert _text(*lines).split("\n") == [text for text, _, _ in lines]


def test_a_time_alone_is_no_mark() -> None:
    lines = (("Nhật ký hệ thống", 60, 20), ("Lúc 28.08.2024 14:38:08 +07:00", 60, 32), ("Kết thúc", 60, 44))
    assert _text(*lines).split("\n") == [text for text, _, _ in lines]


def test_table_words_stay_in_their_order() -> None:
    table = (
        _line("Tên", 60, 50, 0) + _line("Số", 200, 50, 1) + _line("Đơn", 60, 70, 2) + _line("2", 200, 70, 3)
    )
    around = _line("Danh mục", 60, 20, 0) + _line("Ghi chú", 60, 100, 1)
    text = page_text(arranged(around, Furniture(), [table])).text
    assert text.split("\n") == ["Danh mục", "Tên", "Số", "Đơn", "2", "Ghi chú"]


def test_every_word_is_kept_once() -> None:
    words = [w for n in range(40) for w in _line("một hai ba", 30 + 97 * (n % 5), 13 * (n // 5), n)]
    result = arranged(words, Furniture())
    assert sorted(word.box for word in result) == sorted(word.box for word in words)
    assert [word.line for word in result] == sorted(word.line for word in result)
    assert arranged([], Furniture()) == ()
