"""The crosswalk: every criterion of a framework beside what it was in the one before, with each side's goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analytics.charts.colours import CITY
from analytics.charts.rows import DotRow, GroupName, dots
from analytics.maturity.city import CityCell, city_cells
from analytics.model.frameworks import Change, Criterion, Framework
from analytics.model.present import present
from analytics.model.provenance import Missing
from analytics.words.figures import HIDDEN, interval
from analytics.words.frameworks import CHANGE
from analytics.words.language import NP_, Words
from pages.shared.parts import figure_of, goal_rules, hover_lines
from pages.ui.content import Ask, Block, Table, TableColumn, level_column, text_column
from pages.ui.phrases import axis_of

Means = dict[str, CityCell]  # criterion -> the city in one round


COUNTED = {  # how many criteria have changed in this way, within a list
    Change.IDENTICAL: NP_("{n} is in the same words", "{n} are in the same words"),
    Change.REWORDED: NP_("{n} is reworded", "{n} are reworded"),
    Change.SPLIT: NP_("{n} is split off", "{n} are split off"),
    Change.MERGED: NP_("{n} is merged", "{n} are merged"),
    Change.NEW: NP_("{n} is new", "{n} are new"),
}


@dataclass(frozen=True)
class _Pair:
    """A criterion in the newest framework and what it was in the one before; None where there is none."""

    now: Criterion | None
    then: Criterion | None

    def note(self, say: Words) -> str:
        criterion = self.now or self.then
        return "" if criterion is None or criterion.note is None else criterion.note.in_(say.language)


def crosswalk_block(ask: Ask, chain: Sequence[Framework], year: int) -> Block | None:
    """The newest framework against the one before it, each with the city's mean in its last round up to `year`; None
    where there is no framework before."""
    if len(chain) < 2:
        return None
    say, (old, new) = ask.say, chain[-2:]
    then_year, then = _last_round(ask, old, year)
    now_year, now = _last_round(ask, new, year)
    headline, counted = _headline(old, new, say), Counter(criterion.change for criterion in new.criteria)
    rows: list[DotRow | GroupName] = []
    for area in new.areas:
        rows.append(GroupName(area.title.in_(say.language)))
        rows += [_row(criterion, old, new, then, now, say) for criterion in area.criteria]
    return Block(
        key="crosswalk",
        short=say.listing(say.marked(COUNTED[change], n=n) for change in Change if (n := counted[change])),
        headline=headline,
        alt=say(
            "Dot chart: the city's mean on each criterion of {new} in {now}, and where there was one before it its mean"
            " in {then}: a hollow dot where the words are the same, a diamond where they are not. {headline}.",
            new=new.title.in_(say.language),
            now=say.round(now_year),
            then=say.round(then_year),
            headline=headline,
        ),
        table=_table(old, new, (then_year, then), (now_year, now), say),
        figure=dots(rows, axis_of(new, say), say.language, CITY),
        note=goal_rules((old, new), say)
        + " "
        + say(
            "Filled dot: the city in {now}. Hollow dot: in {then}, in the same words. Diamond: in {then}, when the"
            " criterion was worded otherwise: the two are not comparable.",
            now=say.round(now_year),
            then=say.round(then_year),
        ),
    )


def _last_round(ask: Ask, framework: Framework, year: int) -> tuple[int, Means]:
    """The framework's last round up to a year, and the city on its criteria then."""
    last = max((found for found in ask.catalogue.years(framework.id) if found <= year), default=year)
    keys = [(framework.id, criterion.id) for criterion in framework.criteria]
    return last, {cell.criterion: cell for cell in city_cells(ask.view, ask.viewer, keys) if cell.year == last}


def _headline(old: Framework, new: Framework, say: Words) -> str:
    count = Counter(criterion.change for criterion in new.criteria)
    kinds = say.listing(say.marked(COUNTED[change], n=count[change]) for change in Change if count[change])
    text = say.plural("Of the {n} criterion {kinds}", "Of the {n} criteria {kinds}", len(new.criteria), kinds=kinds)
    gone = len(_dropped(old, new))
    if gone:
        text += say.plural("; {n} of the old was dropped", "; {n} of the old were dropped", gone)
    return text


