"""A store as one file, and back: what a folder holds, each file with its digest, in a ZIP archive.

It is taken while the app runs. Versions' files are never changed, and none is taken away meanwhile; what does change is
copied first, at one moment, for which alone other writers wait.
An archive is made under another name and given its own when all of it has been read once more, and a
store is put back beside its folder and takes its place when it is whole, so that neither is ever half there.
"""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

import orjson

from analytics.model.errors import KvalitetError, StoreBroken, StoreThere
from analytics.store.aside import aside
from analytics.store.audit import FILE as AUDIT
from analytics.store.audit import whole_text
from analytics.store.copying import kept_while_copied
from analytics.store.disk import put_in_place, read_whole, sync
from analytics.store.drafts import FILE as DRAFTS
from analytics.store.drafts import is_damage
from analytics.store.homes import is_of_a_lake
from analytics.store.moving import copy_store
from analytics.store.openness import FILE as OPENNESS
from analytics.store.retention import FILE as RETENTION
from analytics.store.roles import FILE as ROLES
from analytics.store.rollback import check_whole
from analytics.store.saved_forms import FILE as FORMS
from analytics.store.sender import FILE as SENDER
from analytics.store.versions import CURRENT, OF_A_VERSION, Current, holds_a_store, read_current
from analytics.store.writing import locked

CONTENTS = "kvalitet-backup.json"
"""What an archive says of itself: format, when it was made (UTC), version in force, each file's bytes and SHA-256."""
FORMAT = 1
BESIDE = (DRAFTS, ROLES, OPENNESS, AUDIT, FORMS, RETENTION, SENDER)
"""What lies beside the versions: what is typed and not saved, who may do what, what is shown to whom, what was done,
how forms are read, what is kept for how long, and who sends the yearly report."""
MOST_SAID = 10_000_000  # bytes of CONTENTS
MOST_NAMES = 4_000_000  # bytes of the archive's own list of its files: each becomes an object of twenty times that
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others take a dictionary of gigabytes if an archive asks for it
CHUNK = 1 << 20
WAIT = 60  # seconds for a load that is under way, or another backup


# What zipfile and json raise for what is no archive of ours.
WRONG = (
    zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, EOFError, NotImplementedError, RuntimeError,
    OverflowError, struct.error,
)  # fmt: skip


class BackupBroken(KvalitetError):
    """A file is no backup, or not as it was when it was made."""


