"""Every colour, size and spacing of the window, once; light and dark, text at 100 to 200 percent.

Text and its background keep a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3); a test measures it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Literal

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLayout

import resources

ThemeName = Literal["light", "dark"]
Tone = Literal["ok", "note", "warn", "bad", "neutral", "accent"]

FAMILIES = ["Noto Sans", "Segoe UI", "DejaVu Sans"]
BASE_POINTS = 10.0
SCALES = (100, 125, 150, 175, 200)


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme; a tone has a strong colour for text and icons and a soft one for what lies behind."""

    window: str
    surface: str
    raised: str
    text: str
    muted: str
    border: str
    accent: str
    on_accent: str
    accent_soft: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    neutral: str
    neutral_soft: str
    backdrop: str
    doubt: str

    def tone(self, tone: Tone) -> tuple[str, str]:
        """Strong and soft colour of a tone."""
        return {
            "ok": (self.ok, self.ok_soft),
            "note": (self.warn, self.ok_soft),
            "warn": (self.warn, self.warn_soft),
            "bad": (self.bad, self.bad_soft),
            "neutral": (self.neutral, self.neutral_soft),
            "accent": (self.accent, self.accent_soft),
        }[tone]


LIGHT = Colours(
    window="#eef1f5",
    surface="#ffffff",
    raised="#f7f9fb",
    text="#1b2430",
    muted="#55606e",
    border="#cbd3dd",
    accent="#14599d",
    on_accent="#ffffff",
    accent_soft="#dceafa",
    ok="#17663a",
    ok_soft="#dff3e6",
    warn="#7a4d00",
    warn_soft="#fdf0cf",
    bad="#a11d1d",
    bad_soft="#fbe2e0",
    neutral="#4a5562",
    neutral_soft="#e6eaef",
    backdrop="#d5dbe3",
    doubt="#d97706",
)
DARK = Colours(
    window="#161b22",
    surface="#1e252e",
    raised="#26303b",
    text="#e8edf3",
    muted="#a8b3c0",
    border="#3c4856",
    accent="#79b8ff",
    on_accent="#0b1a2b",
    accent_soft="#20395a",
    ok="#7fdca0",
    ok_soft="#17382a",
    warn="#f5c76b",
    warn_soft="#413210",
    bad="#ff9c94",
    bad_soft="#4a1f20",
    neutral="#b9c4d0",
    neutral_soft="#313c48",
    backdrop="#0e1217",
    doubt="#fbbf24",
)
THEMES: dict[ThemeName, Colours] = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths in pixels at one scale."""

    xs: int
    s: int
    m: int
    l: int  # noqa: E741 - the field's usual names: xs, s, m, l, xl
    xl: int
    radius: int
    icon: int
    control: int
    rail: int
    strip: int
    jobs: int
    points: float


@dataclass(frozen=True, slots=True)
class Theme:
    """What is on screen now."""

    name: ThemeName
    scale: int
    colours: Colours
    sizes: Sizes


def theme(name: str, scale: int) -> Theme:
    """The theme of that name (light when unknown), text scaled to `scale` percent, kept within 100 to 200."""
    known: ThemeName = "dark" if name == "dark" else "light"
    kept = min(max(scale, SCALES[0]), SCALES[-1])
    # Spacing grows half as fast as text: at 200 % a 1366-pixel screen still has room for content.
    text, space = kept / 100, 1 + (kept - 100) / 200
    sizes = Sizes(
        xs=round(4 * space),
        s=round(8 * space),
        m=round(12 * space),
        l=round(16 * space),
        xl=round(24 * space),
        radius=round(6 * space),
        icon=round(20 * text),
        control=round(32 * text),
        rail=round(104 * (1 + (kept - 100) / 110)),
        strip=round(136 * space),
        jobs=round(312 * space),
        points=BASE_POINTS * text,
    )
    return Theme(known, kept, THEMES[known], sizes)


_current = theme("light", 100)


def current() -> Theme:
    """The theme on the screen."""
    return _current


def apply(app: QApplication, chosen: Theme) -> None:
    """Put a theme on the whole program."""
    global _current
    _current = chosen
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPointSizeF(chosen.sizes.points)
    app.setStyleSheet("")  # putting on a sheet over another one takes Qt five times as long
    app.setFont(font)
    app.setPalette(_palette(chosen.colours))
    app.setStyleSheet(style_sheet(chosen))


def respace(layouts: Iterable[QLayout], before: Sizes) -> None:
    """Give layouts made with the spacings of `before` those of now; a length of another kind stays."""
    steps = {getattr(before, step): getattr(current().sizes, step) for step in ("xs", "s", "m", "l", "xl")}
    for layout in layouts:
        old = layout.contentsMargins()
        sides = (old.left(), old.top(), old.right(), old.bottom())
        layout.setContentsMargins(*(steps.get(side, side) for side in sides))
        layout.setSpacing(steps.get(layout.spacing(), layout.spacing()))


def style_sheet(chosen: Theme) -> str:
    """Qt's style sheet in the colours and sizes of a theme."""
    colours, sizes = chosen.colours, chosen.sizes
    values: dict[str, object] = {name: getattr(colours, name) for name in Colours.__slots__}
    values |= {name: getattr(sizes, name) for name in Sizes.__slots__}
    values |= {"pt": sizes.points, "pt_small": sizes.points * 0.9, "pt_title": sizes.points * 1.35}
    icons = Path(str(resources.__file__)).parent / "icons"
    values["tick"] = (icons / f"tick-{chosen.name}.svg").as_posix()  # in the colour on_accent
    values["down"] = (icons / f"down-{chosen.name}.svg").as_posix()  # in the colour muted
    template = Path(__file__).with_name("style.qss").read_text(encoding="utf-8")
    return Template(template).substitute(values)


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.raised,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.Button: colours.raised,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.Highlight: colours.accent_soft,
        QPalette.ColorRole.HighlightedText: colours.text,
        QPalette.ColorRole.ToolTipBase: colours.raised,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Link: colours.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return palette
