"""What goes wrong, for people: problems in a file, and the one small hierarchy of errors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file; `row` counts from 1 at the first line under the headings."""

    file: str
    row: int | None
    column: str | None
    value: str | None
    problem: str
    hint: str


class KvalitetError(Exception):
    """What a user can mend or must be told; shown without a traceback."""


class Refused(KvalitetError):
    """The input was refused and nothing changed; `problems` has all of it."""

    def __init__(self, problems: list[Problem]):
        super().__init__(f"{len(problems)} problem(s)")
        self.problems = problems


class NotAllowed(KvalitetError):
    """The viewer may not see what was asked for."""


class StoreMissing(KvalitetError):
    """There is no store in the folder."""


class StoreThere(KvalitetError):
    """A store was to be made in a folder where one lies already, or what is left of one."""


class StoreBusy(KvalitetError):
    """Another load holds the store."""


class NoMemory(StoreBusy):
    """What is asked of the store takes more memory than there is just now."""


class StoreOld(KvalitetError):
    """The version in force was published by an earlier edition of the program, which kept other figures."""


class StoreNewer(KvalitetError):
    """The version in force was published by a later edition of the program, and holds what this one does not know."""


class StoreBroken(KvalitetError):
    """The store's files are not what its CURRENT file says they are."""


class FiguresDiffer(StoreBroken):
    """Published figures are not what their answers come to; the tables in which they stand are said."""


class LeftBehind(StoreBroken):
    """A file that was to go could not be taken away. No version is made of it any more, and the next writer tries."""


class StoreUnreachable(StoreBroken):
    """What machines share of a store (PostgreSQL, a folder, storage) does not answer, or not as it should."""


class StorageUnreachable(StoreUnreachable):
    """The object storage that machines share does not answer, or does not let this one in."""


class SharedDamaged(StoreUnreachable):
    """What machines share of a store's versions is not what was laid there; files and tables are said."""


class TurnLost(StoreUnreachable):
    """The connection by which others were kept out has ended in the middle of what is done for several owners."""


class NoSharedFolder(StoreBroken):
    """A lake is named without the folder, or bucket, that its data lie in, or there is none such."""


class NoStorageKey(StoreBroken):
    """What machines share lies in object storage, and nothing says by which key to come in."""


class LakeNotInstalled(StoreBroken):
    """A lake is named where what it takes is not installed: the extra `lake`."""


class DoneUnnoted(KvalitetError):
    """What was asked for is done, but could not be written down in the audit file; says why as StoreBroken does."""


class PointerLost(StoreBroken):
    """Versions lie in the folder, but the CURRENT file is gone or cannot be read."""
