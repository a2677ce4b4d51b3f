"""Min skola's development: the school's course on every criterion beside the city's, as small pictures by area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from analytics.charts.spark import Course, LevelFrame
from analytics.maturity.trends import Trend, city_trends, school_trends
from analytics.model.figures import CITY, TrendDirection
from analytics.model.frameworks import WHOLE, Area, Framework
from analytics.words.goals import level_name
from analytics.words.language import Words
from pages.figures.school.comparison import SchoolComparison
from pages.figures.school.trend_and_change import reconciled
from pages.shared.courses import Thing, courses_of, level_frame, thing_title, things
from pages.shared.small_pictures import OWN, level_picture, level_symbols, scale
from pages.shared.trend_columns import trend_columns
from pages.shared.trend_words import (
    course_sentence,
    course_short,
    course_words,
    how_to_read,
    key_words,
    level_words,
    levels_words,
    others_words,
)
from pages.ui import html
from pages.ui.content import Ask, Block, Table, TableColumn, text_column
from pages.ui.phrases import break_note, upper_first
from pages.ui.titles import address

SIZE = (200, 64)  # of a small picture, which takes the width that there is
UNDER = 13  # below it, for the years


@dataclass(frozen=True)
class _Trends:
    """The school's and the city's trends and courses by thing, and the frame that all pictures have."""

    own: Mapping[Thing, Trend]
    city: Mapping[Thing, Trend]
    courses: Mapping[Thing, Course]
    city_courses: Mapping[Thing, Course]
    frame: LevelFrame

    @property
    def last(self) -> int:
        """The city's last round."""
        return max(trend.last_year for trend in self.city.values())


def is_developed(ask: Ask, framework_id: str) -> bool:
    """Whether the framework has had the three rounds that a trend takes."""
    return bool(city_trends(ask.view, ask.viewer, framework_id))


def development_block(ask: Ask, comparison: SchoolComparison) -> Block | None:
    """None before the third round of the framework."""
    say, framework, school = ask.say, comparison.framework, comparison.school
    city = {(row.area, row.criterion): row for row in city_trends(ask.view, ask.viewer, framework.id)}
    if not city:
        return None
    own = {(row.area, row.criterion): row for row in school_trends(ask.view, ask.viewer, school.id, framework.id)}
    courses, city_courses = (courses_of(ask, comparison.chain, id_) for id_ in (school.id, CITY))
    drawn = [course for thing, course in [*courses.items(), *city_courses.items()] if thing[1]]
    found = _Trends(own, city, courses, city_courses, level_frame(ask, comparison.chain, drawn, SIZE))
    headline = _headline(found, say)
    both = reconciled(own.get((WHOLE, "")), comparison.change_on(WHOLE), say)
    shown = [thing for thing in things(framework) if thing in city]
    columns: tuple[TableColumn[Thing], ...] = (
        text_column(say("Criterion"), lambda thing: thing_title(framework, thing, say)),
        *trend_columns(own.get, say),
    )
    where = {"framework": framework.id, "year": comparison.year}
    areas = (_area(framework, area, found, where, say) for area in framework.areas)
    return Block(
        key="development",
        headline=headline,
        alt=say(
            "One small picture per criterion, by area: the school's levels over the years compared with the "
            "city's, its level now, and its pace a year in words. {headline}.",
            headline=headline,
        ),
        table=Table.of(columns, shown),
        note=" ".join(filter(None, [both, key_words(school.name, framework, level_name(framework, say), say)])),
        reading=how_to_read(found.frame, break_note(comparison.chain, say) if found.frame.breaks else "", say),
        drawing=html.element(
            "div", level_symbols(found.frame, (), _years(found.frame, say)), *areas, class_="kd-drawn"
        ),
    )


def _area(framework: Framework, area: Area, found: _Trends, where: Mapping[str, str | int], say: Words) -> Markup:
    """The area's own trend, and its criteria's pictures in a row."""
    trend, title = found.own.get((area.id, "")), area.title.in_(say.language)
    asked = [(area.id, criterion.id) for criterion in area.criteria if (area.id, criterion.id) in found.city]
    pictures = (_criterion(framework, thing, found, where, say) for thing in asked)
    return html.element(
        "section",
        html.element("h3", title, class_="kd-area"),
        html.element(
            "p",
            _level_and(
                trend, course_words(trend, found.city.get((area.id, "")), say) if trend else None, found.last, say
            ),
        ),
        html.element("ul", *pictures, class_="kd-multiples"),
    )


def _criterion(
    framework: Framework, thing: Thing, found: _Trends, where: Mapping[str, str | int], say: Words
) -> Markup:
    trend, course = found.own.get(thing), found.courses.get(thing, ())
    words = "" if trend is None else upper_first(course_words(trend, found.city.get(thing), say))
    said = ". ".join(filter(None, [words, levels_words(course, say)]))
    there = address("kriterier", say, **where, criterion=thing[1])
    return html.element(
        "li",
        html.element("p", html.link(thing_title(framework, thing, say), there), class_="kd-name"),
        level_picture(course, found.frame, OWN, said, found.city_courses.get(thing, ()), UNDER),
        html.element("p", _level_and(trend, course_short(trend, say) if trend else None, found.last, say)),
    )


def _level_and(trend: Trend | None, words: str | None, last: int, say: Words) -> Markup:
    """The level in the city's `last` round, or with its year in the last that is shown; what is said of the trend."""
    if trend is None or words is None:
        return html.joined([say("Nothing can be shown in any round: too few answers.")])
    return html.joined([html.element("strong", level_words(trend, last, say)), f" {words}"])


def _years(frame: LevelFrame, say: Words) -> Markup:
    """Below the small picture, where they stand in it."""
    return scale(SIZE[0], [(frame.x(year), say.round(year)) for year in frame.told_years], SIZE[1] + UNDER - 2)


def _headline(found: _Trends, say: Words) -> str:
    """The school's own trend, and how many of its criteria go which way."""
    whole = found.own.get((WHOLE, ""))
    if whole is None:
        return say("Nothing can be shown in any round: too few answers.").rstrip(".")
    sentence = course_sentence(whole, found.city.get((WHOLE, "")), say)
    count = Counter(trend.direction for thing, trend in found.own.items() if thing[1] and trend.direction)
    if not count:
        return sentence
    if count[TrendDirection.UP] == count.total() > 1:
        return say("{sentence}. All {n} criteria go up", sentence=sentence, n=say.integer(count.total()))
    if count[TrendDirection.DOWN] == count.total() > 1:
        return say("{sentence}. All {n} criteria go down", sentence=sentence, n=say.integer(count.total()))
    moved = say.plural(
        "{sentence}. Of {n} criterion {up} goes up and {down} down",
        "{sentence}. Of {n} criteria {up} go up and {down} down",
        count.total(),
        sentence=sentence,
        up=count[TrendDirection.UP],
        down=count[TrendDirection.DOWN],
    )
    return "; ".join([moved, *others_words(count, say)])
