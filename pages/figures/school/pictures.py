"""Min skola's dots: the areas beside the city and a group of schools; what a row of dots says on hovering."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from analytics.charts.rows import DotRow, dots
from analytics.documents.own_chart import Kind
from analytics.maturity.city import CityArea, CityCell
from analytics.maturity.groups import GroupFigure
from analytics.maturity.schools import AreaCell, Cell
from analytics.model.frameworks import WHOLE, Area
from analytics.model.present import present
from analytics.model.provenance import Missing
from analytics.words.basis import basis_note
from analytics.words.figures import CITY_SIDE, HIDDEN, interval
from analytics.words.language import Words
from pages.figures.school.comparison import SchoolComparison
from pages.figures.school.similar import group_columns, group_hover
from pages.shared.parts import figure_of, or_hidden
from pages.ui.content import Ask, Block, Item, Table, TableColumn, count_column, level_column, text_column
from pages.ui.own_chart import OwnChart
from pages.ui.phrases import axis_of, scale_of


def areas_block(ask: Ask, comparison: SchoolComparison) -> Block:
    say = ask.say

    def own_area(area: Area) -> AreaCell:
        return comparison.as_told(comparison.areas[area.id])

    def own_figure(figure: Callable[[AreaCell], float | None]) -> Callable[[Area], float | str | Missing]:
        return lambda area: told(comparison, own_area(area), figure(own_area(area)), say)

    areas = [area for area in comparison.framework.areas if area.id in comparison.areas]
    rows, clear = [], 0
    for area in areas:
        own, city, group = own_area(area), comparison.city_areas.get(area.id), comparison.group.areas.get(area.id)
        title = area.title.in_(say.language)
        clear += bool(own.city_side)
        partly = (
            "" if own.shown == own.asked else say("{shown} of {asked} criteria shown", shown=own.shown, asked=own.asked)
        )
        people = "" if own.respondents is None else say.plural("{n} respondent", "{n} respondents", own.respondents)
        digits = comparison.digits(own)
        between = interval(own.ci_low, own.ci_high, say, _to(digits, say))
        hover = [say.number(own.mean, digits), between, people, partly] if own.mean is not None else []
        rows.append(dot_row(ask, comparison, title, own, city, group, hover))
    if comparison.round.shown == 0:
        headline = say("Too few have answered for the school's own figures to be shown")
    elif clear:
        headline = say.plural(
            "On {n} area the school stands out from the city", "On {n} areas the school stands out from the city", clear
        )
    else:
        headline = say("On no area does the school stand out from the city")
    columns: tuple[TableColumn[Area], ...] = (
        text_column(say("Area"), lambda area: area.title.in_(say.language)),
        level_column(say("Mean"), own_figure(lambda cell: cell.mean), say),
        level_column(say("Interval from"), own_figure(lambda cell: cell.ci_low), say),
        level_column(say("Interval to"), own_figure(lambda cell: cell.ci_high), say),
        text_column(say("Beside the city"), lambda area: side_text(own_area(area), say)),
        *city_columns(lambda area: comparison.city_areas.get(area.id), say),
        *group_columns(comparison.group, lambda area: comparison.group.areas.get(area.id), say),
        count_column(say("Respondents"), lambda area: or_hidden(own_area(area).respondents), say),
        count_column(say("Criteria shown"), lambda area: own_area(area).shown, say),
        count_column(say("Criteria asked"), lambda area: own_area(area).asked, say),
    )
    basis = basis_note((row.interval_basis for row in comparison.areas.values()), say)
    reading = say(
        "Filled dot: the school, with its 95% interval. Hollow dot: the city's mean; pale bar: P10–P90 of the schools."
    )
    return Block(
        key="areas",
        headline=headline,
        alt=say(
            "Dot chart: the school's mean per area with its 95% interval, the city's mean as a hollow dot and "
            "P10–P90 as a pale bar. {headline}.",
            headline=headline,
        ),
        table=Table.of(columns, areas),
        figure=dots(rows, axis_of(comparison.framework, say), say.language),
        own_chart=OwnChart(
            Kind.BARS, say("Area"), (say("Mean"), say("The city")), scale=scale_of(comparison.framework)
        ),
        note=" ".join(filter(None, [reading, diamond_note(comparison, say), _places(comparison, say), basis])),
    )


def told(comparison: SchoolComparison, row: AreaCell, level: float | None, say: Words) -> float | str | Missing:
    """A mean over criteria, or an end of its interval, in a table: of few answers as it is written."""
    return or_hidden(level) if level is None or comparison.digits(row) > 1 else say.number(level, 1)


def _to(digits: int, say: Words) -> Callable[[float], str]:
    return lambda level: say.number(level, digits)


def _places(comparison: SchoolComparison, say: Words) -> str:
    """Between which places the school's mean lies among the schools; a place alone would say more than is known."""
    own, city = comparison.areas.get(WHOLE), comparison.city_areas.get(WHOLE)
    if own is None or own.rank_low is None or own.rank_high is None or city is None:
        return ""
    if own.rank_low == own.rank_high:
        return say(
            "Over all areas the school has place {low} of {n}.",
            low=say.integer(own.rank_low),
            n=say.integer(city.schools),
        )
    return say(
        "Over all areas the school's place is somewhere between {low} and {high} of {n}.",
        low=say.integer(own.rank_low),
        high=say.integer(own.rank_high),
        n=say.integer(city.schools),
    )


