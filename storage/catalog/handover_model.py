"""The way of a document through the office, as data and one pure function (NĐ 30/2020 Điều 13, 18, 22).

The clerk prepares it, the official approves and signs, the registry numbers and seals, the archive keeps.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from storage.errors import MoveRefused


class Holder(StrEnum):
    """At whose desk a document is."""

    CLERK = "clerk"
    OFFICIAL = "official"
    REGISTRY = "registry"
    ARCHIVE = "archive"


class Move(StrEnum):
    """What takes it to another desk."""

    SUBMIT = "submit"
    """The clerk asks the official to sign."""
    FORWARD = "forward"
    """The clerk gives a scan, which needs no approval, to the registry."""
    APPROVE = "approve"
    ISSUE = "issue"
    KEEP = "keep"
    """The agency's mark for the archive is on it."""
    RETURN = "return"
    """It goes back to the clerk, with the reason."""
    RECALL = "recall"
    """The clerk takes it back before anybody acted."""


TURNS: Mapping[tuple[Holder, Move], Holder] = MappingProxyType(
    {
        (Holder.CLERK, Move.SUBMIT): Holder.OFFICIAL,
        (Holder.CLERK, Move.FORWARD): Holder.REGISTRY,
        (Holder.OFFICIAL, Move.APPROVE): Holder.REGISTRY,
        (Holder.OFFICIAL, Move.RETURN): Holder.CLERK,
        (Holder.OFFICIAL, Move.RECALL): Holder.CLERK,
        (Holder.REGISTRY, Move.RETURN): Holder.CLERK,
        (Holder.REGISTRY, Move.ISSUE): Holder.ARCHIVE,
        (Holder.REGISTRY, Move.KEEP): Holder.ARCHIVE,
    }
)


@dataclass(frozen=True, slots=True)
class Handover:
    """One step of a document's way; rows are only added."""

    document_id: str
    position: int
    """1 for the first step."""
    move: Move
    holder: Holder
    """Who has it afterwards."""
    actor: str
    at: datetime
    reason: str = ""


class Form(StrEnum):
    """On what authority somebody signs for another (NĐ 30/2020 Điều 13)."""

    KT = "KT"
    """ký thay: a deputy for the head."""
    TL = "TL"
    """thừa lệnh: the head of a unit on the head's order."""
    TUQ = "TUQ"
    """thừa ủy quyền: in writing, for a limited time and purpose, not to be passed on."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """Who may sign for whom, from when to when, and which kinds of documents."""

    id: str
    person: str
    """Name as on the certificate."""
    form: Form
    principal: str
    """Title of the one who is signed for, as printed: CHỦ TỊCH."""
    valid_from: date
    valid_to: date | None
    """Last day; only TUQ. must have one."""
    kinds: tuple[str, ...]
    """Codes of the kinds of documents; empty: any."""
    basis: str
    """Number of the decision or the written delegation."""
    made_at: datetime
    actor: str
    ended_at: datetime | None = None


def after(holder: Holder, move: Move, reason: str = "") -> Holder:
    """Who has the document after the move. Raises MoveRefused, for a return without its reason too."""
    to = TURNS.get((holder, move))
    if to is None:
        raise MoveRefused(holder=holder.value, move=move.value)
    if move is Move.RETURN and not reason.strip():
        raise MoveRefused(holder=holder.value, move=move.value, why="no_reason")
    return to
