"""Which lake a store is, and the folder that this machine works in on it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import orjson

from analytics.model.errors import NoSharedFolder, StoreBroken
from analytics.store.disk import write_whole
from analytics.store.homes import MARK

DATA, LOCAL = "KVALITET_DATA", "KVALITET_LOCAL"


@dataclass(frozen=True, slots=True)
class LakeAddress:
    """`postgres`: the database, as libpq reads it; `data`: the folder that all machines share; `store`: the id that the
    store was given when it was begun, '' before it is known."""

    postgres: str
    data: str
    store: str = ""

    def __str__(self) -> str:
        """Without the password."""
        parts = urlsplit(self.postgres)
        at = parts.netloc.rpartition("@")
        who = at[0].partition(":")[0]
        return urlunsplit(parts._replace(netloc=f"{who}@{at[2]}" if who else at[2], query=""))


def address_of(told: str, data: str | None = None) -> LakeAddress:
    """Raises NoSharedFolder."""
    data = data or os.environ.get(DATA, "")
    if not data or not Path(data).is_dir():
        raise NoSharedFolder(f"{LakeAddress(told, '')}: {data}")
    return LakeAddress(told, str(Path(data).resolve()))


def working_folder(address: LakeAddress) -> Path:
    """This machine's folder for the store, marked as of the lake; nobody else on the machine may look into it, as
    answers lie there. A store of its own for each id: no file in it is ever another store's."""
    root = Path(os.environ.get(LOCAL) or Path.home() / ".cache" / "kvalitetsdialog")
    folder = root / address.store
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        text = json.dumps(asdict(address)) + "\n"
        if not (folder / MARK).exists() or (folder / MARK).read_text("utf-8") != text:
            write_whole(folder / MARK, text)
            (folder / MARK).chmod(0o600)  # the address may have a password
    except OSError as error:
        raise StoreBroken(f"{folder}: {error.strerror or error}") from error
    return folder


def marked(folder: Path) -> LakeAddress:
    """The lake that a working folder is of; raises StoreBroken."""
    try:
        said = orjson.loads((folder / MARK).read_bytes())
        return LakeAddress(str(said["postgres"]), str(said["data"]), str(said["store"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreBroken(f"{folder / MARK}: {error}") from error
