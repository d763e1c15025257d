"""The verifier on real and labelled files: nothing bad accepted, nothing genuine called forged."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from signing.model import Content, FileVerdict, Trust, Verdict
from signing.trust import store as trust_store
from signing.trust.store import TrustStore
from signing.verify.file import verify

ACCEPTED = {Content.AS_SIGNED, Content.ALLOWED_CHANGES}
FALSE_ALARM = {Content.ALTERED, Content.UNSIGNED}


@pytest.mark.slow
def test_labelled_files(shared: Path) -> None:
    """Figures of the target: bad accepted 0; ok with a false alarm at most 4; warn and unsigned: all."""
    wrong = Counter[str]()
    with (shared / "sig" / "expected.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if not row["password"]]
    for row in rows:
        content = verify(shared / "sig" / row["file"], TrustStore()).content
        wrong["bad accepted"] += row["verdict"] == "bad" and content in ACCEPTED
        wrong["false alarm"] += row["verdict"] in {"ok", "allowed"} and content in FALSE_ALARM
        wrong["warn not told"] += row["verdict"] == "warn" and content in ACCEPTED
        wrong["unsigned missed"] += row["verdict"] == "nosig" and content is not Content.UNSIGNED
    assert wrong["bad accepted"] == 0
    assert wrong["false alarm"] <= 4
    assert wrong["warn not told"] == 0
    assert wrong["unsigned missed"] == 0


@pytest.mark.slow
def test_real_vietnamese_files(shared: Path) -> None:
    """Every signature intact, none invalid, every known chain trusted, every SHA-1 said."""
    corpus = shared / "corpus"
    store = trust_store.load([corpus / "ca"])
    verdicts: dict[str, FileVerdict] = {}
    with (corpus / "signatures.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["field"] and (corpus / row["file"]).exists()]
    assert rows
    for row in rows:
        path = row["file"]
        if path not in verdicts:
            verdicts[path] = verify(corpus / path, store)
        verdict = verdicts[path]
        (found,) = [each for each in verdict.signatures if each.field_name == row["field"]]
        assert (found.integrity == "intact") == (row["intact"] == "True"), path
        assert found.verdict is not Verdict.INVALID, path
        if row["trusted_with_our_roots"] == "True":
            assert found.chain is Trust.TRUSTED, path
        if row["digest"] == "sha1":
            assert any("sha1" in warning.code for warning in found.warnings), path
