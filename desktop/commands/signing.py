"""The command that signs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from desktop import bootstrap, console, messages, settings
from desktop.console import Json
from desktop.workflow.inputs import PDF, files_under
from desktop.workflow.job import Problem
from desktop.workflow.sign.files import Signed, Signer, SignFiles, sign_files
from signing.model import CopyForm, Level, PinQuestion, Secret, SigningRole, Tries
from signing.ports import PinPrompt
from signing.presign.model import Assessment


def add_commands(app: typer.Typer) -> None:
    """Hang these commands into the program."""
    app.command()(sign)


def sign(
    files: Annotated[list[Path], typer.Argument(help="PDF files or folders")],
    identity: Annotated[
        str, typer.Option(help="pkcs12:FILE, pkcs11:MODULE?token=..&cert=.., csc:URL#ID, practice:NAME")
    ],
    role: Annotated[SigningRole, typer.Option(help="In what capacity")],
    level: Annotated[Level | None, typer.Option(help="PAdES level (default: the setting)")] = None,
    tsa: Annotated[
        str | None, typer.Option(help="Time-stamp servers: http addresses in one text, or practice:")
    ] = None,
    trust: Annotated[list[Path] | None, typer.Option(help="Folder with trusted certificates")] = None,
    pin_env: Annotated[str | None, typer.Option(help="Variable that holds the PIN (default: ask)")] = None,
    online: Annotated[
        bool | None,
        typer.Option("--online/--offline", help="Ask the network for the status of the certificate"),
    ] = None,
    accept_unchecked: Annotated[bool, typer.Option(help="Sign though the status cannot be checked")] = False,
    skip_signed: Annotated[
        bool, typer.Option(help="Leave files alone that this certificate has signed in this role")
    ] = False,
    copy: Annotated[CopyForm, typer.Option(help="With role sao_y: which kind of copy")] = CopyForm.SAO_Y,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File or folder (default: in place)")
    ] = None,
    json: Json = False,
) -> None:
    """Sign PDFs, each mark where its role prescribes; the first wrong PIN stops."""
    chosen = settings.load(home := settings.default_home())
    consent = _agreed if accept_unchecked else console.ask
    with console.running(_prompt(pin_env), consent) as context:
        paths = files_under(tuple(files), PDF)
        signer = Signer(
            identity,
            role,
            level or Level(chosen.level),
            (*(trust or ()), *bootstrap.trust_folders()),
            home,
            chosen.tsa if tsa is None else tsa,
            esign=chosen.esign,
            copy=copy,
            online=bootstrap.online_access(online, home),
        )
        command = SignFiles(paths, _outputs(paths, output), signer, skip_signed)
        results = sign_files(command, context).value
    assessments = next((entry.checked.assessments for entry in results if entry.checked), ())
    if json:
        shown = [{"question": each.question, "text": words_of(each)} for each in assessments]
        console.print_json({"files": [_signed_as_json(entry) for entry in results], "certificate": shown})
    else:
        for assessment in assessments:
            console.stderr.print(words_of(assessment), style="dim", highlight=False)
        for entry in results:
            _tell(entry, role)
    problems = [entry.problem for entry in results if entry.problem]
    console.say(problems)
    raise typer.Exit(console.exit_code(problems, len(results) - len(problems)))


def _tell(entry: Signed, role: SigningRole) -> None:
    if entry.problem:
        return
    code = "sign.done" if entry.sealed else "sign.left_alone"
    shown = messages.text(code, name=entry.subject, role=messages.text(f"role.{role}"))
    console.stdout.print(shown, highlight=False)
    for warning in entry.sealed.warnings if entry.sealed else ():
        console.stderr.print(messages.text(f"reason.{warning}"), style="yellow", highlight=False)


def words_of(assessment: Assessment) -> str:
    """What was found of the certificate, for people."""
    return messages.text(f"presign.{assessment.code}", **assessment.facts)


def _prompt(variable: str | None) -> PinPrompt:
    def ask(question: PinQuestion) -> Secret:
        if question.tries is not Tries.UNKNOWN:
            console.stderr.print(messages.text(f"pin.tries_{question.tries}"), style="red", highlight=False)
        if question.pad:
            console.stderr.print(messages.text("pin.pad", name=question.name), highlight=False)
            return Secret("")
        if variable is not None:
            return Secret(os.environ.get(variable, ""))
        return Secret(
            typer.prompt(messages.text("pin.prompt", name=question.name), hide_input=True, err=True)
        )

    return ask


def _agreed(problem: Problem) -> bool:
    return True


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
