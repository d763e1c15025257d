"""An office of fictional papers in memory: the window is driven fast, with many pages and with faults."""

from __future__ import annotations

import hashlib
import io
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw

from desktop.ui.office.model import PageText
from desktop.ui.office.model_signing import SignOrder
from desktop.ui.office.model_verify import DecisionOrder, WantedPage
from desktop.workflow.job import Changes, Context, Outcome, Problem, Progress
from desktop.workflow.pages.edit_commands import Adjust, Rearrange, TakeBack
from desktop.workflow.papers.intake import TakenIn
from desktop.workflow.review.correct import plain_value
from desktop.workflow.review.correct_commands import CorrectPaper
from desktop.workflow.review.sampling import plan
from desktop.workflow.review.second_check import BatchCheck, SampledPaper
from desktop.workflow.scan.batch import Scanned
from desktop.workflow.scan.orders import ScanOrder, ScanProfile, TakeArrived, Unfinished
from desktop.workflow.sign.check import Checked
from desktop.workflow.sign.files import Signed
from desktop.workflow.sign.hand_over import Returned
from desktop.workflow.sign.mandates import GiveMandate
from desktop.workflow.verify.files import FileVerified
from desktop.workflow.verify.trusting import TrustedEntry
from desktop.workflow.views.rows import (
    BatchRow,
    ChecklistItem,
    DossierRow,
    DossierView,
    IdentityRow,
    PackageRow,
    PageDoubt,
    PageRow,
    PaperRow,
    SigningRow,
)
from ocr.batch.outliers import Strangeness
from ocr.model import Box, Word
from ocr.ports import Device
from signing.changes.revision_view import RevisionPage
from signing.errors import PinWrong, StatusUnknown
from signing.law.clauses import finding
from signing.law.model import Area
from signing.model import (
    Certificate,
    Change,
    Content,
    FileVerdict,
    PinQuestion,
    Placement,
    Reason,
    Sealed,
    SignatureVerdict,
    SigningRole,
    Trust,
    Verdict,
)
from signing.presign.model import Assessment as PresignFinding
from signing.presign.model import CertificateCheck, Grade
from storage.catalog.decisions import Decision
from storage.catalog.handover_model import Handover, Holder, Mandate, Move
from storage.catalog.lessons import Lesson
from storage.catalog.reports import Indicators
from storage.model import Component, Field, Procedure, SearchHit

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
CODE = "H01.17.25-261122-0001"
KINDS = (
    ("to_khai_khai_sinh", "Tờ khai đăng ký khai sinh"),
    ("giay_chung_sinh", "Giấy chứng sinh"),
    ("the_can_cuoc", "Thẻ căn cước"),
    ("giay_xac_nhan_tthn", "Giấy xác nhận tình trạng hôn nhân"),
    ("chua_ro", "Chưa rõ"),
)


