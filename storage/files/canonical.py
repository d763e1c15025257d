"""One fixed way to write JSON, so that equal content has equal bytes and can be hashed."""

from __future__ import annotations

import json
from typing import Any


def canonical(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys and no spaces (RFC 8785 for texts, whole numbers, lists and maps)."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
