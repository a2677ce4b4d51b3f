"""What people have typed and not saved: on disk from the moment it reaches the server, so that neither a reload nor a
killed server loses it. Drafts are no version of the data and in no figure.

SQLite and not DuckDB: several processes write here at once, a field at a time, and each write must be safe by itself.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock

from analytics.model.errors import StoreBroken
from analytics.model.present import present
from analytics.store.disk import put_in_place
from analytics.store.draft_rows import (
    EDITION,
    FIELD,
    Draft,
    Statement,
    Typed,
    as_they_are,
    do_all,
    edition_of,
    find,
    make_tables,
)
from analytics.store.homes import home_of, is_of_a_lake

FILE = "drafts.sqlite"
LOCK = ".drafts.lock"
WAIT = 10  # seconds for another writer to finish
MOST = 100  # drafts of one who is signed in: beyond that the one that they left the longest ago is let go
NOT_LEFT = "pragma secure_delete = on"
"""Some builds of SQLite leave in the file what is deleted in it, and copy that into backups."""
ASIDE, STAMP = "drafts-damaged-", "%Y%m%dT%H%M%S%f"
KEPT = """
    insert into draft_head values (?, ?, '', ?, ?, ?) on conflict (id) do update set changed = excluded.changed
"""


class DraftsDamaged(StoreBroken):
    """SQLite says that the file is none of its own, or that what it holds cannot be."""


class Drafts:
    """The drafts of a store folder; any number of sessions and processes may use them at once. Every method raises
    StoreBroken where the file cannot be read or written, DraftsDamaged where it is no file of drafts any more.

    `owner`: whose they are, where people sign in: another's is none, whatever its id, but that `about` tells of it.
    """

    def __init__(self, folder: Path, owner: str = ""):
        self._path, self.owner = Path(folder) / FILE, owner
        self._of_a_lake = is_of_a_lake(Path(folder))

    def keep(self, draft: str, session: str, about: str, name: str, typed: Typed) -> None:
        """Notes what stands in a field now. What stood there `before`, and `within` what, counts the first time alone;
        a text as before is no draft."""
        self.keep_all(draft, session, about, {name: typed})

    def keep_all(
        self, draft: str, session: str, about: str, typed: Mapping[str, Typed], forgotten: Iterable[str] = ()
    ) -> None:
        """Notes what stands in several fields, and forgets others: all of it or nothing."""
        as_before = "delete from draft_field where draft = ? and name = ? and before = text"
        forget = "delete from draft_field where draft = ? and name = ?"
        self._write(
            draft,
            (KEPT, [(draft, about, session, _now(), self.owner)]),
            (
                f"{FIELD} on conflict (draft, name) do update set text = excluded.text",
                [(draft, name, one.before, one.text, one.within) for name, one in typed.items()],
            ),
            (as_before, [(draft, name) for name in typed]),
            (forget, [(draft, name) for name in forgotten]),
            *(_let_go_beyond(MOST, self.owner) if self.owner else ()),
        )

    def take_up(self, draft: str, session: str) -> Draft | None:
        """Has a session go on with a draft, and no other any more; None where there is none."""
        if self.read(draft) is None:
            return None
        self._write(draft, ("update draft_head set session = ? where id = ?", [(session, draft)]))
        return self.read(draft)

    def copy(self, draft: Draft, id_: str, session: str) -> Draft:
        """The draft once more, under another id, for a session to go on with."""
        head = (id_, draft.about, draft.who, session, _now(), self.owner)
        self._write(
            id_,
            ("insert into draft_head values (?, ?, ?, ?, ?, ?)", [head]),
            (FIELD, [(id_, name, typed.before, typed.text, typed.within) for name, typed in draft.fields.items()]),
        )
        return present(self.read(id_))

    def sign(self, draft: str, who: str) -> None:
        """Notes who types; nothing where nothing is typed."""
        self._write(draft, ("update draft_head set who = ? where id = ?", [(who, draft)]))

    def begin_anew(self, draft: str, name: str, typed: Typed) -> None:
        """Takes another text as what stood in the field before."""
        field = [(draft, name, typed.before, typed.text, typed.within)] if typed.before != typed.text else []
        self._write(draft, ("delete from draft_field where draft = ? and name = ?", [(draft, name)]), (FIELD, field))

    def saved(self, draft: str, texts: Mapping[str, tuple[str, str, str]]) -> None:
        """What is saved is no draft any more: the text that was typed, what it stands as now, and `within` what. What
        was typed in a field after the text that was saved stays a draft, and stands on what is there now."""
        left = "select 1 from draft_field where draft = id"
        self._write(
            draft,
            (
                "delete from draft_field where draft = ? and name = ? and text = ?",
                [(draft, name, typed) for name, (typed, _, _) in texts.items()],
            ),
            (
                "update draft_field set before = ?, within = ? where draft = ? and name = ?",
                [(now, within, draft, name) for name, (_, now, within) in texts.items()],
            ),
            ("delete from draft_field where draft = ? and before = text", [(draft,)]),
            (f"delete from draft_head where id = ? and not exists ({left})", [(draft,)]),
        )

    def forget(self, draft: str, names: tuple[str, ...] | None = None) -> None:
        """Throws a draft away, or these fields of it."""
        if names is None:
            tables = {"draft_field": "draft", "draft_head": "id"}
            self._write(draft, *((f"delete from {table} where {key} = ?", [(draft,)]) for table, key in tables.items()))
        else:
            rows = [(draft, name) for name in names]
            self._write(draft, ("delete from draft_field where draft = ? and name = ?", rows))

    def last_changed_before(self, moment: datetime) -> tuple[Draft, ...]:
        """Whosever they are."""
        return self._read("head.changed < ?", _said(moment))

    def let_go_before(self, moment: datetime) -> None:
        """Throws away what was last changed before the moment, whosever it is."""
        old = "select id from draft_head where changed < ?"
        fields = (f"delete from draft_field where draft in ({old})", [(_said(moment),)])
        self._write("", fields, ("delete from draft_head where changed < ?", [(_said(moment),)]))

    def read(self, draft: str) -> Draft | None:
        """The draft; None where there is none, or nothing in it."""
        return next(iter(self._read("head.id = ? and owner = ?", draft, self.owner)), None)

    def every(self) -> tuple[Draft, ...]:
        """All that have something in them, whosever they are."""
        return self._read("true")

    def put(self, drafts: Iterable[Draft]) -> None:
        """Has drafts stand as they are here, whatever stood of them before."""
        self._write("", *as_they_are(drafts))

    def about(self, about: str) -> tuple[Draft, ...]:
        """Every draft about the thing that has something in it, the latest first, whosever it is."""
        return self._read("head.about = ?", about)

    def put_aside(self) -> None:
        """Gives a file that is damaged another name beside its own, once, whoever finds it; nothing is thrown away. A
        file that cannot be opened, or not be written, is left where it is. Raises StoreBroken."""
        try:
            with FileLock(self._path.with_name(LOCK), timeout=WAIT):
                if not _is_damaged(self._path):
                    return  # somebody else has put it aside meanwhile
                aside = f"{ASIDE}{datetime.now(UTC):{STAMP}}.sqlite"
                for log in ("-wal", "-shm", ""):
                    if os.path.exists(f"{self._path}{log}"):
                        put_in_place(Path(f"{self._path}{log}"), self._path.with_name(aside + log))
        except OSError as error:
            raise StoreBroken(f"{self._path}: {error}") from error

    def put_aside_at(self) -> datetime | None:
        """When a damaged file was last put aside, UTC; None where none lies there."""
        return max(self._aside().values(), default=None)

    def aside_before(self, moment: datetime) -> tuple[Path, ...]:
        """The damaged files that were put aside before then: what was typed may be read in them."""
        return tuple(path for path, at in self._aside().items() if at < moment)

    def let_go_aside(self, files: Iterable[Path]) -> None:
        """Takes such files away, with their logs; raises StoreBroken."""
        try:
            for path in files:
                for log in ("-wal", "-shm", ""):
                    path.with_name(path.name + log).unlink(missing_ok=True)
        except OSError as error:
            raise StoreBroken(f"{self._path.parent}: {error.strerror or error}") from error

    def _aside(self) -> dict[Path, datetime]:
        """The damaged files that lie there, and when they were put aside."""
        found = {path: path.stem.removeprefix(ASIDE) for path in sorted(self._path.parent.glob(f"{ASIDE}*.sqlite"))}
        return {
            path: datetime.strptime(stamp, STAMP).replace(tzinfo=UTC)
            for path, stamp in found.items()
            if re.fullmatch(r"\d{8}T\d{12}", stamp)
        }

    def _read(self, condition: str, *values: str) -> tuple[Draft, ...]:
        if not (self._of_a_lake or os.path.exists(self._path)):
            return ()
        with self._connected() as connection:
            return find(connection, condition, values)

    def _write(self, draft: str, *statements: Statement) -> None:
        """Does all of it, or nothing; raises NotAllowed where the draft is another's."""
        with self._connected() as connection:
            do_all(connection, draft, self.owner, statements)

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        if kept := home_of(self._path.parent).drafts() if self._of_a_lake else None:
            with kept as connection:
                yield connection
            return
        try:
            with closing(sqlite3.connect(self._path, timeout=WAIT)) as connection:
                connection.execute(NOT_LEFT)
                if not _ready(connection):  # also for who reads: the file is there before its tables are
                    self._make_ready(connection)
                yield connection
        except (sqlite3.Error, OSError, ValueError) as error:
            raise (DraftsDamaged if is_damage(error) else StoreBroken)(f"{self._path}: {error}") from error

    def _make_ready(self, connection: sqlite3.Connection) -> None:
        """Turns on the log beside the file and makes the tables, one connection at a time: of two that turn it on,
        SQLite lets one wait for nobody and tells it at once that the file is locked."""
        with FileLock(self._path.with_name(LOCK), timeout=WAIT):
            if not _ready(connection):
                make_tables(connection)


def is_damage(error: BaseException) -> bool:
    """Whether SQLite says that a file is none of its own, or that what it holds cannot be."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _is_damaged(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(path, timeout=WAIT)) as connection:
            return connection.execute("pragma quick_check").fetchall() != [("ok",)]
    except sqlite3.Error as error:
        return is_damage(error)


def _let_go_beyond(most: int, owner: str) -> list[Statement]:
    newest = "select id from draft_head where owner = ? order by changed desc, rowid desc limit ?"
    gone = f"select id from draft_head where owner = ? and id not in ({newest})"
    return [
        (f"delete from {table} where {key} in ({gone})", [(owner, owner, most)])
        for table, key in (("draft_field", "draft"), ("draft_head", "id"))
    ]


def _ready(connection: sqlite3.Connection) -> bool:
    return edition_of(connection) >= EDITION


def _now() -> str:
    return _said(datetime.now(UTC))


def _said(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
