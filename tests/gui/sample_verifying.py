"""Checked files of the sample office, and whom it trusts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from desktop.ui.office.model_verify import DecisionOrder, WantedPage
from desktop.workflow.job import Context, Outcome, Problem
from desktop.workflow.verify.files import FileVerified
from desktop.workflow.verify.trusting import Offer, TrustedEntry
from signing.changes.revision_view import RevisionPage
from signing.model import (
    Certificate,
    Change,
    Content,
    FileVerdict,
    Reason,
    SignatureVerdict,
    SigningRole,
    Trust,
    Verdict,
)
from storage.catalog.decisions import Decision
from tests.gui.sample_calls import NOW, SampleCalls
from tests.gui.sample_papers import picture


class SampleVerifying(SampleCalls):
    """The verdict on a file follows its name."""

    def __init__(self, home: Path, slow: float) -> None:
        super().__init__(home, slow)
        self.decided: dict[str, Decision] = {}
        self.authorities = [authority("CA Thực hành", is_root=True)]

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

    def seek_trust(self, sources: tuple[str, ...]) -> Outcome[tuple[Offer, ...]]:
        self.asked.append(f"seek {sources[0]}")
        name = Path(sources[0]).stem
        if name == "trống":
            return Outcome((), problems=(Problem("nothing_to_trust", {"name": name}, name),))
        return Outcome((Offer(authority(name, is_root=False), b""),))

    def add_trust(self, offers: tuple[Offer, ...]) -> Outcome[tuple[TrustedEntry, ...]]:
        added = tuple(offer.entry for offer in offers)
        self.authorities += added
        return Outcome(added)

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


def authority(name: str, is_root: bool) -> TrustedEntry:
    digest = hashlib.sha256(name.encode()).hexdigest()
    period = NOW - timedelta(days=200), NOW + timedelta(days=900)
    return TrustedEntry(Certificate(name, "", name, "0a", *period, digest), is_root, "unknown")


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
