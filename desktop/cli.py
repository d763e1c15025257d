"""The command line: one command per workflow step, each in the module that brings it."""

from __future__ import annotations

import sys
from importlib import import_module

import typer

from desktop import console, incidents, messages, settings

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)

GROUPS = {
    "check": ("check",),
    "convert": ("convert",),
    "decision": ("decision",),
    "demo": ("demo",),
    "evidence": ("evidence",),
    "machine": ("devices", "scan", "doctor"),
    "profile": ("procedure", "dossier", "archive", "intake", "pack", "deposit", "search"),
    "read": ("read",),
    "renewal": ("extend",),
    "reports": ("report", "journal"),
    "review": ("separator", "learned", "duplicates"),
    "second": ("second-check",),
    "signing": ("sign",),
    "trust": ("trust",),
    "verify": ("verify",),
}
"""Which module brings which commands: only what is asked for is loaded, since some take a second."""


@app.callback()
def program() -> None:
    """From the counter to the electronic archive."""  # without it a lone command would lose its name


def add_groups(wanted: str) -> None:
    """Hang in the module that brings the wanted command; all of them for any other word (help, mistakes)."""
    found = [group for group, commands in GROUPS.items() if wanted in commands]
    for group in found or GROUPS:
        import_module(f"desktop.commands.{group}").add_commands(app)


def main() -> None:
    """Run the command line in the profile's language; whatever escapes a command is a bug with its id."""
    add_groups(sys.argv[1])
    home = settings.default_home()
    incidents.log_to(home)
    try:
        messages.choose("en" if settings.load(home).language == "en" else "vi")
        app(prog_name="tramso")
    except Exception as error:
        sys.exit(console.explain(error))
