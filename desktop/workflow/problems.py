"""From an exception to a Problem: which failures are expected, and what they are called."""

from __future__ import annotations

import errno

from desktop.settings import SettingsDamaged
from desktop.workflow.job import Problem
from ocr.errors import OcrError
from signing.errors import SigningError
from storage.errors import StorageError

KNOWN = (OcrError, SigningError, StorageError, OSError, MemoryError)


class StepFailed(Exception):
    """A step cannot go on at all; carries its problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def problem_of(error: BaseException, subject: str = "") -> Problem | None:
    """The Problem for an expected failure, None for what can only be a bug."""
    if isinstance(error, StepFailed):
        return error.problem
    if isinstance(error, (OcrError, SigningError, StorageError, SettingsDamaged)):
        return Problem(error.code, error.facts, subject)
    if isinstance(error, MemoryError):
        return Problem("out_of_memory", {}, subject)
    if isinstance(error, OSError):
        return Problem(_os_code(error), {"name": error.filename or subject}, subject)
    return None


def _os_code(error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "disk_full"
    if isinstance(error, PermissionError):
        return "not_readable"
    if isinstance(error, FileNotFoundError):
        return "file_missing"
    return "disk_failed"
