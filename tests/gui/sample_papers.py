"""The batches of the sample office: pages, papers, what is scanned, mended and corrected."""

from __future__ import annotations

import io
import math
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from desktop.ui.office.model import PageText
from desktop.workflow.job import Changes, Context, Outcome, Problem, Progress
from desktop.workflow.pages.edit_commands import Adjust, Rearrange, TakeBack
from desktop.workflow.papers.intake import TakenIn
from desktop.workflow.papers.screen_tasks import PagePart, Part
from desktop.workflow.review.correct import plain_value
from desktop.workflow.review.correct_commands import CorrectPaper
from desktop.workflow.scan.batch import Scanned
from desktop.workflow.scan.orders import ScannerState, ScanOrder, TakeArrived, Unfinished
from desktop.workflow.scan_profiles import ScanProfile
from desktop.workflow.views.rows import (
    BatchRow,
    PageDoubt,
    PageRow,
    PaperRow,
)
from ocr.model import Box, Word
from ocr.ports import Device
from storage.model import Field
from tests.gui.sample_calls import CODE, NOW, SampleCalls

KINDS = (
    ("to_khai_khai_sinh", "Tờ khai đăng ký khai sinh"),
    ("giay_chung_sinh", "Giấy chứng sinh"),
    ("the_can_cuoc", "Thẻ căn cước"),
    ("giay_xac_nhan_tthn", "Giấy xác nhận tình trạng hôn nhân"),
    ("chua_ro", "Chưa rõ"),
)


