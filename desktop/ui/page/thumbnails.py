"""The strip of pages: pictures come from other threads, newest wish first, only for what is on screen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop import messages
from desktop.ui import icons, theme, wording
from desktop.ui.job_runner import JobRunner
from desktop.ui.page.decoding import decoded

if TYPE_CHECKING:  # the first window loads nothing it can do without
    from desktop.workflow.views.rows import PageRow

Index = QModelIndex | QPersistentModelIndex
PAGE = Qt.ItemDataRole.UserRole
FLAG = Qt.ItemDataRole.UserRole + 1
KEPT = 300
WAITING = 40
AT_ONCE = 2
FLAGS = {"problem": ("bad", "error"), "blank": ("warn", "blank"), "look": ("warn", "warning")}
"""Colour and icon of what stands under a page."""
HEIGHT = 160


class PageModel(QAbstractListModel):
    """The pages of a batch and their pictures, as far as they are here."""

    def __init__(self, runner: JobRunner, fetch: Callable[[str, int], bytes], parent: QWidget) -> None:
        super().__init__(parent)
        self.pages: list[PageRow] = []
        self._rows: dict[str, int] = {}
        self._doubted: frozenset[str] = frozenset()
        self._runner, self._fetch = runner, fetch
        self._pictures: OrderedDict[tuple[str, int], QPixmap] = OrderedDict()
        self._wanted: OrderedDict[tuple[str, int], None] = OrderedDict()
        self._under_way: set[tuple[str, int]] = set()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self.pages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        page = self.pages[index.row()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return spoken(page, self.flag(page))
        if role == Qt.ItemDataRole.DisplayRole:
            return str(page.position + 1)
        if role == Qt.ItemDataRole.DecorationRole:
            return self.picture(page)
        if role == FLAG:
            return self.flag(page)
        return page if role == PAGE else None

    def flag(self, page: PageRow) -> str:
        """What stands under a page: problem, blank, look, or nothing."""
        if page.problem or page.blank:
            return "problem" if page.problem else "blank"
        return "look" if page.id in self._doubted else ""

    def fill(self, pages: Sequence[PageRow], doubted: frozenset[str]) -> None:
        self.beginResetModel()
        self._doubted = doubted
        self.pages = list(pages)
        self._rows = {page.id: row for row, page in enumerate(pages)}
        self.endResetModel()

    def row_of(self, page_id: str) -> int | None:
        return self._rows.get(page_id)

    def picture(self, page: PageRow) -> QPixmap | None:
        """The thumbnail, or None while it is being fetched."""
        key = (page.id, page.version)
        if key in self._pictures:
            self._pictures.move_to_end(key)
            return self._pictures[key]
        if key not in self._under_way:
            self._wanted[key] = None
            self._wanted.move_to_end(key)
            while len(self._wanted) > WAITING:
                self._wanted.popitem(last=False)
            self._next()
        return None

    def _next(self) -> None:
        while self._wanted and len(self._under_way) < AT_ONCE:
            key, _ = self._wanted.popitem()
            self._under_way.add(key)
            self._runner.read(
                self,
                f"thumbnail {key[0]} {key[1]}",
                lambda key=key: (key, self._load(key[0])),  # type: ignore[misc]
                self._arrived,
            )

    def _load(self, page_id: str) -> QImage:
        # A page without a picture must not hold up the strip: it keeps its grey sheet.
        try:
            return decoded(self._fetch(page_id, HEIGHT))
        except Exception:
            return QImage()

    def _arrived(self, found: tuple[tuple[str, int], QImage]) -> None:
        key, image = found
        self._under_way.discard(key)
        self._pictures[key] = QPixmap.fromImage(image)
        while len(self._pictures) > KEPT:
            self._pictures.popitem(last=False)
        row = self._rows.get(key[0])
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row), [Qt.ItemDataRole.DecorationRole])
        self._next()


def spoken(page: PageRow, flag: str) -> str:
    """A page in words: its number, its file, and what stands under it."""
    place = messages.text("ui.page.of_file", n=page.position + 1, file=page.file_name, page=page.number)
    return f"{place}, {messages.text(f'ui.page.{flag}')}" if flag else place


class PageDelegate(QStyledItemDelegate):
    """A sheet with its number, and a mark with icon and word for blank and failed pages."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        sizes = theme.current().sizes
        line = QFontMetrics(option.font).height()
        return QSize(sizes.strip - sizes.l, sizes.strip + line * 2 + sizes.s)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        sizes, colours = theme.current().sizes, theme.current().colours
        page: PageRow = index.data(PAGE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = option.rect.adjusted(2, 2, -2, -2)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(colours.accent_soft))
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRoundedRect(rect, sizes.radius, sizes.radius)
        line = QFontMetrics(option.font).height()
        sheet = rect.adjusted(sizes.s, sizes.s, -sizes.s, -2 * line - sizes.xs)
        _draw_sheet(painter, sheet, index.data(Qt.ItemDataRole.DecorationRole))
        caption = QRect(rect.left(), sheet.bottom() + sizes.xs, rect.width(), line)
        painter.setPen(QColor(colours.text))
        painter.drawText(caption, Qt.AlignmentFlag.AlignCenter, str(page.position + 1))
        flag = index.data(FLAG)
        if flag:
            _draw_flag(painter, caption.translated(0, line), flag, line)
        painter.restore()


