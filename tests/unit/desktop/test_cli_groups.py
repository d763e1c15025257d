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
    import_module(f"desktop.{group}").add_commands(app)
    single = [
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    ]
    assert sorted(cli.GROUPS[group]) == sorted(single + [str(part.name) for part in app.registered_groups])


def test_reading_loads_no_database_and_no_signing() -> None:
    loaded = "import sys; from desktop import cli; cli.add_groups('read'); print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert not {"sqlalchemy", "pyhanko", "PySide6"} & set(found.stdout.split())