class SamplePapers(SampleCalls):
    """One batch of three pages a paper."""

    def __init__(self, home: Path, pages: int, slow: float) -> None:
        super().__init__(home, slow)
        self.taken: list[Path] = []
        self.edits: list[list[PageRow]] = []
        self.profiles: list[ScanProfile] = []
        self.locked = False
        self.inserted: list[tuple[tuple[Path, ...], str, int]] = []
        self.sheets: list[tuple[str, str, str, Path]] = []
        self.scanner = ScannerState("ready", "Máy quét mẫu")
        self.watched: Path | None = None
        self.arrived: list[TakeArrived] = []
        self.left: list[Unfinished] = []
        self.scan_problems: tuple[Problem, ...] = ()
        self.kinds: dict[str, str] = {}
        self.typed: dict[tuple[str, str], Field] = {}
        self._pages = [self._page(number, pages) for number in range(pages)]
        self._attached: dict[str, str] = {"d0": "to_khai", "d1": "chung_sinh"}

    def _page(self, number: int, count: int) -> PageRow:
        problem = "input_truncated" if number == 9 else None
        return PageRow(
            f"p{number}",
            number,
            number % 3 + 1,
            f"quet-{number // 3 + 1:03}.tif",
            f"d{number // 3}",
            number == 5,
            problem,
            0,
            problem is None,
            1,
        )

    def _row(self, page_id: str) -> PageRow:
        return next(page for page in self._pages if page.id == page_id)

    # -- what is there

    def batches(self) -> list[BatchRow]:
        self._wait("batches")
        if not self._pages:
            return []
        return [BatchRow("b1", "Quét sáng 22/11", NOW, len(self._pages), len(self.papers("b1")), 1)]

    def batch_of(self, document_id: str) -> str:
        return "b1"

    def pages(self, batch_id: str) -> list[PageRow]:
        return list(self._pages)

    def papers(self, batch_id: str) -> list[PaperRow]:
        count = (len(self._pages) + 2) // 3
        return [self.paper(f"d{number}") for number in range(count)]

    def paper(self, document_id: str) -> PaperRow:
        number = int(document_id[1:])
        code, name = KINDS[number % len(KINDS)]
        code = self.kinds.get(document_id, code)
        component = self._attached.get(document_id)
        ids = tuple(page.id for page in self._pages if page.document_id == document_id)
        fields = (
            Field("ho_ten", "ĐẶNG THỊ HƯỜNG (MẪU)", 0.97, 1, (180, 220, 380, 240), "ocr"),
            Field("so_dinh_danh", "001199900001", 0.99, 1, (180, 250, 300, 268), "code"),
            Field("ngay_sinh", "1999-02-30", 0.41, 1, (180, 280, 260, 298), "ocr"),
            Field("noi_cu_tru", "Thôn Mẫu, xã Mẫu Sơn Đông", 0.82, 1, (180, 310, 420, 328), "ocr"),
        )
        fields = tuple(self.typed.get((document_id, field.name), field) for field in fields)
        return PaperRow(
            document_id,
            f"quet-{number + 1:03}.tif",
            code,
            name,
            (0.96, 0.88, 0.99, 0.71, 0.32)[number % 5],
            ids,
            "sealed" if number == 2 else "recognised",
            CODE if component else None,
            component,
            fields,
            1,
        )

    def thumbnail(self, page_id: str, height: int) -> bytes:
        self._wait("thumbnail")
        return picture(int(page_id[1:]), 20)

    def page_picture(self, page_id: str, dpi: int) -> bytes:
        self._wait("picture")
        return picture(int(page_id[1:]), dpi, self._row(page_id).turn)

    def original_picture(self, page_id: str, dpi: int) -> bytes:
        self._wait("original")
        return picture(int(page_id[1:]), dpi)

    def page_part(self, page_id: str, part: Part, dpi: float) -> PagePart:
        self._wait("part")
        return cut(picture(int(page_id[1:]), min(300, round(dpi)), self._row(page_id).turn), part)

    def original_part(self, page_id: str, part: Part, dpi: float) -> PagePart:
        return cut(picture(int(page_id[1:]), min(300, round(dpi))), part)

    def page_doubts(self, batch_id: str) -> list[PageDoubt]:
        known = {page.id for page in self._pages}
        doubts = (PageDoubt("p7", 9.0, ("blurred", "skew")), PageDoubt("p3", 4.0, ("words",)))
        return [doubt for doubt in doubts if doubt.page_id in known]

    def page_text(self, page_id: str) -> PageText:
        words = tuple(
            Word(
                f"chữ{line}",
                0.5 if line % 7 == 3 else 0.95,
                Box(90 + 70 * c, 120 + 20 * line, 150 + 70 * c, 134 + 20 * line),
                line,
                None,
                line % 7 == 3 and c == 2,
            )
            for line in range(30)
            for c in range(6)
        )
        return PageText(595, 842, words)

    def document_picture(self, document_id: str, number: int, dpi: int) -> bytes:
        return picture(number, dpi)

    def document_part(self, document_id: str, number: int, part: Part, dpi: float) -> PagePart:
        return cut(picture(number, min(300, round(dpi))), part)

    # -- what comes in

    def devices(self) -> list[Device]:
        return [Device("sane:test:0", "Máy quét mẫu"), Device("escl://10.0.0.7/eSCL", "Máy quét mạng")]

    def ask_scanner(self, address: str) -> ScannerState:
        assert threading.current_thread() is not threading.main_thread()
        self.asked.append("ask_scanner")
        return self.scanner

    def scan_profiles(self) -> tuple[list[ScanProfile], bool]:
        return self.profiles, self.locked

    def keep_scan_profiles(self, profiles: Sequence[ScanProfile]) -> None:
        self.profiles = list(profiles)

    def scan(self, order: ScanOrder, context: Context) -> Outcome[Scanned]:
        """Three sheets come one by one."""
        self.orders.append(order)
        for number in range(3):
            self._wait("sheet")
            page = self._page(len(self._pages), len(self._pages) + 1)
            self._pages.append(replace(page, document_id=None, read=False, problem=None))
            context.report(Progress("progress.scan", number + 1, 0))
            context.changed(Changes(batches=frozenset({"b1"})))
            context.check()
        return Outcome(Scanned("b1", ()), problems=self.scan_problems)

    def intake(self, paths: tuple[Path, ...], context: Context) -> Outcome[object]:
        for number, path in enumerate(paths):
            context.progress("progress.intake", number, len(paths), path.name)
            self._wait("intake")
            self.taken.append(path)
        problems = tuple(
            Problem("input_encrypted", {"name": path.name}, str(path))
            for path in paths
            if "khoa" in path.name
        )
        return Outcome(None, Changes(batches=frozenset({"b1"})), problems)

    def insert_files(
        self, paths: Sequence[Path], batch_id: str, to: int, context: Context
    ) -> Outcome[object]:
        self.inserted.append((tuple(paths), batch_id, to))
        return self.intake(tuple(paths), context)

    def paste(self, save: Callable[[Path], object], context: Context) -> Outcome[object]:
        save(self.home / "dan.png")
        return self.intake((self.home / "dan.png",), context)

    def separator_sheet(self, dossier: str, component: str, profile: str, path: Path) -> None:
        self._wait("separator_sheet")
        self.sheets.append((dossier, component, profile, path))

    def hot_folder(self) -> Path | None:
        return self.watched

    def keep_hot_folder(self, folder: Path | None) -> None:
        self.watched = folder

    def take_arrived(self, order: TakeArrived, context: Context) -> Outcome[tuple[TakenIn, ...]]:
        self._wait("take_arrived")
        self.arrived.append(order)
        taken = tuple(TakenIn(path, path.name, "b1", 1, False) for path in order.whole)
        for path in order.whole:
            path.unlink()
        return Outcome(taken, Changes(batches=frozenset({"b1"})))

    def unfinished(self) -> list[Unfinished]:
        return self.left

    def recover(self, key: str, context: Context) -> Outcome[object]:
        self.asked.append(f"recover {key}")
        self.left = [row for row in self.left if row.key != key]
        return Outcome(None, Changes(batches=frozenset({"b1"})))

    def discard(self, key: str, context: Context) -> Outcome[object]:
        self.asked.append(f"discard {key}")
        self.left = [row for row in self.left if row.key != key]
        return Outcome(None)

    # -- what is mended

    def adjust(self, order: Adjust, context: Context) -> Outcome[object]:
        self.edits.append(list(self._pages))
        for page in [page for page in self._pages if page.id in order.page_ids]:
            place = self._pages.index(page)
            turn = (page.turn + order.turn) % 360
            self._pages[place] = replace(page, turn=turn, version=page.version + 1)
        return Outcome("adjust", Changes(batches=frozenset({"b1"})))

    def rearrange(self, order: Rearrange, context: Context) -> Outcome[object]:
        self.edits.append(list(self._pages))
        self.asked.append(f"{order.action} {' '.join(order.page_ids)} {order.to}")
        if order.action == "remove":
            self._pages = [page for page in self._pages if page.id not in order.page_ids]
        return Outcome(order.action, Changes(batches=frozenset({"b1"})))

    def take_back(self, order: TakeBack, context: Context) -> Outcome[object]:
        if not self.edits:
            return Outcome(None)
        self._pages = self.edits.pop()
        return Outcome("edit", Changes(batches=frozenset({"b1"})))

    def correct(self, order: CorrectPaper, context: Context) -> Outcome[PaperRow]:
        """Keeps corrections as the office does: by field, marked as the clerk's."""
        self._wait("correct")
        if order.kind_code:
            self.kinds[order.document_id] = order.kind_code
        for typed in order.fields:
            box = typed.box or (180.0, 220.0, 380.0, 240.0)
            self.typed[order.document_id, typed.name] = Field(
                typed.name, plain_value(typed.name, typed.value), 1.0, typed.page or 1, box, "clerk"
            )
        paper = self.paper(order.document_id)
        return Outcome(paper, Changes(documents=frozenset({paper.id})))

    def read_batch(self, batch_id: str, context: Context) -> Outcome[object]:
        self.asked.append(f"read {batch_id}")
        return Outcome(None, Changes(batches=frozenset({"b1"})))

    def finish(self, batch_id: str, context: Context) -> Outcome[object]:
        self.asked.append(f"finish {batch_id}")
        return Outcome(None, Changes(documents=frozenset({"d0"})))