class BackupThere(KvalitetError):
    """A file has the name that a backup was to have."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in an archive."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Backup:
    """What an archive holds: the store's version in force, and its files. `left_out`: the damaged ones that were not
    taken along as it was made."""

    made_at: datetime
    version: int
    files: tuple[StoredFile, ...]
    left_out: tuple[str, ...] = ()


def back_up(folder: Path, to: Path) -> Backup:
    """Writes the store to a new archive, and reads it once more. Raises BackupThere, StoreMissing, StoreBusy, OSError;
    StoreBroken where the version in force is not whole: a copy of what is broken would be taken for a backup. A damaged
    file of drafts, which the app puts aside when it next meets it, keeps nobody from having one of all else."""
    if os.path.lexists(to):
        raise BackupThere(str(to))
    with aside(to.parent) as own:
        part = own / to.name
        with kept_while_copied(folder, WAIT, lambda: _as_it_stands(folder, own)) as taken:
            check_whole(taken.folder, taken.current.in_force)
            with zipfile.ZipFile(part, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                files = tuple(_put(archive, path) for path in taken.files)
                backup = Backup(taken.at, taken.current.number, files, taken.left_out)
                archive.writestr(CONTENTS, json.dumps(_said(backup), indent=1, ensure_ascii=False))
        check_backup(part)
        sync(part)
        if os.path.lexists(to):
            raise BackupThere(str(to))
        put_in_place(part, to)
        sync(to.parent)
        return backup


def check_backup(path: Path) -> Backup:
    """Reads all of an archive; raises BackupBroken where it is none, or anything in it is not as it was."""
    with _opened(path) as (archive, backup):
        for kept in backup.files:
            with archive.open(kept.name) as stored:
                for _ in _read(stored, kept):
                    pass
    return backup


def restore(path: Path, folder: Path) -> Backup:
    """Puts a store back where there is none; raises StoreThere, BackupBroken, StoreBroken, OSError."""
    if is_of_a_lake(folder):
        with locked(folder, make=True), aside(folder) as own:
            backup = restore(path, own / "plain")
            copy_store(own / "plain", folder)
        return backup
    if holds_a_store(folder) or (folder.exists() and any(folder.iterdir())):
        raise StoreThere(str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with aside(folder.parent) as own:
        whole = own / "store"
        whole.mkdir()
        with _opened(path) as (archive, backup):
            _check_room(own, backup.files)
            for kept in backup.files:
                with archive.open(kept.name) as stored, (whole / kept.name).open("xb") as file:
                    for piece in _read(stored, kept):
                        file.write(piece)
                sync(whole / kept.name)
        if read_current(whole).number != backup.version:
            raise BackupBroken(f"{path}: {CURRENT}")
        check_whole(whole, read_current(whole).in_force)
        with suppress(FileNotFoundError):
            folder.rmdir()  # empty, as was seen; no store can have been made in it but by taking its place
        put_in_place(whole, folder)
    sync(folder.parent)
    return backup


@dataclass(frozen=True, slots=True)
class _Taken:
    """A store at a moment: its files, of which those that others may change are copies; `folder`: where the versions'
    are."""

    at: datetime
    current: Current
    folder: Path
    files: tuple[Path, ...]
    left_out: tuple[str, ...]


def _as_it_stands(folder: Path, own: Path) -> _Taken:
    """For who holds the store: versions, what somebody types and what is written down go on meanwhile."""
    plain = _plain(folder, own)
    copies = own / "copies"
    copies.mkdir()
    current = read_current(plain)
    (copies / CURRENT).write_bytes(read_whole(plain / CURRENT))
    left_out = tuple(name for name in BESIDE if not _copied(plain, name, copies))
    of_versions = {name for version in current.published for name in (version.view, version.answers)}
    beside = [copies / name for name in (CURRENT, *BESIDE)]
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


def _put(archive: zipfile.ZipFile, path: Path) -> StoredFile:
    digest, size = sha256(), 0
    with path.open("rb") as file, archive.open(path.name, "w", force_zip64=True) as stored:
        while piece := file.read(CHUNK):
            digest.update(piece)
            size += len(piece)
            stored.write(piece)
    return StoredFile(path.name, size, digest.hexdigest())


def _said(backup: Backup) -> dict:
    files = [{"name": kept.name, "bytes": kept.bytes, "sha256": kept.sha256} for kept in backup.files]
    return {"format": FORMAT, "made_at": backup.made_at.isoformat(), "version": backup.version, "files": files}


@contextmanager
def _opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Backup]]:
    """The archive and what it says of itself; whatever is wrong with it, in here too, is BackupBroken."""
    try:
        with _Bounded(path) as file, zipfile.ZipFile(file) as archive:
            if any(kept.compress_type not in PACKED for kept in archive.infolist()):
                raise ValueError("compression")
            if archive.getinfo(CONTENTS).file_size > MOST_SAID:
                raise ValueError(CONTENTS)
            said = orjson.loads(archive.read(CONTENTS))
            if said["format"] != FORMAT:
                raise ValueError(f"format {said['format']}")
            files = tuple(StoredFile(str(f["name"]), int(f["bytes"]), str(f["sha256"])) for f in said["files"])
            backup = Backup(datetime.fromisoformat(said["made_at"]), int(said["version"]), files)
            names = [kept.name for kept in files]
            if min((kept.bytes for kept in files), default=0) < 0:
                raise ValueError("bytes")
            if sorted([*names, CONTENTS]) != sorted(archive.namelist()) or not all(map(_is_of_a_store, names)):
                raise ValueError(CONTENTS)
            yield archive, backup
    except WRONG as error:
        raise BackupBroken(f"{path}: {error}") from error


class _Bounded(io.FileIO):
    """An archive of which nothing is read that is too large a list: zipfile asks for all of that at once."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:  # it looks for the end of the list in what should be few bytes
            return super().read(MOST_NAMES)
        if size > MOST_NAMES:
            raise ValueError(f"{size} bytes at once")
        return super().read(size)


def _is_of_a_store(name: str) -> bool:
    """Whether a store has such a file; no path leads out of its folder."""
    return name == CURRENT or name in BESIDE or OF_A_VERSION.fullmatch(name) is not None


def _read(stored: IO[bytes], kept: StoredFile) -> Iterator[bytes]:
    """What is stored, piece by piece, no more than was said; raises BackupBroken where it is something else."""
    digest, left = sha256(), kept.bytes
    while piece := stored.read(CHUNK):
        digest.update(piece)
        left -= len(piece)
        if left < 0:
            break
        yield piece
    if left or digest.hexdigest() != kept.sha256:
        raise BackupBroken(f"{kept.name}: SHA-256")
