"""What was signed beside what is there now, each drawn from its own revision, differences marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.ui import theme, wording
from desktop.ui.desk import Desk
from desktop.ui.office.model_verify import WantedPage
from desktop.ui.page.canvas import PageCanvas
from desktop.ui.parts.banner import Banner
from desktop.ui.parts.columns import beside, titled

if TYPE_CHECKING:
    from signing.changes.revision_view import RevisionPage


class RevisionPages(QWidget):
    """The chosen revision at the left; the newest at the right where it is another one."""

    def __init__(self, desk: Desk, area: str) -> None:
        super().__init__()
        sizes = theme.current().sizes
        self._desk, self._area = desk, area
        self._wanted: WantedPage | None = None
        self._drawn: dict[WantedPage, RevisionPage] = {}
        self.signed, self.newest = PageCanvas(desk.runner), PageCanvas(desk.runner)
        wording.name(self.signed, "ui.verify.page.signed_name")
        wording.name(self.newest, "ui.verify.page.newest_name")
        self._signed_title = wording.label(style="heading", wrap=True)
        self._newest_title = wording.label(style="heading", wrap=True)
        self.differences = Banner()
        self._place = wording.label(style="muted")
        self._tools = QHBoxLayout()
        self._tools.setSpacing(sizes.xs)
        self._newest_side = titled(self._newest_title, self.newest)
        split = beside("verify_pages", titled(self._signed_title, self.signed), self._newest_side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, sizes.s, 0, 0)
        column.setSpacing(sizes.s)
        column.addLayout(self._tools)
        column.addWidget(split, 1)
        self._tools.addWidget(self.differences, 1)
        self._tools.addWidget(self._place)
        self._add_tools()
        for canvas in (self.signed, self.newest):
            canvas.shown.connect(self._told)
            canvas.stepped.connect(self.step)
        self.clear()

    def _add_tools(self) -> None:
        for name, icon, run, keys in (
            ("previous_page", "previous", lambda: self.step(-1), ("Ctrl+PgUp",)),
            ("next_page", "next", lambda: self.step(1), ("Ctrl+PgDown",)),
            ("zoom_out", "zoom-out", self._each(PageCanvas.zoom_out), ("Ctrl+-",)),
            ("zoom_in", "zoom-in", self._each(PageCanvas.zoom_in), ("Ctrl+=", "Ctrl++")),
            ("zoom_fit", "fit", self._each(PageCanvas.fit), ("Ctrl+0",)),
        ):
            action = self._desk.actions.add(self, f"{self._area}.{name}", run, *keys, area=self._area)
            button = wording.tool(f"ui.action.{self._area}.{name}", icon)
            button.clicked.connect(lambda _checked=False, action=action: action.trigger())
            self._tools.addWidget(button)

    def clear(self) -> None:
        self._wanted = None
        self._drawn.clear()
        self.signed.clear()
        self.newest.clear()
        self._newest_side.hide()
        self.differences.hide()
        for label in (self._signed_title, self._newest_title, self._place):
            wording.show(label, "")

    def open(self, wanted: WantedPage, title: str, is_newest: bool) -> None:
        """Show a revision (`title` '' when nobody signed it); the page stays while it is the same file."""
        if self._wanted is None or wanted.path != self._wanted.path:
            self._drawn.clear()
        else:
            wanted = replace(wanted, number=self._wanted.number)
        self._wanted = wanted
        key = "ui.verify.page.signed" if title else "ui.verify.page.newest"
        wording.say(self._signed_title, key, title=title)
        wording.say(self._newest_title, "ui.verify.page.newest")
        self._newest_side.setVisible(not is_newest)
        self._fetch()

    def step(self, by: int) -> None:
        """To another page of both."""
        if self._wanted is None:
            return
        pages = max((page.pages for page in self._drawn.values()), default=1)
        number = min(max(self._wanted.number + by, 1), pages)
        if number != self._wanted.number:
            self._wanted = replace(self._wanted, number=number)
            self._fetch()

    def _fetch(self) -> None:
        if self._wanted is None:
            return
        self.differences.hide()
        self._show(self.signed, self._wanted)
        if not self._newest_side.isHidden():
            self._show(self.newest, replace(self._wanted, end=self._wanted.other, other=self._wanted.end))

    def _show(self, canvas: PageCanvas, wanted: WantedPage) -> None:
        known = self._drawn.get(wanted)
        missing = known is not None and not known.picture
        canvas.clear()
        if not missing:
            canvas.open(wanted, self._loader(wanted))

    def _loader(self, wanted: WantedPage) -> Callable[[int], bytes]:
        office, drawn = self._desk.office, self._drawn

        def load(dpi: int) -> bytes:
            page = office.revision_page(wanted, dpi)
            drawn[wanted] = page
            return page.picture

        return load

    def _told(self, wanted: object) -> None:
        if not isinstance(wanted, WantedPage) or self._wanted is None or wanted.number != self._wanted.number:
            return
        page = self._drawn[wanted]
        wording.say(self._place, "ui.verify.page.place", page=wanted.number, pages=page.pages)
        if wanted == self._wanted and not self._newest_side.isHidden():
            self.differences.show()
            if page.places:
                self.differences.put("warn", "ui.verify.page.differs", "warning", n=len(page.places))
            else:
                self.differences.put("ok", "ui.verify.page.same", "check")

    def _each(self, act: Callable[[PageCanvas], None]) -> Callable[[], None]:
        def run() -> None:
            act(self.signed)
            act(self.newest)

        return run
