"""What a person should look at on a paper: its values against what can be, its card against itself."""

from __future__ import annotations

from sqlalchemy import Connection

from desktop.workflow.papers.naming import readings_of
from desktop.workflow.services import Services, now
from ocr.fields.card_checks import card_findings
from ocr.fields.checks import Finding, findings
from storage.model import Document

_CARD = "the_can_cuoc"


def findings_of(services: Services, connection: Connection, paper: Document) -> tuple[Finding, ...]:
    """Findings of every check, each once; nothing is changed by them."""
    values = {field.name: field.value for field in paper.fields}
    found = findings(values, paper.kind_code, now().astimezone().date())
    if paper.kind_code == _CARD:
        found += card_findings(readings_of(services, connection, paper))
    return tuple({(each.field, each.code): each for each in found}.values())
