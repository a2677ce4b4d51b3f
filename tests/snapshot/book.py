"""A snapshot as a file: SQLite, a row a key with its text, packed, and the text's hash."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

Row = tuple[str, str, bytes]
"""Key, hash of the text, the text packed."""


def packed(key: str, text: str, text_hash: str) -> Row:
    return key, text_hash, zlib.compress(text.encode(), 3)


def write(file: Path, rows: Iterable[Row]) -> int:
    """Writes the file anew; returns how many keys it has. Raises IntegrityError for a key that comes twice."""
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as book, book:
        book.execute("create table snapshot (key text primary key, hash text not null, text blob not null)")
        return book.executemany("insert into snapshot values (?, ?, ?)", rows).rowcount


def hashes(file: Path) -> Mapping[str, str]:
    """Key -> hash of its text."""
    with closing(_opened(file)) as book:
        return dict(book.execute("select key, hash from snapshot"))


def text(file: Path, key: str) -> str:
    with closing(_opened(file)) as book:
        (found,) = book.execute("select text from snapshot where key = ?", [key]).fetchone()
    return zlib.decompress(found).decode()


def _opened(file: Path) -> sqlite3.Connection:
    """Raises OperationalError where there is no such file."""
    return sqlite3.connect(f"file:{file.resolve()}?mode=ro", uri=True)