class SampleOffice:
    """Behaves like the office behind the window; `slow` seconds per call, faults on demand."""

    def actor(self) -> str:
        return "nguyen.thi.mau"

    def __init__(self, home: Path, pages: int = 14, slow: float = 0.0) -> None:
        self.home = home
        self.slow = slow
        self.pin = "12345678"
        self.fail_on: dict[str, Exception] = {}
        self.tries = 3
        self.refuse: dict[str, Problem] = {}
        self.unchecked = False
        """The status of the key's certificate cannot be told."""
        self.warns: tuple[str, ...] = ()
        """What is to be known of every signature that is made."""
        self.signed: list[str] = []
        self.asked: list[str] = []
        self.taken: list[Path] = []
        self.decided: dict[str, Decision] = {}
        self.authorities = [authority("CA Thực hành", is_root=True)]
        self.edits: list[list[PageRow]] = []
        self.orders: list[ScanOrder] = []
        self.profiles: list[ScanProfile] = []
        self.locked = False
        self.watched: Path | None = None
        self.verdicts: dict[str, tuple[str, str]] = {}
        self.workers: set[str] = {"nguyen.thi.mau"}
        self.learnt = [
            Lesson("l1", "d0", "kind", "chua_ro", "giay_chung_sinh", NOW, "nguyen.thi.mau"),
            Lesson("l2", "d1", "co_quan", "UBND xã Mẩu Sơn", "UBND xã Mẫu Sơn Đông", NOW, "nguyen.thi.mau"),
        ]
        self.arrived: list[TakeArrived] = []
        self.left: list[Unfinished] = []
        self.scan_problems: tuple[Problem, ...] = ()
        self.kinds: dict[str, str] = {}
        self.typed: dict[tuple[str, str], Field] = {}
        self._pages = [self._page(number, pages) for number in range(pages)]
        self._attached: dict[str, str] = {"d0": "to_khai", "d1": "chung_sinh"}
        self._closed = False
        self.back: list[Returned] = []
        self.given: list[Mandate] = []
        self.orders: list[SignOrder] = []

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

    def _wait(self, name: str) -> None:
        assert threading.current_thread() is not threading.main_thread(), name
        time.sleep(self.slow)
        self.asked.append(name)
        if name in self.fail_on:
            raise self.fail_on[name]

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

    def unattached(self) -> list[PaperRow]:
        return [paper for paper in self.papers("b1") if paper.dossier_code is None]

    def dossiers(self) -> list[DossierRow]:
        filled = len(self._attached)
        return [
            DossierRow(
                CODE,
                "Đăng ký khai sinh",
                "Đặng Thị Hường (mẫu)",
                "Thủ tục đăng ký khai sinh",
                "open",
                NOW,
                filled,
                3,
            ),
            DossierRow(
                "H01.17.25-261122-0002",
                "Sao y",
                "Trần Văn Mẫu",
                "Chứng thực bản sao từ bản chính",
                "open",
                NOW,
                1,
                1,
            ),
            DossierRow(
                "H01.17.25-261120-0007",
                "Xác nhận",
                "Lê Thị Thử",
                "Cấp giấy xác nhận tình trạng hôn nhân",
                "deposited",
                NOW,
                2,
                2,
            ),
        ]

    def dossier(self, code: str) -> DossierView:
        row = next(row for row in self.dossiers() if row.code == code)
        if code != CODE:
            return DossierView(
                row, (ChecklistItem("ban_chinh", "Bản chính giấy tờ", "filled", (self.paper("d2"),)),), (), ()
            )
        names = {
            "to_khai": "Tờ khai đăng ký khai sinh",
            "chung_sinh": "Giấy chứng sinh",
            "uy_quyen": "Văn bản ủy quyền",
        }
        items = []
        for component, name in names.items():
            papers = tuple(self.paper(key) for key, place in self._attached.items() if place == component)
            items.append(ChecklistItem(component, name, "filled" if papers else "missing", papers))
        items.append(ChecklistItem("ket_hon", "Giấy chứng nhận kết hôn của cha mẹ", "shown", ()))
        items.append(ChecklistItem("nuoc_ngoai", "Giấy tờ do nước ngoài cấp", "not_asked", ()))
        return DossierView(row, tuple(items), (), ())

    def procedures(self) -> list[Procedure]:
        part = Component("to_khai", "Tờ khai", ("to_khai_khai_sinh",))
        return [
            Procedure(
                "1.001193",
                "Thủ tục đăng ký khai sinh",
                "Hộ tịch",
                date(2025, 7, 1),
                None,
                (part,),
                "KQ.1",
                "Giấy khai sinh",
                "giay_khai_sinh",
                "-",
            )
        ]

    def signing_list(self, role: str) -> list[SigningRow]:
        if role == "luu_tru":
            return []
        return [
            SigningRow(
                f"d{n}",
                f"quet-{n + 1:03}.pdf",
                KINDS[n][1],
                CODE if n < 2 else None,
                (2, 1, 3)[n],
                role,
                (),
                1,
            )
            for n in range(3)
            if f"d{n}" not in self.signed and f"d{n}" not in {entry.document_id for entry in self.back}
        ]

    def identities(self) -> list[IdentityRow]:
        until = NOW + timedelta(days=300)
        return [
            IdentityRow(
                "pkcs12:clerk.p12",
                "THỰC HÀNH - Nguyễn Thị Mẫu",
                "UBND xã Mẫu Sơn Đông",
                until,
                ("so_hoa",),
                True,
                "ready",
            ),
            IdentityRow(
                "pkcs12:official.p12",
                "THỰC HÀNH - Trần Văn Mẫu",
                "UBND xã Mẫu Sơn Đông",
                until,
                ("ky_duyet",),
                True,
                "ready",
            ),
        ]

    def returned(self) -> list[Returned]:
        return list(self.back)

    def check(self, document_id: str, role: str, place: Placement | None, number: str) -> Checked:
        self._wait("rules")
        planned = place or Placement(1, 380, 600, 508, 657)
        missing = finding("number_blank", 1, Area(85, 100, 160, 115))
        low = finding("resolution_low", 1, dpi=150, pages=2)
        covering = finding("mark_covers_text", planned.page, Area(*planned[1:]))
        found = [] if number else [missing]
        found += [low] if document_id == "d1" else []
        found += [covering] if planned.y0 < 200 else []
        return Checked(tuple(found), True, planned if role else None)

    def refusal(self, document_id: str, role: str, address: str) -> Problem | None:
        facts = {"signer": "Trần Văn Mẫu", "form": "KT", "principal": "CHỦ TỊCH"}
        return Problem("mandate_missing", facts) if document_id == "d2" else None

    def earlier(self, document_id: str) -> FileVerdict | None:
        return verdict("dung")

    def certificate(self, address: str) -> CertificateCheck | None:
        good = PresignFinding(
            "period", Grade.GOOD, "period_good", {"since": "01/01/2026", "until": "01/01/2030"}
        )
        asks = PresignFinding("revocation", Grade.ASK, "revocation")
        signer = verdict("dung").signatures[0].signer
        assert signer is not None
        return CertificateCheck(signer, NOW, (good, asks), ())

    def mandates(self) -> list[Mandate]:
        return list(self.given)

    def give_mandate(self, order: GiveMandate, context: Context) -> Outcome[object]:
        whom = (order.person, order.form, order.principal, order.valid_from, order.valid_to)
        made = Mandate(f"m{len(self.given)}", *whom, order.kinds, order.basis, NOW, "may-1")
        self.given.append(made)
        return Outcome(None)

    def end_mandate(self, mandate_id: str, context: Context) -> Outcome[object]:
        self.given = [replace(row, ended_at=NOW) if row.id == mandate_id else row for row in self.given]
        return Outcome(None)

    def send_back(self, document_id: str, reason: str, context: Context) -> Outcome[object]:
        step = Handover(document_id, 1, Move.RETURN, Holder.CLERK, "lanh.dao", NOW, reason)
        self.back.append(Returned(document_id, f"{document_id}.pdf", "Quyết định", CODE, 1, 1, step))
        return Outcome(None, Changes(documents=frozenset({document_id})))

    def submit(self, document_ids: tuple[str, ...], context: Context) -> Outcome[object]:
        self.back = [entry for entry in self.back if entry.document_id not in document_ids]
        return Outcome(None, Changes(documents=frozenset(document_ids)))

    def packages(self) -> list[PackageRow]:
        return [
            PackageRow(
                "k1",
                "H01.17.25-261120-0007",
                "Xác nhận tình trạng hôn nhân",
                "sip_hoso",
                1834211,
                NOW,
                "9f" * 32,
                "folder:",
                "2026/H01.17.25-261120-0007.zip",
                NOW,
            ),
            PackageRow("k2", CODE, "Đăng ký khai sinh", "sip_hoso", 734211, NOW, "1c" * 32, None, None, None),
        ]

    def indicators(self) -> Indicators:
        return Indicators(12, 11, 7, 7, 5, 6, 4)

    def search(self, words: str) -> list[SearchHit]:
        self._wait("search")
        if "khai sinh" not in words:
            return []
        return [
            SearchHit(
                "d0",
                "quet-001.tif",
                "Tờ khai đăng ký khai sinh",
                CODE,
                "… đề nghị đăng ký khai sinh cho người dưới đây: họ, chữ đệm, tên …",
            )
        ]

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

    def _row(self, page_id: str) -> PageRow:
        return next(page for page in self._pages if page.id == page_id)

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

    def devices(self) -> list[Device]:
        return [Device("sane:test:0", "Máy quét mẫu"), Device("escl://10.0.0.7/eSCL", "Máy quét mạng")]

    def scan_profiles(self) -> tuple[list[ScanProfile], bool]:
        return self.profiles, self.locked

    def keep_scan_profiles(self, profiles: Sequence[ScanProfile]) -> None:
        self.profiles = list(profiles)

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

    def batch_check(self, batch_id: str) -> BatchCheck:
        """Two papers are in the sample, the first is strange."""
        sample = (("d1", Strangeness(9, ("skew",))), ("d0", Strangeness(0, ())))
        papers = tuple(
            SampledPaper(
                key, f"{key}.tif", self.paper(key).kind_code, odd, *self.verdicts.get(key, ("", "")), ""
            )
            for key, odd in sample
        )
        return BatchCheck(batch_id, "Lô", "x", frozenset(self.workers), plan(len(papers)), papers)

    def check_paper(self, document_id: str, verdict: str, reason: str, context: Context) -> Outcome[object]:
        self.verdicts[document_id] = (verdict, reason)
        if verdict == "rescan":
            self._pages = [
                replace(page, problem="rescan_wanted", rescan_reason=reason, version=page.version + 1)
                if page.document_id == document_id
                else page
                for page in self._pages
            ]
        return Outcome(None, Changes(documents=frozenset({document_id})))

    def lessons(self) -> list[Lesson]:
        return list(self.learnt)

    def forget_lessons(self, ids: tuple[str, ...], context: Context) -> Outcome[int]:
        self.learnt = [lesson for lesson in self.learnt if lesson.id not in ids]
        return Outcome(len(ids))

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

    def paste(self, save: Callable[[Path], object], context: Context) -> Outcome[object]:
        save(self.home / "dan.png")
        return self.intake((self.home / "dan.png",), context)

    def read_batch(self, batch_id: str, context: Context) -> Outcome[object]:
        self.asked.append(f"read {batch_id}")
        return Outcome(None, Changes(batches=frozenset({"b1"})))

    def finish(self, batch_id: str, context: Context) -> Outcome[object]:
        self.asked.append(f"finish {batch_id}")
        return Outcome(None, Changes(documents=frozenset({"d0"})))

    def add_key(self, address: str, context: Context) -> Outcome[object]:
        self.asked.append(f"key {address}")
        return Outcome(None)

    def make_practice_office(self, context: Context) -> Outcome[object]:
        self.asked.append("practice")
        return Outcome(None)

    def new_dossier(self, procedure: Procedure, applicant: str, context: Context) -> Outcome[object]:
        self.asked.append(f"new {procedure.code} {applicant}")
        return Outcome(None, Changes(dossiers=frozenset({"new"})))

    def attach(self, paper: PaperRow, dossier: str, component: str, context: Context) -> Outcome[object]:
        self._attached[paper.id] = component
        return Outcome(None, Changes(documents=frozenset({paper.id}), dossiers=frozenset({dossier})))

    def sign(self, order: SignOrder, context: Context) -> Outcome[tuple[Signed, ...]]:
        if context.ask_pin(PinQuestion("THỰC HÀNH - Nguyễn Thị Mẫu")).reveal() != self.pin:
            self.tries -= 1
            raise PinWrong(name="THỰC HÀNH - Nguyễn Thị Mẫu", tries_left=self.tries)
        if self.unchecked and not order.accept_unchecked:
            raise StatusUnknown(name="THỰC HÀNH - Nguyễn Thị Mẫu", reason="ocsp_unknown")
        self.orders.append(order)
        results = []
        for number, key in enumerate(order.document_ids):
            context.progress("progress.sign", number, len(order.document_ids), key)
            time.sleep(self.slow)
            problem = self.refuse.get(key)
            results.append(Signed(key, None if problem else self.sealed(order), problem))
            if problem is None:
                self.signed.append(key)
        return Outcome(tuple(results), Changes(documents=frozenset(self.signed)))

    def sealed(self, order: SignOrder) -> Sealed:
        checked = self.certificate(order.identity)
        assert checked is not None
        return Sealed("Signature1", SigningRole(order.role), checked.certificate, NOW, None, self.warns)

    def verify(
        self, paths: tuple[Path, ...], context: Context, each: Callable[[FileVerified], object]
    ) -> Outcome[tuple[FileVerified, ...]]:
        for path in paths:
            self._wait("verify")
            digest = hashlib.sha256(str(path).encode()).hexdigest()
            each(FileVerified(path, verdict(path.stem.split("-")[0]), None, digest, 12345))
        return Outcome(())

    def revision_page(self, wanted: WantedPage, dpi: int) -> RevisionPage:
        self._wait(f"page {wanted.end} {wanted.number}")
        places = ((100.0, 600.0, 200.0, 700.0),) if wanted.end != wanted.other else ()
        return RevisionPage(picture(wanted.number, dpi), 3, places)

    def write_report(
        self, files: tuple[FileVerified, ...], target: Path, context: Context
    ) -> Outcome[tuple[Path, ...]]:
        self.asked.append(f"report {len(files)} {target.name}")
        return Outcome((target,))

    def trusted(self) -> tuple[TrustedEntry, ...]:
        return tuple(self.authorities)

    def add_trust(self, sources: tuple[str, ...]) -> Outcome[tuple[TrustedEntry, ...]]:
        added = authority(Path(sources[0]).stem, is_root=False)
        self.authorities.append(added)
        return Outcome((added,))

    def remove_trust(self, fingerprint: str) -> Outcome[tuple[str, ...]]:
        gone = [each for each in self.authorities if each.certificate.fingerprint == fingerprint]
        self.authorities = [each for each in self.authorities if each not in gone]
        return Outcome(tuple(each.certificate.subject for each in gone))

    def decisions(self, digests: tuple[str, ...]) -> dict[str, Decision]:
        return {digest: self.decided[digest] for digest in digests if digest in self.decided}

    def decide(self, order: DecisionOrder, context: Context) -> Outcome[tuple[Decision, ...]]:
        made = tuple(
            Decision(
                f"k{number}",
                found.digest,
                found.path.name,
                order.passed,
                order.reason,
                "valid",
                NOW,
                self.actor(),
                "ef" * 32,
            )
            for number, found in enumerate(order.files)
        )
        self.decided |= {decision.file_digest: decision for decision in made}
        return Outcome(made)

    def repeat(self, decision_id: str, context: Context) -> Outcome[bool]:
        self.asked.append(f"repeat {decision_id}")
        return Outcome(True)

    def extend(self, paths: tuple[Path, ...], folder: Path, context: Context) -> Outcome[tuple[Path, ...]]:
        self.asked.append(f"extend {len(paths)}")
        return Outcome(tuple(folder / path.name for path in paths))

    def deposit(self, dossier: str, context: Context) -> Outcome[object]:
        self.asked.append(f"deposit {dossier}")
        return Outcome(None, Changes(dossiers=frozenset({dossier})))

    def check_archive(self, context: Context) -> Outcome[object]:
        for number in range(20):
            context.progress("progress.verify", number, 20, "gói")
            self._wait("check")
        return Outcome(None)

    def close(self) -> None:
        self._closed = True


