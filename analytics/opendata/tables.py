"""Every open table of a version: what is asked for, less what the world may not see, with its version on each row."""

from __future__ import annotations

import pyarrow as pa

from analytics.opendata.columns import COLUMNS, ColumnType
from analytics.opendata.figures import FIGURES, REFERENCE
from analytics.opendata.registers import REGISTERS
from analytics.opendata.rounds import OpenRounds
from analytics.opendata.table import OpenTable
from analytics.store.reading import View, standing_on

TABLES = (*FIGURES, *REGISTERS, *REFERENCE)

OPENED = frozenset(
    {
        "area", "area_cell", "budget_goal", "cell", "certification", "city_area", "city_cell", "city_change",
        "criterion", "forecast", "framework", "label", "payment", "project", "project_budget", "project_partner",
        "project_participant", "school", "school_change", "school_round", "trend", "trend_level",
    }
)  # fmt: skip
"""The view's tables that the open ones are made of."""

CLOSED = {
    "version": "about the store",
    "school_alias": "earlier names serve to read files",
    "school_link": "a city's own word; the school-unit register has the schools' last days",
    "school_context": "others' figures, which are theirs to publish",
    "trend_backtest": "about the method",
    "study_visit": "few make each journey",
    "narrative": "free text, which may name somebody",
    "cooperation": "the same",
    "acknowledgement": "names who has looked at what, and why",
    "administration": "says whom to ask",
    "report_part": "work under way, with what was said of it",
    "dialogue": "what a school and the administration have talked about",
    "agreement": "what a school and the administration have agreed on",
    "agreed_action": "what a school and the administration have agreed on",
    "activity": "names whom to ask",
    "finding": "what visitors saw at a school",
    "register_change": "names who changed what",
    "frozen_brief": "what a dialogue stood on",
    "near_copy": "about the store",
    "trend_before": "trends less their last round; while one is held back its framework has no open trend",
    "trend_level_before": "the same",
    "trend_backtest_before": "the same",
}
"""The others, and why. A table that stands in neither is not open, and a test asks for it."""

PAIRS = (("framework", "year"), ("before_framework", "before_year"))
"""The columns that say which rounds a row tells of."""

ARROW = {
    ColumnType.STRING: pa.string(),
    ColumnType.INTEGER: pa.int64(),
    ColumnType.NUMBER: pa.float64(),
    ColumnType.BOOLEAN: pa.bool_(),
    ColumnType.DATE: pa.date32(),
    ColumnType.YEAR: pa.int16(),
}


def open_table(view: View, table: OpenTable, rounds: OpenRounds) -> pa.Table:
    """The rows of an open table, the last column the version that they came with."""
    found = table.select(view)
    names = set(found.column_names)
    if table.over_rounds:
        found = _kept(found, ("framework",), {(name,) for name in rounds.whole_frameworks})
    for framework, year in PAIRS:
        if {framework, year} <= names and not table.over_rounds:
            found = _kept(found, (framework, year), rounds.open)
    figures, funding = standing_on(view)
    version = funding if table.funding else figures
    if table.name in ("certifications", "labels"):  # a dialogue that is saved may change them and no figure
        version = view.number
    found = found.append_column("version", pa.array([version] * found.num_rows, pa.int64()))
    return found.cast(pa.schema([_field(name, found) for name in found.column_names]))


def counted(view: View, table: OpenTable, rounds: OpenRounds) -> dict[int | None, int]:
    """How many rows it has, by year where it has a file a year; nothing of it is read but that."""
    names = {name for name, *_ in view.rows(f"describe from {table.source}")}
    pairs = [pair for pair in PAIRS if set(pair) <= names] if table.by_year else []
    if table.over_rounds:
        pairs = [("framework", "framework")]
    asked = ", ".join(name for pair in pairs for name in pair)
    grouped = f"select {asked}, count(*) from (from {table.source}) group by all" if pairs else ""
    found: dict[int | None, int] = {}
    for *of, n in view.rows(grouped or f"select count(*) from (from {table.source})"):
        if table.over_rounds:
            shown = of[0] in rounds.whole_frameworks
        else:
            shown = all(pair in rounds.open for pair in zip(of[::2], of[1::2], strict=True))
        if shown:
            year = of[1] if table.by_year else None
            found[year] = found.get(year, 0) + n
    return dict(sorted(found.items(), key=lambda item: item[0] or 0))


def years_of(table: OpenTable, rows: pa.Table) -> tuple[int, ...]:
    """The years that have a file each; none where the table is one file."""
    return tuple(sorted(set(rows["year"].to_pylist()))) if table.by_year else ()


def rows_of_year(rows: pa.Table, year: int) -> pa.Table:
    return _kept(rows, ("year",), {(year,)})


def _kept(rows: pa.Table, columns: tuple[str, ...], wanted: frozenset | set) -> pa.Table:
    keys = zip(*(rows[column].to_pylist() for column in columns), strict=True)
    return rows.filter(pa.array([key in wanted for key in keys], pa.bool_()))


def _field(name: str, rows: pa.Table) -> pa.Field:
    """Amounts stay decimal; all else has the type that the dictionary tells."""
    found = rows.schema.field(name).type
    return pa.field(name, found if pa.types.is_decimal(found) else ARROW[COLUMNS[name].type])
