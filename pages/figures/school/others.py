"""The school among the city's other schools, a dot each: for whom they have no names."""

from __future__ import annotations

from typing import Any

from analytics.charts.strip import StripRow, strip
from analytics.maturity.other_schools import NamelessMean, other_means
from analytics.model.frameworks import WHOLE
from pages.figures.school.comparison import SchoolComparison, compared
from pages.ui.content import Ask, Block, Table, TableColumn, level_column, text_column
from pages.ui.phrases import axis_of


def has_others(ask: Ask, comparison: SchoolComparison) -> bool:
    return bool(other_means(ask.view, ask.viewer, comparison.framework.id, comparison.year))


def others_fold(ask: Ask, *of: Any) -> Block:
    found = compared(ask, *of)
    return others_block(ask, found, other_means(ask.view, ask.viewer, found.framework.id, found.year))


def others_block(ask: Ask, comparison: SchoolComparison, others: tuple[NamelessMean, ...]) -> Block:
    """A row of dots for all areas together and for each; the school's own mean as a line."""
    say, framework = ask.say, comparison.framework
    titles = {WHOLE: say("All areas")} | {area.id: area.title.in_(say.language) for area in framework.areas}
    told = {area for area in titles if any(dot.area == area for dot in others)}
    rows, lines = [], []
    for area, title in titles.items():
        if area not in told:
            continue
        means = tuple(dot.mean for dot in others if dot.area == area)
        own = comparison.areas.get(area)
        mean = own.mean if own else None
        text = "" if mean is None else say("the school {mean}", mean=say.number(mean, 1))
        rows.append(StripRow(title, means, tuple(say.number(value, 1) for value in means), mean, text))
        lines.append(f"{title}: {say.number(means[0], 1)}–{say.number(means[-1], 1)}" + (f", {text}" if text else ""))
    columns: tuple[TableColumn[NamelessMean], ...] = (
        text_column(say("Area"), lambda dot: titles[dot.area]),
        level_column(say("Mean of another school"), lambda dot: dot.mean, say),
    )
    return Block(
        key="others",
        headline=say("The school among the city's other schools"),
        alt=say("A dot for each other school, lowest and highest: {lines}.", lines="; ".join(lines)),
        table=Table.of(columns, [dot for dot in others if dot.area in titles]),
        figure=strip(rows, axis_of(framework, say), say.language),
        note=say(
            "Dot: the mean of one of the other schools, to one decimal. Line: the school itself. Which dot is "
            "which school is not shown, nor which are the same school's; of fewer than five others none are "
            "shown."
        ),
    )
