"""Time-stamp, status and list servers in a process of their own, and a signer that they answer for."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12

from signing import locate
from signing.model import Level, OnlineAccess, SealRequest, Secret, SigningRole
from signing.seal.session import SealSession, prepare, seal_with
from signing.trust import online
from signing.trust.store import TrustStore, load
from tests.fakes import tsa_server
from tests.unit.signing import responder

PASSWORD = "bench"


@dataclass(frozen=True)
class Services:
    """Where the servers are and what is needed to sign with them."""

    folder: Path
    tsa: str

    @contextmanager
    def session(self) -> Iterator[SealSession]:
        """Everything new: key, trust, connections, status of the certificates."""
        address = f"pkcs12:{self.folder / 'signer.p12'}"
        with (
            tempfile.TemporaryDirectory() as cache,
            locate.identity(address, lambda _: Secret(PASSWORD)) as identity,
        ):
            trust = load([self.folder / "trust"])
            yield prepare(identity, trust, locate.tsa(self.tsa), online=_source(Path(cache)))

    def seal(self, session: SealSession, paper: Path) -> None:
        seal_with(session, paper, paper, SealRequest(SigningRole.SO_HOA, Level.B_LTA))

    def seal_alone(self, paper: Path) -> None:
        with self.session() as session:
            self.seal(session, paper)


def _source(cache: Path) -> Callable[[bytes, TrustStore], TrustStore]:
    access = OnlineAccess(cache, fetch=True, allow_private=True)
    return lambda leaf, known: online.gather(leaf, known, access).store


@contextmanager
def serving(folder: Path) -> Iterator[Services]:
    """Servers on loopback until the block ends."""
    (folder / "trust").mkdir()
    ours, childs = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=_serve, args=(childs, folder), daemon=True)
    child.start()
    yield Services(folder, ours.recv())
    ours.send("stop")
    child.join()


def _serve(parent: Connection, folder: Path) -> None:
    office = locate.practice(folder / "home")
    with (
        responder.serving() as status,
        tsa_server.serving(locate.tsa("practice:", folder / "home")) as stamps,
    ):
        known = responder.chain(status)
        protection = BestAvailableEncryption(PASSWORD.encode())
        (folder / "signer.p12").write_bytes(
            pkcs12.serialize_key_and_certificates(b"x", known.leaf_key, known.leaf, None, protection)
        )
        (folder / "trust" / "root.crt").write_bytes(known.root.public_bytes(Encoding.DER))
        for path in (office.folder / "trust").iterdir():
            (folder / "trust" / f"tsa-{path.name}").write_bytes(path.read_bytes())
        parent.send(stamps.url)
        parent.recv()
