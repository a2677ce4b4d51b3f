"""Turns of phrase that several pages share, and the axis that a framework's scale makes."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from analytics.charts.ribbon import Era
from analytics.charts.style import LevelAxis
from analytics.charts.trend import SeriesBreak
from analytics.model.frameworks import Framework
from analytics.words.goals import level_name
from analytics.words.language import Words
from pages.ui.content import Catalogue


def axis_of(framework: Framework, say: Words) -> LevelAxis:
    """The framework's scale with level names, and the goal line named."""
    names = framework.labels(say.language)
    goal = say("{level} – goal", level=level_name(framework, say))
    return LevelAxis(framework.scale_min, names, framework.goal.level, goal)


def scale_of(framework: Framework) -> tuple[float, float]:
    """The lowest level and the highest."""
    return framework.scale_min, framework.scale_min + len(framework.levels) - 1


def breaks_of(chain: Sequence[Framework], say: Words) -> tuple[SeriesBreak, ...]:
    """A mark where each framework but the first took over."""
    return tuple(
        SeriesBreak(framework.valid_from, say("New framework {year}", year=_first_year(framework, say)))
        for framework in chain[1:]
    )


def _first_year(framework: Framework, say: Words) -> str:
    return say.of_rounds(framework).round(framework.valid_from)


def eras_of(chain: Sequence[Framework], years: Collection[int], say: Words) -> tuple[Era, ...]:
    """The ribbon over a time axis: which framework held in which of the years shown."""
    eras = []
    for framework in chain:
        held = [year for year in years if framework.covers(year)]
        if held:
            first, last = min(held), max(held)
            called = "\N{EN DASH}".join(map(say.of_rounds(framework).round, (first, last)))
            eras.append(Era(first, last, framework.title.in_(say.language), called))
    return tuple(eras)


def break_note(chain: Sequence[Framework], say: Words) -> str:
    """Why the line is broken; empty where it is not."""
    if len(chain) < 2:
        return ""
    old, new = chain[-2].title.in_(say.language), chain[-1].title.in_(say.language)
    return say(
        "The line is broken at {year}: {new} replaced {old}, with other"
        " criteria, so levels before and after are not comparable.",
        year=_first_year(chain[-1], say),
        new=new,
        old=old,
    )


def left_out_notice(hidden: int, catalogue: Catalogue, say: Words) -> str:
    """How many schools are not in the figures, and which rule hid them."""
    if not hidden:
        return ""
    return say.plural(
        "{n} school has fewer than {limit} answers: hidden, and left out of the city's figures.",
        "{n} schools have fewer than {limit} answers: hidden, and left out of the city's figures.",
        hidden,
        limit=catalogue.hide_below,
    )


def upper_first(text: str) -> str:
    """For a sentence that begins with what may also stand within one."""
    return text[:1].upper() + text[1:]
