"""On whose authority a paper says it is signed: TM., KT., TL. or TUQ., and for whom (NĐ 30/2020 Điều 13)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from signing.marks import placement
from signing.marks.signature_block import SignatureBlock, lines_of
from signing.pdf.page_layout import PageLayout, Words, open_pdf, read_page

_AUTHORITY = re.compile(r"^(TM|KT|TL|TUQ|Q)\s*\.\s*(.+)$")
FOR_ANOTHER = ("KT", "TL", "TUQ")


@dataclass(frozen=True, slots=True)
class Delegation:
    """What stands above the signer's own title."""

    form: str
    """KT, TL or TUQ."""
    principal: str
    """Title of the one who is signed for: CHỦ TỊCH."""
    signer: str
    """Name under the signature; empty where none is printed."""


def read_delegation(path: Path, words: Words | None = None) -> Delegation | None:
    """For whom the paper is signed; None where the signer's own office is enough. Raises NotSignable."""
    document = open_pdf(str(path))
    try:
        block = placement.block_of(document, words)
        return None if block is None else _delegation_in(read_page(document, block.page, words), block)
    finally:
        document.close()


def _delegation_in(page: PageLayout, block: SignatureBlock) -> Delegation | None:
    """The lowest line decides: below "TM. UỶ BAN NHÂN DÂN" may stand "KT. CHỦ TỊCH"."""
    found = None
    for line in lines_of(page.words):
        inside = block.title_top - 1 <= line.y0 and line.y1 <= block.title_bottom + 1
        said = _AUTHORITY.match(line.text) if inside else None
        if said is not None and said[1] in FOR_ANOTHER:
            found = Delegation(said[1], said[2].strip(), block.name)
    return found
