"""Which lake a store is, what its machines share, and the folder that this machine works in on it."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import orjson

from analytics.model.errors import NoSharedFolder, StorageUnreachable, StoreBroken, StoreUnreachable
from analytics.store.disk import write_whole
from analytics.store.homes import MARK, PARTS
from analytics.store.lake.objects import ObjectPlace
from analytics.store.lake.places import S3, FolderPlace, Place

DATA, LOCAL = "KVALITET_DATA", "KVALITET_LOCAL"


@dataclass(frozen=True, slots=True)
class LakeAddress:
    """`postgres`: the database, as libpq reads it; `data`: what all machines share, a folder or s3://bucket/prefix;
    `store`: the id that the store was given when it was begun, '' before it is known. Of an owner's part of a store of
    several, `owner`: the owner's id; `number`: that of the schemas in which the part lies, as a schema's name may not
    be as long as an id."""

    postgres: str
    data: str
    store: str = ""
    owner: str = ""
    number: int = 0

    @property
    def schema(self) -> str:
        """PostgreSQL's, with the catalogue (catalogue.sql)."""
        return f"kvalitet_{self.number}" if self.number else "kvalitet"

    @property
    def lake_schema(self) -> str:
        """PostgreSQL's, with what DuckLake keeps."""
        return f"ducklake_{self.number}" if self.number else "ducklake"

    @property
    def place(self) -> Place:
        """What of what is shared is this store's."""
        whole: Place = ObjectPlace(self.data) if self.is_in_objects else FolderPlace(Path(self.data))
        return whole.within(f"{PARTS}/{self.owner}") if self.owner else whole

    @property
    def is_in_objects(self) -> bool:
        """Whether what is shared lies in object storage."""
        return self.data.startswith(S3)

    def __str__(self) -> str:
        """Without the password."""
        parts = urlsplit(self.postgres)
        at = parts.netloc.rpartition("@")
        who = at[0].partition(":")[0]
        told = urlunsplit(parts._replace(netloc=f"{who}@{at[2]}" if who else at[2], query=""))
        return f"{told} ({self.owner})" if self.owner else told


def address_of(told: str, data: str | None = None) -> LakeAddress:
    """Raises NoSharedFolder, StoreUnreachable."""
    data = data or os.environ.get(DATA, "")
    if data.startswith(S3):
        return LakeAddress(told, _bucket(data))
    if not data or not Path(data).is_dir():
        raise NoSharedFolder(f"{LakeAddress(told, '')}: {data}")
    return LakeAddress(told, str(Path(data).resolve()))


def _bucket(data: str) -> str:
    """The same as it is kept, where there is such a bucket."""
    data = S3 + data.removeprefix(S3).strip("/")
    try:
        if not ObjectPlace(data).is_there():
            raise NoSharedFolder(data)
    except OSError as error:
        raise StorageUnreachable(f"{data}: {error}") from error
    except ValueError as error:  # no name that a bucket may have
        raise NoSharedFolder(f"{data}: {error}") from error
    return data


def working_folder(address: LakeAddress) -> Path:
    """This machine's folder for the store, marked as of the lake; nobody else on the machine may look into it, as
    answers lie there. A store of its own for each id: no file in it is ever another store's."""
    root = Path(os.environ.get(LOCAL) or Path.home() / ".cache" / "kvalitetsdialog")
    folder = root / address.store
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        said = {"postgres": address.postgres, "data": address.data, "store": address.store}
        text = json.dumps(said) + "\n"
        if not (folder / MARK).exists() or (folder / MARK).read_text("utf-8") != text:
            write_whole(folder / MARK, text)
            (folder / MARK).chmod(0o600)  # the address may have a password
    except OSError as error:
        raise StoreBroken(f"{folder}: {error.strerror or error}") from error
    return folder


def mark_part(folder: Path, address: LakeAddress) -> None:
    """Marks a machine's folder for an owner's part, which lies in the one for the store; what else there is to know of
    it that one says. Raises StoreBroken, also where the folder was another part's: another of the same name may have
    been begun in its place, and what this machine has of the one before is not shown as that."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not (folder / MARK).exists():
            write_whole(folder / MARK, json.dumps({"store": address.store}) + "\n")
        if (said := orjson.loads((folder / MARK).read_bytes())["store"]) != address.store:
            raise StoreUnreachable(f"{folder / MARK}: {said}, {address.store}")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreBroken(f"{folder / MARK}: {error}") from error


def marked(folder: Path) -> LakeAddress:
    """The lake that a working folder is of; raises StoreBroken."""
    try:
        said = orjson.loads((folder / MARK).read_bytes())
        return LakeAddress(str(said["postgres"]), str(said["data"]), str(said["store"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreBroken(f"{folder / MARK}: {error}") from error
