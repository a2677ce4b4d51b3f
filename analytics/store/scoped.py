"""A version as some schools may see it: the same questions, answered from their rows and the city's alone.

Every table's name means, in a connection of their own, a view of it that leaves the others' rows out, so that no
question can forget to. DuckDB looks for a name among a connection's temporary views first; a table that nobody has said
anything of here is empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import Lock

import duckdb

from analytics.model.errors import StoreBroken
from analytics.store.reading import DAMAGE, View

ALL = "true"
NONE = "false"
OWN = "school_id in (select id from own_school)"
OWN_OR_CITY = f"school_id = '' or {OWN}"
PROJECTS = "(select project_id from {all}.project_participant where school_id in (select id from own_school))"
OF_OWN_PROJECT = f"project_id in {PROJECTS}"

SEEN: Mapping[str, str] = {
    # What names no school.
    "version": ALL, "framework": ALL, "area": ALL, "criterion": ALL, "activity": ALL, "budget_goal": ALL,
    "city_cell": ALL, "city_area": ALL, "city_change": ALL, "forecast": ALL, "trend_backtest": ALL,
    # What is a school's.
    "school": "id in (select id from own_school)",
    "school_alias": OWN, "school_context": OWN, "cell": OWN, "area_cell": OWN, "school_round": OWN,
    "school_change": OWN, "trend": OWN_OR_CITY, "trend_level": OWN_OR_CITY, "dialogue": OWN, "agreement": OWN,
    "agreed_action": OWN, "certification": OWN, "finding": OWN, "label": OWN, "frozen_brief": OWN,
    "register_change": f"kind = 'activities' or {OWN}",
    # The projects that it takes part in.
    "project": f"id in {PROJECTS}", "project_participant": OWN, "payment": OWN,
    # What nobody at a school has a page for.
    "near_copy": NONE, "narrative": NONE, "project_budget": NONE, "project_partner": NONE,
    "study_visit": NONE,
}  # fmt: skip
"""Table -> which of its rows are seen."""


class ScopedView(View):
    """A version as those who may see these schools alone read it. Threads may share it: they ask in turn."""

    def __init__(self, view: View, schools: frozenset[str]):
        self.path, self.number, self._whole = view.path, view.number, view
        self._lock = Lock()
        self._connection = view._connection.cursor()  # a connection of its own to the file that is open
        ((database,),) = self._connection.execute("select current_database()").fetchall()
        self._connection.execute("create temp table own_school (id varchar)")
        for school in sorted(schools):
            self._connection.execute("insert into own_school values (?)", [school])
        whole = f'"{database}".main'
        for table in sorted(view.tables):
            seen = SEEN.get(table, NONE).format(all=whole)
            self._connection.execute(f"create temp view {table} as select rowid, * from {whole}.{table} where {seen}")

    @property
    def tables(self) -> frozenset[str]:
        return self._whole.tables

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._lock:
            try:
                yield self._connection
            except DAMAGE as error:
                raise StoreBroken(f"{self.path}: {error}") from error
