"""Kinds, fields and the split into papers, on pages set from words in the frame of NĐ 30/2020."""

from __future__ import annotations

from dataclasses import replace

from ocr.batch.documents import split
from ocr.fields.facts import fields_of
from ocr.model import Box, Code, PageReading, PageText, Quality, Recipe, Word
from ocr.papers.classify import kind_of
from ocr.vietnamese.units import central_agency

_WIDTH, _HEIGHT = 595.0, 842.0
_LETTER = 6.2


def page(
    *lines: tuple[str, float, float], number: int = 1, source: str = "text_layer", qr: str = ""
) -> PageReading:
    """A page from (text, middle x, top y) in points."""
    words: list[Word] = []
    for index, (text, middle, top) in enumerate(lines):
        x = middle - sum(len(word) * _LETTER + 4 for word in text.split()) / 2
        for word in text.split():
            words.append(Word(word, 0.96, Box(x, top, x + len(word) * _LETTER, top + 13), index))
            x += len(word) * _LETTER + 4
    codes = (Code("QRCode", qr, Box(100, 100, 200, 200)),) if qr else ()
    text = PageText(tuple(words), "\n".join(line[0] for line in lines))
    blank = not words and not qr
    return PageReading(number, _WIDTH, _HEIGHT, Recipe(), text, source, blank, Quality(300), codes)  # type: ignore[arg-type]


def decision(number: int = 1, digits: str = "15", source: str = "text_layer") -> PageReading:
    return page(
        ("ỦY BAN NHÂN DÂN", 160, 60),
        ("TỈNH QUẢNG NGÃI", 160, 77),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 420, 60),
        ("Độc lập - Tự do - Hạnh phúc", 420, 77),
        (f"Số: {digits}/QĐ-UBND", 160, 105),
        ("Quảng Ngãi, ngày 05 tháng 02 năm 2025", 420, 105),
        ("QUYẾT ĐỊNH", 300, 150),
        ("Về việc phê duyệt kế hoạch năm 2025", 300, 168),
        ("Căn cứ Luật Tổ chức chính quyền địa phương;", 300, 210),
        ("Nơi nhận:", 120, 600),
        ("KT. CHỦ TỊCH", 430, 600),
        ("PHÓ CHỦ TỊCH", 430, 616),
        ("Trần Phước Hiền", 430, 720),
        number=number,
        source=source,
    )


def letter(number: int = 1) -> PageReading:
    return page(
        ("UBND XÃ MẪU SƠN ĐÔNG", 160, 60),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 420, 60),
        ("Độc lập - Tự do - Hạnh phúc", 420, 77),
        ("Số: 582/UBND-HT", 160, 105),
        ("Mẫu Sơn Đông, ngày 20 tháng 11 năm 2026", 420, 105),
        ("V/v xác minh hộ tịch", 160, 122),
        ("HỎA TỐC", 120, 170),
        ("Kính gửi: Sở Tư pháp", 320, 190),
        number=number,
    )


def declaration(number: int = 1, source: str = "text_layer", name: str = "Trần Văn Thử") -> PageReading:
    return page(
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 60),
        ("Độc lập - Tự do - Hạnh phúc", 300, 77),
        ("TỜ KHAI ĐĂNG KÝ KHAI SINH", 300, 120),
        (f"Họ, chữ đệm, tên người yêu cầu: {name}", 300, 160),
        ("Ngày, tháng, năm sinh: 12/03/1985", 300, 180),
        ("Số định danh cá nhân: 001085999918", 300, 200),
        ("Họ, chữ đệm, tên: TRẦN MINH MẪU", 300, 240),
        ("Ngày, tháng, năm sinh: 15/11/2026", 300, 260),
        number=number,
        source=source,
    )


def test_the_facts_of_a_decision() -> None:
    (paper,) = split([decision()])
    assert paper.kind.code == "quyet_dinh"
    assert paper.confidence > 0.95
    values = {name: field.value for name, field in paper.fields.items()}
    assert values == {
        "co_quan": "UBND tỉnh Quảng Ngãi",
        "so_ky_hieu": "15/QĐ-UBND",
        "ngay_ban_hanh": "2025-02-05",
        "loai_vb": "Quyết định",
        "trich_yeu": "Về việc phê duyệt kế hoạch năm 2025",
        "chuc_vu_ky": "KT. CHỦ TỊCH / PHÓ CHỦ TỊCH",
        "nguoi_ky": "Trần Phước Hiền",
    }


def _misread(reading: PageReading, printed: str, read: str) -> PageReading:
    words = tuple(replace(w, text=w.text.replace(printed, read)) for w in reading.text.words)
    return replace(reading, text=PageText(words, ""))


