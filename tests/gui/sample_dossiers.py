"""The dossiers and the archive of the sample office."""

from __future__ import annotations

from datetime import date

from desktop.workflow.job import Changes, Context, Outcome
from desktop.workflow.views.rows import (
    ChecklistItem,
    DossierRow,
    DossierView,
    PackageRow,
    PaperRow,
)
from storage.catalog.reports import Indicators
from storage.model import Component, Procedure, Receipt, SearchHit
from tests.gui.sample_calls import CODE, NOW
from tests.gui.sample_papers import SamplePapers


class SampleDossiers(SamplePapers):
    """Three dossiers, the first one open; two packages."""

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

    def new_dossier(self, procedure: Procedure, applicant: str, context: Context) -> Outcome[object]:
        self.asked.append(f"new {procedure.code} {applicant}")
        return Outcome(None, Changes(dossiers=frozenset({"new"})))

    def attach(self, paper: PaperRow, dossier: str, component: str, context: Context) -> Outcome[object]:
        self._attached[paper.id] = component
        return Outcome(None, Changes(documents=frozenset({paper.id}), dossiers=frozenset({dossier})))

    def deposit(self, dossier: str, context: Context) -> Outcome[object]:
        self.asked.append(f"deposit {dossier}")
        return Outcome(None, Changes(dossiers=frozenset({dossier})))

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

    def check_archive(self, context: Context) -> Outcome[tuple[Receipt, ...]]:
        for number in range(20):
            context.progress("progress.verify", number, 20, "gói")
            self._wait("check")
        kept = [row for row in self.packages() if row.deposited_at and row.archive and row.key]
        return Outcome(tuple(Receipt(row.id, row.archive, row.key, row.digest, NOW) for row in kept))
