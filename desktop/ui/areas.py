"""The work areas by name; each is loaded when it is first wanted, so that the first window comes fast."""

from __future__ import annotations

from desktop.ui.desk import Area, Desk


def build(name: str, desk: Desk) -> Area:
    """Make one of the five areas."""
    match name:
        case "dossier":
            from desktop.ui.dossier_area import DossierArea

            return DossierArea(desk)
        case "sign":
            from desktop.ui.sign_area import SignArea

            return SignArea(desk)
        case "verify":
            from desktop.ui.verify_area import VerifyArea

            return VerifyArea(desk)
        case "archive":
            from desktop.ui.archive_area import ArchiveArea

            return ArchiveArea(desk)
        case _:
            from desktop.ui.scan_area import ScanArea

            return ScanArea(desk)
