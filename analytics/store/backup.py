"""A store as one file, and back: what a folder holds, each file with its digest, in a ZIP archive; of several owners
all that lies in their folders, each owner's part of a moment of its own.

It is taken while the app runs. Versions' files are never changed, and none is taken away meanwhile; what does change is
copied first, at one moment, for which alone other writers wait.
An archive is made under another name and given its own when all of it has been read once more, and a
store is put back beside its folder and takes its place when it is whole, so that neither is ever half there.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from analytics.model.errors import KvalitetError, StoreBroken, StoreMissing, StoreThere
from analytics.model.owners import SchoolOwner
from analytics.store.archive_file import (
    BESIDE,
    Backup,
    BackupBroken,
    OwnersPart,
    StoredFile,
    folder_in_archive,
    opened,
    put_contents,
    put_file,
    read_stored,
)
from analytics.store.aside import aside
from analytics.store.audit import FILE as AUDIT
from analytics.store.audit import whole_text
from analytics.store.copying import kept_while_copied
from analytics.store.disk import put_in_place, read_whole, sync
from analytics.store.drafts import is_damage
from analytics.store.homes import is_of_a_lake
from analytics.store.moving import copy_all, copy_store, nobody_else
from analytics.store.owners import FILE as OWNERS
from analytics.store.owners import folder_of_owner, owner_whose_store, owners_of, turn_at_owners
from analytics.store.rollback import check_whole
from analytics.store.turns import LONGEST
from analytics.store.versions import CURRENT, Current, holds_a_store, read_current
from analytics.store.writing import locked

NAMED = 5  # owners that a message names
WAIT = 60  # seconds for a load that is under way, or another backup


class BackupThere(KvalitetError):
    """A file has the name that a backup was to have."""


class AnotherOwners(KvalitetError):
    """A backup has nothing of the owner's whose store is to be put back: it is of this one's, or these."""


def back_up(folder: Path, to: Path, *, owner: str | None = None) -> Backup:
    """Writes the store to a new archive, of several owners with all of theirs, and reads it once more. Raises
    BackupThere, StoreMissing, StoreBusy, OSError; StoreBroken where a version in force is not whole: a copy of what is
    broken would be taken for a backup. A damaged file of drafts, which the app puts aside when it next meets it, keeps
    nobody from having one of all else. `owner`: whose store it is, where its folder does not say so."""
    if os.path.lexists(to):
        raise BackupThere(str(to))
    with aside(to.parent) as own:
        part = own / to.name
        with _kept(folder, own) as stores, zipfile.ZipFile(part, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            backup = _packed(stores, archive)
            whose = owner_whose_store(folder)
            backup = replace(backup, owner=whose.id if whose else owner)
            put_contents(archive, backup)
        check_backup(part)
        sync(part)
        if os.path.lexists(to):
            raise BackupThere(str(to))
        put_in_place(part, to)
        sync(to.parent)
        return backup


def check_backup(path: Path) -> Backup:
    """Reads all of an archive; raises BackupBroken where it is none, or anything in it is not as it was."""
    with opened(path) as (archive, backup):
        for kept in backup.files:
            with archive.open(kept.name) as stored:
                for _ in read_stored(stored, kept):
                    pass
    return backup


def restore(path: Path, folder: Path) -> Backup:
    """Puts a store back where there is none: of several owners with all of theirs, and in the place of one owner's
    store that owner's part alone. Raises StoreThere, BackupBroken, StoreBroken, OSError; AnotherOwners where the
    archive has nothing of this owner's."""
    if is_of_a_lake(folder):
        with locked(folder, make=True), aside(folder) as own:
            backup = _put_back(path, own / "plain", owner_whose_store(folder))
            copy_all(own / "plain", folder)
        return backup
    if holds_a_store(folder) or (folder.exists() and any(folder.iterdir())):
        raise StoreThere(str(folder))
    return _put_back(path, folder, owner_whose_store(folder))


