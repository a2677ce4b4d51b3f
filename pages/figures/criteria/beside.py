"""Kriterier's way on: who is furthest from the goal on a criterion, and who has come furthest."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.maturity.schools import Cell
from analytics.model.frameworks import Criterion, Framework
from analytics.model.present import present
from analytics.words.cells import mean_text
from pages.shared.schools_choice import BY_LEVEL
from pages.ui import controls
from pages.ui.content import Ask, Way, Ways
from pages.ui.titles import address

NAMED = 5


def to_schools(ask: Ask, framework: Framework, criterion: Criterion, cells: Sequence[Cell]) -> tuple[Ways, ...]:
    """The lowest and the highest on the criterion, by name where they are equal; fewer where there are not ten."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    shown = sorted((cell for cell in cells if cell.mean is not None), key=lambda cell: names[cell.school_id])
    shown.sort(key=lambda cell: present(cell.mean))
    named = min(NAMED, len(shown) // 2)
    if not named:
        return ()
    where = {"framework": framework.id, "year": cells[0].year}

    def way(cell: Cell) -> Way:
        there = address("skola", say, **where, school=cell.school_id)
        return Way(names[cell.school_id], there, mean_text(cell, say))

    every = address("skolor", say, **where, criterion=criterion.id, sort=BY_LEVEL)
    helped = address("lara", say, **where, school=shown[0].school_id, criterion=criterion.id)
    learn = Way(say("Who to learn from"), helped) if ask.viewer.schools is None else None  # no page of a school's
    return (
        Ways(say("Lowest just now"), tuple(map(way, shown[:named])), Way(say("All schools"), every)),
        Ways(
            say("Highest just now"),
            tuple(map(way, reversed(shown[-named:]))),
            learn,
        ),
    )
