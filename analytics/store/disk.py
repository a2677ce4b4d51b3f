"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Puts a text in a file's place: readers see what was there before, or all of it."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, "utf-8")
        sync(part)
        os.replace(part, path)
    finally:
        if part.is_file():
            part.unlink()


def sync(path: Path) -> None:
    """Flushes a file or a folder to disk. Folders cannot be opened on Windows, which needs no such flush."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
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
