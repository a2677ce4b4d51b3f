"""Small pictures of levels and paces as SVG, to stand by the dozen on a page: what all share is drawn once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from analytics.charts.spark import Course, LevelFrame, PaceFrame
from analytics.maturity.trends import Trend
from analytics.model.figures import TrendDirection
from analytics.model.present import present
from analytics.words.language import Words
from pages.ui import html

OWN, CITY = "kd-own", "kd-city"
"""Whose a line is, by which it has its colour."""
NOTHING = Markup()
EDGE = 14  # pixels from the side of a picture within which a text over it begins or ends there
UNREAD = {"aria-hidden": "true"}  # what is drawn stands in words beside it


@dataclass(frozen=True, slots=True)
class Now:
    """What is told of the round that the page is about, which the smoothed line beside it need not end at. `text`: the
    figure as it is told; `reached`: whether it has reached the goal."""

    year: int
    level: float
    text: str
    reached: bool


def level_symbols(frame: LevelFrame, city: Course, texts: Markup = NOTHING) -> Markup:
    """What all pictures of levels share: the scale's ends, the goal, where a framework begins, the city, `texts`."""
    shared = (
        _path("kd-edge", frame.edges),
        _path("kd-break", frame.break_lines),
        _path("kd-goal", frame.goal_line),
        *_line(CITY, frame, city),
        texts,
    )
    return _symbol("kd-levels", shared)


def level_picture(
    course: Course,
    frame: LevelFrame,
    whose: str,
    said: str,
    city: Course = (),
    under: int = 0,
    now: Now | None = None,
) -> Markup:
    """A course in front of the city's, and a dot for what is told `now` (without it: for the end of the course), filled
    where it has reached the goal, a ring below it. `city`: where it is not one for all pictures; `under`: pixels below
    it, for what all pictures have there."""
    parts = [_use("kd-levels"), *_line(CITY, frame, city), *_line(whose, frame, course)]
    if now is not None:
        parts.append(_dot(whose, frame.x(now.year), frame.y(now.level), filled=now.reached))
    elif course:
        year, level = course[-1][-1]
        parts.append(_dot(whose, frame.x(year), frame.y(level), filled=level >= frame.goal))
    return svg(frame.width, frame.height + under, parts, _read_as(said))


def bare_picture(course: Course, frame: LevelFrame, whose: str, said: str) -> Markup:
    """A course by itself, its end a dot."""
    year, level = course[-1][-1]
    parts = [*_line(whose, frame, course), _dot(whose, frame.x(year), frame.y(level), filled=True)]
    return svg(frame.width, frame.height, parts, _read_as(said))


def pace_symbol(frame: PaceFrame, city_pace: float | None) -> Markup:
    """What all pictures of paces share: where nothing moves, and the city's pace if it stands behind the others."""
    city = NOTHING if city_pace is None else _path("kd-mark", frame.upright(city_pace))
    return _symbol("kd-paces", [city, _path("kd-zero", frame.upright(0))])


def pace_picture(trend: Trend | None, frame: PaceFrame, whose: str) -> Markup:
    """The pace as a dot on its 90 % interval; a ring where its direction cannot be told."""
    parts = [_use("kd-paces")]
    if trend is not None and trend.pace is not None:
        parts.append(_path(whose, frame.interval(present(trend.pace_low), present(trend.pace_high))))
        told = trend.direction is not TrendDirection.CANNOT_TELL
        parts.append(_dot(whose, frame.x(trend.pace), frame.height / 2, filled=told))
    return svg(frame.width, frame.height, parts, UNREAD)


def scale(width: int, marks: Sequence[tuple[float, str]], y: float = 11) -> Markup:
    """Texts where they stand in pictures of that width; none sticks out at the sides."""
    return html.joined(_mark(words, x, y, width) for x, words in marks)


def over(width: int, marks: Sequence[tuple[float, str]]) -> Markup:
    """Texts to stand above a column of pictures, where they stand in them."""
    return svg(width, 14, [scale(width, marks)], UNREAD)


def years_over(frame: LevelFrame, say: Words) -> Markup:
    """The first and the last year, and those in which a framework begins where there is room between."""
    return over(frame.width, [(frame.x(year), say.round(year)) for year in frame.told_years])


def _mark(words: str, x: float, y: float, width: int) -> Markup:
    anchor = "start" if x < EDGE else "end" if x > width - EDGE else "middle"
    at = {"start": 0, "middle": x, "end": width}[anchor]
    return html.element("text", words, class_="kd-tick", x=f"{at:g}", y=f"{y:g}", **{"text-anchor": anchor})


def svg(width: int, height: int, parts: Iterable[Markup], attributes: dict[str, str]) -> Markup:
    """Its size on the page is the style sheet's."""
    return html.element("svg", *parts, viewBox=f"0 0 {width} {height}", **attributes)


def _read_as(said: str) -> dict[str, str]:
    """A picture of a course is read out as what it says. Where there is none (a school's first round) the figure beside
    it says all."""
    return {"role": "img", "aria-label": said} if said else UNREAD


def _line(whose: str, frame: LevelFrame, course: Course) -> tuple[Markup, Markup]:
    return _path(whose, frame.line(course)), _path(f"{whose} kd-alone", frame.alone(course))


def _dot(whose: str, x: float, y: float, *, filled: bool) -> Markup:
    return html.element("circle", class_=whose if filled else f"{whose} kd-ring", cx=f"{x:g}", cy=f"{y:g}", r="3.5")


def _path(kind: str, line: str) -> Markup:
    return html.element("path", class_=kind, d=line) if line else NOTHING


def _use(symbol: str) -> Markup:
    return html.element("use", href=f"#{symbol}")


def _symbol(id_: str, parts: Iterable[Markup]) -> Markup:
    inner = html.element("symbol", *parts, id=id_, overflow="visible")
    return html.element("svg", inner, width="0", height="0", class_="kd-symbols", **UNREAD)
