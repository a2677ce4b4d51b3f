"""Rows of a table that are made when somebody opens it or fetches its file: of thousands of schools some are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, overload

from pages.ui import access
from pages.ui.content import Ask, Table


class LaterRows(Sequence[tuple]):
    """What `compose(ask, *parameters)` has for rows, made as any part of a page is (access.composed) and kept there:
    what holds these holds none of them.

    They lie in a page that is kept for all who see the same, and are asked for by others than the one it was made for,
    who may have signed out. Who is given the page, or a file of it, has been let in to all of it (access.composed,
    pages/ui/left_files.py), so nobody is asked for here.
    """

    __slots__ = ("_ask", "_compose", "_parameters")

    def __init__(self, compose: Callable[..., Table], ask: Ask, *parameters: str | int | None):
        self._ask = replace(ask, admit=lambda: ask.asking)
        self._compose, self._parameters = compose, parameters

    def _rows(self) -> Sequence[tuple]:
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
