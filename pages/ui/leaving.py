"""Who may leave files with the server: the sessions that show a page with a place for them, and how much.

A file lies in the server's memory until its page has read it. So none is taken from whoever just knows an address, nor
more than somebody can need, nor once they may no longer be on the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from analytics.model.errors import KvalitetError
from pages.ui.handed_out import Came, came_with

MEGABYTE = 2**20
MOST_FILES = 40  # of a session, that it has not read yet
MOST_OF_ONE = 100 * MEGABYTE
MOST_OF_ALL = 400 * MEGABYTE
HOUR = 3600.0  # seconds: a page that nobody has touched for so long takes none


@dataclass
class _Place:
    admit: Callable[[], object]
    until: float
    left: dict[str, int] = field(default_factory=dict)  # the file's address -> bytes


@dataclass
class Leaving:
    """The sessions that may leave files now, each with what it has left and not yet read."""

    came: Came = came_with
    now: Callable[[], float] = monotonic
    _places: dict[str, _Place] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def open(self, session_id: str, admit: Callable[[], object]) -> None:
        """From now on the session has a place for files; `admit` raises NotAllowed once it may not be there."""
        with self._lock:
            now = self.now()
            self._places = {id_: place for id_, place in self._places.items() if place.until > now}
            left = self._places[session_id].left if session_id in self._places else {}
            self._places[session_id] = _Place(admit, now + HOUR, left)

    def close(self, session_id: str) -> None:
        with self._lock:
            self._places.pop(session_id, None)

    def read(self, session_id: str) -> None:
        """All that the session has left is read, and let go of."""
        with self._lock:
            if session_id in self._places:
                self._places[session_id].left.clear()

    def may(self, session_id: str, shown: frozenset[str]) -> bool:
        """Whether the browser with these cookies may leave files for the session, or take back what it has left."""
        place = self._places.get(session_id)
        if place is None or place.until <= self.now() or not self.came(session_id) & shown:
            return False
        try:
            place.admit()
        except KvalitetError:
            return False
        return True

    def has_room(self, session_id: str, at: str, size: int) -> bool:
        """Whether there is room for a file of this size; notes it where there is."""
        with self._lock:
            place = self._places.get(session_id)
            if place is None:
                return False
            others = sum(sum(other.left.values()) for other in self._places.values())
            mine = sum(place.left.values())
            if len(place.left) >= MOST_FILES or mine + size > MOST_OF_ONE or others + size > MOST_OF_ALL:
                return False
            place.left[at] = size
            return True


LEAVING = Leaving()
