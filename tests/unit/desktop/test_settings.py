"""Settings: default, then the profile's choice, then the machine's lock."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import settings
from desktop.settings import Settings
from desktop.workflow.problem_words import words_of
from desktop.workflow.problems import problem_of


def test_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path) == Settings()


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\x00", exclude_categories=["Cs"]), max_size=40)
)
def test_what_is_saved_is_loaded(tmp_path_factory: pytest.TempPathFactory, agency: str) -> None:
    home = tmp_path_factory.mktemp("home")
    chosen = Settings(agency=agency, scale=150)
    settings.save(home, chosen)
    assert settings.load(home) == chosen


def test_the_machine_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine = tmp_path / "machine.toml"
    machine.write_text('level = "B-LT"\n', encoding="utf-8")
    monkeypatch.setattr(settings, "MACHINE_FILE", machine)
    settings.save(tmp_path, Settings(level="B-B", theme="dark"))
    loaded = settings.load(tmp_path)
    assert (loaded.level, loaded.theme) == ("B-LT", "dark")
    assert settings.locked() == {"level"}


def test_nonsense_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('scale = "big"\nunknown = 1\n', encoding="utf-8")
    assert settings.load(tmp_path) == Settings()


@pytest.mark.parametrize("written", [b"agency = UBND\n", b"agency = '\xff'\n", b"[[["])
def test_a_damaged_file_is_said_and_left_as_it_is(tmp_path: Path, written: bytes) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(written)
    with pytest.raises(settings.SettingsDamaged) as raised:
        settings.load(tmp_path)
    problem = problem_of(raised.value)
    assert problem is not None and str(file) in words_of(problem)[0]
    assert file.read_bytes() == written


def test_every_setting_says_what_it_is() -> None:
    assert all(entry.metadata["help"] for entry in fields(Settings))
