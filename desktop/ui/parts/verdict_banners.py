"""Colour and icon of each verdict; the words stand in the message catalogue."""

from __future__ import annotations

from desktop.ui.theme import Tone

BANNERS: dict[str, tuple[Tone, str]] = {
    "valid": ("ok", "check"),
    "limited": ("note", "check"),
    "undetermined": ("warn", "question"),
    "altered": ("bad", "warning"),
    "invalid": ("bad", "error"),
    "unsigned": ("neutral", "info"),
    "problem": ("bad", "error"),
}
