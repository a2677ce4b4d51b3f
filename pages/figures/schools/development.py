"""Skolor's development: every school's course over the rounds, where it stands, its pace, and that in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from analytics.maturity.rounds import lineage
from analytics.maturity.trends import Trend, city_trends, trends_on
from analytics.model.figures import CITY, TrendDirection
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.present import present
from analytics.model.schools import School
from analytics.words.goals import level_name
from analytics.words.language import Words
from pages.shared.courses import Thing, courses_of, courses_on, level_frame, thing_title
from pages.shared.schools_choice import BY_LEVEL, BY_PACE, on_page
from pages.shared.trend_columns import trend_columns
from pages.shared.trend_table import LEVELS, TrendHeadings, TrendRow, trend_table
from pages.shared.trend_words import course_words, how_to_read, key_words, others_words
from pages.ui import controls
from pages.ui.content import Ask, Block, Table, TableColumn, text_column
from pages.ui.phrases import break_note, upper_first
from pages.ui.titles import address


def thing_shown(framework: Framework, show: str, criterion: str | None) -> Thing:
    """What the trends are of: the criterion that is chosen, else the area, else the whole."""
    if criterion is not None:
        return framework.criterion(criterion).area, criterion
    return (show if show in {area.id for area in framework.areas} else WHOLE), ""


def paces(trends: Mapping[str, Trend]) -> dict[str, float]:
    """By school, of those whose pace is told."""
    return {id_: trend.pace for id_, trend in trends.items() if trend.pace is not None}


def trends_of_schools(ask: Ask, framework: Framework, thing: Thing) -> dict[str, Trend]:
    return {trend.school_id: trend for trend in trends_on(ask.view, ask.viewer, framework.id, *thing)}


def development_block(
    ask: Ask,
    framework: Framework,
    thing: Thing,
    year: int,
    found: Sequence[School],
    page: int,
    trends: Mapping[str, Trend],
    sort: str,
) -> Block | None:
    """`found`: the schools in the order that the page shows them in, of which this page's are drawn; None before the
    third round of the framework."""
    say = ask.say
    if sort == BY_LEVEL:  # by their levels here, which are not the means that the rest of the page goes by
        level = {id_: trend.level for id_, trend in trends.items()}
        found = sorted(found, key=lambda school: (school.id not in level, level.get(school.id, 0)))
    city = next((row for row in city_trends(ask.view, ask.viewer, framework.id) if _of(row) == thing), None)
    if city is None:
        return None
    chain = lineage(ask.catalogue.frameworks, framework.id)
    courses = courses_on(ask, chain, thing)
    city_course = courses_of(ask, chain, CITY).get(thing, ())
    frame = level_frame(ask, chain, [city_course, *(courses.get(school.id, ()) for school in found)], LEVELS)
    names = controls.school_names(ask.catalogue)
    where = {"framework": framework.id, "year": year} | ({"area": thing[0]} if thing[0] else {})
    rows = [TrendRow(say("The city"), "", city_course, city, upper_first(course_words(city, None, say)), chief=True)]
    rows += [
        TrendRow(
            names[school.id],
            address("skola", say, school=school.id, **where),
            courses.get(school.id, ()),
            trends.get(school.id),
            _words(trends.get(school.id), city, say),
        )
        for school in on_page(found, page)
    ]
    title = thing_title(framework, thing, say)
    headline = _headline(title, city, [trends[school.id] for school in found if school.id in trends], say)
    heads = TrendHeadings(
        say("{title}: development of the schools over the rounds", title=title),
        say("School"),
        say("In words"),
        more=say.plural("Show the one school", "Show all {n} schools", len(rows) - 1),
    )
    columns: tuple[TableColumn[School | None], ...] = (
        text_column(say("School"), lambda school: say("The city") if school is None else names[school.id]),
        *trend_columns(lambda school: city if school is None else trends.get(school.id), say),
    )
    notes = (key_words(say("the school"), framework, level_name(framework, say), say), _order(found, trends, sort, say))
    return Block(
        key="development",
        headline=headline,
        alt=say(
            "A row a school with a small picture of its levels over the years, its level now, its pace a year with a"
            " 90 % interval, and the same in words. {headline}.",
            headline=headline,
        ),
        table=Table.of(columns, [None, *found]),
        note=" ".join(filter(None, notes)),
        reading=how_to_read(frame, break_note(chain, say) if frame.breaks else "", say),
        drawing=trend_table(rows, heads, frame, city, city_course, say),
    )


def _of(trend: Trend) -> Thing:
    return trend.area, trend.criterion


def _words(trend: Trend | None, city: Trend, say: Words) -> str:
    if trend is None:
        return say("Nothing can be shown in any round: too few answers.")
    words = upper_first(course_words(trend, city, say))
    if trend.pace is None or trend.first_year == city.first_year:
        return words
    return say("{words} (since {year})", words=words, year=trend.first_year)


def _headline(title: str, city: Trend, trends: Sequence[Trend], say: Words) -> str:
    count = Counter(trend.direction for trend in trends if trend.direction)
    if not count:
        return say("{title}: no school has three rounds that can be shown", title=title)
    moved = say.plural(
        "Development – {title}: since {year} {up} of {n} school goes up and {down} down",
        "Development – {title}: since {year} {up} of {n} schools go up and {down} down",
        count.total(),
        title=title,
        year=city.first_year,
        up=count[TrendDirection.UP],
        down=count[TrendDirection.DOWN],
    )
    return "; ".join([moved, *others_words(count, say)])


def _order(found: Sequence[School], trends: Mapping[str, Trend], sort: str, say: Words) -> str:
    """How sure the order is that was asked for; nothing where it goes by name."""
    told = [trend for school in found if (trend := trends.get(school.id)) and trend.pace is not None]
    if sort == BY_PACE and len(told) > 1:
        first, *others = told
        level = sum(present(trend.pace_high) >= present(first.pace_low) for trend in others)
        if not level:
            return say("In the order of their paces: the interval of the first lies above those of all others.")
        return say.plural(
            "In the order of their paces: the interval of {level} of the {n} other reaches into that of the first, so"
            " which of them is the fastest cannot be told.",
            "In the order of their paces: the intervals of {level} of the {n} others reach into that of the first, so"
            " which of them is the fastest cannot be told.",
            len(others),
            level=level,
        )
    if sort == BY_LEVEL and len(told) > 1:
        return say(
            "In the order of their levels, lowest first. The levels are estimates: of schools with levels near each"
            " other nobody can tell which is the lower."
        )
    return ""
