"""A command loads what it needs and no more."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest
import typer

from desktop import cli


@pytest.mark.parametrize("group", cli.GROUPS)
def test_every_module_brings_the_commands_it_is_asked_for(group: str) -> None:
    app = typer.Typer()
    import_module(f"desktop.commands.{group}").add_commands(app)
    single = [
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    ]
    assert sorted(cli.GROUPS[group]) == sorted(single + [str(part.name) for part in app.registered_groups])


def test_reading_loads_no_database_and_no_signing() -> None:
    loaded = "import sys; from desktop import cli; cli.add_groups('read'); print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert not {"sqlalchemy", "pyhanko", "PySide6"} & set(found.stdout.split())


def test_verifying_starts_without_what_its_workers_load() -> None:
    """The first answer is awaited: the process that hands out files loads neither readers nor pictures."""
    loaded = (
        "import sys, typer; from desktop import cli; cli.add_groups('verify');"
        "print(*typer.main.get_command(cli.app).commands, *sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert found.stdout.startswith("verify ")
    assert not {"pyhanko", "pikepdf", "pymupdf", "cv2", "numpy", "sqlalchemy"} & set(found.stdout.split())
