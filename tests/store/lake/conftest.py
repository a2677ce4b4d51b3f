"""A lake for a test: a database and a shared folder of its own, on a PostgreSQL that all of them share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from analytics.store.homes import folder_of
from tests.store.lake.postgres import Server, programs, started
from tests.store.making import SCHOOLS, answers, kvalitet, put


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    if (found := programs()) is None:
        pytest.skip("there is no PostgreSQL on this machine")
    with started(found) as server:
        yield server


class Lake:
    """One lake, and machines that work on it."""

    def __init__(self, address: str, folder: Path, patch: pytest.MonkeyPatch):
        self.address, self.shared = address, folder / "shared"
        self._folder, self._patch = folder, patch
        self.shared.mkdir()
        patch.setenv("KVALITET_DATA", str(self.shared))

    def machine(self, name: str) -> Path:
        """A machine's working folder, as it is when somebody begins to use it."""
        self._patch.setenv("KVALITET_LOCAL", str(self._folder / name))
        return folder_of(self.address)


@pytest.fixture
def lake(postgres, tmp_path, monkeypatch) -> Lake:
    return Lake(postgres.database(), tmp_path, monkeypatch)


@pytest.fixture
def filled(lake, empty_store) -> Path:
    """The first machine's folder of a lake at version 2, with answers of one school."""
    one = lake.machine("one")
    assert kvalitet("move", "--to", lake.address, "--store", empty_store) == 0
    put(one, schools=SCHOOLS, answers=answers("alfa"))
    return one
