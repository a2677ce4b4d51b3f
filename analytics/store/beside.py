"""A small file of its own beside the versions: read anew whenever it has changed, and changed by itself, so that a load
that takes a minute keeps nobody from changing it. It is changed whole or not at all, by one at a time in any process.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from filelock import FileLock, Timeout

from analytics.model.errors import StoreBroken, StoreBusy
from analytics.store.disk import put_in_place, read_whole, sync
from analytics.store.homes import home_of

WAIT = 10  # seconds for another who changes it: that takes milliseconds
Said = TypeVar("Said")

# What a parser raises for a text that is not as this edition writes it.
WRONG = (ValueError, KeyError, TypeError)


class FileBeside(Generic[Said]):
    """What such a file says now: all of it, or StoreBroken where anything in it is not as this edition writes it.
    `nothing`: what is so where there is no file; `stays`: what it says is never taken back, so that it holds as well
    where it has not been heard of for some time. Threads may share it."""

    def __init__(self, path: Path, parse: Callable[[str], Said], nothing: Said, *, stays: bool = False):
        self.path, self._parse, self._nothing, self._stays = path, parse, nothing, stays
        self._lock = Lock()
        self._read: tuple[tuple[int, int, int], Said] | None = None
        self._home = home_of(path.parent)

    @property
    def is_there(self) -> bool:
        """Raises StoreBroken where that is not known."""
        if not self._home.is_told():
            raise StoreBroken(f"{self.path}: not heard of")
        return os.path.lexists(self.path)

    def said(self) -> Said:
        """Raises StoreBroken where it cannot be read, or may be what it was some time ago."""
        if not (self._home.is_told() and (self._stays or self._home.is_fresh())):
            raise StoreBroken(f"{self.path}: not heard of")
        try:
            found = self.path.stat()
        except FileNotFoundError:
            return self._nothing
        except OSError as error:
            raise StoreBroken(f"{self.path}: {error.strerror or error}") from error
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
        with self._lock:
            if self._read is None or self._read[0] != stamp:
                self._read = (stamp, self._parsed())  # what is read is as new as the stamp, or newer
            return self._read[1]

    def change(self, change: Callable[[Said], Said], text: Callable[[Said], str]) -> None:
        """Writes what `change` makes of what it says, as `text`; raises StoreBroken or StoreBusy."""
        with self._alone(), self._home.changing(self.path.name) as keep:
            contents = text(change(self.said())).encode()
            part = self.path.with_name(f"{self.path.name}.part")
            try:
                part.write_bytes(contents)
                sync(part)
                keep(contents)
                put_in_place(part, self.path)
                sync(self.path.parent)
            except OSError as error:
                raise StoreBroken(f"{self.path}: {error.strerror or error}") from error
            finally:
                part.unlink(missing_ok=True)

    def _parsed(self) -> Said:
        try:
            return self._parse(read_whole(self.path).decode())
        except (OSError, *WRONG) as error:
            raise StoreBroken(f"{self.path}: {error}") from error

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            with FileLock(self.path.with_name(f".{self.path.stem}.lock"), timeout=WAIT):
                yield
        except Timeout:
            raise StoreBusy(str(self.path.parent)) from None
        except OSError as error:
            raise StoreBroken(f"{self.path}: {error.strerror or error}") from error


def word(value: object) -> str:
    """A text that says something; raises ValueError."""
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r} is no text")
    return value
