"""The store of trust, kept by hand: list with fingerprints, add from files, folders or addresses, remove."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.workflow.job import Outcome, Problem
from desktop.workflow.problems import KNOWN, problem_of
from signing.errors import FetchFailed, NothingToTrust
from signing.model import Certificate, OnlineAccess
from signing.trust import online_cache
from signing.trust import store as trust_store
from signing.trust.known import known
from signing.trust.online_fetch import Limits, fetch

_MAX_BYTES = 1 << 20
_MIN_PREFIX = 8


@dataclass(frozen=True, slots=True)
class TrustedEntry:
    """One certificate of the store."""

    certificate: Certificate
    is_root: bool
    known: str
    """confirmed, met (seen in public documents, not confirmed by its authority) or unknown."""


@dataclass(frozen=True, slots=True)
class AddTrust:
    """Add what `sources` (files, folders, http addresses) hold to the folder."""

    sources: tuple[str, ...]
    folder: Path
    access: OnlineAccess


def trusted(folders: tuple[Path, ...]) -> tuple[TrustedEntry, ...]:
    """Roots first, by name."""
    entries = [_entry(found, is_root) for is_root, found in trust_store.load(folders).listing()]
    return tuple(sorted(entries, key=lambda entry: (not entry.is_root, entry.certificate.subject)))


def add_trust(command: AddTrust) -> Outcome[tuple[TrustedEntry, ...]]:
    """What was added, and a problem for each source that held nothing."""
    added: list[TrustedEntry] = []
    problems: list[Problem] = []
    for source in command.sources:
        try:
            added += _added(source, command)
        except KNOWN as error:
            problem = problem_of(error, source)
            problems += [problem] if problem else []
    return Outcome(tuple(added), problems=tuple(problems))


def remove_trust(folder: Path, fingerprint: str) -> tuple[str, ...]:
    """Names of the certificates taken out: those whose SHA-256 begins like this."""
    wanted = fingerprint.replace(":", "").replace(" ", "").lower()
    if len(wanted) < _MIN_PREFIX:
        return ()
    found = [entry.certificate for entry in trusted((folder,))]
    chosen = [each for each in found if each.fingerprint.startswith(wanted)]
    return tuple(each.subject for each in chosen if trust_store.remove(folder, each.fingerprint))


def forget_fetched(access: OnlineAccess) -> int:
    """Delete the answers kept from the network; how many there were."""
    return online_cache.clear(access.cache)


def _added(source: str, command: AddTrust) -> list[TrustedEntry]:
    if source.startswith(("http://", "https://")):
        found = _from_address(source, command)
    else:
        found = [each for file in _files(Path(source)) for each in trust_store.add(command.folder, file)]
    if not found:
        raise NothingToTrust(name=source)
    roots = {each.fingerprint for is_root, each in trust_store.load([command.folder]).listing() if is_root}
    return [_entry(each, each.fingerprint in roots) for each in found]


def _from_address(url: str, command: AddTrust) -> list[Certificate]:
    if not command.access.fetch:
        raise FetchFailed(url=url, why="consent")
    limits = Limits(command.access.patience_s, _MAX_BYTES, command.access.allow_private)
    return list(trust_store.keep(command.folder, trust_store.recognise(fetch(url, limits))))


def _files(source: Path) -> list[Path]:
    if source.is_dir():
        return sorted(each for each in source.rglob("*") if each.is_file())
    source.stat()  # a missing file is said to be missing
    return [source]


def _entry(found: Certificate, is_root: bool) -> TrustedEntry:
    listed = known().get(found.fingerprint)
    word = "unknown" if listed is None else "confirmed" if listed.confirmed else "met"
    return TrustedEntry(found, is_root, word)
