"""The store of trust: what is an anchor, what only helps, and what is passed over."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from signing.trust import store as trust_store
from signing.trust.known import known
from signing.trust.store import TrustStore
from tests.unit.signing.attacked import Authority, authority


@pytest.fixture(scope="module")
def who() -> Authority:
    return authority()


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_self_signed_are_roots_others_are_not(encoding: Encoding, tmp_path: Path, who: Authority) -> None:
    inner = tmp_path / "ca" / "sâu"
    inner.mkdir(parents=True)
    (tmp_path / "gốc.crt").write_bytes(who.root.public_bytes(encoding))
    (inner / "người ký.pem").write_bytes(who.certificate.public_bytes(encoding))
    (inner / "list.crl").write_bytes(who.crl())
    store = trust_store.load([tmp_path])
    assert store.roots == (who.root.public_bytes(Encoding.DER),)
    assert store.intermediates == (who.certificate.public_bytes(Encoding.DER),)
    assert store.crls == (who.crl(),) or len(store.crls) == 1


def test_several_in_one_file(tmp_path: Path, who: Authority) -> None:
    both = who.root.public_bytes(Encoding.PEM) + who.certificate.public_bytes(Encoding.PEM)
    (tmp_path / "both.pem").write_bytes(both)
    (tmp_path / "both.p7b").write_bytes(
        pkcs7.serialize_certificates([who.root, who.certificate], Encoding.DER)
    )
    store = trust_store.load([tmp_path])
    assert (len(store.roots), len(store.intermediates)) == (1, 1)


def test_odd_files_are_passed_over(tmp_path: Path, who: Authority) -> None:
    (tmp_path / "good.crt").write_bytes(who.root.public_bytes(Encoding.DER))
    (tmp_path / "empty.crt").write_bytes(b"")
    (tmp_path / "broken.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    (tmp_path / "cut.crt").write_bytes(who.root.public_bytes(Encoding.DER)[:-9])
    (tmp_path / "notes.txt").write_bytes(who.certificate.public_bytes(Encoding.DER))
    assert trust_store.load([tmp_path]) == TrustStore((who.root.public_bytes(Encoding.DER),))


def test_a_file_by_name_and_a_missing_folder(tmp_path: Path, who: Authority) -> None:
    file = tmp_path / "any.name"
    file.write_bytes(who.root.public_bytes(Encoding.DER))
    assert len(trust_store.load([file, tmp_path / "nowhere"]).roots) == 1


def test_it_travels_to_workers_and_lists_itself(who: Authority) -> None:
    held = who.trust
    store = pickle.loads(pickle.dumps(held))  # noqa: S301
    assert store == held
    ((is_root, shown),) = store.listing()
    assert is_root
    assert shown.subject == "CA MẪU"
    assert len(shown.fingerprint) == 64


def test_added_and_removed_by_hand(tmp_path: Path, who: Authority) -> None:
    file, folder = tmp_path / "root.pem", tmp_path / "trust"
    file.write_bytes(who.root.public_bytes(Encoding.PEM))
    (added,) = trust_store.keep(folder, trust_store.read_file(file))
    assert trust_store.load([folder]).roots == (who.root.public_bytes(Encoding.DER),)
    assert trust_store.remove(folder, added.fingerprint)
    assert not trust_store.remove(folder, added.fingerprint)
    assert trust_store.load([folder]) == TrustStore()


def test_known_fingerprints_are_whole_and_unconfirmed() -> None:
    entries = known()
    assert len(entries) > 10
    assert all(len(bytes.fromhex(sha256)) == 32 for sha256 in entries)
    assert not any(entry.confirmed for entry in entries.values())