@cache
def picture(number: int, dpi: int, turn: int = 0) -> bytes:
    """A page of grey lines with its number; A4."""
    width, height = round(8.27 * dpi), round(11.69 * dpi)
    image = Image.new("RGB", (width, height), "#fffdf7")
    draw = ImageDraw.Draw(image)
    if number != 5:
        for line in range(30):
            y = round((120 + 20 * line) / 72 * dpi)
            draw.rectangle(
                (round(1.25 * dpi), y, round((6 + line % 3 / 2) * dpi), y + max(1, dpi // 12)), fill="#667"
            )
        draw.ellipse((5 * dpi, 8.5 * dpi, 6.5 * dpi, 10 * dpi), outline="#c22", width=max(1, dpi // 20))
    made = io.BytesIO()
    image.rotate(-turn, expand=True).save(made, "JPEG", quality=80)
    return made.getvalue()


def cut(page: bytes, part: Part) -> PagePart:
    """A part of such a page."""
    with Image.open(io.BytesIO(page)) as image:
        wide, high = image.size
        left, top = math.floor(part[0] * wide), math.floor(part[1] * high)
        right, bottom = math.ceil(part[2] * wide), math.ceil(part[3] * high)
        made = io.BytesIO()
        image.crop((left, top, right, bottom)).save(made, "JPEG", quality=80)
    return PagePart(made.getvalue(), (left / wide, top / high, right / wide, bottom / high))