def _draw_sheet(painter: QPainter, room: QRect, picture: QPixmap | None) -> None:
    colours = theme.current().colours
    painter.setPen(QPen(QColor(colours.border), 1))
    if picture is None or picture.isNull():
        width = round(room.height() / 1.414)
        sheet = QRect(room.center().x() - width // 2, room.top(), width, room.height())
        painter.setBrush(QColor(colours.neutral_soft))
        painter.drawRect(sheet)
        return
    size = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    sheet = QRect(room.center().x() - size.width() // 2, room.top(), size.width(), size.height())
    sheet.moveTop(room.top() + (room.height() - size.height()) // 2)
    painter.drawPixmap(sheet, picture)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(sheet)


def _draw_flag(painter: QPainter, room: QRect, flag: str, side: int) -> None:
    colours = theme.current().colours
    words = messages.text(f"ui.page.{flag}")
    colour, name = FLAGS[flag]
    drawn = bool(icons.drawing(name))
    width = painter.fontMetrics().horizontalAdvance(words) + (side + 4 if drawn else 0)
    left = room.center().x() - width // 2
    if drawn:
        painter.drawPixmap(left, room.top(), icons.pixmap(name, colour, side))
        left += side + 4
    painter.setPen(QColor(getattr(colours, colour)))
    painter.drawText(QRect(left, room.top(), room.right() - left, room.height()), 0, words)


class ThumbnailStrip(QListView):
    """Pages one below the other; several can be chosen."""

    chosen = Signal(str)

    def __init__(self, runner: JobRunner, fetch: Callable[[str, int], bytes]) -> None:
        super().__init__()
        wording.name(self, "ui.scan.strip")
        self.pages = PageModel(runner, fetch, self)
        self.setModel(self.pages)
        self.setItemDelegate(PageDelegate(self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.selectionModel().currentChanged.connect(self._moved)

    def fill(self, pages: Sequence[PageRow], doubted: frozenset[str] = frozenset()) -> None:
        """Show pages in this order; those that a person should look at are flagged."""
        before = self.page()
        self.pages.fill(pages, doubted)
        row = self.pages.row_of(before.id) if before else None
        if pages:
            self._stand_on(row if row is not None else 0)

    def page(self) -> PageRow | None:
        index = self.currentIndex()
        return self.pages.pages[index.row()] if index.isValid() else None

    def selected(self) -> list[PageRow]:
        """The chosen pages in the order of the batch, whatever order is shown."""
        chosen = [self.pages.pages[index.row()] for index in self.selectionModel().selectedIndexes()]
        return sorted(chosen, key=lambda page: page.position)

    def go_to(self, page_id: str) -> None:
        row = self.pages.row_of(page_id)
        if row is not None:
            self._stand_on(row)

    def step(self, by: int) -> None:
        """Go some pages forward or back."""
        if self.pages.pages:
            row = min(max(self.currentIndex().row() + by, 0), len(self.pages.pages) - 1)
            self._stand_on(row)

    def _stand_on(self, row: int) -> None:
        # setCurrentIndex would add to what is chosen while Ctrl is held, as it is for Ctrl+PgDown.
        self.selectionModel().setCurrentIndex(
            self.pages.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.pages.pages[now.row()].id)
