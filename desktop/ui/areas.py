"""The work areas by name; each is loaded when it is first wanted, so that the first window comes fast."""

from __future__ import annotations

from collections.abc import Callable

from desktop.ui.desk import Area, Desk


def load(name: str) -> Callable[[Desk], Area]:
    """The class of one of the five areas.

    On the GUI thread: Qt's classes are made as they are imported, which no other thread may do.
    """
    match name:
        case "dossier":
            from desktop.ui.dossier.area import DossierArea

            return DossierArea
        case "sign":
            from desktop.ui.sign.area import SignArea

            return SignArea
        case "verify":
            from desktop.ui.verify.area import VerifyArea

            return VerifyArea
        case "archive":
            from desktop.ui.archive.area import ArchiveArea

            return ArchiveArea
        case _:
            from desktop.ui.scan.area import ScanArea

            return ScanArea
