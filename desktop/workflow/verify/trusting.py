"""The store of trust, kept by hand: look at what files, folders or addresses hold, trust it, remove it.

Whom an office trusts decides every verdict: each change is in the journal, who, when and which certificate.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from desktop.workflow.job import Outcome, Problem
from desktop.workflow.problems import KNOWN, problem_of
from desktop.workflow.services import Services, now
from signing.errors import FetchFailed, NothingToTrust
from signing.model import Certificate, OnlineAccess
from signing.trust import online_cache
from signing.trust import store as trust_store
from signing.trust.known import known
from signing.trust.names import describe
from signing.trust.online_fetch import Limits, fetch

_MAX_BYTES = 1 << 20
_MIN_PREFIX = 8


@dataclass(frozen=True, slots=True)
class TrustedEntry:
    """One certificate of the store, or one that may come into it."""

    certificate: Certificate
    is_root: bool
    known: str
    """confirmed, met (seen in public documents, not confirmed by its authority) or unknown."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A certificate that somebody may come to trust once its fingerprint was compared."""

    entry: TrustedEntry
    der: bytes


@dataclass(frozen=True, slots=True)
class SeekTrust:
    """Look at what `sources` (files, folders, http addresses) hold; nothing is trusted by that."""

    sources: tuple[str, ...]
    access: OnlineAccess


@dataclass(frozen=True, slots=True)
class AddTrust:
    """Put these certificates into the folder."""

    offers: tuple[Offer, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class RemoveTrust:
    """Take out of the folder what has this SHA-256, or one that begins like this."""

    fingerprint: str
    folder: Path


def trusted(folders: tuple[Path, ...]) -> tuple[TrustedEntry, ...]:
    """Roots first, by name."""
    return _in_order(_entry(found, is_root) for is_root, found in trust_store.load(folders).listing())


def seek_trust(command: SeekTrust) -> Outcome[tuple[Offer, ...]]:
    """What there is to trust, each once, and a problem for each source that holds nothing."""
    offers: dict[bytes, Offer] = {}
    problems: list[Problem] = []
    for source in command.sources:
        try:
            offers |= {offer.der: offer for offer in _offers(source, command.access)}
        except KNOWN as error:
            problem = problem_of(error, source)
            problems += [problem] if problem else []
    return Outcome(tuple(offers.values()), problems=tuple(problems))


def add_trust(services: Services, command: AddTrust) -> Outcome[tuple[TrustedEntry, ...]]:
    """What is trusted now; what was trusted before is no change."""
    there = {entry.certificate.fingerprint for entry in trusted((command.folder,))}
    fresh = [offer for offer in command.offers if offer.entry.certificate.fingerprint not in there]
    if fresh:
        with _noted(services, "certificate_trusted", [offer.entry for offer in fresh]):
            trust_store.keep(command.folder, [("cert", offer.der) for offer in fresh])
    return Outcome(_in_order(offer.entry for offer in command.offers))


def remove_trust(services: Services, command: RemoveTrust) -> Outcome[tuple[str, ...]]:
    """Names of the certificates taken out."""
    wanted = command.fingerprint.replace(":", "").replace(" ", "").lower()
    if len(wanted) < _MIN_PREFIX:
        return Outcome(())
    found = {entry.certificate.fingerprint: entry for entry in trusted((command.folder,))}
    chosen = {
        mark: entry
        for mark, entry in found.items()
        if mark.startswith(wanted) and trust_store.was_added(command.folder, mark)
    }
    if chosen:
        with _noted(services, "certificate_distrusted", chosen.values()):
            for mark in chosen:
                trust_store.remove(command.folder, mark)
    return Outcome(tuple(entry.certificate.subject for entry in chosen.values()))


def forget_fetched(access: OnlineAccess) -> int:
    """Delete the answers kept from the network; how many there were."""
    return online_cache.clear(access.cache)


@contextmanager
def _noted(services: Services, action: str, entries: Iterable[TrustedEntry]) -> Iterator[None]:
    """The change of the folder is made inside: where it fails, nothing was noted."""
    from storage.catalog import journal  # loads the database toolkit, which listing does without

    with services.catalog.write() as connection:
        for entry in entries:
            details = {"root": int(entry.is_root), "serial": entry.certificate.serial}
            mark = entry.certificate.fingerprint
            journal.append(connection, now(), services.actor, action, mark, details)
        yield


def _offers(source: str, access: OnlineAccess) -> list[Offer]:
    found = _from_address(source, access) if is_address(source) else _from_files(Path(source))
    offers = [Offer(_entry(describe(trust_store.certificate(der)), _is_root(der)), der) for der in found]
    if not offers:
        raise NothingToTrust(name=source)
    return offers


def is_address(source: str) -> bool:
    """Whether it is asked for over the network."""
    return source.startswith(("http://", "https://"))


def _from_address(url: str, access: OnlineAccess) -> list[bytes]:
    if not access.fetch:
        raise FetchFailed(url=url, why="consent")
    limits = Limits(access.patience_s, _MAX_BYTES, access.allow_private)
    return [der for kind, der in trust_store.recognise(fetch(url, limits)) if kind == "cert"]


def _from_files(source: Path) -> list[bytes]:
    if source.is_dir():
        files = sorted(each for each in source.rglob("*") if each.is_file())
    else:
        source.stat()  # a missing file is said to be missing
        files = [source]
    return [der for file in files for kind, der in trust_store.read_file(file) if kind == "cert"]


def _is_root(der: bytes) -> bool:
    return trust_store.is_anchor(trust_store.certificate(der))


def _in_order(entries: Iterable[TrustedEntry]) -> tuple[TrustedEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: (not entry.is_root, entry.certificate.subject)))


def _entry(found: Certificate, is_root: bool) -> TrustedEntry:
    listed = known().get(found.fingerprint)
    word = "unknown" if listed is None else "confirmed" if listed.confirmed else "met"
    return TrustedEntry(found, is_root, word)
