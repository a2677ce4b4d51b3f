"""The CURRENT file: which version is in force, and which have been published.

A version's number is never used twice for two different published contents: DuckDB would return the old database to a
process that has the same path open already. So numbers are taken by the files that lie in the folder as well: CURRENT
may be gone, or an older copy of it put back, and no version is ever written over.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

import orjson

from analytics.model.errors import PointerLost, StoreBroken, StoreMissing
from analytics.store import unfinished
from analytics.store.disk import read_whole, sync, write_whole
from analytics.store.homes import arrive, home_of

CURRENT = "CURRENT"
OF_A_VERSION = re.compile(r"(view|answers)-(\d{1,9})\.duckdb", re.IGNORECASE)  # some file systems know no case


@dataclass(frozen=True, slots=True)
class Published:
    """One published version and the two files it is made of."""

    number: int
    view: str
    answers: str


@dataclass(frozen=True, slots=True)
class Current:
    """What CURRENT says: the number in force and every published version, oldest first."""

    number: int
    published: tuple[Published, ...]

    @property
    def in_force(self) -> Published:
        return self.version(self.number)

    def version(self, number: int) -> Published:
        """The published version with this number; raises KeyError."""
        for version in self.published:
            if version.number == number:
                return version
        raise KeyError(number)


def read_current(folder: Path) -> Current:
    """What is in force; raises StoreMissing where there is no store and nothing left of one, PointerLost where CURRENT
    is gone or cannot be read."""
    arrive(folder)
    return read_pointer(folder)


def read_pointer(folder: Path) -> Current:
    """The same, as it is in the folder now."""
    try:
        said = orjson.loads(read_whole(folder / CURRENT))
        published = tuple(Published(int(v["number"]), str(v["view"]), str(v["answers"])) for v in said["published"])
        for name in (name for version in published for name in (version.view, version.answers)):
            number_of(name)  # no path to somewhere else
        current = Current(int(said["version"]), published)
        current.in_force  # noqa: B018 - a pointer to a version that was never published is a broken store
    except FileNotFoundError as error:
        if _versions_lie_in(folder):
            raise PointerLost(f"{folder / CURRENT}: {error.strerror}") from None
        raise StoreMissing(str(folder)) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PointerLost(f"{folder / CURRENT}: {error}") from error
    return current


def number_of(file: str) -> int:
    """The number of the version that a file of one was made for; raises ValueError."""
    match = OF_A_VERSION.fullmatch(file)
    if match is None:
        raise ValueError(file)
    return int(match[2])


def numbers_taken(folder: Path) -> frozenset[int]:
    """The numbers of the versions that any file in the folder is of, published or not; raises StoreBroken."""
    return frozenset(map(number_of, _version_files(folder))) | home_of(folder).numbers()


def _version_files(folder: Path) -> list[str]:
    try:
        return [path.name for path in folder.iterdir() if OF_A_VERSION.fullmatch(path.name)]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise StoreBroken(f"{folder}: {error.strerror or error}") from error


def _versions_lie_in(folder: Path) -> bool:
    """Whether any file of a version is there, but for those of a first one that was killed before it was one."""
    return not unfinished.left(folder / CURRENT) >= set(_version_files(folder))


def holds_a_store(folder: Path) -> bool:
    """Whether a store lies in the folder, or anything that is left of one; of an owner's part of a lake that cannot be
    brought it is told by whoever reads it."""
    try:
        arrive(folder)
    except StoreBroken:
        return True
    return os.path.lexists(folder / CURRENT) or _versions_lie_in(folder)


def write_current(folder: Path, current: Current) -> None:
    """Puts a version in force, atomically: readers see the old pointer or the new one, whole."""
    with home_of(folder).moving(current):
        put_pointer(folder, current)


def put_pointer(folder: Path, current: Current) -> None:
    """The same in the folder alone."""
    write_whole(folder / CURRENT, pointer_text(current))
    sync(folder)


def pointer_text(current: Current) -> str:
    """What CURRENT then holds."""
    said = {
        "version": current.number,
        "published": [{"number": v.number, "view": v.view, "answers": v.answers} for v in current.published],
    }
    return json.dumps(said, indent=1) + "\n"
