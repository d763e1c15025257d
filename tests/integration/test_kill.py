"""Kill -9 at random moments: on the next start everything is there, nothing is doubled, the journal holds."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
from pathlib import Path

import pytest

from storage.package.check import verify
from tests.integration.program import TRAMSO, environment, tramso

KILLS = int(os.environ.get("TRAMSO_KILLS", "8"))  # make kills: 25
SHORTEST_S, LONGEST_S = 2.0, 9.0


@pytest.mark.slow
def test_a_demo_killed_again_and_again_ends_as_if_it_never_was(home: Path) -> None:
    moments = random.Random(2026)
    killed = 0
    for _ in range(KILLS):
        child = subprocess.Popen(
            [*TRAMSO, "demo", "--home", str(home)],
            env=environment(home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            child.wait(moments.uniform(SHORTEST_S, LONGEST_S))
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            killed += 1
        child.wait()
    ran = tramso(home, "demo", "--home", home, "--json")
    assert ran.code == 0, ran.stderr
    assert killed > KILLS // 2  # the demo must not have ended before most of the kills

    untouched = tramso(fresh := home.with_name("untouched"), "demo", "--home", fresh, "--json")
    assert counts(home) == counts(fresh)
    assert shape(ran.json) == shape(untouched.json)
    assert ran.json["journal"]["valid"]
    packages = sorted((home / "archive").rglob("*.zip"))
    assert len(packages) == 2
    assert all(verify(package).intact for package in packages)


def counts(home: Path) -> dict[str, int]:
    """Rows of every table that must not grow by being killed."""
    tables = (
        "source_files",
        "pages",
        "documents",
        "document_versions",
        "dossiers",
        "packages",
        "receipts",
        "texts",
    )
    with sqlite3.connect(home / "catalog.sqlite") as connection:
        return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


def shape(result: dict[str, list[dict[str, object]]]) -> list[object]:
    papers = [(paper["file"], paper["kind"], paper["pages"], paper["cer"]) for paper in result["papers"]]
    return [*papers, *[(dossier["code"], dossier["complete"]) for dossier in result["dossiers"]]]
