"""Files that are there whole or not at all, on every system: the only place that gives a file another's name.

Windows lets nobody replace a file while somebody reads it, nor read it while it is replaced: each takes a moment, and
is tried again. What is held open for as long as a server runs is never replaced: versions have names of their own.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

PATIENCE = 2.0 if os.name == "nt" else 0.0  # seconds for others who have a file in hand
A_MOMENT = 0.01
Done = TypeVar("Done")


def write_whole(path: Path, text: str) -> None:
    """Puts a text in a file's place: readers see what was there before, or all of it."""
    write_whole_bytes(path, text.encode())


def write_whole_bytes(path: Path, contents: bytes) -> None:
    """The same."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(contents)
        sync(part)
        put_in_place(part, path)
    finally:
        if part.is_file():
            part.unlink()


def put_in_place(part: Path, path: Path) -> None:
    """Gives a file, or a folder, the name of another, which is gone by that."""
    _patiently(lambda: os.replace(part, path))


def read_whole(path: Path) -> bytes:
    """What a file holds that others replace."""
    return _patiently(path.read_bytes)


def _patiently(do: Callable[[], Done]) -> Done:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return do()
        except PermissionError:
            if time.monotonic() >= until:
                raise
            time.sleep(A_MOMENT)


def sync(path: Path) -> None:
    """Flushes a file or a folder to disk. Windows flushes what may be written alone, and needs it of no folder."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def take_away(path: Path) -> None:
    """A file, a link or a whole folder; nothing where there is none."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
