"""The list of checked files: grows while the check runs, sorted and filtered without standing still."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.ui import wording
from desktop.ui.parts.row_delegate import RowDelegate
from desktop.ui.parts.row_model import Index, Row, RowModel
from desktop.ui.parts.when_empty import say_when_empty
from desktop.ui.verify.facets import Facets, Wanted, facets, row

if TYPE_CHECKING:
    from desktop.workflow.verify.files import FileVerified


class ResultModel(RowModel):
    """Rows with what they are found by; a file that is checked again takes its old place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.facets: list[Facets] = []
        self.found: list[FileVerified] = []
        self.decided: dict[str, str] = {}
        """Digest to what the archivist decided, in a word."""
        self.due_first = False
        """Whether lines begin with the day on which the proof is lost."""
        self._places: dict[str, int] = {}

    def add(self, arrived: Sequence[FileVerified]) -> None:
        fresh: list[FileVerified] = []
        for found in arrived:
            place = self._places.get(str(found.path))
            if place is None:
                self._places[str(found.path)] = len(self.rows) + len(fresh)
                fresh.append(found)
            elif place < len(self.rows):
                self._put(place, found)
        if fresh:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            for place, found in enumerate(fresh, first):
                known = facets(found, place)
                self.found.append(found)
                self.facets.append(known)
                self.rows.append(self._row(found, known))
            self.endInsertRows()

    def say_again(self) -> None:
        """After a change of language or a decision."""
        if self.rows:
            self.rows = [self._row(*pair) for pair in zip(self.found, self.facets, strict=True)]
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def clear(self) -> None:
        self.beginResetModel()
        self.rows, self.facets, self.found = [], [], []
        self._places.clear()
        self.endResetModel()

    def _put(self, place: int, found: FileVerified) -> None:
        known = facets(found, place)
        self.found[place], self.facets[place] = found, known
        self.rows[place] = self._row(found, known)
        self.dataChanged.emit(self.index(place), self.index(place))

    def _row(self, found: FileVerified, known: Facets) -> Row:
        return row(found, known, self.decided.get(found.digest, ""), self.due_first)


class ResultOrder(QSortFilterProxyModel):
    """The rows that are wanted, in the order that is wanted."""

    def __init__(self, results: ResultModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._results = results
        self._wanted = Wanted()
        self._sort = "added"
        self.setSourceModel(results)
        self.setDynamicSortFilter(True)
        self.sort(0)

    def want(self, wanted: Wanted, sort: str) -> None:
        if (wanted, sort) != (self._wanted, self._sort):
            self._wanted, self._sort = wanted, sort
            self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        return self._wanted.takes(self._results.facets[source_row])

    def lessThan(self, left: Index, right: Index) -> bool:
        one, other = self._results.facets[left.row()], self._results.facets[right.row()]
        return one.sort_key(self._sort) < other.sort_key(self._sort)


class ResultList(QListView):
    """Reports the path of the chosen file; several can be chosen for a decision."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        wording.name(self, "ui.verify.files")
        self.results = ResultModel(self)
        self.order = ResultOrder(self.results, self)
        self.setModel(self.order)
        self.empty = say_when_empty(self, "ui.verify.files_here")
        self.setItemDelegate(RowDelegate(self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentChanged.connect(lambda now, _before: self._moved(now))

    def current(self) -> FileVerified | None:
        index = self.currentIndex()
        return self._at(index) if index.isValid() else None

    def known(self) -> Facets | None:
        """What is known of the chosen file."""
        index = self.currentIndex()
        return self.results.facets[self.order.mapToSource(index).row()] if index.isValid() else None

    def arrange(self, wanted: Wanted, sort: str) -> None:
        """Show what is wanted in the order that is wanted."""
        wording.say(self.empty, "ui.verify.files_here" if wanted == Wanted() else "ui.verify.none_match")
        if self.results.due_first != (sort == "due"):
            self.results.due_first = sort == "due"
            self.results.say_again()
        self.order.want(wanted, sort)

    def selected(self) -> list[FileVerified]:
        """The chosen files in the order on screen."""
        return [self._at(index) for index in sorted(self.selectionModel().selectedIndexes())]

    def shown(self) -> list[FileVerified]:
        """The files that pass the filter, in the order on screen."""
        return [self._at(self.order.index(number, 0)) for number in range(self.order.rowCount())]

    def choose(self, place: int) -> None:
        self.setCurrentIndex(self.order.index(place, 0))

    def _at(self, index: Index) -> FileVerified:
        return self.results.found[self.order.mapToSource(index).row()]

    def _moved(self, now: QModelIndex) -> None:
        self.chosen.emit(str(self._at(now).path) if now.isValid() else "")
