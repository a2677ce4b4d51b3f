"""A store as a server sees it that has pages to show whatever becomes of the folder."""

from __future__ import annotations

from pathlib import Path

from analytics.model.errors import KvalitetError, PointerLost, StoreBroken, StoreNewer, StoreOld
from analytics.store.reading import TABLES, Store, View
from analytics.store.versions import Current, Published, read_current


class HeldStore(Store):
    """Goes on with the last version that it could read, which it holds open, where CURRENT is lost or names one that
    cannot be; `failing` then says why, until it can be read again. A store that is gone is none to go on with."""

    def __init__(self, folder: Path):
        super().__init__(folder)
        self.failing: KvalitetError | None = None
        self._last: View | None = None
        self._known: Current | None = None

    def current(self) -> View:
        try:
            view = super().current()
            known = self._known if view is self._last else read_current(self.folder)
        except (StoreBroken, StoreOld, StoreNewer) as error:
            if self._last is None:
                raise
            self.failing = error
            return self._last
        self._last, self._known, self.failing = view, known, None
        return view

    def version(self, number: int) -> View:
        try:
            return super().version(number)
        except PointerLost:
            if self._known is None:
                raise
        with self._lock:
            return self._view(self._known.version(number))

    def _opened(self, published: Published) -> View:
        """Where there is one to go on with, all of another is read before it is shown."""
        view = super()._opened(published)
        if self._last is not None:
            try:
                view.read_all()
                if view.is_of_this_edition and (missing := TABLES - view.tables):
                    raise StoreBroken(f"{view.path}: {', '.join(sorted(missing))}")
            except StoreBroken:
                view.close()
                raise
        return view
