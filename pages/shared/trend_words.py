"""A trend in words: which way, how fast a year, how surely, and how that is beside the city's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import ceil

from analytics.charts.spark import Course, LevelFrame
from analytics.maturity.trends import Trend
from analytics.model.figures import BesideCity, TrendDirection
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.words.language import N_, NP_, Marked, Words
from analytics.words.trends import BESIDE_CITY, TREND_STATUS

SURE = 0.95  # of a direction: its 90 % interval lies on one side of 0

HOW_SURE: Mapping[bool, Marked] = {True: N_("sure"), False: N_("fairly sure")}
HOW_SURELY: Mapping[bool, Marked] = {True: N_("clearly"), False: N_("likely")}
COURSE: Mapping[TrendDirection, Marked] = {
    TrendDirection.UP: N_("up about {pace} a year ({interval}); the direction is {sure}"),
    TrendDirection.DOWN: N_("down about {pace} a year ({interval}); the direction is {sure}"),
    TrendDirection.STILL: N_("still: at most {most} a year either way"),
    TrendDirection.CANNOT_TELL: N_("no clear direction ({interval} a year)"),
}
COURSE_BESIDE_CITY: Mapping[TrendDirection, Marked] = {
    TrendDirection.UP: N_("up about {pace} a year ({interval}), {beside}; the direction is {sure}"),
    TrendDirection.DOWN: N_("down about {pace} a year ({interval}), {beside}; the direction is {sure}"),
    TrendDirection.STILL: N_("still: at most {most} a year either way; {beside}"),
    TrendDirection.CANNOT_TELL: N_("no clear direction ({interval} a year); {beside}"),
}
SINCE: Mapping[TrendDirection, Marked] = {
    TrendDirection.UP: N_("Since {year} {course}"),
    TrendDirection.DOWN: N_("Since {year} {course}"),
    TrendDirection.STILL: N_("Still since {year}: at most {most} a year either way"),
    TrendDirection.CANNOT_TELL: N_("No clear direction since {year} ({interval} a year)"),
}
SHORT: Mapping[TrendDirection, Marked] = {
    TrendDirection.UP: N_("{surely} up, {pace} a year"),
    TrendDirection.DOWN: N_("{surely} down, {pace} a year"),
    TrendDirection.STILL: N_("still"),
    TrendDirection.CANNOT_TELL: N_("no clear direction"),
}
WAY: Mapping[TrendDirection, Marked] = {
    TrendDirection.UP: N_("{surely} up"),
    TrendDirection.DOWN: N_("{surely} down"),
    TrendDirection.STILL: N_("still"),
    TrendDirection.CANNOT_TELL: N_("no clear direction"),
}
AGAINST_CITY: Mapping[BesideCity, Marked | None] = {  # where one of the two rises and the other does not
    BesideCity.FASTER: N_("above the city's pace"),
    BesideCity.SLOWER: N_("below the city's pace"),
    BesideCity.CANNOT_TELL: None,
}


STAND_STILL = NP_("{n} stands still", "{n} stand still")
CANNOT_BE_TOLD = NP_("{n} with no clear direction", "{n} with no clear direction")


def course_words(trend: Trend, city: Trend | None, say: Words) -> str:
    """As part of a sentence; the city's own trend has no other beside it (None)."""
    if trend.direction is None:
        return say.marked(TREND_STATUS[trend.status])
    beside = _beside(trend, city, say)
    texts = COURSE_BESIDE_CITY if beside else COURSE
    return say.marked(texts[trend.direction], beside=beside, **_figures(trend, say))


def course_sentence(trend: Trend, city: Trend | None, say: Words) -> str:
    """From when on, and then the same, as a sentence without its full stop."""
    course = course_words(trend, city, say)
    if trend.direction is None:
        return course.rstrip(".")
    return say.marked(SINCE[trend.direction], year=say.round(trend.first_year), course=course, **_figures(trend, say))


def course_short(trend: Trend, say: Words) -> str:
    """The same where there is little room."""
    if trend.direction is None:
        return say("too few rounds")
    return say.marked(SHORT[trend.direction], **_figures(trend, say))


def course_shortest(trend: Trend, city: Trend | None, say: Words) -> str:
    """Which way and how surely, and whether faster than the city: where the pace is drawn beside it."""
    if trend.direction is None:
        return say("too few rounds")
    way = say.marked(WAY[trend.direction], surely=say.marked(HOW_SURELY[present(trend.direction_sure) >= SURE]))
    return ", ".join(filter(None, [way, _beside(trend, city, say)]))