def authority(name: str, is_root: bool) -> TrustedEntry:
    digest = hashlib.sha256(name.encode()).hexdigest()
    period = NOW - timedelta(days=200), NOW + timedelta(days=900)
    return TrustedEntry(Certificate(name, "", name, "0a", *period, digest), is_root, "unknown")


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


def verdict(name: str) -> FileVerdict:
    """A verdict for a file by its name: dung, luu-y, chua-ro, sua, hong, and anything else unsigned."""
    chosen = {
        "dung": (Content.AS_SIGNED, Trust.TRUSTED, Verdict.VALID),
        "luu": (Content.ALLOWED_CHANGES, Trust.TRUSTED, Verdict.VALID),
        "chua": (Content.AS_SIGNED, Trust.UNKNOWN, Verdict.UNDETERMINED),
        "sua": (Content.ALTERED, Trust.TRUSTED, Verdict.INVALID),
        "hong": (Content.UNCHECKED, Trust.UNTRUSTED, Verdict.INVALID),
    }.get(name)
    if chosen is None:
        return FileVerdict(Content.UNSIGNED, Trust.UNKNOWN, Verdict.UNSIGNED)
    content, trust, result = chosen
    signer = Certificate(
        "Trần Văn Mẫu",
        "UBND xã Mẫu Sơn Đông",
        "CA Thực hành",
        "0a1b2c",
        NOW - timedelta(days=200),
        NOW + timedelta(days=900),
        "ab" * 32,
    )
    change = (
        Change("page_content", 1, False) if content is Content.ALTERED else Change("number_added", 1, True)
    )
    changes = (change,) if content in (Content.ALTERED, Content.ALLOWED_CHANGES) else ()
    reasons = () if result is Verdict.VALID else (Reason("sample_reason"),)
    one = SignatureVerdict(
        "Signature1",
        SigningRole.KY_DUYET,
        signer,
        NOW,
        "timestamp",
        "broken" if content is Content.ALTERED else "intact",
        False,
        changes,
        trust,
        "good",
        "RSA-2048 SHA-256",
        content,
        result,
        (),
        reasons,
        covered_bytes=4000,
        path=(signer, replace(signer, subject="Gốc thực hành", fingerprint="cd" * 32)),
    )
    two = replace(
        one,
        field_name="Signature2",
        role=SigningRole.DONG_DAU,
        time_source="signer_clock",
        signer=replace(signer, subject="UBND xã Mẫu Sơn Đông"),
        covered_bytes=9000,
        covers_whole_file=content is not Content.ALTERED,
    )
    return FileVerdict(content, trust, result, (one, two))
