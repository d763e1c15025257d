"""Every setting once: name, default, help. A machine's lock wins over the user's choice."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import platformdirs

MACHINE_FILE = Path(os.environ.get("TRAMSO_MACHINE_SETTINGS", "/etc/tramso/settings.toml"))


def _setting(default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True, slots=True)
class Settings:
    """What an office can choose; each field carries its help."""

    language: str = _setting("vi", "Language of the screen: vi or en")
    theme: str = _setting("light", "light or dark")
    scale: int = _setting(100, "Size of the screen's text in percent, 100 to 200")
    operator: str = _setting("", "Name of the clerk who works here; empty: the user of this computer")
    agency: str = _setting("UBND xã (chưa đặt tên)", "Name of the agency, as it stands on its papers")
    agency_code: str = _setting("H00.00.00", "Identification code of the agency (QĐ 20/2020/QĐ-TTg)")
    archive_name: str = _setting("Lưu trữ cơ quan", "Name of the archive that packages go to")
    archive_code: str = _setting("H00", "Identification code of the archive")
    retention: str = _setting("01", "How long packages are kept: 01 for ever, 02 70 years ... (TT 05/2025)")
    access: str = _setting("02", "Who may use them: 01 public, 02 on conditions, 03 secret (TT 05/2025)")
    catalog: str = _setting("sqlite:", "Where the catalog is: sqlite: or sqlite:PATH")
    blobs: str = _setting("folder:", "Where bytes are kept: folder: or folder:PATH")
    archive: str = _setting("folder:", "Where packages are deposited: folder: or folder:PATH")
    scan_profiles: tuple[Mapping[str, Any], ...] = _setting(
        (), "Ways to scan, F2 to F12: tables of name, device, feed, dpi, mode, paper"
    )
    hot_folder: str = _setting("", "Folder that the window watches for papers to take in; empty: none")
    executor: str = _setting("processes:", "Where pages are worked on: processes:N (empty N: one per core)")
    engine: str = _setting("tesseract:vie", "What reads pages")
    divide_by_content: bool = _setting(True, "A new heading or form title starts a new paper")
    divide_by_patches: bool = _setting(True, "Patch T and Patch 2 sheets divide papers")
    divide_by_barcodes: bool = _setting(False, "A page with a barcode of its own starts a new paper")
    divide_by_size: bool = _setting(False, "Another size of paper starts a new paper")
    page_limit_s: int = _setting(120, "Longest time one page may take, in seconds")
    verify_limit_s: int = _setting(30, "Longest time checking one file may take, in seconds")
    keys: str = _setting(
        "", "Addresses of the office's signing keys, separated by semicolons: pkcs12:FILE; pkcs11:MODULE?..."
    )
    signers: str = _setting(
        "", "Who may sign in which role: NAME=ky_duyet; NAME=dong_dau sao_y; others by their certificate"
    )
    esign: bool = _setting(
        False, "Allow keys behind the national eSign gateway; the connector has not met the real one"
    )
    level: str = _setting("B-T", "PAdES level of new signatures: B-B, B-T, B-LT or B-LTA")
    online: bool = _setting(
        False, "Ask the addresses in certificates (OCSP, revocation lists, issuers) when checking"
    )
    online_private: bool = _setting(False, "Ask them also inside this office and on this machine")
    tsa: str = _setting("", "Time-stamp servers (http addresses, asked in order), or practice:; empty: none")

    def key_addresses(self) -> tuple[str, ...]:
        return tuple(address.strip() for address in self.keys.split(";") if address.strip())


class SettingsDamaged(Exception):
    """A settings file is no TOML. The program does not go on with defaults: they may mean other data."""

    code = "settings_damaged"

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(self.code, path, why)
        self.facts = {"path": path, "why": why}


def default_home() -> Path:
    """The profile's folder: TRAMSO_HOME, or the user's data folder of this system."""
    chosen = os.environ.get("TRAMSO_HOME")
    return Path(chosen) if chosen else platformdirs.user_data_path("tramso", appauthor=False)


def load(home: Path) -> Settings:
    """Defaults, then the profile's settings.toml, then the machine's lock. Raises SettingsDamaged."""
    settings = Settings()
    for path in (home / "settings.toml", MACHINE_FILE):
        if path.is_file():
            settings = _with(settings, _read(path))
    return settings


def locked() -> frozenset[str]:
    """Names that the machine's file fixes; the window shows them greyed."""
    return frozenset(_read(MACHINE_FILE)) if MACHINE_FILE.is_file() else frozenset()


def save(home: Path, settings: Settings) -> None:
    """Write what differs from the defaults into the profile."""
    home.mkdir(parents=True, exist_ok=True)
    lines = [
        f"{entry.name} = {_toml(getattr(settings, entry.name))}"
        for entry in fields(Settings)
        if getattr(settings, entry.name) != entry.default
    ]
    new = home / "settings.toml.new"
    new.write_text("\n".join(lines) + "\n", encoding="utf-8")
    new.replace(home / "settings.toml")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # no TOML, or no UTF-8
        raise SettingsDamaged(path, str(error)) from error


def _with(settings: Settings, chosen: Mapping[str, Any]) -> Settings:
    known = {entry.name: type(entry.default) for entry in fields(Settings)}
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in chosen.items()}
    usable: dict[str, Any] = {
        name: value for name, value in plain.items() if isinstance(value, known.get(name, ()))
    }
    return replace(settings, **usable)


def _toml(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(entry) for entry in value) + "]"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name} = {_toml(entry)}" for name, entry in value.items()) + "}"
    if isinstance(value, str):
        # TOML bars a bare DEL, which JSON lets pass
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower()
