"""Kriterier's way on: who is furthest from the goal on a criterion, and who has come furthest."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.maturity.schools import CellFigure, round_cells
from analytics.model.frameworks import Criterion, Framework
from analytics.model.present import present
from analytics.words.cells import mean_text
from pages.shared.schools_choice import BY_LEVEL
from pages.ui import controls
from pages.ui.content import Ask, Way, Ways
from pages.ui.titles import address

NAMED = 5


def to_schools(
    ask: Ask, framework: Framework, criterion: Criterion, year: int, figures: Mapping[str, CellFigure]
) -> tuple[Ways, ...]:
    """The lowest and the highest on the criterion, by name where they are equal; fewer where there are not ten.
    `figures`: by school id."""
    say, names = ask.say, controls.school_names(ask.catalogue)
    shown = sorted((id_ for id_, figure in figures.items() if figure.mean is not None), key=names.__getitem__)
    shown.sort(key=lambda id_: present(figures[id_].mean))
    named = min(NAMED, len(shown) // 2)
    if not named:
        return ()
    where = {"framework": framework.id, "year": year}
    least, most = shown[:named], shown[-named:][::-1]
    told = round_cells(ask.view, ask.viewer, framework.id, year, criterion.id, [*least, *most])
    cells = {cell.school_id: cell for cell in told}

    def way(id_: str) -> Way:
        there = address("skola", say, **where, school=id_)
        return Way(names[id_], there, mean_text(cells[id_], say))

    every = address("skolor", say, **where, criterion=criterion.id, sort=BY_LEVEL)
    helped = address("lara", say, **where, school=shown[0], criterion=criterion.id)
    learn = Way(say("Who to learn from"), helped) if ask.viewer.schools is None else None  # no page of a school's
    return (
        Ways(say("Lowest just now"), tuple(map(way, least)), Way(say("All schools"), every)),
        Ways(
            say("Highest just now"),
            tuple(map(way, most)),
            learn,
        ),
    )
