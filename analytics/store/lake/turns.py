"""Who writes next, of all machines: as store/turns.py, by locks that PostgreSQL takes from whoever is gone."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from analytics.model.errors import StoreBusy
from analytics.store.lake.address import LakeAddress
from analytics.store.lake.catalogue import Connection
from analytics.store.turns import TURN

WRITERS, AT_OWNERS = 0x6B76_0001, 0x6B76_0003  # advisory locks of the database
LOOK = 0.1  # seconds between two tries for a lock


class LakeTurn(NamedTuple):
    """`lock`: what whoever's turn it is holds; `now` tells one turn from another, `taken` has it be another."""

    lock: int
    now: bytes
    taken: bytes

    @classmethod
    def of_writers(cls, address: LakeAddress) -> LakeTurn:
        """Of a store, and of each owner's part of one by itself."""
        lock = WRITERS | address.number << 32
        return cls(lock, b"select turn from store", b"update store set turn = turn + 1")

    @classmethod
    def at_owners(cls) -> LakeTurn:
        """Of a load of several owners."""
        return cls(AT_OWNERS, b"select last_value from turn_at_owners", b"select nextval('turn_at_owners')")


def take_turn(connection: Connection, turn: LakeTurn, folder: Path, patience: float, longest: float) -> None:
    """Waits for it, and has it as long as the connection lasts; those who wait on this machine, in the folder, are told
    that others get theirs. Raises StoreBusy."""
    began = moved = time.monotonic()
    last = None
    while connection.execute("select pg_try_advisory_lock(%s)", [turn.lock]).fetchone() != (True,):
        now, seen = time.monotonic(), connection.execute(turn.now).fetchone()
        if seen != last:
            last, moved = seen, now
            with suppress(OSError):
                (folder / TURN).write_text(str(last), "ascii", newline="\n")
        if now - moved >= patience or now - began >= longest:
            raise StoreBusy(str(folder))
        time.sleep(min(LOOK, patience))
    connection.execute(turn.taken)
