"""Beside the page: what is not as the law says, the signer's certificate, the signatures that are there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.parts.banner import Banner
from desktop.ui.parts.columns import titled
from desktop.ui.parts.row_model import Row
from desktop.ui.parts.rows import RowList
from desktop.ui.parts.verdict_banners import BANNERS
from desktop.ui.theme import Tone
from desktop.workflow.job import Problem
from desktop.workflow.problem_words import words_of
from desktop.workflow.reports import verdict_words
from desktop.workflow.sign.check import Checked
from desktop.workflow.sign.finding_words import said
from signing.law.model import Finding, Fix
from signing.model import FileVerdict
from signing.presign.model import CertificateCheck, Grade

_TONE_OF: dict[Grade, Tone] = {Grade.GOOD: "ok", Grade.WARN: "note", Grade.ASK: "warn", Grade.REFUSE: "bad"}
_ICON_OF = {Fix.FILL_NUMBER: "edit", Fix.FILL_DATE: "edit", Fix.MOVE_MARK: "fit"}


class SignPanel(QWidget):
    """Choosing a finding lights its place on the page; one button does what can be done about it."""

    place_wanted = Signal(object)
    """A Finding whose place is to be shown."""
    fix_wanted = Signal(object)
    """A Finding to be mended."""

    def __init__(self) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self._findings: dict[str, Finding] = {}
        self.refused = Banner()
        self.refused.hide()
        self.remedy = wording.label(style="muted", wrap=True)
        self.remedy.hide()
        self.state = Banner()
        self.findings = RowList("ui.sign.findings", fitted=True)
        self.fix = wording.button("law.fix.send_back")
        self.fix.hide()
        self.certificate = RowList("ui.sign.certificate", fitted=True)
        self.earlier = RowList("ui.sign.earlier", fitted=True)
        self._title = wording.label("ui.sign.findings", "heading", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(sizes.s, 0, 0, 0)
        column.setSpacing(sizes.s)
        column.addWidget(self.refused)
        column.addWidget(self.remedy)
        column.addWidget(titled(self._title, self.findings))
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.fix)
        column.addLayout(foot)
        column.addWidget(self.state)
        self._certificate = titled(wording.label("ui.sign.certificate", "heading"), self.certificate)
        column.addWidget(self._certificate)
        self._earlier = titled(wording.label("ui.sign.earlier", "heading"), self.earlier)
        column.addWidget(self._earlier)
        for hidden in (self._certificate, self._earlier):
            hidden.hide()
        column.addStretch(1)
        self.setMinimumWidth(sizes.control * 7)
        self.findings.chosen.connect(self._chosen)
        self.fix.clicked.connect(lambda: self.fix_wanted.emit(self.finding()))

    def finding(self) -> Finding | None:
        """The chosen one."""
        return self._findings.get(self.findings.key())

    def show_findings(self, checked: Checked | None) -> None:
        """What was found on the chosen document; None while it is looked at."""
        found = checked.findings if checked else ()
        self._findings = {str(number): finding for number, finding in enumerate(found)}
        self.findings.fill(
            [_finding_row(key, finding) for key, finding in self._findings.items()], choose_first=False
        )
        self.fix.hide()
        self.findings.setVisible(bool(found))
        if checked is None:
            wording.say(self._title, "ui.sign.findings_looking")
        elif found:
            wording.say(self._title, "ui.sign.findings_n", n=len(found))
        elif checked.administrative:
            wording.say(self._title, "ui.sign.findings_none")
        else:
            wording.say(self._title, "ui.sign.findings_other")

    def clear(self) -> None:
        """No document is chosen: there is nothing to say."""
        self.show_findings(None)
        self.show_refusal(None)
        self.show_earlier(None)
        wording.say(self._title, "ui.sign.findings")

    def show_refusal(self, problem: Problem | None) -> None:
        """Why the chosen key may not sign the chosen document; told before anybody types a PIN."""
        for shown in (self.refused, self.remedy):
            shown.setVisible(problem is not None)
        if problem is not None:
            facts = {name: str(value) for name, value in problem.facts.items()}
            self.refused.put("bad", f"problem.{problem.code}.what", **facts)
            wording.show(self.remedy, words_of(problem)[2])

    def show_certificate(self, checked: CertificateCheck | None, chosen: bool) -> None:
        """What the check before signing finds; keys behind a PIN are checked when it was typed."""
        self.state.setVisible(chosen)
        self._certificate.setVisible(checked is not None)
        if checked is None:
            self.certificate.fill([])
            self.state.put("neutral", "ui.sign.certificate.later")
            return
        self.state.put(_TONE_OF[checked.grade], f"ui.sign.certificate.{checked.grade.name.lower()}")
        self.certificate.fill(
            [
                Row(
                    finding.question,
                    messages.text(f"ui.sign.question.{finding.question}"),
                    messages.text(f"presign.{finding.code}", **finding.facts),
                    "",
                    _TONE_OF[finding.grade],
                    wrapped=True,
                )
                for finding in checked.assessments
            ],
            choose_first=False,
        )

    def show_earlier(self, verdict: FileVerdict | None) -> None:
        """The signatures that are there already, each with its verdict."""
        rows = _signature_rows(verdict)
        self._earlier.setVisible(bool(rows))
        self.earlier.fill(rows, choose_first=False)

    def _chosen(self, key: str) -> None:
        finding = self._findings[key]
        wording.say(self.fix, f"law.fix.{finding.fix}")
        self.fix.show()
        self.place_wanted.emit(finding)


def _finding_row(key: str, finding: Finding) -> Row:
    page = messages.text("ui.sign.finding_page", page=finding.page)
    title = page if finding.sure else f"{page} · {messages.text('law.unsure')}"
    below = messages.text("ui.sign.finding", what=said(finding), clause=finding.clause)
    return Row(key, title, below, "", "warn", wrapped=True)


def _signature_rows(verdict: FileVerdict | None) -> Sequence[Row]:
    rows = []
    for number, signature in enumerate(verdict.signatures if verdict else ()):
        tone, icon = BANNERS[verdict_words.banner_of(signature)]
        below = " · ".join(
            part for part in (verdict_words.role(signature), verdict_words.when(signature)) if part
        )
        mark = messages.text(f"verdict.{signature.verdict}")
        rows.append(Row(str(number), verdict_words.who(signature), below, mark, tone, icon, wrapped=True))
    return rows
