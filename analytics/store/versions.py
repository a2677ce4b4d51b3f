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

from analytics.model.errors import PointerLost, StoreBroken, StoreMissing

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
    try:
        said = json.loads((folder / CURRENT).read_text("utf-8"))
        published = tuple(Published(int(v["number"]), str(v["view"]), str(v["answers"])) for v in said["published"])
        current = Current(int(said["version"]), published)
        current.in_force  # noqa: B018 - a pointer to a version that was never published is a broken store
    except FileNotFoundError as error:
        if numbers_taken(folder):
            raise PointerLost(f"{folder / CURRENT}: {error.strerror}") from None
        raise StoreMissing(str(folder)) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PointerLost(f"{folder / CURRENT}: {error}") from error
    return current


def numbers_taken(folder: Path) -> frozenset[int]:
    """The numbers of the versions that any file in the folder is of, published or not; raises StoreBroken."""
    try:
        found = [OF_A_VERSION.fullmatch(path.name) for path in folder.iterdir()]
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise StoreBroken(f"{folder}: {error.strerror or error}") from error
    return frozenset(int(match[2]) for match in found if match)


def holds_a_store(folder: Path) -> bool:
    """Whether a store lies in the folder, or anything that is left of one."""
    return os.path.lexists(folder / CURRENT) or bool(numbers_taken(folder))


def write_current(folder: Path, current: Current) -> None:
    """Puts a version in force, atomically: readers see the old pointer or the new one, whole."""
    said = {
        "version": current.number,
        "published": [{"number": v.number, "view": v.view, "answers": v.answers} for v in current.published],
    }
    part = folder / (CURRENT + ".part")
    try:
        part.write_text(json.dumps(said, indent=1) + "\n", "utf-8")
        sync(part)
        os.replace(part, folder / CURRENT)
    finally:
        part.unlink(missing_ok=True)
    sync(folder)


def sync(path: Path) -> None:
    """Flushes a file or a folder to disk. Folders cannot be opened on Windows, which needs no such flush."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
