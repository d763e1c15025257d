"""Commands about the store of trust: which authorities are trusted, added and removed by hand."""

from __future__ import annotations

from typing import Annotated

import typer

from desktop import bootstrap, console, messages
from desktop.console import Exit, Json
from desktop.workflow.verify.trusting import (
    AddTrust,
    RemoveTrust,
    SeekTrust,
    TrustedEntry,
    add_trust,
    forget_fetched,
    remove_trust,
    seek_trust,
    trusted,
)


def add_commands(app: typer.Typer) -> None:
    """Hang these commands into the program."""
    group = typer.Typer(no_args_is_help=True, help="Authorities that are trusted")
    group.command("list")(show)
    group.command("add")(add)
    group.command("remove")(remove)
    group.command("forget")(forget)
    app.add_typer(group, name="trust")


def show(json: Json = False) -> None:
    """Every certificate of the store by name with its fingerprint; known ones are named as such."""
    with console.running():
        entries = trusted(bootstrap.trust_folders())
    _print(entries, json)


def add(
    sources: Annotated[list[str], typer.Argument(help="Files, folders or http addresses of certificates")],
    online: Annotated[bool, typer.Option(help="Allow asking the addresses given")] = False,
    json: Json = False,
) -> None:
    """Trust these certificates from now on; compare the fingerprints with the authority's own first."""
    with console.running():
        found = seek_trust(SeekTrust(tuple(sources), bootstrap.online_access(online)))
        with bootstrap.open_services() as services:
            added = add_trust(services, AddTrust(found.value, bootstrap.trust_home())).value
    _print(added, json)
    console.say(found.problems)
    if found.problems:
        raise typer.Exit(console.exit_code(found.problems, len(added)))


def remove(fingerprint: Annotated[str, typer.Argument(help="SHA-256, or how it begins (8 or more)")]) -> None:
    """Trust this certificate no longer."""
    with console.running(), bootstrap.open_services() as services:
        removed = remove_trust(services, RemoveTrust(fingerprint, bootstrap.trust_home())).value
    if not removed:
        console.stderr.print(messages.text("trust.none", fingerprint=fingerprint), markup=False)
        raise typer.Exit(Exit.BAD_INPUT)
    for name in removed:
        console.stdout.print(messages.text("trust.removed", name=name), markup=False, highlight=False)


def forget() -> None:
    """Delete everything that was fetched from the network."""
    with console.running():
        count = forget_fetched(bootstrap.online_access(False))
    console.stdout.print(messages.text("trust.forgotten", count=count), markup=False)


def _print(entries: tuple[TrustedEntry, ...], json: bool) -> None:
    if json:
        console.print_json({"certificates": [_as_json(entry) for entry in entries]})
        return
    for entry in entries:
        found = entry.certificate
        facts = {
            "kind": messages.text("trust.root" if entry.is_root else "trust.issuing"),
            "name": found.subject,
            "until": messages.day(found.not_after.date()),
            "fingerprint": found.fingerprint,
            "known": messages.text(f"trust.known.{entry.known}"),
        }
        console.stdout.print(
            messages.text("trust.line", **facts), markup=False, highlight=False, soft_wrap=True
        )


def _as_json(entry: TrustedEntry) -> dict[str, object]:
    found = entry.certificate
    return {
        "root": entry.is_root,
        "name": found.subject,
        "issuer": found.issuer,
        "not_before": found.not_before.isoformat(),
        "not_after": found.not_after.isoformat(),
        "sha256": found.fingerprint,
        "known": entry.known,
    }
