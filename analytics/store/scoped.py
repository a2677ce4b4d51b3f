"""A version as somebody may see it who may not see all: the same questions, answered from the rows that are theirs.

Every table's name means, in a connection of their own, a view of it that leaves the others out, so that no question can
forget to: other schools' rows, and rounds whose result is held back. DuckDB looks for a name among a connection's
temporary views first; a table that nobody has said anything of here is empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock

import duckdb

from analytics.model.errors import StoreBroken
from analytics.model.people import OtherSchools
from analytics.model.schools import RoundId, Viewer
from analytics.store.literals import literal
from analytics.store.openness import rounds_in
from analytics.store.reading import DAMAGE, View

ALL = "true"
NONE = "false"
OWN = "school_id in (select id from own_school)"
FIGURES = "school_id in (select id from told_school)"
FIGURES_OR_CITY = f"school_id = '' or {FIGURES}"
PROJECTS = "(select project_id from {whole}.project_participant where school_id in (select id from own_school))"

SEEN: Mapping[str, str] = {
    # What names no school.
    "version": ALL, "framework": ALL, "area": ALL, "criterion": ALL, "activity": ALL, "budget_goal": ALL,
    "city_cell": ALL, "city_area": ALL, "city_change": ALL, "forecast": ALL, "trend_backtest": ALL,
    # What a school is, and its published figures: of others too where they are told by name.
    "school": "id in (select id from told_school)",
    "school_link": f"{FIGURES} and other in (select id from told_school)",
    "school_alias": FIGURES, "school_context": FIGURES, "cell": FIGURES, "area_cell": FIGURES,
    "school_round": FIGURES, "school_change": FIGURES, "trend": FIGURES_OR_CITY, "trend_level": FIGURES_OR_CITY,
    # What it has talked about.
    "dialogue": OWN, "agreement": OWN, "agreed_action": OWN, "certification": OWN, "finding": OWN, "label": OWN,
    "frozen_brief": OWN, "register_change": f"kind = 'activities' or {OWN}",
    # The projects that it takes part in.
    "project": f"id in {PROJECTS}", "project_participant": OWN, "payment": OWN,
    # What nobody at a school has a page for.
    "near_copy": NONE, "narrative": NONE, "project_budget": NONE, "project_partner": NONE,
    "study_visit": NONE, "cooperation": NONE, "acknowledgement": NONE,
    "administration": NONE, "report_part": NONE,
    # What trends are made of where a round is held back (see BEFORE_LAST).
    "trend_before": NONE, "trend_level_before": NONE, "trend_backtest_before": NONE,
}  # fmt: skip
"""Table -> which of its rows those see who may see some schools alone."""

MINE = "(select id from own_administration)"
MY_PROJECTS = f"(select id from {{whole}}.project where administration in {MINE})"
MY_ROWS = " or ".join(
    f"(kind = '{kind}' and row_id in (select row_id from {{whole}}.{table} where administration in {MINE}))"
    for kind, table in (
        ("narratives", "narrative"), ("cooperations", "cooperation"), ("report_parts", "report_part")
    )
)  # fmt: skip
OF_ADMINISTRATIONS: Mapping[str, str] = {
    "project": f"administration in {MINE}",
    **dict.fromkeys(
        ("payment", "project_budget", "project_partner", "project_participant", "study_visit", "acknowledgement"),
        f"project_id in {MY_PROJECTS}",
    ),
    **dict.fromkeys(("narrative", "cooperation", "report_part"), f"administration in {MINE}"),
    "register_change": f"project_id in {MY_PROJECTS} or {MY_ROWS}",
}
"""Table of the funding register, and its history -> which of its rows those see who work for some administrations
alone. Of the others they know what they are called."""

BEFORE_LAST: Mapping[str, str] = {
    "trend": "trend_before", "trend_level": "trend_level_before", "trend_backtest": "trend_backtest_before"
}  # fmt: skip
"""Made of all of a framework's rounds -> the same without the last one, which stands in its place where that one is
held back. Where others are, or it was not made, there is nothing."""

LEAST_OTHERS = 5
"""Of fewer other schools nothing is told: who knows one or two of them would know the rest."""
NAMELESS = """
    select framework, year, area, round(mean, 1) as mean from area_cell_of_all
    where mean is not null and school_id not in (select id from own_school)
    qualify count(*) over (partition by framework, year, area) >= {least} order by all
"""
"""One row a round x area ('' = all) x school that is not one's own: its mean, to one decimal, in order of size. Nothing
says whose it is, and nothing which of them is the same school's in another area or round."""

