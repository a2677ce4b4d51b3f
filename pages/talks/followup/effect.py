"""Uppföljning's picture of how worked-on criteria moved, beside the others and beside what was to be expected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from analytics.charts.followup import ChangeRow, changes
from analytics.dialogue import followup_words
from analytics.dialogue.followup_report import YearReport
from analytics.dialogue.goal_effect import GoalCriteriaEffect
from analytics.model.provenance import Missing
from analytics.words.language import Words
from pages.shared.parts import or_hidden
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, text_column

STEP = 0.1  # levels between two ticks, or a multiple of it


def moved_block(ask: Ask, report: YearReport) -> Block | None:
    """A dot a group of criteria; below it a row an area. None while there is no later round."""
    say, effect = ask.say, report.moved
    if effect is None:
        return None
    rows = _rows(ask, effect)
    parts = [
        followup_words.parted(report, say),
        followup_words.against_other_criteria(effect, say),
        followup_words.warning(say),
        followup_words.in_short_expected(say),
    ]
    return Block(
        key="worked_on",
        title=say("Did the work help?"),
        short=_in_short(effect, say),
        headline=followup_words.helped(effect, say),
        alt=say(
            "Dots: the mean change in levels from {year} to {next} of criteria that were worked on and of those"
            " that were not, with 95% intervals, and as a circle what was to be expected of the worked-on ones."
            " {headline}",
            year=say.round(effect.year),
            next=say.round(effect.next_year),
            headline=followup_words.helped(effect, say),
        ),
        table=_table(ask, report, effect),
        figure=changes(rows, _ticks(ask, rows), say.language) if rows else None,
        note=" ".join(filter(None, parts)),
    )


def _in_short(effect: GoalCriteriaEffect, say: Words) -> str:
    found = effect.moved
    if found is None or found.beyond_low <= 0 <= found.beyond_high:
        return say("cannot be determined")
    return say("clearly more than expected") if found.beyond_low > 0 else say("clearly less than expected")


def _rows(ask: Ask, effect: GoalCriteriaEffect) -> list[ChangeRow]:
    say, found, others = ask.say, effect.moved, effect.others
    if found is None or others is None:
        return []
    texts = (
        (say.marked(followup_words.WORKED_ON), found.change, found.change_low, found.change_high),
        (say("Expected of them from where they started"), found.expected, None, None),
        (say.marked(followup_words.NOT_WORKED_ON), others.change, others.change_low, others.change_high),
    )
    return [
        ChangeRow(f"{label}: {say.signed(value)}", value, _hover(ask, label, value, low, high), low, high, low is None)
        for label, value, low, high in texts
    ]


def _hover(ask: Ask, label: str, value: float, low: float | None, high: float | None) -> str:
    say = ask.say
    if low is None or high is None:
        return f"{label}\n{say.signed(value)}"
    return f"{label}\n{followup_words.with_interval(value, low, high, say)}"


def _ticks(ask: Ask, rows: Sequence[ChangeRow]) -> list[tuple[float, str]]:
    """As far to each side as it takes, no change among them, at most seven."""
    ends = [end for row in rows for end in (row.value, row.low, row.high) if end is not None]
    low, high = min(0.0, *ends), max(0.0, *ends)
    step = STEP * ceil((high - low) / STEP / 5)
    places = range(floor(low / step), max(ceil(high / step), 1) + 1)
    return [(place * step, ask.say.signed(place * step, 1)) for place in places]


def _table(ask: Ask, report: YearReport, effect: GoalCriteriaEffect) -> Table:
    """All of it, then a row an area."""
    say = ask.say
    titles = {area.id: area.title.in_(say.language) for area in report.framework.areas}
    rows = [
        _Moved(
            titles[area.area], area.worked_on_cells, or_hidden(area.worked_on), area.other_cells, or_hidden(area.others)
        )
        for area in effect.areas
    ]
    if effect.moved and effect.others:
        found, others = effect.moved, effect.others
        whole = (found.cells, found.change, others.cells, others.change, found.expected, found.beyond)
        rows.insert(0, _Moved(say("All areas"), *whole))
    columns: tuple[TableColumn[_Moved], ...] = (
        text_column(say("Area"), lambda row: row.area),
        count_column(say("Criteria worked on"), lambda row: row.cells, say),
        _change_column(say("Change of those worked on, levels"), lambda row: row.change, ask),
        _change_column(say("Expected of them"), lambda row: row.expected, ask),
        _change_column(say.marked(followup_words.BEYOND), lambda row: row.beyond, ask),
        count_column(say("Criteria not worked on"), lambda row: row.other_cells, say),
        _change_column(say("Change of those not worked on, levels"), lambda row: row.other_change, ask),
    )
    return Table.of(columns, rows)


@dataclass(frozen=True)
class _Moved:
    """An area's criteria that were worked on and the others, with their changes in levels; fewer than five schools
    have none. What was expected is told of all areas alone."""

    area: str
    cells: int
    change: float | Missing
    other_cells: int
    other_change: float | Missing
    expected: float | Missing = Missing.NOT_APPLICABLE
    beyond: float | Missing = Missing.NOT_APPLICABLE


def _change_column(heading: str, value: Callable[[_Moved], object], ask: Ask) -> TableColumn[_Moved]:
    return TableColumn(heading, value, ask.say.signed, numeric=True)
