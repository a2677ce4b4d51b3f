"""Kriterier's development: the city's course on every criterion, and how many schools go which way on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from analytics.charts.spark import Course
from analytics.maturity.trends import Trend, city_trends, schools_by_direction
from analytics.model.figures import CITY, TrendDirection
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.words.goals import level_name
from analytics.words.language import N_, Words
from pages.shared.courses import Thing, courses_of, level_frame, thing_title, things
from pages.shared.row_table import RowCell
from pages.shared.schools_choice import BY_PACE
from pages.shared.trend_columns import trend_columns
from pages.shared.trend_table import LEVELS, TrendHeadings, TrendRow, trend_table
from pages.shared.trend_words import course_words, how_to_read, key_words
from pages.ui import html
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, text_column
from pages.ui.phrases import break_note, upper_first
from pages.ui.titles import address

WAYS = {  # what stands over how many schools go each way
    TrendDirection.UP: N_("Up"),
    TrendDirection.STILL: N_("Still"),
    TrendDirection.DOWN: N_("Down"),
    TrendDirection.CANNOT_TELL: N_("Unsure"),
}
Schools = Mapping[Thing, Counter[TrendDirection]]


def development_block(ask: Ask, chain: Sequence[Framework], year: int, chosen: str) -> Block | None:
    """A row the whole, an area, a criterion; None before the third round of the framework. `chosen`: the criterion that
    the rest of the page is about."""
    say, framework = ask.say, chain[-1]
    trends = {(row.area, row.criterion): row for row in city_trends(ask.view, ask.viewer, framework.id)}
    if not trends:
        return None
    schools = schools_by_direction(ask.view, ask.viewer, framework.id)
    courses = courses_of(ask, chain, CITY)
    frame = level_frame(ask, chain, list(courses.values()), LEVELS)
    shown = [thing for thing in things(framework) if thing in trends]
    where = {"framework": framework.id, "year": year}
    rows = [_row(ask, framework, thing, trends[thing], courses, schools, chosen, where) for thing in shown]
    headline = _headline(framework, {thing: trends[thing] for thing in shown if thing[1]}, say)
    columns: tuple[TableColumn[Thing], ...] = (
        text_column(say("Criterion"), lambda thing: thing_title(framework, thing, say)),
        *trend_columns(trends.get, say, of_city=True),
        *(
            count_column(say.marked(heading), lambda thing, kind=kind: schools.get(thing, Counter())[kind], say)
            for kind, heading in WAYS.items()
        ),
    )
    return Block(
        key="development",
        headline=headline,
        alt=say(
            "A row a criterion with a small picture of the city's levels over the years, its level now, its pace a year"
            " with a 90 % interval, the same in words, and how many schools go which way. {headline}.",
            headline=headline,
        ),
        table=Table.of(columns, shown),
        note=key_words("", framework, level_name(framework, say), say),
        reading=how_to_read(frame, break_note(chain, say) if frame.breaks else "", say),
        drawing=trend_table(rows, _heads(say), frame, None, (), say),
    )


def _heads(say: Words) -> TrendHeadings:
    caption = say("Development of the city on every criterion over the rounds, and how many schools go which way")
    return TrendHeadings(caption, say("Criterion"), None, numbers=(say("Schools"), *map(say.marked, WAYS.values())))


def _row(
    ask: Ask,
    framework: Framework,
    thing: Thing,
    trend: Trend,
    courses: Mapping[Thing, Course],
    schools: Schools,
    chosen: str,
    where: Mapping[str, str | int],
) -> TrendRow:
    say, (area, criterion) = ask.say, thing
    count = schools.get(thing, Counter())
    choice = {"criterion": criterion} if criterion else {"area": area} if area else {}
    there = address("skolor", say, **where, **choice, sort=BY_PACE)
    title = thing_title(framework, thing, say)
    link = html.link(say.integer(count.total()), there, say("the schools on {thing}", thing=title))
    return TrendRow(
        title,
        address("kriterier", say, **where, criterion=criterion) if criterion else "",
        courses.get(thing, ()),
        trend,
        upper_first(course_words(trend, None, say)),
        chief=not criterion,
        chosen=criterion == chosen,
        numbers=(
            RowCell(link, count.total()),
            *(RowCell(say.integer(count[kind]), count[kind]) for kind in WAYS),
        ),
    )


def _headline(framework: Framework, trends: Mapping[Thing, Trend], say: Words) -> str:
    """How many criteria the city goes up on, and on which fastest and slowest."""
    told = {thing: trend for thing, trend in trends.items() if trend.pace is not None}
    if not told:
        return say("On no criterion are there three rounds that can be shown")
    count = Counter(trend.direction for trend in told.values())
    order = sorted(told, key=lambda thing: present(told[thing].pace))
    figures = {
        "year": min(trend.first_year for trend in told.values()),
        "up": count[TrendDirection.UP],
        "down": count[TrendDirection.DOWN],
        "fastest": thing_title(framework, order[-1], say),
        "slowest": thing_title(framework, order[0], say),
        "most": say.signed(present(told[order[-1]].pace)),
        "least": say.signed(present(told[order[0]].pace)),
    }
    return say.plural(
        "Since {year} the city goes up on {up} of {n} criterion and down on {down}",
        "Since {year} the city goes up on {up} of {n} criteria and down on {down}: most on {fastest} ({most} a year),"
        " least on {slowest} ({least})",
        len(told),
        **figures,
    )