OPEN = "(framework, year) not in (select (framework, year) from held_round)"
OPEN_DIALOGUES = " union all ".join(
    f"select row_id from {{whole}}.{table} where {OPEN}" for table in ("dialogue", "agreement", "agreed_action")
)
OF_OPEN_ROUND: Mapping[str, str] = {
    **dict.fromkeys(("cell", "area_cell", "school_round", "city_cell", "city_area", "near_copy"), OPEN),
    **dict.fromkeys(("dialogue", "agreement", "agreed_action", "frozen_brief"), OPEN),
    **dict.fromkeys(
        ("school_change", "city_change"),
        f"{OPEN} and (before_framework, before_year) not in (select (framework, year) from held_round)",
    ),
    "forecast": f"{OPEN} and (framework, from_year) not in (select (framework, year) from held_round)",
    # Of rows that are there no more nobody can tell which round they were of.
    "register_change": "kind not in ('dialogues', 'agreements', 'actions')"
    f" or not exists (select 1 from held_round) or row_id in ({OPEN_DIALOGUES})",
}
"""Table -> which of its rows tell nothing of a round that is held back; of the others no row is of a round."""


class ScopedView(View):
    """A version as those read it who may see these schools alone (None: all), what they are told of others, no round
    that is held back from them, and of funding these administrations' part alone (None: all). Threads may share it:
    they ask in turn."""

    def __init__(
        self,
        view: View,
        schools: frozenset[str] | None,
        others: OtherSchools = OtherSchools.NOTHING,
        held: frozenset[RoundId] = frozenset(),
        administrations: frozenset[str] | None = None,
    ):
        self.path, self.number, self._whole = view.path, view.number, view
        self._lock = Lock()
        self._connection = view._connection.cursor()  # a connection of its own to the file that is open
        ((database,),) = self._connection.execute("select current_database()").fetchall()
        whole = f'"{database}".main'
        self._note("held_round (framework varchar, year smallint)", held)
        self._note("last_held (framework varchar, year smallint)", _last_alone(view, held))
        self._note("own_school (id varchar)", [(school,) for school in schools or ()])
        self._note("own_administration (id varchar)", [(one,) for one in administrations or ()])
        told = "select id from own_school"
        if schools is None or (schools and others is OtherSchools.NAMES):
            told = f"select id from {whole}.school"
        self._connection.execute(f"create temp view told_school as {told}")
        for table in sorted(view.tables):
            seen = SEEN.get(table, NONE)
            if schools is None and table in SEEN and table not in BEFORE_LAST.values():
                seen = ALL
            if administrations is not None:
                seen = f"({seen}) and ({OF_ADMINISTRATIONS.get(table, ALL)})"
            rows = f"select rowid, * from {whole}.{table} where ({seen}) and ({OF_OPEN_ROUND.get(table, ALL)})"
            if held and table in BEFORE_LAST:
                rows = (
                    f"select * from {whole}.{table} where ({seen}) and framework not in"
                    f" (select framework from held_round) union all by name select * exclude (before)"
                    f" from {whole}.{BEFORE_LAST[table]} where ({seen})"
                    f" and (framework, before) in (select (framework, year) from last_held)"
                )
            self._connection.execute(f"create temp view {table} as {rows.replace('{whole}', whole)}")

        dots = schools is not None and bool(schools) and others is OtherSchools.DOTS
        nameless = NAMELESS.format(least=LEAST_OTHERS) if dots else "select null where false"
        of_all = f"(select * from {whole}.area_cell where {OPEN})"
        self._connection.execute(f"create temp table other_mean as {nameless.replace('area_cell_of_all', of_all)}")

    def _note(self, table: str, rows: Iterable[tuple]) -> None:
        self._connection.execute(f"create temp table {table}")
        for row in sorted(rows):
            values = ", ".join(map(literal, row))
            self._connection.execute(f"insert into {table.partition(' ')[0]} values ({values})")

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


def seen_by(view: View, viewer: Viewer) -> View:
    """A version as a viewer may see it."""
    return (
        view
        if viewer.sees_all
        else ScopedView(view, viewer.schools, viewer.others, viewer.held, viewer.administrations)
    )


def whole_of(view: View) -> View:
    """The version that a scoped one is a part of. For what a part once was: rows that have gone, or that are another's
    now, are none that its people see. Who asks sees to it that what was theirs alone is told."""
    return view._whole if isinstance(view, ScopedView) else view


def _last_alone(view: View, held: frozenset[RoundId]) -> set[RoundId]:
    """The rounds that are held back, are the last of their framework and the only ones of it."""
    rounds, per_framework = rounds_in(view), Counter(framework for framework, _ in held)
    last = dict(rounds)  # the last one of each stands
    return {round_ for round_ in held if per_framework[round_[0]] == 1 and last.get(round_[0]) == round_[1]}
