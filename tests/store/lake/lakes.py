"""A lake for a test: a database, and a folder that its machines share or other room for it, on a PostgreSQL that all of
them share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from analytics.store.homes import folder_of
from analytics.store.lake.address import LakeAddress
from analytics.store.lake.places import Place
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
    """One lake, and machines that work on it. `data`: what they share, a new folder within `folder` where it is not
    said."""

    def __init__(self, address: str, folder: Path, patch: pytest.MonkeyPatch, data: str = ""):
        self.address, self.data = address, data or str(folder / "shared")
        self._folder, self._patch = folder, patch
        if not data:
            (folder / "shared").mkdir()
        patch.setenv("KVALITET_DATA", self.data)

    @property
    def shared(self) -> Place:
        return LakeAddress(self.address, self.data).place

    def views(self, of: str = "") -> list[str]:
        """The names of the views that lie there, of the whole or an owner's part, without what storage adds to them."""
        names = self.shared.names(f"{of}views")
        return sorted(f"{name.split('.')[0]}.duckdb" for name in names)

    def damage_views(self, of: str) -> None:
        for name in self.shared.names(f"{of}views"):
            self.shared.write(f"{of}views/{name}", b"no view")

    def rows(self, table: str, where: str, of: str = "") -> int:
        """Of the lake's Parquet, known to DuckLake or not."""
        under, found = f"{of}lake/{table}", 0
        for number, name in enumerate(self.shared.names(under)):
            if name.endswith(".parquet") and "delete" not in name:  # those hold numbers of rows alone
                copy = self._folder / f"{number}.parquet"
                self.shared.take(f"{under}/{name}", copy)
                asked = f"select 1 from read_parquet($path) where {where}"
                found += len(duckdb.sql(asked, params={"path": str(copy)}).fetchall())
        return found

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
