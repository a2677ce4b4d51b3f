"""Who may do what, in a small file of the store's own (store/beside.py), so that what is taken away is gone at the next
click.

A store in which it lies is never shown to anybody who has not signed in, whatever the server's settings say.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from analytics.model.errors import StoreMissing
from analytics.model.people import Did, Identity, RoleRow, ViewerRole
from analytics.store.audit import done_already, note
from analytics.store.beside import FileBeside, word
from analytics.store.versions import holds_a_store

FILE = "roles.json"

Rows = tuple[RoleRow, ...]


class Roles:
    """The roles of a store folder, as they are now. Threads may share it."""

    def __init__(self, folder: Path):
        self.folder = Path(folder)
        self.file = FileBeside(self.folder / FILE, _rows, ())

    @property
    def are_kept(self) -> bool:
        """Whether anybody has ever been given a role: then the store is a city's, and no one person's."""
        return self.file.is_there

    def rows(self) -> Rows:
        """Every role that somebody has now; raises StoreBroken where the file cannot be read: then nobody has any."""
        return self.file.said()

    def of(self, who: Identity) -> Rows:
        return tuple(row for row in self.rows() if row.who == who)


@lru_cache(maxsize=1000)  # an owner each
def roles_in(folder: str) -> Roles:
    """The roles of a store folder, kept for whoever asks again and again."""
    return Roles(Path(folder))


def give_role(
    folder: Path,
    who: Identity,
    name: str,
    role: ViewerRole,
    schools: tuple[str, ...],
    by: str,
    administrations: tuple[str, ...] | None = None,
) -> RoleRow:
    """Gives somebody a role; one that they have already is given anew, with these schools or administrations. None is
    given that is not written down first. Raises StoreMissing, StoreBusy or StoreBroken."""
    _must_be_there(folder)
    limited = None if administrations is None else tuple(sorted(set(administrations)))
    row = RoleRow(who, name, role, tuple(sorted(set(schools))), datetime.now(UTC), by, limited)
    about = {"schools": list(row.schools), **_limit(row)}
    note(folder, by, Did.ROLE_GIVEN, whom=_said(who), name=name, role=role.value, **about)
    Roles(folder).file.change(lambda rows: (*(one for one in rows if (one.who, one.role) != (who, role)), row), _text)
    return row


def take_role(folder: Path, who: Identity, role: ViewerRole | None, by: str) -> Rows:
    """Takes a role away, or all of somebody's (None); what was taken away. It is gone also where that cannot be
    written down: then raises DoneUnnoted. Else raises as `give_role`."""
    _must_be_there(folder)
    gone = tuple(row for row in Roles(folder).of(who) if role in (None, row.role))
    if gone:
        Roles(folder).file.change(
            lambda rows: tuple(row for row in rows if row.who != who or role not in (None, row.role)), _text
        )
        with done_already():
            for row in gone:
                note(folder, by, Did.ROLE_TAKEN, whom=_said(who), name=row.name, role=row.role.value)
    return gone


def _must_be_there(folder: Path) -> None:
    if not holds_a_store(folder):
        raise StoreMissing(str(folder))


def _said(who: Identity) -> list[str]:
    return [who.issuer, who.subject]


def as_json(rows: Rows) -> list[dict[str, Any]]:
    """An object a role, as the file has them and `kvalitet roles --json` tells them."""
    return [
        {
            "issuer": row.who.issuer,
            "subject": row.who.subject,
            "name": row.name,
            "role": row.role.value,
            "schools": list(row.schools),
            **_limit(row),
            "since": row.since.isoformat(timespec="seconds"),
            "by": row.by,
        }
        for row in rows
    ]


def _limit(row: RoleRow) -> dict[str, list[str]]:
    """Left out of a role that is not limited: what is there and empty lets nobody see anything."""
    return {} if row.administrations is None else {"administrations": list(row.administrations)}


def _text(rows: Rows) -> str:
    return json.dumps({"roles": as_json(rows)}, ensure_ascii=False, indent=1) + "\n"


def _rows(text: str) -> Rows:
    """As they stand in the file: all of them, or none where anything is not as this edition writes it."""
    return tuple(
        RoleRow(
            Identity(word(one["issuer"]), word(one["subject"])),
            str(one["name"]),
            ViewerRole(one["role"]),
            tuple(map(word, one["schools"])),
            datetime.fromisoformat(one["since"]),
            str(one["by"]),
            tuple(map(word, one["administrations"])) if "administrations" in one else None,
        )
        for one in orjson.loads(text)["roles"]
    )
