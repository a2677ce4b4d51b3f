"""The small files beside a lake's versions: whole in PostgreSQL, and in each working folder a copy that is read there.

The audit file is only ever added to, and may be long: a folder is brought the lines that it has not.
"""

from __future__ import annotations

import os
from pathlib import Path

from analytics.store.audit import FILE as AUDIT
from analytics.store.disk import write_whole_bytes
from analytics.store.homes import OWNERS, Keep
from analytics.store.lake.catalogue import Connection, LakeCatalogue, Shared, tell
from analytics.store.lake.places import Place
from analytics.store.retention import FILE as RETENTION

BY_HAND = (RETENTION,)
"""What is written by hand lies in what all machines share, to be written there."""
STAMPS = ".beside"
"""A folder in the working folder: for each small file, which change of it lies there."""
KEPT = """
    insert into beside values (%s, %s, nextval('change'))
    on conflict (name) do update set contents = excluded.contents, changed = excluded.changed
"""


def bring_beside(folder: Path, catalogue: LakeCatalogue, shared: Shared) -> None:
    """Brings what has changed since."""
    old = [name for name, changed in shared.beside.items() if _stamp(folder, name) != changed]
    if not old and _size(folder) == shared.audit:
        return
    with catalogue.connection() as connection:
        for name in old:
            _bring(folder, connection, name)
        _bring_audit(folder, connection)


def change_beside(folder: Path, catalogue: LakeCatalogue, connection: Connection, name: str) -> Keep:
    """Brings a small file as others have left it, and keeps them out until what is returned has kept what is
    new."""
    address = catalogue.address
    connection.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"{address.schema} {name}"])
    if name == AUDIT:
        start = _bring_audit(folder, connection)
        kept, first = "insert into audit values (%s, %s)", start
    else:
        _bring(folder, connection, name)
        kept, first = KEPT, name

    def keep(contents: bytes) -> None:
        connection.execute(kept, [first, contents])
        if name == OWNERS:  # an edition that knows of none would leave theirs on its own machine
            connection.execute("update store set format = greatest(format, 2)")
        tell(connection, address)
        connection.commit()  # before the folder's own is written: what is not kept is nowhere

    return keep


def bring_by_hand(folder: Path, place: Place) -> None:
    """Brings what is written by hand; where it is gone, it is gone here. Raises OSError."""
    for name in BY_HAND:
        contents = place.read(name)
        if contents is None:
            (folder / name).unlink(missing_ok=True)
        elif not (folder / name).exists() or (folder / name).read_bytes() != contents:
            write_whole_bytes(folder / name, contents)


def _bring(folder: Path, connection: Connection, name: str) -> None:
    for contents, changed in connection.execute(
        "select contents, changed from beside where name = %s", [name]
    ).fetchall():
        if _stamp(folder, name) != changed:
            write_whole_bytes(folder / name, contents)
            (folder / STAMPS).mkdir(exist_ok=True)
            write_whole_bytes(folder / STAMPS / name, str(changed).encode())


def _bring_audit(folder: Path, connection: Connection) -> int:
    """Returns how many bytes the file then has: where the next line starts."""
    size = _size(folder)
    rows = connection.execute(
        "select start, line from audit where start + length(line) > %s order by start", [size]
    ).fetchall()
    if rows:
        with (folder / AUDIT).open("r+b" if size else "wb") as file:
            file.seek(rows[0][0])  # a line that was not finished here is written once more
            file.write(b"".join(line for _, line in rows))
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        size = _size(folder)
    return size


def _stamp(folder: Path, name: str) -> int | None:
    try:
        return int((folder / STAMPS / name).read_text("ascii"))
    except (OSError, ValueError):
        return None


def _size(folder: Path) -> int:
    try:
        return (folder / AUDIT).stat().st_size
    except FileNotFoundError:
        return 0
