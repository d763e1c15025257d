"""Whether a dossier has the papers its procedure asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from storage.model import Component, Document, Procedure

RESULT = "ket_qua"
"""Component code of the paper that the procedure ends with."""


class Filling(StrEnum):
    """How a component stands in a dossier."""

    FILLED = "filled"
    MISSING = "missing"
    SHOWN = "shown"
    """Only shown at the counter: not to be digitised (TT 01/2023/TT-VPCP Điều 8)."""
    NOT_ASKED = "not_asked"
    """Belongs to a case that does not apply to this dossier."""


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One component and the documents that fill it."""

    component: Component
    filling: Filling
    document_ids: tuple[str, ...] = ()
    odd_ids: tuple[str, ...] = ()
    """Those among them that are of a kind not expected here; a person chose them."""


@dataclass(frozen=True, slots=True)
class Checklist:
    """A dossier held against its procedure."""

    items: tuple[ChecklistItem, ...]
    result_ids: tuple[str, ...]
    surplus_ids: tuple[str, ...]
    """Documents that no component asks for."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes of the components that are asked for and not there."""
        return tuple(item.component.code for item in self.items if item.filling is Filling.MISSING)

    @property
    def complete(self) -> bool:
        """True when nothing asked for is missing; the result paper is not part of that."""
        return not self.missing


def check(procedure: Procedure, documents: Iterable[Document], cases: Collection[str] = ()) -> Checklist:
    """Hold the documents of a dossier against its procedure; `cases` are those that apply to it."""
    placed: dict[str, list[Document]] = {}
    for document in documents:
        placed.setdefault(_place(procedure, document), []).append(document)
    items = tuple(
        _item(component, placed.pop(component.code, []), cases) for component in procedure.components
    )
    results = _ids(placed.pop(RESULT, []))
    surplus = [document.id for rest in placed.values() for document in rest]
    surplus += [id for item in items if item.filling is Filling.SHOWN for id in item.document_ids]
    return Checklist(items, results, tuple(surplus))


def propose(
    procedure: Procedure, kind_code: str, cases: Collection[str] = (), filled: Collection[str] = ()
) -> str | None:
    """Code of the component that a new paper of that kind most likely fills, RESULT, or None: surplus.

    Components in `filled` come last: a second paper of a kind goes where one is still missing.
    """
    fitting = [
        component.code
        for component in procedure.components
        if component.digitised and _asked(component, cases) and _fits(component, kind_code)
    ]
    empty = [code for code in fitting if code not in filled]
    if empty:
        return empty[0]
    if kind_code == procedure.result_kind:
        return RESULT
    return fitting[0] if fitting else None


def _place(procedure: Procedure, document: Document) -> str:
    if document.component_code is None and document.kind_code == procedure.result_kind:
        return RESULT
    return document.component_code or ""


def _item(component: Component, documents: Sequence[Document], cases: Collection[str]) -> ChecklistItem:
    odd = [document for document in documents if not _fits(component, document.kind_code)]
    if not component.digitised:
        filling = Filling.SHOWN
    elif documents:
        filling = Filling.FILLED
    else:
        filling = Filling.MISSING if _asked(component, cases) else Filling.NOT_ASKED
    return ChecklistItem(component, filling, _ids(documents), _ids(odd))


def _asked(component: Component, cases: Collection[str]) -> bool:
    if component.unless is not None and component.unless in cases:
        return False
    return component.case is None or component.case in cases


def _fits(component: Component, kind_code: str) -> bool:
    return not component.kinds or kind_code in component.kinds


def _ids(documents: Iterable[Document]) -> tuple[str, ...]:
    return tuple(document.id for document in documents)
