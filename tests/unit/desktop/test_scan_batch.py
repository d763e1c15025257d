"""Scanning into a profile with SANE's test scanner: nothing is lost, nothing doubled, whatever goes wrong."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from desktop import bootstrap, settings
from desktop.workflow.executor import open_executor
from desktop.workflow.job import Cancelled, Changes, Context, Outcome
from desktop.workflow.scan import batch as steps
from desktop.workflow.scan.batch import Scanned, discard, recover, scan_batch, unfinished
from desktop.workflow.scan.orders import ScanOrder
from desktop.workflow.scan_profiles import ScanProfile, as_setting, profiles_in
from desktop.workflow.services import Services, now
from ocr.errors import DeviceMissing
from ocr.locate import source
from ocr.ports import ScanOptions
from ocr.sources import sane
from storage.catalog import documents, edits, journal, pages, versions
from storage.errors import DiskFull
from storage.model import Document, DocumentState, DocumentVersion, Page
from tests.fakes import sane_device

pytestmark = sane_device.HANGS_AT_TIMES

RECOGNISED = DocumentState.RECOGNISED
FEEDER = 10
"""Sheets that SANE's test scanner has."""


@pytest.fixture
def device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return sane_device.configure(tmp_path / "sane.d", monkeypatch)


@pytest.fixture
def services(home: Path) -> Iterator[Services]:
    with bootstrap.open_services(home) as opened:
        yield replace(opened, workers=replace(opened.workers, executor=open_executor("inline:")))


def order(device: str, **where: object) -> ScanOrder:
    return ScanOrder(ScanProfile("Một mặt", device, "adf", 50, "grey", "a5"), **where)  # type: ignore[arg-type]


def live(services: Services, batch_id: str) -> tuple[Page, ...]:
    with services.catalog.read() as connection:
        return pages.of_batch(connection, batch_id)


def test_the_scanner_tells_what_it_offers(device: str) -> None:
    offered = source(device).features()
    assert offered.feeds == ("flatbed", "adf")
    assert 300 in offered.dpis
    assert offered.modes == ("colour", "grey")


