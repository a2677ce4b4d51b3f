"""A thread that keeps a working folder as the catalogue says: told by PostgreSQL at once (LISTEN), and looking by
itself too, as what is told may be lost with a connection."""

from __future__ import annotations

import logging
import time
from threading import Thread

import psycopg

from analytics.model.errors import StoreBroken
from analytics.store.lake.catalogue import CHANNEL, connect
from analytics.store.lake.parts import WholeHome

LOOK = 1.0  # seconds between two looks where nothing is told
AGAIN = 1.0  # seconds before PostgreSQL is tried again


class Follower(Thread):
    """Pages go on with the version that they have while PostgreSQL cannot be reached."""

    def __init__(self, home: WholeHome):
        super().__init__(name="kvalitet-lake", daemon=True)
        self._home, self._failing = home, False
        home.follow()

    def run(self) -> None:
        while True:
            try:
                with connect(self._home.address) as connection:
                    connection.execute(f"listen {CHANNEL}")
                    while True:
                        self._home.sync()
                        self._home.sync_parts()
                        self._failing = False
                        for _ in connection.notifies(timeout=LOOK, stop_after=1):
                            pass
            except (psycopg.Error, StoreBroken, OSError) as error:
                if not self._failing:
                    logging.getLogger("kvalitetsdialog").error("the lake cannot be followed", exc_info=error)
                self._failing = True
                time.sleep(AGAIN)
