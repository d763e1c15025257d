"""What a check found as a spreadsheet: a row per file, a row per signature."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop import messages
from desktop.workflow.problem_words import words_of
from desktop.workflow.reports import spreadsheet, verdict_words
from desktop.workflow.reports.model import Reported, ReportFacts
from desktop.workflow.reports.spreadsheet import Table, Value
from signing.model import SignatureVerdict


def write(target: Path, files: Sequence[Reported], facts: ReportFacts) -> None:
    """Write both tables as one workbook."""
    spreadsheet.write(target, _tables(files, facts))


def _tables(files: Sequence[Reported], facts: ReportFacts) -> tuple[Table, Table]:
    """One sheet with a row per file, one with a row per signature."""
    messages.choose(facts.language)
    made = messages.text(
        "report.table.caption", made=messages.day(facts.made), actor=facts.actor, tool=facts.tool
    )
    by_file = tuple(_file_row(number, entry) for number, entry in enumerate(files, 1))
    by_signature = tuple(
        _signature_row(entry, number, signature)
        for entry in files
        if entry.found.verdict is not None
        for number, signature in enumerate(entry.found.verdict.signatures, 1)
    )
    return (
        Table(messages.text("report.table.files"), made, _headings(_FILE_COLUMNS), by_file),
        Table(messages.text("report.table.signatures"), made, _headings(_SIGNATURE_COLUMNS), by_signature),
    )


_FILE_COLUMNS = (
    "number",
    "file",
    "verdict",
    "content",
    "trust",
    "signatures",
    "notes",
    "decision",
    "sha256",
    "path",
)
_SIGNATURE_COLUMNS = (
    "file",
    "number",
    "verdict",
    "signer",
    "unit",
    "role",
    "issuer",
    "signed_at",
    "time_source",
    "integrity",
    "then",
    "valid_from",
    "valid_until",
    "revocation",
    "algorithms",
    "changes",
    "notes",
    "serial",
    "fingerprint",
)  # fmt: skip


def _headings(columns: Sequence[str]) -> tuple[str, ...]:
    return tuple(messages.text(f"report.column.{column}") for column in columns)


def _file_row(number: int, entry: Reported) -> tuple[Value, ...]:
    found, verdict = entry.found, entry.found.verdict
    said = verdict_words.notes(verdict) if verdict else []
    if found.problem is not None:
        said = [part for part in words_of(found.problem) if part]
    return (
        number,
        verdict_words.visible(found.path.name),
        messages.text(f"report.verdict.{verdict_words.banner_of_file(found)}"),
        messages.text(f"report.content.{verdict.content}") if verdict else None,
        messages.text(f"report.trust.{verdict.trust}") if verdict else None,
        len(verdict.signatures) if verdict else None,
        "\n".join(said),
        entry.decision,
        found.digest,
        verdict_words.visible(str(found.path)),
    )


def _signature_row(entry: Reported, number: int, signature: SignatureVerdict) -> tuple[Value, ...]:
    signer = signature.signer
    return (
        verdict_words.visible(entry.found.path.name),
        number,
        messages.text(f"report.verdict.{verdict_words.banner_of(signature)}"),
        verdict_words.visible(signer.subject) if signer else messages.text("ui.verify.signer_unknown"),
        verdict_words.visible(signer.organisation) if signer else None,
        verdict_words.role(signature),
        verdict_words.visible(signer.issuer) if signer else None,
        signature.signing_time,
        messages.text(f"report.time.{signature.time_source}"),
        messages.text(f"ui.verify.integrity.{signature.integrity}"),
        verdict_words.validity_then(signature),
        signer.not_before if signer else None,
        signer.not_after if signer else None,
        messages.text(f"ui.verify.revocation.{signature.revocation}"),
        signature.algorithms,
        "\n".join(verdict_words.change_text(change) for change in signature.changes_after),
        "\n".join(verdict_words.notes(signature)),
        signer.serial if signer else None,
        signer.fingerprint if signer else None,
    )
