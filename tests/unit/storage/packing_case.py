"""A small dossier to pack: the texts are invented, the files are not real PDFs."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from storage.model import Dossier, DossierState
from storage.package.model import EventType, PackageDocument, PackageEvent, PackageInput, PackageTerms

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)

TERMS = PackageTerms(
    agency="UBND xã Mẫu Sơn Đông",
    agency_code="H01.17.25",
    archive="Lưu trữ lịch sử tỉnh Mẫu",
    archive_code="H01.99",
)
DECISION = {
    "so_ky_hieu": "12/QĐ-UBND",
    "ngay_ban_hanh": "2026-11-20",
    "co_quan": "UBND xã Mẫu Sơn Đông",
    "trich_yeu": "V/v <ký> & đóng dấu \x00\ufffe",
}


def document(folder: Path, number: int, kind: str, title: str, fields: dict[str, str]) -> PackageDocument:
    path = folder / f"{number}.pdf"
    path.write_bytes(b"%PDF-1.7\n" + bytes([number]) * 3000)
    return PackageDocument(
        path=path,
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        kind_code=kind,
        title=title,
        pages=number,
        fields=fields,
        events=(
            PackageEvent(EventType.DIGITISED, NOW, "Trần Thị Mẫu", "pdfa"),
            PackageEvent(EventType.SIGNED, NOW + timedelta(minutes=1), "Trần Thị Mẫu", "so_hoa"),
        ),
    )


def case(folder: Path) -> PackageInput:
    """A birth registration with a form and a decision."""
    folder.mkdir(parents=True, exist_ok=True)
    return PackageInput(
        dossier=Dossier(
            id="0",
            code="H01.17.25-261122-0001",
            procedure_code="1.001193",
            title="Đăng ký khai sinh cho Nguyễn Văn Mẫu",
            applicant="Nguyễn Văn Mẫu",
            received_at=NOW - timedelta(days=2),
            state=DossierState.CLOSED,
            closed_at=NOW,
        ),
        procedure_name="Thủ tục đăng ký khai sinh",
        documents=(
            document(folder, 1, "to_khai_khai_sinh", "Tờ khai đăng ký khai sinh", {}),
            document(folder, 2, "quyet_dinh", "Quyết định", DECISION),
        ),
        terms=TERMS,
        operator="Trần Thị Mẫu",
        made_at=NOW,
        program_version="0.1.0",
    )
