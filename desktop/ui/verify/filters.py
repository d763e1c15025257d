"""Above the list of checked files: search, and what to show in which order."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from desktop import messages
from desktop.ui import theme, wording
from desktop.ui.parts.choice import Choice
from desktop.ui.parts.lines import Lines, share
from desktop.ui.verify.facets import SORTS, Facets, Wanted
from desktop.workflow.reports.verdict_words import GRAVITY

TYPING_MS = 200
_MOST = 400
"""Names in one drop-down list; the search field finds the rest."""


class Filters(Lines):
    """Reports when something else is wanted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = QLineEdit()
        wording.name(self.text, "ui.verify.filter.text")
        wording.say(self.text, "ui.verify.filter.hint", "setPlaceholderText")
        self.text.setClearButtonEnabled(True)
        self.banner = Choice("ui.verify.filter.banner")
        self.agency = Choice("ui.verify.filter.agency")
        self.signer = Choice("ui.verify.filter.signer")
        self.year = Choice("ui.verify.filter.year")
        self.sort = Choice("ui.verify.filter.sort")
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.text.textChanged.connect(lambda: self._typing.start())
        self.text.setMinimumWidth(theme.current().sizes.control * 5)
        share(self.text, 3)
        for choice in self._choices():
            choice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            choice.setMinimumWidth(theme.current().sizes.control * 3)
            choice.currentIndexChanged.connect(lambda _index: self.changed.emit())
            share(choice, 2)
        self.hold(self.text, *self._choices())
        self.say()

    def wanted(self) -> Wanted:
        banner, agency, signer, year = (choice.currentData() or "" for choice in self._choices()[:-1])
        return Wanted(banner, agency, signer, year, self.text.text())

    def order(self) -> str:
        return self.sort.currentData() or SORTS[0]

    def say(self) -> None:
        """The fixed choices in the language of now."""
        _fill(self.sort, [(sort, messages.text(f"ui.verify.sort.{sort}")) for sort in SORTS], None)
        banners = [(banner, messages.text(f"ui.verdict.{banner}")) for banner in GRAVITY]
        _fill(self.banner, banners, "ui.verify.filter.all_verdicts")

    def offer(self, known: Iterable[Facets]) -> None:
        """The agencies, signers and years that there are; what was chosen stays chosen."""
        agencies: dict[str, None] = {}
        signers: dict[str, None] = {}
        years: dict[str, None] = {}
        for each in known:
            agencies |= dict.fromkeys(each.agencies)
            signers |= dict.fromkeys(each.signers)
            years |= dict.fromkeys(each.years)
        _fill(self.agency, _pairs(agencies), "ui.verify.filter.all_agencies")
        _fill(self.signer, _pairs(signers), "ui.verify.filter.all_signers")
        _fill(self.year, _pairs(years)[::-1], "ui.verify.filter.all_years")

    def reset(self) -> None:
        self.text.clear()
        for choice in self._choices()[:-1]:
            choice.setCurrentIndex(0)

    def _choices(self) -> tuple[Choice, ...]:
        return (self.banner, self.agency, self.signer, self.year, self.sort)


def _pairs(names: Iterable[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(names)[:_MOST]]


def _fill(choice: Choice, entries: list[tuple[str, str]], every: str | None) -> None:
    """Replace the entries, the first one for all; quietly, and only when they are others."""
    wanted = [*([("", messages.text(every))] if every else []), *entries]
    if wanted == [(choice.itemData(place), choice.itemText(place)) for place in range(choice.count())]:
        return
    before = choice.currentData()
    choice.blockSignals(True)
    choice.clear()
    for data, words in wanted:
        choice.addItem(words, data)
    choice.setCurrentIndex(max(0, choice.findData(before)))
    choice.blockSignals(False)