def test_a_title_cut_by_a_signature_is_known_but_no_authority_is_guessed() -> None:
    (paper,) = split([_misread(decision(), "TỊCH", "TỊC")])
    title = paper.fields["chuc_vu_ky"]
    assert (title.value, title.confidence) == ("KT. CHỦ TỊC / PHÓ CHỦ TỊCH", 0.75)


def test_one_wrong_letter_in_the_symbol_of_a_kind_is_put_right() -> None:
    (paper,) = split([_misread(decision(), "QĐ-", "QB-")])
    number = paper.fields["so_ky_hieu"]
    assert number.value == "15/QĐ-UBND"
    assert number.confidence < 0.8


def test_strokes_that_are_no_letters_become_the_kind_that_the_title_names() -> None:
    paper = split([_misread(decision(digits="150/2020"), "QĐ-", "11-")])[0]
    assert "so_ky_hieu" not in paper.fields  # nothing says that 11 is QĐ
    circular = _misread(_misread(decision(digits="150/2020"), "QĐ-", "11-"), "QUYẾT", "THÔNG")
    number = split([_misread(circular, "ĐỊNH", "TƯ")])[0].fields["so_ky_hieu"]
    assert (number.value, number.confidence) == ("150/2020/TT-UBND", 0.75)


def test_a_stroke_too_many_in_the_symbol_is_left_out_behind_a_year_too() -> None:
    circular = _misread(_misread(decision(digits="24/2025"), "QUYẾT", "THÔNG"), "ĐỊNH", "TƯ")
    for read in ("TT1-", "TI1-", "TTT-"):
        number = split([_misread(circular, "QĐ-", read)])[0].fields["so_ky_hieu"]
        assert (number.value, number.confidence) == ("24/2025/TT-UBND", 0.75)
    number = split([_misread(circular, "QĐ-", "TC-")])[0].fields["so_ky_hieu"]
    assert number.confidence < 0.8


def test_a_number_without_its_slash_is_left_for_typing() -> None:
    (paper,) = split([_misread(letter(), "582/UBND-HT", "58Z!UBND-HT")])
    number = paper.fields["so_ky_hieu"]
    assert (number.value, number.confidence) == ("/UBND-HT", 0.3)


def test_a_number_is_found_by_its_symbol_where_its_first_word_is_lost() -> None:
    read = _misread(decision(source="ocr"), "Số:", "Móc")
    read = replace(read, text=PageText((*read.text.words, *page(("Só", 90, 125)).text.words), ""))
    assert split([read])[0].fields["so_ky_hieu"].value.endswith("/QĐ-UBND")


def test_the_assembly_is_known_by_its_number() -> None:
    law = page(
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 420, 60),
        ("Độc lập - Tự do - Hạnh phúc", 420, 77),
        ("Luật số: 68/2020/QH14", 160, 105),
        ("LUẬT", 300, 150),
        ("CƯ TRÚ", 300, 168),
    )
    assert split([law])[0].fields["co_quan"].value == "Quốc hội"


def test_agencies_that_issue_together_are_named_one_by_one() -> None:
    joint = page(
        ("BỘ TƯ PHÁP - BỘ CÔNG AN -", 160, 60),
        ("TÒA ÁN NHÂN DÂN TỐI CAO", 160, 77),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 420, 60),
        ("Số: 29/2025/TTLT-BTP-BCA-TANDTC", 160, 105),
        ("THÔNG TƯ LIÊN TỊCH", 300, 150),
    )
    agency = split([joint])[0].fields["co_quan"].value
    assert agency == "Bộ Tư pháp / Bộ Công an / Tòa án nhân dân tối cao"


def test_a_subject_goes_on_in_small_letters_and_ends_where_a_paragraph_begins() -> None:
    def subject(third: str) -> str:
        lines = (
            ("ỦY BAN NHÂN DÂN", 160, 60),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 420, 60),
            ("Số: 08/CT-UBND", 160, 105),
            ("CHỈ THỊ", 300, 150),
            ("Về việc hỗ trợ nhà đầu tư", 300, 168),
            (third, 300, 184),
        )
        return split([page(*lines)])[0].fields["trich_yeu"].value

    assert subject("thực hiện dự án ngoài ngân sách").endswith("ngoài ngân sách")
    assert subject("Thực hiện Nghị quyết số 02 của Chính phủ").endswith("nhà đầu tư")