def pace_interval(trend: Trend, say: Words) -> str:
    """The pace's 90 % interval, with signs; empty where no pace is told."""
    if trend.pace_low is None or trend.pace_high is None:
        return ""
    return say("{low} to {high}", low=say.signed(trend.pace_low), high=say.signed(trend.pace_high))


def level_words(trend: Trend, last: int, say: Words) -> str:
    """The level in the last round that is shown, with its year where that is another than everybody's last."""
    level = say.number(trend.level)
    return level if trend.last_year == last else f"{level} ({say.round(trend.last_year)})"


def others_words(count: Counter[TrendDirection], say: Words) -> list[str]:
    """How many go neither up nor down, where any does."""
    ways = ((TrendDirection.STILL, STAND_STILL), (TrendDirection.CANNOT_TELL, CANNOT_BE_TOLD))
    return [say.marked(text, n=count[way]) for way, text in ways if count[way]]


def levels_words(course: Course, say: Words) -> str:
    """Where each of a line's pieces begins and ends: the text of a small picture."""
    texts = []
    for piece in course:
        (first, start), (last, end) = piece[0], piece[-1]
        if first == last:
            texts.append(say("{year}: {mean}", year=say.round(first), mean=say.number(start)))
        else:
            figures = {
                "first": say.round(first),
                "last": say.round(last),
                "start": say.number(start),
                "end": say.number(end),
            }
            texts.append(say("{first}–{last}: from {start} to {end}", **figures))
    return "; ".join(texts)


def too_early(has_trends: bool, say: Words) -> str:
    """Why there is no development to show; empty where there is."""
    return "" if has_trends else say("Development is shown from a framework's third round on.")


def key_words(who: str, framework: Framework, goal: str, say: Words) -> str:
    """What the lines of the small pictures are; `who`: whose the blue one is, if not the city's; `goal`: what its level
    is called."""
    figures = {"level": framework.goal.level, "goal": goal}
    if not who:
        return say("Line: the city. Dashed: the goal, {level} ({goal}).", **figures)
    return say("Blue: {who}. Grey: the city. Dashed: the goal, {level} ({goal}).", who=who, **figures)


def scale_heading(frame: LevelFrame, say: Words) -> str:
    """What stands over small pictures of levels: that they are, and from where to where they go."""
    low, high = frame.levels
    return say("Level {low}–{high}", low=say.number(low, 1), high=say.number(high, 1))


def how_to_read(frame: LevelFrame, break_: str, say: Words) -> str:
    """What stands in the small pictures, and what they are made of; `break_`: why the lines are broken, if they are."""
    low, high = frame.levels
    text = say(
        "All pictures have one scale, from {low} to {high}. The levels are smoothed: what passes, and chance, "
        "is taken out as far as that can be determined. A filled dot has reached the goal, a ring has not. The "
        "pace is levels a year with its 90% interval. A direction is given where it is at least 80% sure, and "
        "called sure from 95%. Where nothing is said of the city, nobody can tell whether the pace is another "
        "than the city's.",
        low=say.number(low, 1),
        high=say.number(high, 1),
    )
    return " ".join(filter(None, [text, break_]))


def _beside(trend: Trend, city: Trend | None, say: Words) -> str:
    """Whether it is faster than the city; nothing where that cannot be told."""
    if city is None or trend.beside_city in (None, BesideCity.CANNOT_TELL):
        return ""
    if trend.direction is TrendDirection.UP and city.direction is TrendDirection.UP:
        return say.marked(BESIDE_CITY[trend.beside_city])
    return say.marked(AGAINST_CITY[trend.beside_city])


def _figures(trend: Trend, say: Words) -> dict[str, str]:
    """What the texts above have holes for. `most`: how far the interval reaches from 0, rounded up so that no more is
    claimed."""
    sure = present(trend.direction_sure) >= SURE
    most = max(abs(present(trend.pace_low)), abs(present(trend.pace_high)))
    return {
        "pace": say.number(abs(present(trend.pace))),
        "interval": pace_interval(trend, say),
        "most": say.number(ceil(most * 100 - 1e-9) / 100),
        "sure": say.marked(HOW_SURE[sure]),
        "surely": say.marked(HOW_SURELY[sure]),
    }
