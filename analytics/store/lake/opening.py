"""From the words that name a lake to a working folder, which is as the catalogue says."""

from __future__ import annotations

from pathlib import Path

from analytics.model.errors import StoreBroken
from analytics.store.homes import home_of
from analytics.store.lake.address import address_of, working_folder
from analytics.store.lake.catalogue import begin
from analytics.store.lake.following import Follower
from analytics.store.lake.parts import WholeHome


def opened(told: str, data: str | None = None) -> Path:
    """Begins a store where there is none, without a version. Raises StoreBroken."""
    folder = working_folder(begin(address_of(told, data)))
    _home(folder).sync()
    return folder


def follow(folder: Path) -> None:
    """From now on, for as long as the process lives, a working folder follows what changes. Raises StoreBroken."""
    home = _home(folder)
    home.sync()
    Follower(home).start()


def _home(folder: Path) -> WholeHome:
    home = home_of(folder)
    if not isinstance(home, WholeHome):
        raise StoreBroken(f"{folder}: no lake's")
    return home
