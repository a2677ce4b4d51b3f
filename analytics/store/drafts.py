"""What people have typed and not saved: on disk from the moment it reaches the server, so that neither a reload nor a
killed server loses it. Drafts are no version of the data and in no figure.

SQLite and not DuckDB: several processes write here at once, a field at a time, and each write must be safe by itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from analytics.model import StoreBroken

FILE = "drafts.sqlite"
WAIT = 10  # seconds for another writer to finish
SCHEMA = """
    create table if not exists draft (
        id text primary key, about text not null, who text not null, changed text not null
    );
    create table if not exists field (
        draft text not null, name text not null, before text not null, text text not null, primary key (draft, name)
    );
    create index if not exists draft_about on draft (about);
"""


@dataclass(frozen=True, slots=True)
class Typed:
    """A field that somebody has typed in: the text that stood there when they began, and theirs."""

    before: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person has typed about a thing (`about`: a dialogue's school and round). `changed` is UTC."""

    id: str
    about: str
    who: str
    changed: datetime
    fields: dict[str, Typed]


class Drafts:
    """The drafts of a store folder; any number of sessions and processes may use them at once. Every method raises
    StoreBroken where the file cannot be read or written."""

    def __init__(self, folder: Path):
        self._path = Path(folder) / FILE

    def keep(self, draft: str, about: str, name: str, before: str, text: str) -> None:
        """Notes what stands in a field now. `before` counts the first time alone; a text as before is no draft."""
        with self._writing() as connection:
            connection.execute(
                "insert into draft values (?, ?, '', ?) on conflict (id) do update set changed = excluded.changed",
                [draft, about, datetime.now(UTC).isoformat(timespec="seconds")],
            )
            connection.execute(
                "insert into field values (?, ?, ?, ?) on conflict (draft, name) do update set text = excluded.text",
                [draft, name, before, text],
            )
            connection.execute("delete from field where draft = ? and name = ? and before = text", [draft, name])

    def sign(self, draft: str, who: str) -> None:
        """Notes who types; nothing where nothing is typed."""
        with self._writing() as connection:
            connection.execute("update draft set who = ? where id = ?", [who, draft])

    def begin_anew(self, draft: str, name: str, before: str, text: str) -> None:
        """Takes another text as what stood in the field before."""
        with self._writing() as connection:
            connection.execute("delete from field where draft = ? and name = ?", [draft, name])
            if before != text:
                connection.execute("insert into field values (?, ?, ?, ?)", [draft, name, before, text])

    def forget(self, draft: str, names: tuple[str, ...] | None = None) -> None:
        """Throws a draft away, or these fields of it."""
        with self._writing() as connection:
            if names is None:
                connection.execute("delete from field where draft = ?", [draft])
                connection.execute("delete from draft where id = ?", [draft])
            else:
                connection.executemany("delete from field where draft = ? and name = ?", [(draft, n) for n in names])

    def read(self, draft: str) -> Draft | None:
        """The draft; None where there is none, or nothing in it."""
        return next(iter(self._read("draft.id = ?", draft)), None)

    def about(self, about: str) -> tuple[Draft, ...]:
        """Every draft about the thing that has something in it, the latest first."""
        return self._read("draft.about = ?", about)

    def _read(self, condition: str, value: str) -> tuple[Draft, ...]:
        if not self._path.exists():
            return ()
        with self._connected() as connection:
            rows = connection.execute(
                "select draft.id, about, who, changed, name, before, text"
                " from draft join field on field.draft = draft.id"
                f" where {condition} order by changed desc, draft.id, field.rowid",
                [value],
            ).fetchall()
        found: dict[str, Draft] = {}
        for id_, about, who, changed, name, before, text in rows:
            draft = found.setdefault(id_, Draft(id_, about, who, datetime.fromisoformat(changed), {}))
            draft.fields[name] = Typed(before, text)
        return tuple(found.values())

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._connected() as connection, connection:  # all of it or none of it
            yield connection

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self._path, timeout=WAIT)) as connection:
                connection.execute("pragma journal_mode = wal")
                connection.executescript(SCHEMA)  # also for who reads: the file is there before its tables are
                yield connection
        except sqlite3.Error as error:
            raise StoreBroken(f"{self._path}: {error}") from error