def test_the_day_of_a_paper_named_in_the_subject_is_no_day_of_this_one() -> None:
    subject = ("Bãi bỏ Điều 1 Quyết định số 55/2021/QĐ-UBND ngày 15 tháng 5 năm 2021", 340, 150)
    (paper,) = split(
        [
            page(
                ("UBND XÃ MẪU SƠN ĐÔNG", 160, 60),
                ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 420, 60),
                ("Số: 15/QĐ-UBND", 160, 105),
                ("QUYẾT ĐỊNH", 300, 132),
                subject,
            )
        ]
    )
    assert "ngay_ban_hanh" not in paper.fields
    assert paper.fields["trich_yeu"].value == subject[0]


def test_a_speck_under_the_title_does_not_end_the_subject() -> None:
    marked = decision()
    speck = Word("-", 0.1, Box(310, 164, 313, 167), 90)
    words = (*marked.text.words[:-1], speck, marked.text.words[-1])
    (paper,) = split([replace(marked, text=PageText(words, ""))])
    assert paper.fields["trich_yeu"].value == "Về việc phê duyệt kế hoạch năm 2025"


def test_a_dot_behind_a_symbol_is_none_of_its_letters() -> None:
    (paper,) = split([_misread(decision(), "UBND", "UBND.")])
    assert paper.fields["so_ky_hieu"].value == "15/QĐ-UBND"


def test_spaces_that_the_engine_lost() -> None:
    read = _misread(decision(), "KT.", "KT.CHỦ")
    title = split([read])[0].fields["chuc_vu_ky"].value
    assert title.startswith("KT. CHỦ")
    assert (found := central_agency("BỘCÔNGAN")) is not None
    assert (found.name, found.likeness) == ("Bộ Công an", 1.0)


def test_a_letter_has_no_title_but_a_subject_and_urgency() -> None:
    (paper,) = split([letter()])
    assert (paper.kind.code, paper.fields["trich_yeu"].value) == ("cong_van", "V/v xác minh hộ tịch")
    assert paper.fields["do_khan"].value == "Hỏa tốc"


def test_misread_letters_still_name_the_kind() -> None:
    read = decision()
    words = tuple(replace(w, text=w.text.replace("QUYẾT", "QUYÉI")) for w in read.text.words)
    kind, confidence = kind_of([replace(read, text=PageText(words, ""))])
    assert kind.code == "quyet_dinh"
    assert confidence < 0.99


def test_what_is_no_known_paper_stays_unclear() -> None:
    kind, confidence = kind_of([page(("Một bài thơ không tên", 300, 80), ("viết trên giấy trắng", 300, 100))])
    assert kind.code == "chua_ro"
    assert confidence < 0.5


def test_a_written_number_is_never_trusted() -> None:
    for digits in ("4† ", "8Z9 ", "_ "):
        field = fields_of([decision(digits=digits, source="ocr")], kind_of([decision()])[0])["so_ky_hieu"]
        assert (field.value, field.confidence < 0.5) == ("/QĐ-UBND", True)
    field = fields_of([decision(digits="899 ", source="ocr")], kind_of([decision()])[0])["so_ky_hieu"]
    assert field.confidence < 0.5  # digits apart from the printed symbol were written or stamped in later


def test_a_written_day_is_never_trusted() -> None:
    read = decision(source="ocr")
    words = tuple(
        replace(w, box=w.box._replace(y0=w.box.y0 - 6)) if w.text == "05" else w for w in read.text.words
    )
    fields = fields_of([replace(read, text=PageText(words, ""))], kind_of([read])[0])
    assert fields["ngay_ban_hanh"].confidence < 0.5
    assert fields_of([read], kind_of([read])[0])["ngay_ban_hanh"].confidence > 0.8


def test_a_line_that_a_written_day_parts_still_tells_month_and_year() -> None:
    read = decision(source="ocr")
    words = tuple(
        replace(w, line=99) if w.text in ("tháng", "02", "năm", "2025") and w.box.y0 == 105 else w
        for w in read.text.words
        if w.text != "05"
    )
    day = fields_of([replace(read, text=PageText(words, ""))], kind_of([read])[0])["ngay_ban_hanh"]
    assert (day.value, day.confidence) == ("2025-02", 0.3)


def test_the_first_person_of_a_declaration_counts() -> None:
    (paper,) = split([declaration(source="ocr")])
    assert paper.kind.code == "to_khai_khai_sinh"
    assert paper.fields["ho_ten"].value == "Trần Văn Thử"
    assert paper.fields["ngay_sinh"].value == "1985-03-12"
    assert (paper.fields["so_dinh_danh"].value, paper.fields["so_dinh_danh"].confidence) == (
        "001085999918",
        0.9,
    )


def test_an_empty_form_has_no_values() -> None:
    (paper,) = split([declaration(name="..............")])
    assert paper.fields["ho_ten"].value == "Trần Minh Mẫu"


