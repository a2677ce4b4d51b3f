"""What an open table is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from analytics.store.reading import View
from analytics.words.language import Marked


class DataTheme(StrEnum):
    """What a table is about, by the European data themes."""

    EDUCATION = "EDUC"
    GOVERNMENT = "GOVE"


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A table that anybody may read.

    `select`: its rows, as the version has them, with columns of the dictionary; `source`: what of the view it has a row
    each of, to be counted without asking for them. `key`: the columns that name a row,
    where none of them may be empty. `by_year`: published a file a year, as a series. `over_rounds`: made of all the
    rounds of its framework together, so that no one of them can be left out. `funding`: of the EU register.
    """

    name: str
    title: Marked
    row: Marked
    source: str
    select: Callable[[View], pa.Table]
    key: tuple[str, ...] = ()
    by_year: bool = False
    over_rounds: bool = False
    funding: bool = False

    @property
    def theme(self) -> DataTheme:
        return DataTheme.GOVERNMENT if self.funding else DataTheme.EDUCATION


def selected(sql: str) -> Callable[[View], pa.Table]:
    return lambda view: view.table(sql)
