"""The files that a version was made from: they stand in its answers file, and in its view a keyed digest of them.

Who guesses a hidden row can try each guess against a file's SHA-256, and a file's rows less those that are shown are
the hidden ones. The key lies beside what it is the key of, so the view alone tells nothing; the two together tell
whether the one belongs to the other.
"""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from pathlib import Path

import duckdb

from analytics.model.errors import StoreBroken
from analytics.store.reading import View, open_answers
from analytics.store.versions import Published, number_of

OF_ANSWERS = "select 1 from duckdb_tables() where table_name = 'source_file' and not internal"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a version was made from."""

    file: str
    sha256: str
    kind: str
    rows: int


def write_sources(connection: duckdb.DuckDBPyConnection, number: int, sources: Iterable[SourceFile]) -> str:
    """Notes in a new answers file what its version is made from, in place of what the one it is copied from was;
    returns the digest for the view."""
    for table in ("made", "source_file"):
        connection.execute(f"delete from {table}")
    connection.execute("insert into made values (?, ?)", [number, secrets.token_hex(32)])
    for source in sources:
        named = [without_folders(source.file), source.sha256, source.kind, source.rows]
        connection.execute("insert into source_file values (?, ?, ?, ?)", named)
    return _digest(connection)


def sources_of(folder: Path, version: Published, view: View) -> tuple[SourceFile, ...]:
    """What a version was made from; raises StoreBroken. One that shares an earlier one's answers took no file."""
    if "source_file" in view.tables:  # an earlier edition had them in the view
        rows = view.rows("select file, sha256, kind, rows from source_file order by rowid")
        return tuple(SourceFile(*row) for row in rows)
    if number_of(version.answers) != version.number:
        return ()
    with open_answers(folder / version.answers) as answers:
        if not answers.execute(OF_ANSWERS).fetchall():
            return ()
        return _sources(answers)


def check_belongs(view: View, answers: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raises StoreBroken where the answers file at the path is not the one that the view was made with."""
    if not view.has("version", "answers_digest"):
        return
    ((digest,),) = view.rows("select answers_digest from version")
    if digest is not None and not (answers.execute(OF_ANSWERS).fetchall() and digest == _digest(answers)):
        raise StoreBroken(f"{path}: not the answers of version {view.number}")


def _digest(answers: duckdb.DuckDBPyConnection) -> str:
    """Of an answers file: HMAC-SHA256 of its version and that one's files."""
    made = answers.execute("select version, key from made").fetchall()
    if len(made) != 1:
        return ""
    ((version, key),) = made
    told = json.dumps([version, *map(astuple, _sources(answers))])
    return hmac.digest(bytes.fromhex(key), told.encode(), "sha256").hex()


def _sources(answers: duckdb.DuckDBPyConnection) -> tuple[SourceFile, ...]:
    rows = answers.execute("select file, sha256, kind, rows from source_file order by rowid").fetchall()
    return tuple(SourceFile(*row) for row in rows)


def without_folders(file: str) -> str:
    """The file's name alone, where it came with a path of some machine's."""
    return Path(file).name if Path(file).is_absolute() else file
