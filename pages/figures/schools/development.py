"""Skolor's one table: every school's course over the rounds, where it stands, what is left, which way it goes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analytics.maturity.city import CityArea, CityCell, at_goal
from analytics.maturity.rounds import SchoolRound, lineage
from analytics.maturity.trends import Trend
from analytics.model.figures import CITY, GoalOutcome, Status, TrendDirection
from analytics.model.frameworks import Framework
from analytics.model.schools import School
from analytics.words.cells import FEW_ANSWERS
from analytics.words.figures import STATUS
from analytics.words.goals import level_name
from analytics.words.language import Words
from pages.figures.schools.found import SchoolsShown
from pages.figures.schools.order import order_words
from pages.figures.schools.pictures import SchoolMark
from pages.shared.courses import Thing, corners_on, courses_of, courses_on, level_frame, thing_title
from pages.shared.ready_words import most_left
from pages.shared.row_table import Chip, RowCell
from pages.shared.schools_choice import on_page
from pages.shared.small_pictures import Now
from pages.shared.trend_columns import trend_columns
from pages.shared.trend_table import LEVELS, TrendHeadings, TrendRow, trend_table
from pages.shared.trend_words import course_shortest, how_to_read, key_words, others_words
from pages.ui import controls
from pages.ui.content import Ask, Block, Table, TableColumn, count_column, text_column
from pages.ui.phrases import break_note, upper_first
from pages.ui.titles import address

AT_GOAL, NEAR, UP, DOWN, UNSURE = "goal", "near", "up", "down", "unsure"
"""Which chips a school is of."""
UNSURE_FIGURES = (Status.FEW, Status.UNCERTAIN, Status.LOW_RESPONSE)
ANSWERED_BAND = 7  # what five to nine are sorted as


@dataclass(frozen=True)
class SchoolsNow:
    """A round's schools on a thing: each one's own round and figure, the city's figure, and the trends, the city's too
    (`course`), which there are none of before the framework's third round (`has_trends`)."""

    framework: Framework
    year: int
    thing: Thing
    rounds: Mapping[str, SchoolRound]
    marks: Mapping[str, SchoolMark]
    city: CityArea | CityCell | None
    trends: Mapping[str, Trend]
    course: Trend | None
    has_trends: bool


def schools_table(ask: Ask, now: SchoolsNow, shown: SchoolsShown, sort: str, rows: Sequence[tuple]) -> Block:
    """The page's schools, of whom `now` tells all, on the scale of all that are found; `rows`: its files', of all."""
    schools = on_page(shown.in_order, shown.page)
    say, framework, thing = ask.say, now.framework, now.thing
    chain, city = lineage(ask.catalogue.frameworks, framework.id), now.course
    courses = courses_on(ask, chain, thing, [school.id for school in schools]) if city else {}
    city_course = courses_of(ask, chain, CITY).get(thing, ()) if city else ()
    nows = _nows(now, schools, say)
    drawn = [city_course, corners_on(ask, chain, thing, now.year, shown.among) if city else ()]
    drawn += [(((now.year, level),),) for level in shown.ends]
    frame = level_frame(ask, chain, drawn, LEVELS)
    names = controls.school_names(ask.catalogue)
    where = {"framework": framework.id, "year": now.year} | ({"area": thing[0]} if thing[0] else {})
    lines = [_city_row(now, city, city_course, say)]
    lines += [
        TrendRow(
            names[school.id],
            address("skola", say, school=school.id, **where),
            courses.get(school.id, ()),
            now.trends.get(school.id),
            _words(now.trends.get(school.id), city, say),
            numbers=_numbers(now.rounds[school.id], say),
            now=nows.get(school.id),
            kinds=_kinds(now, school.id),
        )
        for school in schools
    ]
    title = thing_title(framework, thing, say)
    told = Counter({direction: count for direction, count in shown.moves.items() if direction})
    headline = _headline(title, city, told, say)
    heads = TrendHeadings(
        say("{title}: where the schools stand and how they develop", title=title),
        say("School"),
        say("Direction"),
        more=say.plural("Show the one school", "Show all {n} schools", len(lines) - 1),
        numbers=(say("Left to the goal"), say("Answered")),
    )
    key = say(
        "Line: the level without what passes and chance. Dot: the figure of {year}, filled where it has reached the"
        " goal. {key}",
        year=say.round(now.year),
        key=key_words(say("the school"), framework, level_name(framework, say), say),
    )
    return Block(
        key="development",
        headline=headline,
        alt=say(
            "One row per school with a small picture of its levels over the years, its level now, what is left "
            "to the goal, its pace a year with a 90% interval, and its direction in words. {headline}.",
            headline=headline,
        ),
        table=replace(development_figures(ask, now, ()), rows=rows),
        note=order_words(shown.in_order, shown.paces, sort, say),
        reading=f"{key} {how_to_read(frame, break_note(chain, say) if frame.breaks else '', say)}",
        drawing=trend_table(lines, heads, frame, city, city_course, now.year, say, _chips(now, lines[1:], say)),
    )