def _put_back(path: Path, folder: Path, whose: SchoolOwner | None) -> Backup:
    """The same in a folder of its own, where there is nothing. `whose`: the owner whose store it is to be."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with aside(folder.parent) as own:
        whole = own / "store"
        whole.mkdir()
        with opened(path) as (archive, held):
            backup, below = _for_the_place(held, whose)
            _check_room(own, backup.files)
            for kept in backup.files:
                to = whole / kept.name.removeprefix(below)
                to.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(kept.name) as stored, to.open("xb") as file:
                    for piece in read_stored(stored, kept):
                        file.write(piece)
                sync(to)
        _check_put_back(path, whole, backup)
        with suppress(FileNotFoundError):
            folder.rmdir()  # empty, as was seen; no store can have been made in it but by taking its place
        put_in_place(whole, folder)
    sync(folder.parent)
    return backup


def named(backup: Backup) -> str:
    """The owners whose parts a backup holds, as far as a message names them."""
    ids = [one.id for one in backup.owners or ()]
    return ", ".join(ids[:NAMED]) + (" …" if len(ids) > NAMED else "")


def _for_the_place(held: Backup, whose: SchoolOwner | None) -> tuple[Backup, str]:
    """What of an archive goes into an owner's place, or that of a whole store, and what its files' names begin with."""
    if whose is None:
        return held, ""
    if held.owners is None:
        if held.owner not in (None, whose.id):
            raise AnotherOwners(held.owner)
        return held, ""
    part = next((one for one in held.owners if one.id == whose.id), None)
    if part is None:
        raise AnotherOwners(named(held))
    below = folder_in_archive(part.id)
    files = tuple(kept for kept in held.files if kept.name.startswith(below))
    return Backup(part.made_at, part.version, files, (), part.id), below


def _check_put_back(path: Path, whole: Path, backup: Backup) -> None:
    """Raises BackupBroken or StoreBroken where what an archive held is no store, or not the one that it says."""
    parts = backup.owners or ()
    if not {one.id for one in parts} <= {one.id for one in owners_of(whole)}:
        raise BackupBroken(f"{path}: {OWNERS}")
    for folder, version in ((whole, backup.version), *((folder_of_owner(whole, one.id), one.version) for one in parts)):
        try:
            current = read_current(folder)
        except StoreMissing as error:
            raise BackupBroken(f"{path}: {folder.name}") from error
        if current.number != version:
            raise BackupBroken(f"{path}: {folder.name} {CURRENT}")
        check_whole(folder, current.in_force)


@dataclass(frozen=True, slots=True)
class _Taken:
    """A store at a moment: its files, of which those that others may change are copies; `folder`: where the versions'
    are."""

    at: datetime
    current: Current
    folder: Path
    files: tuple[Path, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stores:
    """A store at a moment, and of several owners each owner's (None: it is of one owner), by id. `without`: owners that
    it names and has nothing of."""

    whole: _Taken
    owners: dict[str, _Taken] | None
    without: tuple[str, ...] = ()


@contextmanager
def _kept(folder: Path, own: Path) -> Iterator[_Stores]:
    """What there is to be read, which stays until the end. No load of several owners is under way as it is looked at,
    so that what it brings is in each owner's part or in nobody's."""
    with ExitStack() as held:
        with turn_at_owners(folder, LONGEST) if owners_of(folder) else nullcontext(nobody_else) as still_ours:
            owners = owners_of(folder)
            also = (OWNERS,) if owners else ()
            taken = held.enter_context(kept_while_copied(folder, WAIT, lambda: _as_it_stands(folder, own, also)))
            if not owners:
                yield _Stores(taken, None)
                return
            theirs = {one.id: folder_of_owner(folder, one.id) for one in owners}
            there = {id_: store for id_, store in theirs.items() if holds_a_store(store)}
            # what is kept of the whole is kept of its owners: their own locks need no holding after the moment
            parts = {id_: _moment(store, own / f"of-{id_}") for id_, store in there.items()}
            still_ours()
        yield _Stores(taken, parts, tuple(theirs.keys() - there.keys()))


def _moment(folder: Path, own: Path) -> _Taken:
    own.mkdir()
    with kept_while_copied(folder, WAIT, lambda: _as_it_stands(folder, own)) as taken:
        return taken


def _packed(stores: _Stores, archive: zipfile.ZipFile) -> Backup:
    """Puts all of it into an archive. Raises StoreBroken where a version in force is not whole."""
    files, left_out, owners = list[StoredFile](), list[str](), list[OwnersPart]()
    parts = {"": stores.whole, **{folder_in_archive(id_): taken for id_, taken in (stores.owners or {}).items()}}
    for taken in parts.values():
        check_whole(taken.folder, taken.current.in_force)
    for below, taken in parts.items():
        files += (put_file(archive, path, below) for path in taken.files)
        left_out += (f"{below}{name}" for name in taken.left_out)
    if stores.owners is not None:
        owners = [OwnersPart(id_, taken.current.number, taken.at) for id_, taken in stores.owners.items()]
    whole = stores.whole
    told = Backup(whole.at, whole.current.number, tuple(files), tuple(left_out), None, None, stores.without)
    return told if stores.owners is None else replace(told, owners=tuple(owners))


def _as_it_stands(folder: Path, own: Path, also: Sequence[str] = ()) -> _Taken:
    """For who holds the store: versions, what somebody types and what is written down go on meanwhile."""
    plain = _plain(folder, own)
    copies = own / "copies"
    copies.mkdir()
    current = read_current(plain)
    (copies / CURRENT).write_bytes(read_whole(plain / CURRENT))
    left_out = tuple(name for name in (*BESIDE, *also) if not _copied(plain, name, copies))
    of_versions = {name for version in current.published for name in (version.view, version.answers)}
    beside = [copies / name for name in (CURRENT, *BESIDE, *also)]
    files = [path for path in (*beside, *(plain / name for name in sorted(of_versions))) if path.is_file()]
    return _Taken(datetime.now(UTC).replace(microsecond=0), current, plain, tuple(files), left_out)


def _plain(folder: Path, own: Path) -> Path:
    """A folder that holds all of the store: its own, but of a lake, which is copied into one of ours."""
    if not is_of_a_lake(folder):
        return folder
    plain = own / "plain"
    plain.mkdir()
    copy_store(folder, plain)
    return plain


def _check_room(folder: Path, files: Sequence[StoredFile]) -> None:
    """Raises OSError where the disk has no room for all of it: a few kilobytes may say that they are terabytes, and are
    held to what they say. It is known before a byte is written."""
    if sum(kept.bytes for kept in files) > shutil.disk_usage(folder).free:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))


def _copied(folder: Path, name: str, copies: Path) -> bool:
    """Copies what lies beside the versions, where it is there; whether it could. A file of SQLite's own is taken by its
    own copying, as somebody may be typing; one that is damaged cannot be."""
    path, copy = folder / name, copies / name
    if not path.is_file():
        return True
    if name == AUDIT:
        copy.write_bytes(whole_text(folder))
    elif path.suffix == ".sqlite":
        try:
            with closing(sqlite3.connect(path)) as of, closing(sqlite3.connect(copy)) as to:
                of.backup(to)
        except sqlite3.Error as error:
            copy.unlink(missing_ok=True)
            if is_damage(error):
                return False
            raise StoreBroken(f"{path}: {error}") from error
    else:
        copy.write_bytes(read_whole(path))
    return True
