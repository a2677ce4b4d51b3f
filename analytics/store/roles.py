"""Who may do what, in a small file of the store's own: read anew whenever it has changed, so that what is taken away is
gone at the next click, and changed by itself, so that a load that takes a minute keeps nobody from taking a role away.

A store in which it lies is never shown to anybody who has not signed in, whatever the server's settings say.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from filelock import FileLock, Timeout

from analytics.model.errors import StoreBroken, StoreBusy, StoreMissing
from analytics.model.people import Did, Identity, RoleRow, ViewerRole
from analytics.store.audit import note
from analytics.store.versions import holds_a_store, sync

FILE = "roles.json"
LOCK = ".roles.lock"
WAIT = 10  # seconds for another who changes it: that takes milliseconds

Rows = tuple[RoleRow, ...]


class Roles:
    """The roles of a store folder, as they are now. Threads may share it."""

    def __init__(self, folder: Path):
        self.folder = Path(folder)
        self._path = self.folder / FILE
        self._lock = Lock()
        self._read: tuple[tuple[int, int, int], Rows] | None = None

    @property
    def are_kept(self) -> bool:
        """Whether anybody has ever been given a role: then the store is a city's, and no one person's."""
        return os.path.lexists(self._path)

    def rows(self) -> Rows:
        """Every role that somebody has now; raises StoreBroken where the file cannot be read: then nobody has any."""
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise StoreBroken(f"{self._path}: {error.strerror or error}") from error
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
        with self._lock:
            if self._read is None or self._read[0] != stamp:
                self._read = (stamp, _rows(self._path))  # what is read is as new as the stamp, or newer
            return self._read[1]

    def of(self, who: Identity) -> Rows:
        return tuple(row for row in self.rows() if row.who == who)


def give_role(folder: Path, who: Identity, name: str, role: ViewerRole, schools: tuple[str, ...], by: str) -> RoleRow:
    """Gives somebody a role; one that they have already is given anew, with these schools. None is given that is not
    written down first. Raises StoreMissing, StoreBusy or StoreBroken."""
    _must_be_there(folder)
    row = RoleRow(who, name, role, tuple(sorted(set(schools))), datetime.now(UTC), by)
    note(folder, by, Did.ROLE_GIVEN, who=_said(who), name=name, role=role.value, schools=list(row.schools))
    _change(folder, lambda rows: (*(one for one in rows if (one.who, one.role) != (who, role)), row))
    return row


def take_role(folder: Path, who: Identity, role: ViewerRole | None, by: str) -> Rows:
    """Takes a role away, or all of somebody's (None); what was taken away. Raises as `give_role`."""
    _must_be_there(folder)
    gone = tuple(row for row in Roles(folder).of(who) if role in (None, row.role))
    if gone:
        _change(folder, lambda rows: tuple(row for row in rows if row.who != who or role not in (None, row.role)))
        for row in gone:
            note(folder, by, Did.ROLE_TAKEN, who=_said(who), name=row.name, role=row.role.value)
    return gone


def _must_be_there(folder: Path) -> None:
    if not holds_a_store(folder):
        raise StoreMissing(str(folder))


def _change(folder: Path, change: Callable[[Rows], Rows]) -> None:
    path = folder / FILE
    with _changing(path):
        rows = change(Roles(folder).rows())
        part = path.with_name(FILE + ".part")
        try:
            part.write_text(_text(rows), "utf-8")
            sync(part)
            os.replace(part, path)
            sync(folder)
        except OSError as error:
            raise StoreBroken(f"{path}: {error.strerror or error}") from error
        finally:
            part.unlink(missing_ok=True)


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    """One who changes it at a time, in any process."""
    try:
        with FileLock(path.with_name(LOCK), timeout=WAIT):
            yield
    except Timeout:
        raise StoreBusy(str(path.parent)) from None
    except OSError as error:
        raise StoreBroken(f"{path}: {error.strerror or error}") from error


def _said(who: Identity) -> list[str]:
    return [who.issuer, who.subject]


def _text(rows: Rows) -> str:
    said = [
        {
            "issuer": row.who.issuer,
            "subject": row.who.subject,
            "name": row.name,
            "role": row.role.value,
            "schools": list(row.schools),
            "since": row.since.isoformat(timespec="seconds"),
            "by": row.by,
        }
        for row in rows
    ]
    return json.dumps({"roles": said}, ensure_ascii=False, indent=1) + "\n"


def _rows(path: Path) -> Rows:
    """As they stand in the file: all of them, or none where anything is not as this edition writes it."""
    try:
        said = json.loads(path.read_text("utf-8"))["roles"]
        return tuple(
            RoleRow(
                Identity(_word(one["issuer"]), _word(one["subject"])),
                str(one["name"]),
                ViewerRole(one["role"]),
                tuple(map(_word, one["schools"])),
                datetime.fromisoformat(one["since"]),
                str(one["by"]),
            )
            for one in said
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreBroken(f"{path}: {error}") from error


def _word(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(f"{value!r} is no text")
    return value
