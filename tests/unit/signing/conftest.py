"""The practice office, made once for all signing tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from signing import locate
from signing.model import Secret
from signing.ports import Identity, TimeStampAuthority
from signing.practice.office import PracticeOffice
from tests.unit.signing.papers import decision

OpenIdentity = Callable[[str], Identity]


def refuse(_: str) -> Secret:
    raise AssertionError("nobody should be asked")


@pytest.fixture(scope="session")
def practice_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("practice-home")


@pytest.fixture(scope="session")
def office(practice_home: Path) -> PracticeOffice:
    return locate.practice(practice_home)


@pytest.fixture(scope="session")
def tsa(practice_home: Path) -> TimeStampAuthority:
    return locate.tsa("practice:", practice_home)


@pytest.fixture
def identity(practice_home: Path) -> OpenIdentity:
    return lambda name: locate.identity(f"practice:{name}", refuse, practice_home)


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return decision(tmp_path / "paper.pdf")
