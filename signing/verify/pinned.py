"""A verdict that can be reached again: the certificates, lists and answers it rests on, all of them, fixed.

The rules of judging are named by POLICY: when they change, an old verdict may come out otherwise, and the
record tells why (TT 15/2025: what was used is kept).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from signing.model import FileVerdict, OnlineAccess
from signing.trust import online_cache
from signing.trust.store import TrustStore, load
from signing.verify.file import verify

POLICY = "2026-11"
"""Version of the rules by which changes, algorithms and trust are judged."""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A verdict and what it rests on besides the file and the time."""

    verdict: FileVerdict
    store: TrustStore


@dataclass(frozen=True, slots=True)
class StoreFiles:
    """A store whose items lie in files of their own; small enough to travel to a worker."""

    roots: tuple[Path, ...] = ()
    intermediates: tuple[Path, ...] = ()
    crls: tuple[Path, ...] = ()
    ocsps: tuple[Path, ...] = ()


def pin(path: Path, trust: tuple[Path, ...], at: datetime, access: OnlineAccess | None) -> Pinned:
    """Judge the file as of `at`, then once more on a fixed store alone: that verdict can be repeated."""
    known = load(trust)
    store = known
    if access is not None:
        used = {each.sha256 for found in verify(path, known, at, access).signatures for each in found.status}
        store = _with_answers(known, access.cache, used)
    return Pinned(verify(path, store, at), store)


def again(path: Path, files: StoreFiles, at: datetime) -> FileVerdict:
    """The same judgement on what was kept: no network, no clock, no trust of today."""
    store = TrustStore(
        *(
            tuple(file.read_bytes() for file in kind)
            for kind in (files.roots, files.intermediates, files.crls, files.ocsps)
        )
    )
    return verify(path, store, at)


def _with_answers(known: TrustStore, cache: Path, used: set[str]) -> TrustStore:
    """The issuers that were fetched, and the lists and answers that the verdict named."""
    kept: dict[str, list[bytes]] = {"certificate": [], "crl": [], "ocsp": []}
    for answer in online_cache.entries(cache):
        if answer.kind == "certificate" or hashlib.sha256(answer.der).hexdigest() in used:
            kept[answer.kind].append(answer.der)
    return TrustStore(
        known.roots,
        (*known.intermediates, *kept["certificate"]),
        (*known.crls, *kept["crl"]),
        (*known.ocsps, *kept["ocsp"]),
    )