def _dropped(old: Framework, new: Framework) -> list[Criterion]:
    kept = {criterion.previous for criterion in new.criteria}
    return [criterion for criterion in old.criteria if criterion.id not in kept]


def _row(criterion: Criterion, old: Framework, new: Framework, then: Means, now: Means, say: Words) -> DotRow:
    cell, former = now.get(criterion.id), then.get(criterion.previous or "")
    name = f"{criterion.id} {criterion.title.in_(say.language)}"
    own = _figure(cell, say)
    before = None if former is None or old.levels != new.levels else former.mean
    said = hover_lines(say.marked(CHANGE[criterion.change]), _figure(former, say))
    same = criterion.change is Change.IDENTICAL
    return DotRow(
        name,
        None if cell is None else cell.mean,
        hover_lines(name, own, say.marked(CHANGE[criterion.change])),
        None if cell is None else cell.ci_low,
        None if cell is None else cell.ci_high,
        other=before if same else None,
        other_hover=said,
        group=None if same else before,
        group_hover=said,
        absent=say("not asked") if cell is None else say.marked(HIDDEN),
    )


def _figure(cell: CityCell | None, say: Words) -> str:
    if cell is None or cell.mean is None:
        return ""
    mean = say("{year}: {mean}", year=say.round(cell.year), mean=say.number(cell.mean))
    return ", ".join(filter(None, [mean, interval(cell.ci_low, cell.ci_high, say)]))


def _table(old: Framework, new: Framework, then: tuple[int, Means], now: tuple[int, Means], say: Words) -> Table:
    """A row is a criterion of the new framework with what it was before, or one of the old that was dropped."""
    olds = {criterion.id: criterion for criterion in old.criteria}
    columns: tuple[TableColumn[_Pair], ...] = (
        text_column(say("Id"), lambda pair: "" if pair.now is None else pair.now.id),
        text_column(say("Criterion"), lambda pair: "" if pair.now is None else pair.now.title.in_(say.language)),
        text_column(
            say("Change"), lambda pair: say("dropped") if pair.now is None else say.marked(CHANGE[pair.now.change])
        ),
        text_column(say("Id before"), lambda pair: "" if pair.then is None else pair.then.id),
        text_column(
            say("Criterion before"), lambda pair: "" if pair.then is None else pair.then.title.in_(say.language)
        ),
        *_figures(lambda pair: pair.then, old, then, say),
        *_figures(lambda pair: pair.now, new, now, say),
        text_column(say("Note"), lambda pair: pair.note(say)),
    )
    pairs = [_Pair(criterion, olds.get(criterion.previous or "")) for criterion in new.criteria]
    return Table.of(columns, [*pairs, *(_Pair(None, criterion) for criterion in _dropped(old, new))])


def _figures(
    side: Callable[[_Pair], Criterion | None], framework: Framework, means: tuple[int, Means], say: Words
) -> tuple[TableColumn[_Pair], ...]:
    """Mean with interval, and the goal's rule; a criterion that did not exist or was not asked has none."""
    year, cells = means

    def cell_of(pair: _Pair) -> CityCell | None:
        return None if (criterion := side(pair)) is None else cells.get(criterion.id)

    known, goal = figure_of(cell_of, Missing.NOT_APPLICABLE), _goal(framework, say)
    return (
        level_column(say("Mean {year}", year=say.round(year)), known(lambda cell: cell.mean), say),
        level_column(say("Mean {year}, from", year=say.round(year)), known(lambda cell: cell.ci_low), say),
        level_column(say("Mean {year}, to", year=say.round(year)), known(lambda cell: cell.ci_high), say),
        text_column(say("Goal {year}", year=say.round(year)), lambda pair: "" if cell_of(pair) is None else goal),
    )


def _goal(framework: Framework, say: Words) -> str:
    """What a school must reach on the criterion, in a few words."""
    level = framework.goal.level
    if framework.goal.statistic == "share":
        return say("{share} at level {level} or above", share=say.percent(present(framework.goal.share)), level=level)
    if framework.goal.statistic == "median":
        return say("median at least {level}", level=level)
    return say("mean at least {level}", level=level)
