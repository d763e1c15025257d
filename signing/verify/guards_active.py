"""What a page shows that its signature cannot vouch for: content kept elsewhere, scripts that change it.

ISO 32000-2 12.8.7 (legal attestation) names the same dangers. Content from outside the file is doubtful
whoever signed it; scripts are told, since viewers ask before they run them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf

from signing.changes.compare import written
from signing.model import Reason

_OUTSIDE = ("/F", "/Ref")
"""A stream whose bytes are in another file (7.3.8.2); a page of another file (8.10.4)."""
_SCRIPT = re.compile(rb"/S\s*/(?:JavaScript|Launch|ImportData|Hide|SetOCGState|Rendition)\b|/JavaScript\b")
_MAX_OBJECTS = 400_000


def find(pdf: pikepdf.Pdf) -> Iterator[Reason]:
    """At most one reason of each kind."""
    outside = scripts = False
    if len(pdf.objects) > _MAX_OBJECTS:
        return
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream):
            outside = outside or any(key in each for key in _OUTSIDE)
        scripts = scripts or _SCRIPT.search(written(each)) is not None
    if outside:
        yield Reason("content_outside")
    if scripts:
        yield Reason("active_content")
