"""Objects that two readers may read differently: a key written twice, another number than the table says.

The comparison reads one of the two meanings, a viewer perhaps the other (ISO 32000-2 7.3.7: a key may occur
once). What was there when it was signed is the signer's fault; what comes later is how readers are set apart.
"""

from __future__ import annotations

import re

import pikepdf

from signing.errors import TooComplex

Fault = tuple[int, str]
"""(number of the object, what qpdf says of it)."""
_SAID = re.compile(r"\(object (\d+) \d+, offset \d+\): (.+)\Z", re.DOTALL)
_MAX_OBJECTS = 400_000


def find(pdf: pikepdf.Pdf) -> frozenset[Fault]:
    """What qpdf finds wrong with the objects of a file; each is read once. Raises TooComplex."""
    if len(pdf.objects) > _MAX_OBJECTS:
        raise TooComplex(objects=len(pdf.objects))
    for _ in pdf.objects:
        pass  # qpdf complains of an object when it first reads it
    said = (_SAID.search(each) for each in pdf.get_warnings())
    return frozenset((int(match[1]), match[2]) for match in said if match is not None)