def development_figures(ask: Ask, now: SchoolsNow, found: Sequence[School]) -> Table:
    """The city, and a row a school in this order, of all of which `now` tells."""
    say, city, names = ask.say, now.course, controls.school_names(ask.catalogue)
    nows = _nows(now, found, say)
    columns: tuple[TableColumn[School | None], ...] = (
        text_column(say("School"), lambda school: say("The city") if school is None else names[school.id]),
        text_column(say.round(now.year), lambda school: nows[school.id].text if school and school.id in nows else ""),
        count_column(say("Left to the goal"), lambda school: None if school is None else _left(now, school.id), say),
        *(trend_columns(lambda school: city if school is None else now.trends.get(school.id), say) if city else ()),
    )
    return Table.of(columns, [None, *found])


def _nows(now: SchoolsNow, schools: Sequence[School], say: Words) -> dict[str, Now]:
    return {school.id: told for school in schools if (told := _now(now, school.id, say))}


def _city_row(now: SchoolsNow, city: Trend | None, course: tuple, say: Words) -> TrendRow:
    told = None
    if now.city is not None and now.city.mean is not None:
        goal = now.framework.goal
        reached = at_goal(now.city, goal) if isinstance(now.city, CityCell) else now.city.mean >= goal.level
        told = Now(now.year, now.city.mean, say.number(now.city.mean), reached)
    words = upper_first(course_shortest(city, None, say)) if city else ""
    return TrendRow(say("The city"), "", course, city, words, chief=True, numbers=(RowCell(""), RowCell("")), now=told)


def _now(now: SchoolsNow, school: str, say: Words) -> Now | None:
    mark = now.marks.get(school)
    if mark is None or mark.value is None:
        return None
    reached = mark.value >= now.framework.goal.level if mark.reached is None else mark.reached
    return Now(now.year, mark.value, mark.words or say.number(mark.value), reached)


def _left(now: SchoolsNow, school: str) -> int | None:
    """Criteria that are shown and have not reached the goal; None where nothing is shown."""
    of = now.rounds[school]
    return of.shown - of.at_goal if of.shown else None


def _numbers(of: SchoolRound, say: Words) -> tuple[RowCell, RowCell]:
    left = of.shown - of.at_goal if of.shown else None
    words = "" if left is None else say("at the goal") if left == 0 else say.integer(left)
    if of.status == Status.HIDDEN:
        return RowCell(words, "" if left is None else left), RowCell(say.marked(STATUS[Status.HIDDEN]), "")
    if of.responded is None:
        band = say.marked(FEW_ANSWERS) if of.responded_band else ""
        return RowCell(words, left if left is not None else ""), RowCell(band, ANSWERED_BAND if band else "")
    share = "" if of.response_rate is None else f" ({say.percent(of.response_rate)})"
    return RowCell(words, left if left is not None else ""), RowCell(f"{of.responded}{share}", of.responded)


def _kinds(now: SchoolsNow, school: str) -> tuple[str, ...]:
    of, trend = now.rounds[school], now.trends.get(school)
    direction = trend.direction if trend else None
    kinds = {
        AT_GOAL: of.outcome == GoalOutcome.MET,
        NEAR: of.outcome == GoalOutcome.NOT_MET and of.shown - of.at_goal <= most_left(of.shown),
        UP: direction is TrendDirection.UP,
        DOWN: direction is TrendDirection.DOWN,
        UNSURE: of.status in UNSURE_FIGURES,
    }
    return tuple(kind for kind, true in kinds.items() if true)


def _chips(now: SchoolsNow, rows: Sequence[TrendRow], say: Words) -> tuple[Chip, ...]:
    count = Counter(kind for row in rows for kind in row.kinds)
    most = max((most_left(of.shown) for of in now.rounds.values()), default=0)
    labels = {
        AT_GOAL: say("At the goal"),
        NEAR: say("Near: at most {n} left", n=most),
        UP: say("Rising"),
        DOWN: say("Falling"),
        UNSURE: say("Uncertain figures"),
    }
    if not most:  # of one criterion or two: no school is near for what it has left
        del labels[NEAR]
    return (Chip("", say("All"), len(rows)), *(Chip(kind, label, count[kind]) for kind, label in labels.items()))


def _words(trend: Trend | None, city: Trend | None, say: Words) -> str:
    if city is None or trend is None:
        return ""
    words = upper_first(course_shortest(trend, city, say))
    if trend.pace is None or trend.first_year == city.first_year:
        return words
    return say("{words} (since {year})", words=words, year=say.round(trend.first_year))


def _headline(title: str, city: Trend | None, count: Counter[TrendDirection], say: Words) -> str:
    if city is None or not count:
        return say("{title}: where the schools stand", title=title)
    moved = say.plural(
        "{title}: since {year}, {up} of {n} school has gone up and {down} down",
        "{title}: since {year}, {up} of {n} schools have gone up and {down} down",
        count.total(),
        title=title,
        year=say.round(city.first_year),
        up=say.integer(count[TrendDirection.UP]),
        down=say.integer(count[TrendDirection.DOWN]),
    )
    return "; ".join([moved, *others_words(count, say)])
