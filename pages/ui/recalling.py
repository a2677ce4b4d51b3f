"""What a server must know of what other processes have done, and was done before it was started, by the audit file: who
has left, and who has been refused today. The file is only ever added to, so what has been added is all that is read."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from analytics.model.errors import KvalitetError
from analytics.model.people import Did, Identity
from analytics.store.audit import AuditEntry, added_since, bytes_of, entries_since
from pages.ui import signed_in
from pages.ui.refusals import REFUSALS


class Recalled:
    """How far a store's audit file has been read."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._folder: Path | None = None
        self._bytes = 0

    def look(self, folder: Path) -> None:
        """Recalls what is new in it; asked before anybody is let in, and costs a look at the file's size."""
        with suppress(KvalitetError):
            if (folder, bytes_of(folder)) == (self._folder, self._bytes):
                return
            with self._lock:
                self._read(folder)

    def _read(self, folder: Path) -> None:
        there = bytes_of(folder)
        if folder != self._folder or there < self._bytes:  # another store, or one that was put back
            now = datetime.now(UTC)
            recall(entries_since(folder, now - timedelta(hours=max(signed_in.hours(), 24))))
            self._folder, self._bytes = folder, there
        elif there > self._bytes:
            added, self._bytes = added_since(folder, self._bytes)
            recall(added)


def recall(entries: Iterable[AuditEntry]) -> None:
    """Who has left, of those whose sign-ins would still be good, as a cookie outlives the server; and who has been
    refused today."""
    today = datetime.now(UTC).date()
    for one in entries:
        match one.with_:
            case {"who": [str(issuer), str(subject)], "since": float(since)} if one.did == Did.SIGNED_OUT:
                signed_in.LEFT.recall(Identity(issuer, subject), since)
            case {"who": [str(issuer), str(subject)], "page": str(page), "known": bool(known)} if (
                one.did == Did.REFUSED and one.at.date() == today
            ):
                REFUSALS.recall(today, (Identity(issuer, subject), page, known))


RECALLED = Recalled()
