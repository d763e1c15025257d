"""How the command line talks: results on stdout, everything else on stderr, one exit code per kind of end."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from desktop import incidents, messages
from desktop.workflow.job import Cancelled, Context, Problem, Progress
from desktop.workflow.problems import problem_of
from signing.ports import PinPrompt

WIDTH = None if sys.stdout.isatty() else 140
"""Characters a line; a pipe has no width of its own."""
stdout = Console(width=WIDTH)
stderr = Console(stderr=True, width=WIDTH)

Paths = Annotated[list[Path], typer.Argument(help="Files or folders")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else")]
Jobs = Annotated[int | None, typer.Option(min=1, help="Pages worked on at once (default: one per core)")]


class Exit(IntEnum):
    """How a command ended (stable)."""

    DONE = 0
    BUG = 1
    USAGE = 2
    BAD_INPUT = 3
    ENVIRONMENT = 4
    NOT_VALID = 5
    UNDECIDED = 6
    NO_SIGNATURE = 7
    PARTLY = 8
    CANCELLED = 130


ENVIRONMENT = frozenset(
    {
        "disk_failed",
        "disk_full",
        "device_failed",
        "engine_missing",
        "identity_missing",
        "out_of_memory",
        "pin_locked",
        "pin_wrong",
        "profile_busy",
        "schema_too_new",
        "timestamp_failed",
        "timestamp_failed_slow",
        "timestamp_failed_untrusted",
        "timestamp_failed_wrong",
        "service_failed",
        "login_released",
    }
)


def exit_code(problems: Sequence[Problem], succeeded: int) -> Exit:
    """All well, partly done, or the kind of the first failure."""
    if not problems:
        return Exit.DONE
    return Exit.PARTLY if succeeded else code_of(problems[0])


def finish(problems: Sequence[Problem | None]) -> NoReturn:
    """Tell what went wrong with which file, and end the command; None for a file that went well."""
    found = [problem for problem in problems if problem]
    say(found)
    raise typer.Exit(exit_code(found, len(problems) - len(found)))


def code_of(problem: Problem) -> Exit:
    """With which exit code a command ends that met this problem."""
    if problem.code == "bug":
        return Exit.BUG
    if problem.code in ("corrupt", "journal_broken"):
        return Exit.NOT_VALID
    if problem.code.startswith("certificate_unchecked"):
        return Exit.UNDECIDED
    return Exit.ENVIRONMENT if problem.code in ENVIRONMENT else Exit.BAD_INPUT


def words(problem: Problem) -> str:
    """What happened and what to do, in the chosen language."""
    facts = {"name": problem.subject, **problem.facts}
    what = messages.text(f"problem.{problem.code}.what", **facts)
    remedy = messages.text(f"problem.{problem.code}.remedy", **facts)
    about = f"{problem.subject}: " if problem.subject and problem.subject not in what else ""
    return f"{about}{what} {remedy}"


def ask(problem: Problem) -> bool:
    """Whether to go on in spite of a problem: asked on a terminal, no elsewhere."""
    if not sys.stdin.isatty():
        return False
    stderr.print(words(problem), style="yellow", markup=False, highlight=False)
    return typer.confirm(messages.text("consent.sign"), err=True)


def problem_as_json(problem: Problem | None) -> dict[str, str] | None:
    """A problem as `--json` prints it: its code and its words."""
    return None if problem is None else {"code": problem.code, "text": words(problem)}


def say(problems: Iterable[Problem]) -> None:
    """Tell problems on stderr; names in them are never read as markup."""
    for problem in problems:
        stderr.print(words(problem), style="red", markup=False, highlight=False)


def print_json(document: Any) -> None:
    """One JSON document on stdout and nothing else."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table whose headings are message keys."""
    print_rows("", [messages.text(heading) for heading in headings], rows)


def print_rows(caption: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table with its words as given; cells are data, never markup."""
    table = Table(*headings, title=caption or None, title_justify="left")
    for column in table.columns:
        column.overflow = "fold"  # an id that is cut off is of no use
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    stdout.print(table)


def _cell(value: object) -> str:
    if isinstance(value, date):
        return messages.day(value)
    return "" if value is None else str(value)


@contextmanager
def running(
    ask_pin: PinPrompt | None = None, consent: Callable[[Problem], bool] | None = None
) -> Iterator[Context]:
    """A context with progress on stderr (bars on a terminal); the one place where errors become exits."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bars:
        shown: dict[str, Any] = {}

        def report(progress: Progress) -> None:
            if progress.step not in shown:
                shown[progress.step] = bars.add_task(messages.text(progress.step), total=progress.total)
            bars.update(shown[progress.step], completed=progress.done, total=progress.total)

        context = Context(report=report)
        context = context if ask_pin is None else replace(context, ask_pin=ask_pin)
        context = context if consent is None else replace(context, consent=consent)
        try:
            yield context
        except (KeyboardInterrupt, Cancelled):
            context.stop.set()
            stderr.print(messages.text("cancelled"))
            raise typer.Exit(Exit.CANCELLED) from None
        except (typer.Exit, typer.Abort):
            raise
        except Exception as error:
            raise typer.Exit(explain(error)) from None


def explain(error: Exception) -> Exit:
    """Say what went wrong; a bug is logged and gets an incident id."""
    problem = problem_of(error)
    if problem is None:
        incident = incidents.record(error)
        stderr.print(messages.text("bug", incident=incident, kind=type(error).__name__), style="red")
        return Exit.BUG
    say([problem])
    return code_of(problem)
