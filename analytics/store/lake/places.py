"""What all machines of a lake share beside PostgreSQL: whole files by their names, in a folder or in object storage
(objects.py)."""

from __future__ import annotations

import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Protocol

from analytics.model.errors import StoreUnreachable
from analytics.store.disk import sync, write_whole_bytes

S3 = "s3://"


class Place(Protocol):
    """A name has `/` between its parts. Everything raises OSError."""

    shown: str
    """As people know it."""
    patience: float
    """Seconds between two looks at what is written there by hand, where nobody waits for it."""

    @property
    def unreachable(self) -> type[StoreUnreachable]:
        """What is raised by whoever cannot do without it."""
        ...

    def within(self, name: str) -> Place:
        """What lies under a name, as a place of its own."""
        ...

    def begin(self, name: str = "") -> str:
        """Has there be room under a name, for this user alone; where that is, as DuckDB opens it."""
        ...

    def named(self, name: str, digest: str) -> str:
        """The name of a new file whose SHA-256 is `digest`."""
        ...

    def put(self, file: Path, name: str) -> None:
        """Lays a new file, which lies there for good when this is done. None is written over with anything else."""
        ...

    def take(self, name: str, to: Path) -> None: ...

    def digest(self, name: str) -> str:
        """The SHA-256 of what lies there, all of it read."""
        ...

    def names(self, under: str) -> list[str]:
        """Of what lies right under a name."""
        ...

    def remove(self, name: str) -> None: ...

    def read(self, name: str) -> bytes | None:
        """None where there is nothing of that name."""
        ...

    def write(self, name: str, contents: bytes) -> None:
        """Whole, or not at all, in place of what is there."""
        ...


class FolderPlace:
    """A folder that every machine reaches."""

    unreachable = StoreUnreachable
    patience = 0.0

    def __init__(self, folder: Path):
        self._folder, self.shown = folder, str(folder)

    def within(self, name: str) -> FolderPlace:
        return FolderPlace(self._folder / name)

    def begin(self, name: str = "") -> str:
        folder = self._folder / name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return str(folder)

    def named(self, name: str, digest: str) -> str:
        return name

    def put(self, file: Path, name: str) -> None:
        there = self._folder / name
        with suppress(FileExistsError), there.open("xb") as shared, file.open("rb") as of:
            shutil.copyfileobj(of, shared)
        sync(there)
        sync(there.parent)

    def take(self, name: str, to: Path) -> None:
        shutil.copyfile(self._folder / name, to)

    def digest(self, name: str) -> str:
        with (self._folder / name).open("rb") as file:
            return digest_of(file)

    def names(self, under: str) -> list[str]:
        with suppress(FileNotFoundError):
            return [path.name for path in (self._folder / under).iterdir()]
        return []

    def remove(self, name: str) -> None:
        (self._folder / name).unlink(missing_ok=True)

    def read(self, name: str) -> bytes | None:
        with suppress(FileNotFoundError):
            return (self._folder / name).read_bytes()
        return None

    def write(self, name: str, contents: bytes) -> None:
        write_whole_bytes(self._folder / name, contents)


def digest_of(file: BinaryIO) -> str:
    """SHA-256 of what is left of an open file."""
    digest = sha256()
    while piece := file.read(1 << 20):
        digest.update(piece)
    return digest.hexdigest()
