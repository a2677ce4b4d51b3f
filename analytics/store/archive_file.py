"""A backup's file: a ZIP archive of a store's files, which says of itself what it holds, each with its digest.

Of a store of several owners the owners' files stand under their own folders, as they lie. Such an archive has a format
of its own: an edition that knows no owners refuses it, and does not put back a store without them.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

import orjson

from analytics.model.errors import KvalitetError
from analytics.store.audit import FILE as AUDIT
from analytics.store.drafts import FILE as DRAFTS
from analytics.store.openness import FILE as OPENNESS
from analytics.store.owners import FILE as OWNERS
from analytics.store.owners import FOLDER, ID
from analytics.store.retention import FILE as RETENTION
from analytics.store.roles import FILE as ROLES
from analytics.store.saved_forms import FILE as FORMS
from analytics.store.sender import FILE as SENDER
from analytics.store.versions import CURRENT, OF_A_VERSION

CONTENTS = "kvalitet-backup.json"
"""What an archive says of itself: format, when it was made (UTC), version in force, each file's bytes and SHA-256; of
an owner's store, whose it is; of a store of several owners, each owner's version and when its part was taken."""
FORMAT, FORMAT_OF_OWNERS = 1, 2
BESIDE = (DRAFTS, ROLES, OPENNESS, AUDIT, FORMS, RETENTION, SENDER)
"""What lies beside the versions: what is typed and not saved, who may do what, what is shown to whom, what was done,
how forms are read, what is kept for how long, and who sends the yearly report."""
MOST_SAID = 25_000_000  # bytes of CONTENTS
MOST_NAMES = 10_000_000  # bytes of the archive's own list of its files: each becomes an object of twenty times that
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others take a dictionary of gigabytes if an archive asks for it
CHUNK = 1 << 20

# What zipfile and json raise for what is no archive of ours.
WRONG = (
    zipfile.BadZipFile, zlib.error, ValueError, KeyError, TypeError, EOFError, NotImplementedError, RuntimeError,
    OverflowError, struct.error,
)  # fmt: skip


class BackupBroken(KvalitetError):
    """A file is no backup, or not as it was when it was made."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in an archive; `name`: its path in the store's folder, with `/`."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class OwnersPart:
    """An owner's part of an archive: its version in force, as it was then (UTC)."""

    id: str
    version: int
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Backup:
    """What an archive holds: the store's version in force, and its files. `left_out`: the damaged ones that were not
    taken along as it was made. `owner`: the id of whose store it is, in a store of several; `owners`: those whose
    parts it holds, where it is of all of them (None: it is of one store). `without`: owners that it names, of whom
    there was nothing as it was made."""

    made_at: datetime
    version: int
    files: tuple[StoredFile, ...]
    left_out: tuple[str, ...] = ()
    owner: str | None = None
    owners: tuple[OwnersPart, ...] | None = None
    without: tuple[str, ...] = ()


def folder_in_archive(owner_id: str) -> str:
    """What the names of an owner's files begin with."""
    return f"{FOLDER}/{owner_id}/"


def put_file(archive: zipfile.ZipFile, path: Path, below: str = "") -> StoredFile:
    """Adds a file to an archive. `below`: what its name begins with there."""
    digest, size = sha256(), 0
    with path.open("rb") as file, archive.open(below + path.name, "w", force_zip64=True) as stored:
        while piece := file.read(CHUNK):
            digest.update(piece)
            size += len(piece)
            stored.write(piece)
    return StoredFile(below + path.name, size, digest.hexdigest())


def put_contents(archive: zipfile.ZipFile, backup: Backup) -> None:
    """Has the archive say of itself what it holds."""
    files = [{"name": kept.name, "bytes": kept.bytes, "sha256": kept.sha256} for kept in backup.files]
    format_ = FORMAT if backup.owners is None else FORMAT_OF_OWNERS
    said = {"format": format_, "made_at": backup.made_at.isoformat(), "version": backup.version, "files": files}
    if backup.owner is not None:
        said["owner"] = backup.owner
    if backup.owners is not None:
        told = ({"id": one.id, "version": one.version, "made_at": one.made_at.isoformat()} for one in backup.owners)
        said["owners"] = list(told)
    archive.writestr(CONTENTS, json.dumps(said, indent=1, ensure_ascii=False))


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Backup]]:
    """The archive and what it says of itself; whatever is wrong with it, in here too, is BackupBroken."""
    try:
        with _Bounded(path) as file, zipfile.ZipFile(file) as archive:
            if any(kept.compress_type not in PACKED for kept in archive.infolist()):
                raise ValueError("compression")
            if archive.getinfo(CONTENTS).file_size > MOST_SAID:
                raise ValueError(CONTENTS)
            backup = _parsed(orjson.loads(archive.read(CONTENTS)))
            names = [kept.name for kept in backup.files]
            if min((kept.bytes for kept in backup.files), default=0) < 0:
                raise ValueError("bytes")
            if sorted([*names, CONTENTS]) != sorted(archive.namelist()):
                raise ValueError(CONTENTS)
            if not all(_is_of_a_store(name, backup) for name in names):
                raise ValueError(CONTENTS)
            yield archive, backup
    except WRONG as error:
        raise BackupBroken(f"{path}: {error}") from error


def contents_of(path: Path) -> Backup:
    """What an archive says of itself; its files are not read. Raises BackupBroken or OSError."""
    with opened(path) as (_, backup):
        return backup


class _Bounded(io.FileIO):
    """An archive of which nothing is read that is too large a list: zipfile asks for all of that at once."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is None or size < 0:  # it looks for the end of the list in what should be few bytes
            return super().read(MOST_NAMES)
        if size > MOST_NAMES:
            raise ValueError(f"{size} bytes at once")
        return super().read(size)


def _parsed(said: dict) -> Backup:
    """Raises what a parser does for what is not as this edition writes it."""
    if said["format"] not in (FORMAT, FORMAT_OF_OWNERS):
        raise ValueError(f"format {said['format']}")
    files = tuple(StoredFile(str(f["name"]), int(f["bytes"]), str(f["sha256"])) for f in said["files"])
    owner, owners = said.get("owner"), None
    if owner is not None and not ID.fullmatch(owner):
        raise ValueError(f"owner {owner}")
    if said["format"] == FORMAT_OF_OWNERS:
        owners = tuple(_part(one) for one in said["owners"])
        if len({one.id for one in owners}) < len(owners):
            raise ValueError("owners")
    return Backup(datetime.fromisoformat(said["made_at"]), int(said["version"]), files, (), owner, owners)


def _part(said: dict) -> OwnersPart:
    if not ID.fullmatch(said["id"]):
        raise ValueError("owners")
    return OwnersPart(said["id"], int(said["version"]), datetime.fromisoformat(said["made_at"]))


def _is_of_a_store(name: str, backup: Backup) -> bool:
    """Whether a store has such a file, or the part of one of its owners; no path leads out of its folder."""
    if backup.owners is not None:
        if name == OWNERS:
            return True
        owner_id = name.removeprefix(f"{FOLDER}/").rpartition("/")[0]
        if any(one.id == owner_id for one in backup.owners):
            name = name.removeprefix(folder_in_archive(owner_id))
    return name == CURRENT or name in BESIDE or OF_A_VERSION.fullmatch(name) is not None


def read_stored(stored: IO[bytes], kept: StoredFile) -> Iterator[bytes]:
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