def test_a_driver_that_hangs_when_it_is_asked_is_a_scanner_that_does_not_answer(
    device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bin" / "scanimage"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    monkeypatch.setattr(sane, "LIST_LIMIT_S", 0.2)
    with pytest.raises(DeviceMissing):
        source(device).features()
    with pytest.raises(DeviceMissing):
        sane.devices()


def test_every_sheet_is_kept_though_all_look_alike(services: Services, device: str) -> None:
    seen: list[Changes] = []
    done = scan_batch(services, order(device), Context(changed=seen.append))
    assert done.problems == ()
    kept = live(services, done.value.batch_id or "")
    assert [page.id for page in kept] == list(done.value.page_ids)
    assert len(kept) == FEEDER > len({page.file_digest for page in kept})
    assert len(seen) == FEEDER
    assert not any((services.home / "scans").iterdir())
    with services.catalog.read() as connection:
        assert journal.verify(connection) == FEEDER + 1  # the scan, and its pages


FAULTS = {
    3: "device_busy",
    5: "device_failed",
    6: "device_jammed",
    8: "device_cover_open",
    9: "device_gone",
}


@pytest.mark.parametrize("status", FAULTS)
def test_after_a_fault_the_pages_that_came_stay(
    services: Services, device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    sane_device.ends_with(tmp_path, monkeypatch, pages=3, status=status)
    done = scan_batch(services, order(device), Context())
    assert [problem.code for problem in done.problems] == [FAULTS[status]]
    assert done.problems[0].facts["pages"] == 3
    assert len(live(services, done.value.batch_id or "")) == 3


def test_a_jam_before_the_first_page_leaves_no_batch(
    services: Services, device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sane_device.ends_with(tmp_path, monkeypatch, pages=0, status=6)
    done = scan_batch(services, order(device), Context())
    assert [problem.code for problem in done.problems] == ["device_jammed"]
    assert done.value.batch_id is None
    assert unfinished(services) == ()


def test_a_driver_that_hangs_is_given_up(
    services: Services, device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sane_device.ends_with(tmp_path, monkeypatch, pages=2, status=0, spoil="exec sleep 5")
    monkeypatch.setattr(sane, "PAGE_LIMIT_S", 1.0)
    done = scan_batch(services, order(device), Context())
    assert [(problem.code, problem.facts["pages"]) for problem in done.problems] == [("device_gone", 1)]
    assert len(done.value.page_ids) == 2  # the page that was not reported lay in the folder


def test_fewer_pages_than_the_scanner_counted_is_told(
    services: Services, device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sane_device.ends_with(tmp_path, monkeypatch, pages=3, status=0, spoil=': > "$last"')
    done = scan_batch(services, order(device), Context())
    assert [problem.facts["told"] for problem in done.problems] == [3]
    assert [page.problem for page in live(services, done.value.batch_id or "")][2] == "input_truncated"


def test_half_a_page_is_kept_at_its_place_and_marked(
    services: Services, device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sane_device.ends_with(tmp_path, monkeypatch, pages=2, status=0, spoil='truncate -s 5000 "$last"')
    done = scan_batch(services, order(device), Context())
    assert [(problem.code, problem.facts["page"]) for problem in done.problems] == [
        ("device_page_damaged", 2)
    ]
    assert [page.problem for page in live(services, done.value.batch_id or "")] == [None, "input_truncated"]


def test_another_resolution_than_asked_is_told_once(services: Services, device: str) -> None:
    half = ScanProfile("Sai", device, "adf", 50, "grey", "a5")
    real = steps._options
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(steps, "_options", lambda profile: replace(real(profile), dpi=100))
        done = scan_batch(services, ScanOrder(half), Context())
    assert [(problem.code, problem.facts["got"]) for problem in done.problems] == [
        ("device_wrong_resolution", 100)
    ]


def test_a_person_stops_and_keeps_what_came(services: Services, device: str) -> None:
    context = Context(changed=lambda changes: context.stop.set())
    with pytest.raises(Cancelled):
        scan_batch(services, order(device), context)
    with services.catalog.read() as connection:
        [(_, count)] = pages.unread(connection).items()
    assert 1 <= count <= FEEDER
    assert not any((services.home / "scans").iterdir())


def test_a_helper_process_that_outlives_the_driver_holds_up_no_scan(
    device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = f'case "$*" in *-A*) exec {shutil.which("scanimage")} "$@";; esac'
    program, outlived = tmp_path / "bin" / "scanimage", tmp_path / "outlived"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{offered}\n(sleep 8; touch {outlived}) &\nexit 0\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    assert list(source(device).pages(tmp_path / "into")) == []
    assert not outlived.exists()


def test_inserting_and_scanning_again_in_place(
    services: Services, device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = scan_batch(services, order(device), Context()).value
    batch_id, before = first.batch_id or "", list(first.page_ids)
    sane_device.ends_with(tmp_path, monkeypatch, pages=2, status=0)
    put = list(scan_batch(services, order(device, batch_id=batch_id, to=4), Context()).value.page_ids)
    assert [page.id for page in live(services, batch_id)] == before[:4] + put + before[4:]
    new = scan_batch(services, order(device, batch_id=batch_id, replaces=before[0]), Context()).value.page_ids
    assert [page.id for page in live(services, batch_id)] == [*new, *before[1:4], *put, *before[4:]]
    with services.catalog.write() as connection:
        edits.undo(connection, batch_id)
        assert pages.get(connection, before[0]).removed is False


def test_a_full_disk_leaves_the_page_in_the_folder_and_it_is_offered_again(
    services: Services, device: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        """The blobs of the profile until the fourth page."""

        put_count = 0

        def __getattr__(self, name: str) -> object:
            return getattr(services.blobs, name)

        def put(self, data: bytes | Path) -> str:
            self.put_count += 1
            if self.put_count > 3:
                raise DiskFull(what="blobs")
            return services.blobs.put(data)

    done = scan_batch(replace(services, blobs=Full()), order(device), Context())  # type: ignore[arg-type]
    assert {problem.code for problem in done.problems} == {"disk_full"}
    assert len(done.value.page_ids) == 3
    [row] = unfinished(services)
    assert row.name == "Một mặt"
    assert row.pages >= 4
    found, _ = steps._left(services, row.key)
    assert len(found.page_ids) == row.pages
    assert len(live(services, done.value.batch_id or "")) == row.pages
    assert [left.key for left in unfinished(services)] == [done.value.batch_id]


def signed(services: Services, batch_id: str, page_ids: Sequence[str]) -> None:
    """A paper of these pages that has its file and a signature on it."""
    with services.catalog.write() as connection:
        paper = Document("k", batch_id, tuple(page_ids), "quyet_dinh", "Quyết định", 1.0, RECOGNISED, "a")
        documents.add(connection, paper)
        for step in ("pdfa", "ky_duyet"):
            made = DocumentVersion("k", step, "b" * 64, now(), "clerk")
            versions.add(connection, documents.get(connection, "k"), made)


def test_a_page_of_a_signed_paper_is_refused_before_a_sheet_is_fed(services: Services, device: str) -> None:
    first = scan_batch(services, order(device), Context()).value
    signed(services, first.batch_id or "", first.page_ids[:2])
    wanted = order("sane:no scanner", batch_id=first.batch_id, replaces=first.page_ids[0])
    assert [problem.code for problem in scan_batch(services, wanted, Context()).problems] == ["paper_signed"]
    assert not any((services.home / "scans").iterdir())


@pytest.mark.parametrize("choice", [recover, discard])
def test_a_scan_left_for_a_page_that_was_signed_since_does_not_stay_for_ever(
    services: Services, device: str, choice: Callable[..., Outcome[Scanned]]
) -> None:
    first = scan_batch(services, order(device), Context()).value
    batch_id, old = first.batch_id or "", first.page_ids[0]
    folder = services.home / "scans" / "0191"
    folder.mkdir()
    cut_off(services, device, folder, batch_id=batch_id, replaces=old)
    signed(services, batch_id, first.page_ids[:2])
    done = choice(services, "0191", Context())
    assert not folder.exists()
    assert old in {page.id for page in live(services, batch_id)}
    told = {problem.code for problem in done.problems}
    assert ("scan_at_end" in told) is (choice is recover)


def cut_off(services: Services, device: str, folder: Path, **where: object) -> None:
    """What kill -9 leaves when page 2 is kept but its file not yet tidied, page 3 whole, page 4 under way."""
    steps._write_note(services, folder, order(device, **where))
    for page in source(device, ScanOptions("adf", 50, "grey", "a5")).pages(folder):
        if page.name > "p00003.tif":
            page.unlink()
    for name in ("p00001.tif", "p00002.tif"):
        again = shutil.copy(folder / name, services.home)
        steps._deliver(services, folder, folder / name, 1)
        if name == "p00002.tif":
            shutil.copy(again, folder / name)
    (folder / "p00004.tif.part").write_bytes(b"II*")


def test_what_a_crash_left_is_offered_brought_in_once_and_can_be_put_away(
    services: Services, device: str
) -> None:
    folder = services.home / "scans" / "0190"
    folder.mkdir(parents=True)
    cut_off(services, device, folder)
    [row] = unfinished(services)
    assert row.key == "0190"
    assert row.at.tzinfo is not None
    done = discard(services, row.key, Context())
    assert live(services, done.value.batch_id or "") == ()
    with services.catalog.write() as connection:
        edits.undo(connection, done.value.batch_id or "")
        kept = pages.of_batch(connection, done.value.batch_id or "")
    assert [(page.arrival or "")[-10:] for page in kept] == ["p00001.tif", "p00002.tif", "p00003.tif"]


def test_profiles_are_kept_in_the_settings_and_junk_is_passed_over(home: Path) -> None:
    mine = (ScanProfile("Hai mặt", "escl://may-quet/eSCL", "adf-duplex", 200, "grey"),)
    settings.save(home, replace(settings.load(home), scan_profiles=as_setting(mine)))
    found = settings.load(home)
    assert profiles_in(found) == mine
    junk = ({"name": "x"}, {"name": "x", "device": "sane:y", "feed": "?"}, "x", json.loads("3"))
    assert profiles_in(replace(found, scan_profiles=junk)) == ()  # type: ignore[arg-type]


def test_in_the_run_that_scanned_only_pages_outside_their_batch_are_offered(
    services: Services, device: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sane_device.ends_with(tmp_path, monkeypatch, pages=2, status=6)
    done = scan_batch(services, order(device), Context())
    assert [row.key for row in unfinished(services)] == [done.value.batch_id]
    assert unfinished(services, earlier=()) == ()
    folder = services.home / "scans" / "0191"
    folder.mkdir()
    (folder / "p00001.tif").write_bytes(b"II*")
    assert [row.key for row in unfinished(services, earlier=())] == ["0191"]
