"""A block's table as a chart of PowerPoint's own: what the page shows of it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from analytics.documents.own_chart import PLAIN, Chart, Kind, Series
from analytics.model.provenance import Missing

if TYPE_CHECKING:  # it is a part of a block there
    from pages.ui.content import Table

LEVELS, SHARES, NUMBERS = "0.00", "0 %", PLAIN
"""How figures are written in the chart."""


@dataclass(frozen=True, slots=True)
class OwnChart:
    """How a block's table is drawn there, its columns told by their headings.

    `along`: what the figures are of; `values`: the figures; `apart`: where each of its values is a series.
    `begins`: the years in which a line begins anew; rows before the first of them are not drawn.
    """

    kind: Kind
    along: str
    values: tuple[str, ...]
    apart: str = ""
    begins: tuple[int, ...] = ()
    scale: tuple[float, float] | None = None
    number_format: str = LEVELS


def chart_of(own: OwnChart, table: Table) -> Chart:
    """Raises ValueError for a heading that the table has not."""
    at = {column.heading: number for number, column in enumerate(table.columns)}
    missing = {own.along, *own.values, *filter(None, [own.apart])} - set(at)
    if missing:
        raise ValueError(f"no column is called {sorted(missing)}")
    rows = [row for row in table.rows if not own.begins or row[at[own.along]] >= own.begins[0]]
    things = [row[at[own.along]] for row in rows]
    if own.apart:
        things = list(dict.fromkeys(things))
        found = {(row[at[own.apart]], row[at[own.along]]): _number(row[at[own.values[0]]]) for row in rows}
        parts = dict.fromkeys(row[at[own.apart]] for row in rows)
        series = [Series(str(part), tuple(found.get((part, thing)) for thing in things)) for part in parts]
    else:
        series = [Series(name, tuple(_number(row[at[name]]) for row in rows)) for name in own.values]
    if own.kind is Kind.POINTS:
        things = [_number(thing) for thing in things]
    chart = _broken(Chart(own.kind, tuple(things), tuple(series), own.scale, own.number_format), own.begins)
    if own.kind is Kind.POINTS:
        return chart
    write = table.columns[at[own.along]].write  # a school year stands on the axis as it is read
    return replace(
        chart, categories=tuple(write(thing) if isinstance(thing, int) else thing for thing in chart.categories)
    )


def _broken(chart: Chart, begins: tuple[int, ...]) -> Chart:
    """With an empty place before each year in which the lines begin anew: they are not drawn across it."""
    places = [i for i, year in enumerate(chart.categories) if i and year in begins]
    if not places:
        return chart

    def parted(values: tuple) -> tuple:
        return tuple(each for i, value in enumerate(values) for each in ([None, value] if i in places else [value]))

    return Chart(
        chart.kind,
        parted(chart.categories),
        tuple(Series(series.name, parted(series.values)) for series in chart.series),
        chart.scale,
        chart.number_format,
    )


def _number(value: object) -> float | None:
    """A figure as a figure, also one that few answers stand behind and that the table has as a text ("2,4")."""
    if isinstance(value, str):
        try:
            return float(value.replace(",", "."))
        except ValueError:
            return None
    if isinstance(value, Missing) or not isinstance(value, int | float | Decimal):
        return None
    return float(value) if isinstance(value, Decimal) else value
