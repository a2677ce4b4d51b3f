"""Kriterier's one table: the city on every criterion, how it develops, and how many schools go which way on it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import inf

from analytics.charts.spark import Course
from analytics.maturity.city import CityCell, at_goal, city_areas, clearly_different
from analytics.maturity.trends import Trend, city_trends, schools_by_direction
from analytics.model.figures import CITY, TrendDirection
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.model.provenance import Missing
from analytics.words.goals import level_name
from analytics.words.language import N_, Words
from pages.shared.courses import Thing, courses_of, level_frame, thing_title, things
from pages.shared.row_table import Chip, RowCell
from pages.shared.schools_choice import BY_PACE
from pages.shared.small_pictures import Now
from pages.shared.trend_columns import trend_columns
from pages.shared.trend_table import LEVELS, TrendHeadings, TrendRow, trend_table
from pages.shared.trend_words import course_shortest, how_to_read, key_words
from pages.ui import html
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, level_column, text_column
from pages.ui.phrases import break_note, upper_first
from pages.ui.titles import address

WAYS = {  # what stands over how many schools go each way
    TrendDirection.UP: N_("Up"),
    TrendDirection.STILL: N_("Still"),
    TrendDirection.DOWN: N_("Down"),
    TrendDirection.CANNOT_TELL: N_("Unsure"),
}
CRITERION, BELOW, REACHED = "criterion", "below", "reached"
"""Which chips a row is of."""
Schools = Mapping[Thing, Counter[TrendDirection]]


def criteria_table(ask: Ask, chain: Sequence[Framework], year: int, cells: Sequence[CityCell]) -> Block:
    """A row the whole, an area, a criterion, these from the lowest up; before the third round of the framework the
    criteria alone. The table to download goes by area, as the framework does."""
    say, framework = ask.say, chain[-1]
    trends = {(row.area, row.criterion): row for row in city_trends(ask.view, ask.viewer, framework.id)}
    schools = schools_by_direction(ask.view, ask.viewer, framework.id) if trends else {}
    courses = courses_of(ask, chain, CITY) if trends else {}
    now = nows_of(ask, framework, year, cells)
    drawn = [*courses.values(), *((((told.year, told.level),),) for told in now.values())]
    frame = level_frame(ask, chain, drawn, LEVELS)
    shown = [thing for thing in things(framework) if thing in trends or thing in now]
    where = {"framework": framework.id, "year": year}
    rows = [
        _row(ask, framework, thing, trends.get(thing), courses, schools, now.get(thing), where)
        for thing in sorted(shown, key=lambda thing: _place(thing, now))
    ]
    of_criteria = {thing: trends[thing] for thing in shown if thing[1] and thing in trends}
    headline = _headline(of_criteria, say)
    columns: tuple[TableColumn[Thing], ...] = (
        text_column(say("Criterion"), lambda thing: thing_title(framework, thing, say)),
        level_column(say.round(year), lambda thing: now[thing].level if thing in now else Missing.HIDDEN, say),
        *(trend_columns(trends.get, say, of_city=True) if trends else ()),
        *(
            count_column(say.marked(heading), lambda thing, kind=kind: schools.get(thing, Counter())[kind], say)
            for kind, heading in (WAYS.items() if trends else ())
        ),
    )
    key = key_words("", framework, level_name(framework, say), say)
    how = how_to_read(frame, break_note(chain, say) if frame.breaks else "", say)
    return Block(
        key="development",
        headline=headline,
        alt=say(
            "One row per criterion with a small picture of the city's levels over the years, its level now, its"
            " pace a year with a 90% interval, the same in words, and how many schools go which way. "
            "{headline}.",
            headline=headline,
        ),
        table=Table.of(columns, shown),
        reading=" ".join(filter(None, [_fastest(framework, of_criteria, say), key, how])),
        drawing=trend_table(rows, _heads(len(shown), say), frame, None, (), year, say, _chips(rows, say)),
    )


def _place(thing: Thing, now: Mapping[Thing, Now]) -> tuple[bool, float]:
    """The whole and the areas first, then the criteria from the lowest up; last what nothing is told of."""
    return bool(thing[1]), now[thing].level if thing[1] and thing in now else inf if thing[1] else 0


def nows_of(ask: Ask, framework: Framework, year: int, cells: Sequence[CityCell]) -> dict[Thing, Now]:
    """What is told of the city in the round, on the whole, each area and each criterion."""
    say, goal = ask.say, framework.goal
    found = {
        (row.area, ""): Now(year, row.mean, say.number(row.mean), row.mean >= goal.level)
        for row in city_areas(ask.view, ask.viewer, [framework.id])
        if row.year == year and row.mean is not None
    }
    for cell in cells:
        if cell.mean is not None:
            area = framework.criterion(cell.criterion).area
            found[area, cell.criterion] = Now(year, cell.mean, say.number(cell.mean), at_goal(cell, goal))
    return found


def all_answer(framework: Framework, cells: Sequence[CityCell], say: Words) -> str:
    """How many criteria the city has at the goal, and which is furthest from it and furthest beyond."""
    told = sorted((cell for cell in cells if cell.mean is not None), key=lambda cell: present(cell.mean))
    if not told:
        return say("No criterion can be shown.")
    reached = sum(at_goal(cell, framework.goal) for cell in told)
    first = say.plural(
        "The city is at the goal on {part} of {n} criterion.",
        "The city is at the goal on {part} of {n} criteria.",
        len(told),
        part=reached,
    )
    if len(told) < 2 or not clearly_different(told[0], told[-1]):
        return first
    low, high = (framework.criterion(cell.criterion).title.in_(say.language) for cell in (told[0], told[-1]))
    return first + " " + say("Lowest: {low}. Highest: {high}.", low=low.rstrip("."), high=high.rstrip("."))


def _chips(rows: Sequence[TrendRow], say: Words) -> tuple[Chip, ...]:
    count = Counter(kind for row in rows for kind in row.kinds)
    return (
        Chip("", say("All"), count[CRITERION]),
        Chip(BELOW, say("Below the goal"), count[BELOW]),
        Chip(REACHED, say("At the goal"), count[REACHED]),
    )


def _heads(rows: int, say: Words) -> TrendHeadings:
    return TrendHeadings(
        say("Development of the city on every criterion over the rounds, and how many schools go which way"),
        say("Criterion"),
        say("Direction"),
        more=say.plural("Show the one row", "Show all {n} rows", rows),
        numbers=(say("Schools"), *map(say.marked, WAYS.values())),
        rising=True,
    )


def _row(
    ask: Ask,
    framework: Framework,
    thing: Thing,
    trend: Trend | None,
    courses: Mapping[Thing, Course],
    schools: Schools,
    now: Now | None,
    where: Mapping[str, str | int],
) -> TrendRow:
    say, (area, criterion) = ask.say, thing
    count = schools.get(thing, Counter())
    choice = {"criterion": criterion} if criterion else {"area": area} if area else {}
    there = address("skolor", say, **where, **choice, sort=BY_PACE)
    title = thing_title(framework, thing, say)
    link = html.link(say.integer(count.total()), there, say("the schools on {thing}", thing=title))
    kinds = (CRITERION, *([REACHED if now.reached else BELOW] if now else [])) if criterion else ()
    return TrendRow(
        title,
        address("kriterier", say, **where, criterion=criterion) if criterion else there,
        courses.get(thing, ()),
        trend,
        upper_first(course_shortest(trend, None, say)) if trend else "",
        chief=not criterion,
        numbers=(
            RowCell(link, count.total()),
            *(RowCell(say.integer(count[kind]), count[kind]) for kind in WAYS),
        ),
        now=now,
        kinds=kinds,
    )


def _headline(trends: Mapping[Thing, Trend], say: Words) -> str:
    """How many criteria the city goes up on, and down."""
    told = [trend for trend in trends.values() if trend.pace is not None]
    if not told:
        return say("On no criterion are there three rounds that can be shown")
    count = Counter(trend.direction for trend in told)
    up, down, year = count[TrendDirection.UP], count[TrendDirection.DOWN], min(trend.first_year for trend in told)
    if up == len(told) > 1:
        return say("Since {year} the city has gone up on every criterion", year=say.round(year))
    if down == len(told) > 1:
        return say("Since {year} the city has gone down on every criterion", year=say.round(year))
    return say.plural(
        "Since {year} the city has gone up on {up} of {n} criterion and down on {down}",
        "Since {year} the city has gone up on {up} of {n} criteria and down on {down}",
        len(told),
        year=say.round(year),
        up=say.integer(up),
        down=say.integer(down),
    )


def _fastest(framework: Framework, trends: Mapping[Thing, Trend], say: Words) -> str:
    """On which criterion the pace is the highest, and on which the lowest; empty where there are not two."""
    told = sorted((present(trend.pace), thing) for thing, trend in trends.items() if trend.pace is not None)
    if len(told) < 2:
        return ""
    (least, slowest), (most, fastest) = told[0], told[-1]
    return say(
        "The highest pace: {fastest} ({most} a year). The lowest: {slowest} ({least}).",
        fastest=thing_title(framework, fastest, say),
        most=say.signed(most),
        slowest=thing_title(framework, slowest, say),
        least=say.signed(least),
    )
