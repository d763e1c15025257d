"""A folder that a scanner or another program fills: what came whole is taken in and put aside there.

Files are moved only after their bytes are kept: a crash in between leaves them, and the next look finds that
they are known. Files that cannot be read stay where they are.
"""

from __future__ import annotations

from pathlib import Path

from desktop.workflow.job import Context, Outcome, Problem
from desktop.workflow.papers.intake import Intake, TakenIn, intake, passed_over_files
from desktop.workflow.scan.orders import TakeArrived
from desktop.workflow.services import Services

TAKEN = "Đã nhập"
"""The folder inside the hot folder for what was taken in."""


def take_arrived(services: Services, command: TakeArrived, context: Context) -> Outcome[tuple[TakenIn, ...]]:
    """What became of each file. Pictures that lie in a row are pages of one stack, as from a feeder."""
    present = tuple(path for path in command.whole if path.exists())
    order = Intake(present, command.folder.name, command.batch_id, f"folder:{command.folder}")
    done = intake(services, order, context)
    known = sum(entry.known for entry in done.value)
    problems = [*done.problems, *passed_over_files(command.others)]
    problems += [Problem("hot_folder_known", {"n": known}, str(command.folder))] if known else []
    problems += _put_aside(command.folder, [entry.path for entry in done.value])
    return Outcome(done.value, done.changes, tuple(problems))


def _put_aside(folder: Path, taken: list[Path]) -> list[Problem]:
    """Move them; where the folder may not be changed they stay, and that is told once."""
    aside = folder / TAKEN
    try:
        aside.mkdir(exist_ok=True)
        for path in taken:
            path.rename(_free_name(aside, path))
    except OSError:
        return [Problem("hot_folder_stays", {"n": len(taken)}, str(folder))]
    return []


def _free_name(folder: Path, path: Path) -> Path:
    target, number = folder / path.name, 2
    while target.exists():
        target, number = folder / f"{path.stem} ({number}){path.suffix}", number + 1
    return target
