"""Which signatures a paper still needs, and in which order (NĐ 30/2020; TT 05/2025/TT-BNV)."""

from __future__ import annotations

from collections.abc import Collection

from signing.model import SigningRole
from storage.catalog.versions import ORIGINAL, PDFA
from storage.dossier.checklist import RESULT
from storage.model import Document, Procedure

CERTIFIED_COPY = "KQ.G15.000021"
"""Result code of procedures whose result is the certified copy itself."""

DIGITISED = (SigningRole.SO_HOA, SigningRole.LUU_TRU)
"""A scan: the clerk's mark at reception (TT 01/2023 Điều 8), the agency's in the archive (TT 05/2025)."""
COPIED = (SigningRole.SO_HOA, SigningRole.SAO_Y)
"""A scan that is given out as a certified copy (NĐ 30/2020 Điều 25)."""
APPENDIX = (SigningRole.PHU_LUC,)
"""An appendix in a file of its own: the agency's signature alone, in words (NĐ 30/2020 Phụ lục I, III.1)."""
ISSUED = (SigningRole.KY_DUYET, SigningRole.DONG_DAU)
"""A paper of this agency: signed by the official, then sealed (NĐ 30/2020 Điều 5)."""


def roles_for(
    document: Document, steps: Collection[str], procedure: Procedure | None
) -> tuple[SigningRole, ...]:
    """All signatures the document needs by the way it came to be; `steps` are those of its file."""
    if PDFA in steps:
        copied = procedure is not None and procedure.result_code == CERTIFIED_COPY and document.component_code
        return COPIED if copied else DIGITISED
    if ORIGINAL in steps and document.component_code == RESULT:
        return APPENDIX if document.name.casefold().startswith("phụ lục") else ISSUED
    return ()


def next_role(document: Document, steps: Collection[str], procedure: Procedure | None) -> SigningRole | None:
    """The signature the document waits for; None when it has all."""
    return next((role for role in roles_for(document, steps, procedure) if role not in steps), None)
