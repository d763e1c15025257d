"""What the list of checked files is sorted and filtered by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from desktop import messages
from desktop.ui.parts.row_model import Row
from desktop.ui.parts.verdict_banners import BANNERS
from desktop.workflow.reports import verdict_words
from signing.model import FileVerdict, Verdict
from signing.renewal import expiry
from signing.renewal.expiry import Renewal
from storage.catalog.folding import fold

if TYPE_CHECKING:
    from desktop.workflow.verify.files import FileVerified

_NEVER = datetime.min.replace(tzinfo=UTC)
SORTS = ("added", "verdict", "name", "signer", "newest", "due")


@dataclass(frozen=True, slots=True)
class Facets:
    """One file as the list knows it."""

    place: int
    """In the order of arrival."""
    banner: str
    name: str
    signers: tuple[str, ...]
    agencies: tuple[str, ...]
    years: tuple[str, ...]
    signed_at: datetime
    text: str
    """Everything that a search looks at, without accents."""

    folded_name: str
    folded_signer: str
    renewal: Renewal | None
    """The first of its signatures to lose its proof."""

    def sort_key(self, sort: str) -> tuple[object, ...]:
        """For one of SORTS; what is equal keeps the order of arrival."""
        match sort:
            case "verdict":
                return (verdict_words.GRAVITY.index(self.banner), self.place)
            case "name":
                return (self.folded_name, self.place)
            case "signer":
                return (not self.signers, self.folded_signer, self.place)
            case "newest":
                return (-self.signed_at.timestamp() if self.signed_at is not _NEVER else 0.0, self.place)
            case "due":
                return (self.renewal is None, self.renewal.due if self.renewal else _NEVER, self.place)
            case _:
                return (self.place,)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person asked to see; empty: everything."""

    banner: str = ""
    agency: str = ""
    signer: str = ""
    year: str = ""
    text: str = ""

    def takes(self, found: Facets) -> bool:
        return (
            self.banner in ("", found.banner)
            and (not self.agency or self.agency in found.agencies)
            and (not self.signer or self.signer in found.signers)
            and (not self.year or self.year in found.years)
            and all(word in found.text for word in fold(self.text).split())
        )


def facets(found: FileVerified, place: int) -> Facets:
    """What a file is found by."""
    signatures = [each for each in found.verdict.signatures if not each.is_timestamp] if found.verdict else []
    known = [each.signer for each in signatures if each.signer is not None]
    times = [each.signing_time for each in signatures if each.signing_time is not None]
    signers = tuple(dict.fromkeys(verdict_words.visible(each.subject) for each in known))
    agencies = tuple(
        dict.fromkeys(verdict_words.visible(each.organisation) for each in known if each.organisation)
    )
    issuers = tuple(verdict_words.visible(each.issuer) for each in known)
    name = verdict_words.visible(found.path.name)
    return Facets(
        place,
        verdict_words.banner_of_file(found),
        name,
        signers,
        agencies,
        tuple(dict.fromkeys(str(time.astimezone().year) for time in times)),
        max(times, default=_NEVER),
        fold(" ".join((name, verdict_words.visible(str(found.path.parent)), *signers, *agencies, *issuers))),
        fold(name),
        fold(signers[0]) if signers else "",
        _first_due(found.verdict) if found.verdict else None,
    )


def _first_due(verdict: FileVerdict) -> Renewal | None:
    """A file that was changed has nothing to renew."""
    if verdict.verdict not in (Verdict.VALID, Verdict.UNDETERMINED):
        return None
    return next(iter(expiry.of_file(verdict, datetime.now(UTC))), None)


def due_words(known: Facets) -> str:
    """By when the proof must be renewed, or that it is overdue; '' where there is nothing to renew."""
    if known.renewal is None:
        return ""
    key = "ui.verify.due.late" if known.renewal.overdue else "ui.verify.due.by"
    return messages.text(key, day=messages.day(known.renewal.due.astimezone().date()))


def row(found: FileVerified, known: Facets, decided: str = "", due_first: bool = False) -> Row:
    """The file as a line of the list; `decided`: what the archivist decided, in a word."""
    tone, icon = BANNERS[known.banner]
    count = len(found.verdict.signatures) if found.verdict else 0
    due = due_words(known) if due_first else ""
    parts = [
        due,
        decided,
        messages.text("ui.verify.count", n=count) if found.verdict else "",
        *known.signers[:1],
    ]
    below = " · ".join(part for part in parts if part)
    return Row(str(found.path), known.name, below, messages.text(f"ui.verdict.{known.banner}"), tone, icon)
