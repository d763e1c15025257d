"""A finding of the rule check in words."""

from __future__ import annotations

from desktop import messages
from signing.law.model import Finding


def said(finding: Finding) -> str:
    """What is not as the law says; roles and parts of a paper by their names on screen."""
    facts = dict(finding.facts)
    for key, kind in (("role", "role"), ("part", "law.part")):
        if key in facts:
            facts[key] = messages.text(f"{kind}.{facts[key]}")
    return messages.text(f"law.{finding.code}", **facts)
