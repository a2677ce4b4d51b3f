"""A lake for a test: a database and a shared folder of its own, on a PostgreSQL that all of them share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analytics.store.homes import folder_of
from analytics.store.moving import move_all
from analytics.store.owners import turn_at_owners
from tests.sampling import at_night
from tests.store.lake.postgres import Server, programs, started


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


@pytest.fixture(params=["folder", pytest.param("lake", marks=at_night)])
def own_like(request, tmp_path) -> Callable[[Path], Path]:
    """A store of one's own that is as another: in a folder, and at night in a lake as well."""
    if request.param == "folder":
        return lambda store: shutil.copytree(store, tmp_path / "store")
    one = request.getfixturevalue("lake").machine("one")

    def moved(store: Path) -> Path:
        move_all(store, one)
        with turn_at_owners(one):
            return one

    return moved