def test_separators_headings_and_blank_backs_part_papers() -> None:
    sheet = page(number=3, qr="tramso:separator?dossier=H01.17.25-261122-0001")
    pages = [decision(1), page(number=2), sheet, page(number=4), declaration(5), letter(6)]
    papers = split(pages)
    assert [(paper.pages, paper.kind.code) for paper in papers] == [
        ((1, 2), "quyet_dinh"),
        ((3, 4), "separator"),
        ((5,), "to_khai_khai_sinh"),
        ((6,), "cong_van"),
    ]


def test_forms_of_an_appendix_stay_with_their_paper() -> None:
    form = declaration(2)
    numbered = page(*[("2", 300.0, 30.0)], number=2)
    both = replace(
        form, text=PageText(numbered.text.words + tuple(replace(w, line=w.line + 1) for w in form.text.words))
    )
    assert [paper.pages for paper in split([decision(1), both])] == [(1, 2)]
    assert [paper.pages for paper in split([decision(1), form])] == [(1,), (2,)]


def headed(mark: str, number: int) -> PageReading:
    """A form with its own heading under a mark such as "Mẫu số 02"."""
    form, top = declaration(number), page((mark, 480, 40)).text.words
    return replace(form, text=PageText(top + tuple(replace(w, line=w.line + 1) for w in form.text.words), ""))


def test_an_annex_stays_though_its_first_page_bears_no_number() -> None:
    second = page(("2", 300, 30), ("Điều 3. Trách nhiệm thi hành", 300, 80), number=2)
    annexed = split([decision(1), second, headed("Phụ lục", 3)])
    assert [paper.pages for paper in annexed] == [(1, 2, 3)]
    followed = split([decision(1), second, headed("Mẫu số 02", 3)])  # perhaps somebody's own paper
    assert [paper.pages for paper in followed] == [(1, 2), (3,)]


def test_the_forms_in_the_annex_of_a_decree_stay_with_it() -> None:
    decree = _misread(_misread(decision(1), "QUYẾT", "NGHỊ"), "QĐ-UBND", "NĐ-CP")
    annex = page(("2", 300, 30), ("Phụ lục", 300, 60), number=2)
    pages = [decree, annex, headed("Mẫu số 02", 3), headed("Mẫu TK01", 4)]
    assert [(paper.kind.code, paper.pages) for paper in split(pages)] == [("nghi_dinh", (1, 2, 3, 4))]


def blank_form(mark: str, number: int) -> PageReading:
    return page(
        (mark, 300, 40),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 60),
        ("Độc lập - Tự do - Hạnh phúc", 300, 77),
        ("PHƯƠNG ÁN CỨU NẠN, CỨU HỘ", 300, 120),
        ("Tên cơ sở: ..........", 300, 160),
        number=number,
    )


def test_a_form_whose_mark_cannot_be_read_stays_with_its_decree_while_it_is_blank() -> None:
    decree = _misread(_misread(decision(1), "QUYẾT", "NGHỊ"), "QĐ-UBND", "NĐ-CP")
    annex = page(("2", 300, 30), ("Phụ lục", 300, 60), number=2)
    forms = [blank_form("Mẫmu số.04", 3), blank_form("Mzz sc 05", 4)]
    assert [paper.pages for paper in split([decree, annex, *forms])] == [(1, 2, 3, 4)]
    assert [paper.pages for paper in split([decree, annex, declaration(3)])] == [(1, 2), (3,)]
    plain = page(("2", 300, 30), ("Điều 3. Trách nhiệm thi hành", 300, 80), number=2)
    assert [paper.pages for paper in split([decree, plain, forms[1]])] == [(1, 2), (4,)]


def test_forms_stay_with_their_annex_though_the_decree_itself_cannot_be_read() -> None:
    unclear = page(("CHÍNH PHỦ", 160, 60), ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 420, 60))
    annex = page(("Phụ lục II", 300, 60), number=2)
    assert [paper.pages for paper in split([unclear, annex, headed("Mẫu TK01", 3)])] == [(1, 2, 3)]
    assert [paper.pages for paper in split([unclear, headed("Mẫu TK01", 3)])] == [(1,), (3,)]


def test_a_card_by_its_code() -> None:
    qr = "001190999934||Trần Thị Ví|24011990|Nữ|Thôn Hai, xã Mẫu Sơn Đông, tỉnh Mẫu|10022022"
    (paper,) = split([page(("CĂN CƯỚC CÔNG DÂN", 300, 100), qr=qr)])
    assert (paper.kind.code, paper.confidence) == ("the_can_cuoc", 1.0)
    number = paper.fields["so_dinh_danh"]
    assert (number.value, number.confidence, number.source) == ("001190999934", 1.0, "code")
    assert paper.fields["ngay_cap"].value == "2022-02-10"
