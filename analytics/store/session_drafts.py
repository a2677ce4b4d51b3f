"""One session's drafts, whatever becomes of their file: where it cannot be read or written, what the session types is
held in memory, and written as soon as it can be. A file that is damaged is put aside, and another begun."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from analytics.model.errors import StoreBroken
from analytics.store.draft_rows import Draft, Statement, as_they_are, do_all, find, make_tables
from analytics.store.drafts import Drafts, DraftsDamaged

TRY_AGAIN = 15  # seconds between two tries to go back to the file, as a try may have to wait
Done = TypeVar("Done")


@dataclass
class Memory:
    """What is held while the file fails; `since` when it was last tried (seconds of the monotonic clock), None while it
    does not fail."""

    connection: sqlite3.Connection = field(default_factory=lambda: sqlite3.connect(":memory:", check_same_thread=False))
    lock: threading.RLock = field(default_factory=threading.RLock)
    since: float | None = None

    def __post_init__(self) -> None:
        make_tables(self.connection)


class SessionDrafts(Drafts):
    """As Drafts, but raises nothing. `seen`: the session's drafts as it last saw them, to go on with."""

    def __init__(self, folder: Path, owner: str, memory: Memory, seen: Callable[[], Iterable[Draft]]):
        super().__init__(folder, owner)
        self._memory, self._seen = memory, seen

    @property
    def failing(self) -> bool:
        """Whether what is typed is held in memory alone."""
        return self._memory.since is not None

    def _read(self, condition: str, *values: str) -> tuple[Draft, ...]:
        read = super()._read
        return self._or_held(lambda: read(condition, *values), lambda held: find(held, condition, values))

    def _write(self, draft: str, *statements: Statement) -> None:
        write = super()._write
        self._or_held(lambda: write(draft, *statements), lambda held: do_all(held, draft, self.owner, statements))

    def _or_held(self, of_file: Callable[[], Done], of_memory: Callable[[sqlite3.Connection], Done]) -> Done:
        memory = self._memory
        with memory.lock:
            try:
                if memory.since is not None:
                    self._go_back()
                return self._with_a_whole_file(of_file)
            except StoreBroken as error:
                if memory.since is None:
                    logging.getLogger("kvalitetsdialog").error("drafts cannot be kept", exc_info=error)
                    memory.since = time.monotonic()
                    do_all(memory.connection, "", self.owner, as_they_are(self._seen()))
                return of_memory(memory.connection)

    def _go_back(self) -> None:
        """Writes in the file what was held; raises StoreBroken where that cannot be done yet."""
        memory = self._memory
        if memory.since is not None and time.monotonic() - memory.since < TRY_AGAIN:
            raise StoreBroken(f"{self._path}: not tried again yet")
        memory.since = time.monotonic()
        held = find(memory.connection)
        write = super()._write
        self._with_a_whole_file(lambda: write("", *as_they_are(held)))
        with memory.connection:
            memory.connection.execute("delete from draft_head")
            memory.connection.execute("delete from draft_field")
        memory.since = None

    def _with_a_whole_file(self, do: Callable[[], Done]) -> Done:
        try:
            return do()
        except DraftsDamaged:
            self.put_aside()
            super()._write("", *as_they_are(self._seen()))
            return do()
