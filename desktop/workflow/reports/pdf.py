"""The confirmation sheet: what was checked, what was found, in the words that the law asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from desktop import messages
from desktop.workflow.problem_words import words_of
from desktop.workflow.reports import sheet as report_sheet
from desktop.workflow.reports import verdict_words
from desktop.workflow.reports.model import Reported, ReportFacts
from desktop.workflow.reports.sheet import LEFT, MUTED, RIGHT, Sheets
from signing.model import SignatureVerdict

TONES = {
    "valid": "ok",
    "limited": "ok",
    "undetermined": "warn",
    "altered": "bad",
    "invalid": "bad",
    "unsigned": "neutral",
    "problem": "bad",
}
_MOST_CHANGES = 60


def make(files: Sequence[Reported], facts: ReportFacts) -> bytes:
    """The PDF: a summary when there are several files, then a sheet for each."""
    messages.choose(facts.language)
    sheets = Sheets()
    if len(files) != 1:
        _summary(sheets, files, facts)
    for entry in files:
        _file(sheets, entry, facts)
    title = messages.text("report.sheet.title")
    if len(files) == 1:
        title = f"{title}: {report_sheet.printable(files[0].found.path.name)}"
    foot = messages.text("report.sheet.foot", tool=facts.tool, made=messages.day(facts.made))
    return sheets.finish(title, foot, facts.made, "vi-VN" if facts.language == "vi" else "en")


def _head(sheets: Sheets, facts: ReportFacts, title: str) -> None:
    sheets.new_page()
    sheets.text(facts.agency.upper(), face="bold", size=11, gap=14)
    sheets.text(title.upper(), face="bold", size=14, align="centre", gap=2)
    said = messages.text("report.sheet.law")
    sheets.text(said, face="italic", size=10.5, colour=MUTED, align="centre", gap=8)


def _summary(sheets: Sheets, files: Sequence[Reported], facts: ReportFacts) -> None:
    _head(sheets, facts, messages.text("report.sheet.batch"))
    counts = Counter(verdict_words.banner_of_file(entry.found) for entry in files)
    sheets.row(messages.text("report.sheet.files"), str(len(files)))
    for banner in verdict_words.GRAVITY:
        if counts[banner]:
            sheets.row(messages.text(f"report.verdict.{banner}"), str(counts[banner]))
    _self(sheets, facts)
    sheets.y += 12
    for number, entry in enumerate(files, 1):
        banner = verdict_words.banner_of_file(entry.found)
        sheets.need(34)
        name = verdict_words.visible(entry.found.path.name)
        sheets.text(f"{number}. {name}", face="bold", size=11, gap=0)
        said = messages.text(f"report.verdict.{banner}")
        line = f"{said}. {entry.decision}" if entry.decision else said
        sheets.text(line, size=11, colour=report_sheet.TONES[TONES[banner]][0], left=LEFT + 16, gap=0)
        sheets.rule()


def _file(sheets: Sheets, entry: Reported, facts: ReportFacts) -> None:
    found = entry.found
    banner = verdict_words.banner_of_file(found)
    _head(sheets, facts, messages.text("report.sheet.title"))
    sheets.band(messages.text(f"report.verdict.{banner}"), TONES[banner])
    sheets.text(messages.text(f"ui.verdict.{banner}.long"), gap=8)
    sheets.row(messages.text("report.sheet.name"), verdict_words.visible(found.path.name))
    sheets.row(messages.text("report.sheet.size"), f"{found.size:,}".replace(",", ".") if found.size else "-")
    sheets.row("SHA-256", found.digest or "-")
    if found.verdict is not None:
        content, trust = found.verdict.content, found.verdict.trust
        sheets.row(messages.text("report.sheet.content"), messages.text(f"report.content.{content}"))
        sheets.row(messages.text("report.sheet.trust"), messages.text(f"report.trust.{trust}"))
    _self(sheets, facts)
    if entry.decision:
        sheets.row(messages.text("report.sheet.decision"), entry.decision)
    sheets.y += 4
    if found.problem is not None:
        _bullets(sheets, [part for part in words_of(found.problem) if part])
    if found.verdict is not None:
        _bullets(sheets, verdict_words.notes(found.verdict))
        for number, signature in enumerate(found.verdict.signatures, 1):
            _signature(sheets, number, signature)
    _place_to_sign(sheets)


def _self(sheets: Sheets, facts: ReportFacts) -> None:
    zone = facts.made.astimezone().strftime("%z")
    made = messages.text(
        "report.sheet.made_value", made=messages.day(facts.made), zone=zone, actor=facts.actor
    )
    sheets.row(messages.text("report.sheet.made"), made)
    sheets.row(messages.text("report.sheet.tool"), f"{facts.tool}; {facts.trust}")


def _signature(sheets: Sheets, number: int, signature: SignatureVerdict) -> None:
    banner = verdict_words.banner_of(signature)
    sheets.y += 8
    sheets.need(110)
    words = messages.text("ui.verify.signature_n", n=number)
    sheets.band(f"{words}: {messages.text(f'report.verdict.{banner}')}", TONES[banner], size=11.5)
    for label, value in verdict_words.law_rows(signature):
        sheets.row(label, value)
    for above in signature.path[1:]:
        sheets.row(messages.text("report.sheet.above"), verdict_words.visible(above.subject))
        sheets.row("SHA-256", above.fingerprint)
    sheets.y += 4
    _bullets(sheets, verdict_words.notes(signature))
    if signature.changes_after:
        sheets.text(messages.text("ui.verify.changes"), face="bold", size=11)
        shown = [verdict_words.change_text(change) for change in signature.changes_after[:_MOST_CHANGES]]
        rest = len(signature.changes_after) - len(shown)
        _bullets(sheets, [*shown, *([messages.text("report.sheet.more", n=rest)] if rest else [])])


def _bullets(sheets: Sheets, lines: Sequence[str]) -> None:
    for line in lines:
        sheets.need(16)
        sheets.put(LEFT, sheets.y + 11 * report_sheet.LEADING, "-", "regular", 11, report_sheet.BLACK)
        sheets.text(line, size=11, left=LEFT + 12, gap=2)


def _place_to_sign(sheets: Sheets) -> None:
    sheets.need(96)
    sheets.y += 18
    left = (LEFT + RIGHT) / 2
    sheets.text(
        messages.text("report.sheet.signer"), face="bold", size=11.5, left=left, align="centre", gap=0
    )
    said = messages.text("report.sheet.sign_here")
    sheets.text(said, face="italic", size=10, colour=MUTED, left=left, align="centre", gap=52)
