"""Commands about signatures: sign, verify."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from desktop import bootstrap, console, messages, settings
from desktop.console import Exit
from desktop.workflow.inputs import PDF, files_under
from desktop.workflow.job import Problem
from desktop.workflow.sign import Signed, Signer, SignFiles, sign_files
from desktop.workflow.verify import FileVerified, VerifyFiles, verify_files
from signing.model import Level, Secret, SigningRole, Verdict
from signing.ports import PinPrompt
from signing.report import failed, to_json

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else")]


def add_commands(app: typer.Typer) -> None:
    """Hang these commands into the program."""
    app.command()(sign)
    app.command()(verify)


def sign(
    files: Annotated[list[Path], typer.Argument(help="PDF files or folders")],
    identity: Annotated[str, typer.Option(help="pkcs12:FILE, pkcs11:MODULE?token=..&cert=.., practice:NAME")],
    role: Annotated[SigningRole, typer.Option(help="In what capacity")],
    level: Annotated[Level | None, typer.Option(help="PAdES level (default: the setting)")] = None,
    tsa: Annotated[str | None, typer.Option(help="Time-stamp authority: http address or practice:")] = None,
    trust: Annotated[list[Path] | None, typer.Option(help="Folder with trusted certificates")] = None,
    pin_env: Annotated[str | None, typer.Option(help="Variable that holds the PIN (default: ask)")] = None,
    online: Annotated[
        bool | None,
        typer.Option("--online/--offline", help="Ask the network for the status of the certificate"),
    ] = None,
    accept_unchecked: Annotated[bool, typer.Option(help="Sign though the status cannot be checked")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File or folder (default: in place)")
    ] = None,
    json: Json = False,
) -> None:
    """Sign PDFs, each mark where its role prescribes; the first wrong PIN stops."""
    chosen = settings.load(home := settings.default_home())
    with console.running(ask_pin=_prompt(pin_env)) as context:
        paths = files_under(tuple(files), PDF)
        signer = Signer(
            identity,
            role,
            level or Level(chosen.level),
            (*(trust or ()), *bootstrap.trust_folders()),
            home,
            chosen.tsa if tsa is None else tsa,
            accept_unchecked=accept_unchecked,
            online=bootstrap.online_access(online, home),
        )
        results = sign_files(SignFiles(paths, _outputs(paths, output), signer), context).value
    if json:
        console.print_json({"files": [_signed_as_json(entry) for entry in results]})
    else:
        for entry in results:
            if entry.sealed:
                words = messages.text("sign.done", name=entry.subject, role=messages.text(f"role.{role}"))
                console.stdout.print(words, highlight=False)
    problems = [entry.problem for entry in results if entry.problem]
    console.say(problems)
    raise typer.Exit(console.exit_code(problems, len(results) - len(problems)))


def _prompt(variable: str | None) -> PinPrompt:
    def ask(name: str) -> Secret:
        if variable is not None:
            return Secret(os.environ.get(variable, ""))
        return Secret(typer.prompt(messages.text("pin.prompt", name=name), hide_input=True, err=True))

    return ask


def _outputs(paths: tuple[Path, ...], output: Path | None) -> tuple[Path, ...]:
    if output is None:
        return paths
    if len(paths) == 1 and not output.is_dir():
        return (output,)
    output.mkdir(parents=True, exist_ok=True)
    return tuple(output / path.name for path in paths)


def _signed_as_json(entry: Signed) -> dict[str, object]:
    sealed = entry.sealed
    found: dict[str, object] = {"file": entry.subject, "error": console.problem_as_json(entry.problem)}
    if sealed is not None:
        found |= {
            "field": sealed.field_name,
            "role": sealed.role,
            "signer": sealed.signer.subject,
            "signed_at": sealed.signed_at.isoformat(),
            "placement": list(sealed.placement) if sealed.placement else None,
            "warnings": list(sealed.warnings),
        }
    return found


def verify(
    paths: Annotated[list[Path], typer.Argument(help="Files or folders")],
    trust: Annotated[list[Path] | None, typer.Option(help="Folder with trusted certificates")] = None,
    at: Annotated[datetime | None, typer.Option(help="Judge as of this time")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Files checked at once")] = None,
    json: Json = False,
) -> None:
    """Is what I see what was signed? Who signed, and was the certificate good then?"""
    with console.running() as context, bootstrap.open_workers(jobs) as workers:
        command = VerifyFiles(
            files_under(tuple(paths), PDF),
            (*(trust or ()), *bootstrap.trust_folders()),
            at.astimezone() if at else None,
        )
        files = verify_files(workers, command, context).value
    if json:
        console.print_json({"files": [_verified_as_json(entry) for entry in files]})
    else:
        console.print_table(
            ("table.file", "table.verdict", "table.content", "table.trust", "table.signatures"),
            [_verified_row(entry) for entry in files],
        )
    console.say(entry.problem for entry in files if entry.problem)
    raise typer.Exit(_verify_exit(files))


def _verified_as_json(entry: FileVerified) -> dict[str, object]:
    if entry.verdict is not None:
        return to_json(str(entry.path), entry.verdict, lambda key, facts: messages.text(key, **facts))
    problem = entry.problem or Problem("undecided")
    return failed(str(entry.path), problem.code, console.words(problem))


def _verified_row(entry: FileVerified) -> tuple[object, ...]:
    if entry.verdict is None:
        return entry.path, messages.text("verdict.undetermined"), "", "", ""
    verdict = entry.verdict
    return (
        entry.path,
        messages.text(f"verdict.{verdict.verdict}"),
        messages.text(f"content.{verdict.content}"),
        messages.text(f"trust.{verdict.trust}"),
        len(verdict.signatures),
    )


def _verify_exit(files: tuple[FileVerified, ...]) -> Exit:
    """The gravest answer of all files decides."""
    verdicts = {entry.verdict.verdict for entry in files if entry.verdict}
    if Verdict.INVALID in verdicts:
        return Exit.NOT_VALID
    problems = [entry.problem for entry in files if entry.problem]
    if problems:
        return console.exit_code(problems, len(files) - len(problems))
    if Verdict.UNDETERMINED in verdicts:
        return Exit.UNDECIDED
    return Exit.NO_SIGNATURE if Verdict.UNSIGNED in verdicts else Exit.DONE
