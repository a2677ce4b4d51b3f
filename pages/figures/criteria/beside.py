"""Kriterier's way on: who is furthest from the goal on a criterion, and who has come furthest."""

from __future__ import annotations

from analytics.maturity.funnel import CriterionCount
from analytics.maturity.schools import MeanTold, means_beyond
from analytics.model.frameworks import Criterion, Framework
from analytics.words.cells import mean_text
from pages.shared.schools_choice import BY_LEVEL
from pages.ui import controls
from pages.ui.content import Ask, Way, Ways
from pages.ui.titles import address

NAMED = 5


def to_schools(
    ask: Ask, framework: Framework, criterion: Criterion, year: int, counted: CriterionCount
) -> tuple[Ways, ...]:
    """The lowest and the highest on the criterion, by name where they are equal; fewer where there are not ten.
    `counted`: with so many of the means as are named."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    named = min(NAMED, counted.shown // 2)
    if not named:
        return ()
    where = {"framework": framework.id, "year": year}
    ends = counted.lowest[-1], counted.highest[-1]
    told = means_beyond(ask.view, ask.viewer, framework.id, year, criterion.id, *ends)
    shown = sorted(told, key=lambda cell: (cell.mean, names[cell.school_id]))
    least, most = shown[:named], shown[-named:][::-1]

    def way(cell: MeanTold) -> Way:
        there = address("skola", say, **where, school=cell.school_id)
        return Way(names[cell.school_id], there, mean_text(cell, say))

    every = address("skolor", say, **where, criterion=criterion.id, sort=BY_LEVEL)
    helped = address("lara", say, **where, school=shown[0].school_id, criterion=criterion.id)
    learn = Way(say("Who to learn from"), helped) if ask.viewer.schools is None else None  # no page of a school's
    return (
        Ways(say("Lowest just now"), tuple(map(way, least)), Way(say("All schools"), every)),
        Ways(
            say("Highest just now"),
            tuple(map(way, most)),
            learn,
        ),
    )
