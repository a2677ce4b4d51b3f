"""Rows of a table that are made when somebody opens it or fetches its file: of thousands of schools some are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, overload

from pages.ui import access
from pages.ui.content import Ask, Table


class LaterRows(Sequence[tuple]):
    """What `compose(ask, *parameters)` has for rows, made as any part of a page is (access.composed) and kept there:
    what holds these holds none of them."""

    __slots__ = ("_ask", "_compose", "_parameters")

    def __init__(self, compose: Callable[..., Table], ask: Ask, *parameters: str | int | None):
        self._compose, self._ask, self._parameters = compose, ask, parameters

    def _rows(self) -> Sequence[tuple]:
        """Raises NotAllowed where who asks may no longer be here."""
        return access.composed(self._compose, self._ask, *self._parameters).rows

    def __len__(self) -> int:
        return len(self._rows())

    @overload
    def __getitem__(self, place: int) -> tuple: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[tuple]: ...
    def __getitem__(self, place: Any) -> Any:
        return self._rows()[place]

    def __iter__(self) -> Iterator[tuple]:
        return iter(self._rows())
