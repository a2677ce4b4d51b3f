"""Where a store lies: in a folder of its own, or in a lake that several machines share (store/lake).

Everybody reads and writes a folder, whichever it is. Of a lake it is the machine's working folder: a file in it, MARK,
says of which. What else a home does is in `Home`, and there is nothing of it to do for a folder of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache, lru_cache
from importlib import import_module
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol

from analytics.model.errors import LakeNotInstalled

if TYPE_CHECKING:
    from analytics.store.versions import Current, Published

MARK = "LAKE.json"
OWNERS, PARTS = "owners.json", "owners"
"""In a store of several owners: the file that says who they are, and the folder that their parts lie in."""
SCHEMES = ("postgres://", "postgresql://")
Keep = Callable[[bytes], None]
StillOurs = Callable[[], None]
"""Asked before each owner's part; raises TurnLost where the turn has gone to others meanwhile."""


class Home(Protocol):
    """What a home does for its folder. Everything raises StoreBroken where the home cannot be reached."""

    def hold(self, patience: float, longest: float) -> AbstractContextManager[None]:
        """Keeps writers on other machines out, once those on this one are (writing.locked), and has the folder be as
        they have left the store. Raises StoreBusy."""
        ...

    def lay(self, current: Current) -> None:
        """Lays the versions in everybody's reach that are in the folder alone. For whoever holds the store."""
        ...

    def differing(self, version: Published) -> list[str]:
        """What of a version is not, where everybody reaches it, as it is in the folder; all of it is read once more."""
        ...

    def unsound(self) -> dict[int, list[str]]:
        """Of each version what is not, where everybody reaches it, as it was laid there: its view's name, tables of its
        answers, or the answers' name where they cannot be read. All of it is read, and held against what is here."""
        ...

    def lay_anew(self) -> list[str]:
        """Lays views anew that are not as they were laid where everybody reaches them, if this machine has them; their
        names. For whoever holds the store."""
        ...

    def moving(self, current: Current) -> AbstractContextManager[None]:
        """Puts a pointer in force for all machines, and what it names in everybody's reach, before the folder's own
        pointer is written inside. For whoever holds the store."""
        ...

    def numbers(self) -> frozenset[int]:
        """Numbers that no new version may have, beside those of the files in the folder."""
        ...

    def bring(self, name: str) -> None:
        """Lays a version's file in the folder that is not there; nothing where the home has none of that name."""
        ...

    def changing(self, name: str) -> AbstractContextManager[Keep]:
        """Keeps others from changing a small file beside the versions, which is inside as they have left it. What is
        yielded keeps what is new of it (of the audit file: what is added) before the file in the folder is written."""
        ...

    def is_fresh(self) -> bool:
        """Whether the small files in the folder are what they are to everybody, within seconds."""
        ...

    def is_told(self) -> bool:
        """Whether they have been brought there since this process began, whatever of the versions has not."""
        ...

    def drafts(self) -> AbstractContextManager[Any] | None:
        """A connection to the drafts, which does what SQLite's does; None: they lie in a file of the folder."""
        ...

    def arrive(self) -> None:
        """Of an owner's part: has its folder be as others have left it, when this process first comes to it."""
        ...

    def turn_at_owners(self, patience: float, longest: float) -> AbstractContextManager[StillOurs]:
        """Keeps loads of several owners on other machines out, once those on this one are (owners.turn_at_owners), and
        has the folders be as they have left the store. Raises StoreBusy."""
        ...


class FolderHome:
    """A folder of its own is its own home."""

    def hold(self, patience: float, longest: float) -> AbstractContextManager[None]:
        return nullcontext()

    def lay(self, current: Current) -> None:
        return

    def differing(self, version: Published) -> list[str]:
        return []

    def unsound(self) -> dict[int, list[str]]:
        return {}

    def lay_anew(self) -> list[str]:
        return []

    def moving(self, current: Current) -> AbstractContextManager[None]:
        return nullcontext()

    def numbers(self) -> frozenset[int]:
        return frozenset()

    def bring(self, name: str) -> None:
        return

    @contextmanager
    def changing(self, name: str) -> Iterator[Keep]:
        yield lambda _: None

    def is_fresh(self) -> bool:
        return True

    def is_told(self) -> bool:
        return True

    def drafts(self) -> AbstractContextManager[Any] | None:
        return None

    def arrive(self) -> None:
        return

    def turn_at_owners(self, patience: float, longest: float) -> AbstractContextManager[StillOurs]:
        return nullcontext(lambda: None)


_FOLDER = FolderHome()
_OPENING = RLock()  # two threads do not make two homes of a folder


def folder_of(told: str, data: str | None = None) -> Path:
    """The folder to work in on a store, from the words that name it: its own, or a lake's working folder (which may be
    named as well). Raises StoreBroken."""
    return _opening().opened(told, data) if told.startswith(SCHEMES) else Path(told)


@lru_cache(maxsize=8)
def followed(told: str) -> Path:
    """The same for a server: of a lake the folder follows what changes, as long as the process lives."""
    folder = folder_of(told)
    if is_of_a_lake(folder):
        _opening().follow(folder)
    return folder


def home_of(folder: Path) -> Home:
    """Raises StoreBroken where a lake's working folder does not say which lake it is of."""
    if not is_of_a_lake(folder):
        return _FOLDER
    with _OPENING:
        return _lake(str(folder))


def is_of_a_lake(folder: Path) -> bool:
    """Also of an owner's part, whether anything of it is there or not: the store says so that it is a part of."""
    if os.path.lexists(folder / MARK):
        return True
    return folder.parent.name == PARTS and os.path.lexists(folder.parent.parent / MARK)


def arrive(folder: Path) -> None:
    """Has the folder of an owner's part of a lake be as others have left it, when this process first comes to it; for
    whoever reads there. Raises StoreBroken."""
    if folder.parent.name == PARTS:
        home_of(folder).arrive()


def at_hand(path: Path) -> Path:
    """A version's file, brought from the home where it is not in the folder yet."""
    if not os.path.lexists(path):
        home_of(path.parent).bring(path.name)
    return path


def _opening() -> Any:
    try:
        return import_module("analytics.store.lake.opening")
    except ImportError as error:
        raise LakeNotInstalled(f"{error.name}: {error}") from error


@cache  # who holds a store is known to one home alone
def _lake(folder: str) -> Home:
    """Loaded where there is a lake alone: what it takes is an extra."""
    return import_module("analytics.store.lake.parts").home(Path(folder))
