"""Drafts as rows: their tables, and statements on them in the SQL that SQLite and PostgreSQL share."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from analytics.model.errors import NotAllowed

SCHEMA = """
    create table if not exists draft_head (
        id text primary key, about text not null, who text not null, session text not null, changed text not null,
        owner text not null default ''
    );
    create table if not exists draft_field (
        draft text not null, name text not null, before text not null, text text not null, within text not null,
        primary key (draft, name)
    );
    create index if not exists draft_about on draft_head (about);
    pragma user_version = 2;
"""
FROM_1 = "alter table draft_head add column owner text not null default ''"
EDITION = 2
FIELD = "insert into draft_field values (?, ?, ?, ?, ?)"
Statement = tuple[str, Sequence[tuple]]
"""SQL, and the rows that it is done with: none, and it is not done."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A field that somebody has typed in: the text that stood there when they began, and theirs. `within`: what the
    part that the field belongs to was then about (dialogue_rows.identity)."""

    before: str
    text: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one person has typed about a thing (`about`: a dialogue's school and round), in the `session` that goes on
    with it. `changed` is UTC; `owner`: who is signed in, '' where nobody is."""

    id: str
    about: str
    who: str
    session: str
    changed: datetime
    fields: dict[str, Typed]
    owner: str = ""


def make_tables(connection: sqlite3.Connection) -> None:
    connection.execute("pragma journal_mode = wal")
    if edition_of(connection) == 1:
        connection.execute(FROM_1)
    connection.executescript(SCHEMA)


def find(connection: sqlite3.Connection, condition: str = "true", values: Sequence[str] = ()) -> tuple[Draft, ...]:
    """The drafts that have something in them, the latest first."""
    rows = connection.execute(
        "select head.id, about, who, session, changed, owner, name, before, text, within"
        " from draft_head head join draft_field field on field.draft = head.id"
        f" where {condition} order by changed desc, head.id, field.rowid",
        values,
    ).fetchall()
    found: dict[str, Draft] = {}
    for id_, about, who, session, changed, owner, name, *typed in rows:
        draft = found.setdefault(id_, Draft(id_, about, who, session, datetime.fromisoformat(changed), {}, owner))
        draft.fields[name] = Typed(*typed)
    return tuple(found.values())


def do_all(connection: sqlite3.Connection, draft: str, owner: str, statements: Iterable[Statement]) -> None:
    """Does all of it, or nothing; raises NotAllowed where the draft is another's."""
    with connection:
        theirs = connection.execute("select 1 from draft_head where id = ? and owner <> ?", [draft, owner])
        if theirs.fetchall():
            raise NotAllowed(draft)
        for sql, rows in statements:
            connection.executemany(sql, rows)


def as_they_are(drafts: Iterable[Draft]) -> list[Statement]:
    return [statement for draft in drafts for statement in _as_it_is(draft)]


def _as_it_is(draft: Draft) -> list[Statement]:
    """Has a draft stand so, whatever stood of it before."""
    head = (draft.id, draft.about, draft.who, draft.session, draft.changed.isoformat(timespec="seconds"), draft.owner)
    fields = [(draft.id, name, typed.before, typed.text, typed.within) for name, typed in draft.fields.items()]
    return [
        ("delete from draft_field where draft = ?", [(draft.id,)]),
        ("delete from draft_head where id = ?", [(draft.id,)]),
        ("insert into draft_head values (?, ?, ?, ?, ?, ?)", [head]),
        (FIELD, fields),
    ]


def edition_of(connection: sqlite3.Connection) -> int:
    ((edition,),) = connection.execute("pragma user_version")
    return edition
