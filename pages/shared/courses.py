"""Smoothed levels over all the rounds of a framework and those before it: a course for each school, or each thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

from analytics.charts.spark import Course, LevelFrame, course_of
from analytics.maturity.trends import (
    TrendLevel,
    city_trend_levels,
    level_ends,
    school_trend_levels,
    trend_levels_on,
)
from analytics.model.figures import CITY
from analytics.model.frameworks import WHOLE, Framework
from analytics.words.language import Words
from pages.shared.parts import on_one_scale
from pages.ui.content import Ask

OVER = 3  # pixels: a dot at the top of a small picture of 22 reaches into its row's air, and its line is less flat
Thing = tuple[str, str]
"""An area (WHOLE: all of them) and a criterion of it ('': the area as such)."""
NOWHERE: Thing = ("", "-")
"""Of which nothing is told."""


def things(framework: Framework) -> tuple[Thing, ...]:
    """Everything that has a trend: the whole, then each area and its criteria."""
    areas = ((area.id, id_) for area in framework.areas for id_ in ("", *(each.id for each in area.criteria)))
    return ((WHOLE, ""), *areas)


def thing_title(framework: Framework, thing: Thing, say: Words) -> str:
    area, criterion = thing
    if criterion:
        return f"{criterion} {framework.criterion(criterion).title.in_(say.language)}"
    return {each.id: each.title.in_(say.language) for each in framework.areas}.get(area, say("All areas"))


def courses_on(
    ask: Ask, chain: Sequence[Framework], thing: Thing, schools: Iterable[str] | None = None
) -> dict[str, Course]:
    """Of those of these schools (None: all) that the viewer may see, on a thing of the last framework of the chain."""
    ids = None if schools is None else list(schools)

    def levels(framework: Framework) -> tuple[TrendLevel, ...]:
        area, criterion = _former(chain, framework, thing) or NOWHERE
        return trend_levels_on(ask.view, ask.viewer, framework.id, area, criterion, ids)

    return _courses(ask, chain, levels, lambda _, row: (row.school_id,))


def corners_on(
    ask: Ask, chain: Sequence[Framework], thing: Thing, year: int, schools: Collection[str] | None
) -> Course:
    """What stands in a frame for the courses of all of these schools (None: all) of the last framework's round: their
    first year with their lowest level, their last with the highest."""
    found = []
    for framework in on_one_scale(chain):
        there = _former(chain, framework, thing) or NOWHERE
        found.append(level_ends(ask.view, ask.viewer, framework.id, *there, (chain[-1].id, year), schools))
    ends = list(filter(None, found))
    if not ends:
        return ()
    first, last = min(each.first_year for each in ends), max(each.last_year for each in ends)
    return (((first, min(each.lowest for each in ends)), (last, max(each.highest for each in ends))),)


def courses_of(ask: Ask, chain: Sequence[Framework], school_id: str) -> dict[Thing, Course]:
    """Of a school (CITY: the city), on every thing of the last framework of the chain."""

    def levels(framework: Framework) -> tuple[TrendLevel, ...]:
        if school_id == CITY:
            return city_trend_levels(ask.view, ask.viewer, framework.id)
        return school_trend_levels(ask.view, ask.viewer, school_id, framework.id)

    heirs: dict[tuple[str, Thing], list[Thing]] = defaultdict(list)
    for thing in things(chain[-1]):
        for framework in chain:
            if before := _former(chain, framework, thing):
                heirs[framework.id, before].append(thing)
    return _courses(ask, chain, levels, lambda id_, row: heirs[id_, (row.area, row.criterion)])


def level_frame(ask: Ask, chain: Sequence[Framework], courses: Sequence[Course], size: tuple[int, int]) -> LevelFrame:
    """One that holds them all and the goal, the years that anything is shown of, and where frameworks begin."""
    framework = chain[-1]
    points = [point for course in courses for piece in course for point in piece]
    years = sorted({year for year, _ in points})
    starts = (ask.catalogue.years(later.id)[0] for later in on_one_scale(chain)[1:] if ask.catalogue.years(later.id))
    return LevelFrame(
        *size,
        (years[0], years[-1]) if years else (framework.valid_from, framework.valid_from),
        LevelFrame.levels_around([framework.goal.level, *(level for _, level in points)]),
        framework.goal.level,
        tuple(year for year in starts if years and years[0] < year <= years[-1]),
        over=OVER,
    )


def _courses(
    ask: Ask,
    chain: Sequence[Framework],
    levels: Callable[[Framework], Sequence[TrendLevel]],
    whose: Callable[[str, TrendLevel], Sequence],
) -> dict:
    """Pieces of a line by what it belongs to (`whose`); none goes on from one framework to the next."""
    drawn = on_one_scale(chain)
    found: dict = defaultdict(dict)
    for framework in drawn:
        for row in levels(framework):
            for owner in whose(framework.id, row):
                found[owner][row.year] = row.level
    rounds = [ask.catalogue.years(framework.id) for framework in drawn]
    return {owner: course_of(by_year, rounds) for owner, by_year in found.items()}


def _former(chain: Sequence[Framework], framework: Framework, thing: Thing) -> Thing | None:
    """What a thing of the chain's last framework was in this one; None where there was nothing of the kind."""
    area, criterion = thing
    if not criterion:
        return thing if area == WHOLE or area in {each.id for each in framework.areas} else None
    wanted: str | None = criterion
    for each in reversed(chain):
        if wanted not in {known.id for known in each.criteria}:
            return None
        found = each.criterion(wanted)
        if each == framework:
            return found.area, found.id
        wanted = found.previous
    return None