def diamond_note(comparison: SchoolComparison, say: Words) -> str:
    """What the diamonds of the pictures are; empty where there is no group."""
    if not comparison.group.drawn:
        return ""
    n = len(comparison.group.schools)
    if comparison.group.own_set:
        return say.plural("Diamond: the school that you chose.", "Diamond: the mean of the {n} schools you chose.", n)
    if comparison.group.whole_stage:
        return say.plural(
            "Diamond: the one other school of the same stage.",
            "Diamond: the mean of the {n} other schools of the same stage.",
            n,
        )
    return say.plural("Diamond: the one similar school.", "Diamond: the mean of the {n} similar schools.", n)


def dot_row(
    ask: Ask,
    comparison: SchoolComparison,
    label: str,
    own: AreaCell | Cell,
    city: CityArea | CityCell | None,
    group: GroupFigure | None,
    hover: list[str],
) -> DotRow:
    """The school's dot, saying `hover`, with the city's and the group's beside it."""
    say = ask.say
    if own.mean is None:
        row = DotRow(label, None, "", absent=say.marked(HIDDEN))
    else:
        said = "\n".join(filter(None, [label, *hover, side_text(own, say)]))
        row = DotRow(label, own.mean, said, own.ci_low, own.ci_high)
    if city is not None and city.mean is not None:
        city_said = say.plural(
            "The city: {mean}\nmean of {n} school",
            "The city: {mean}\nmean of {n} schools",
            city.schools,
            mean=say.number(city.mean),
        )
        city_said = "\n".join(filter(None, [city_said, interval(city.ci_low, city.ci_high, say)]))
        spread = present(city.p10), present(city.p90)
        row = replace(row, other=city.mean, other_hover=city_said, spread=spread)
    if group is not None and group.mean is not None:
        row = replace(row, group=group.mean, group_hover=group_hover(comparison.group, group, say))
    return row


def side_text(own: AreaCell | Cell, say: Words) -> str:
    """Whether the school lies clearly above or below the city; empty where that cannot be told from chance."""
    return say.marked(CITY_SIDE[own.city_side]) if own.city_side else ""


def city_columns(city: Callable[[Item], CityArea | CityCell | None], say: Words) -> tuple[TableColumn[Item], ...]:
    """The city's mean with its interval; `city`: its figures beside an item of the table."""
    known = figure_of(city, Missing.NOT_COLLECTED)
    return (
        level_column(say("The city"), known(lambda found: found.mean), say),
        level_column(say("The city, from"), known(lambda found: found.ci_low), say),
        level_column(say("The city, to"), known(lambda found: found.ci_high), say),
    )
