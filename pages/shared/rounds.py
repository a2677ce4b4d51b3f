"""Which schools a round has, as far as the viewer may see them."""

from __future__ import annotations

from analytics.maturity.rounds import schools_of_round, schools_with_figures
from pages.ui import access
from pages.ui.content import Ask


def schools_ever(ask: Ask, framework_id: str) -> tuple[str, ...]:
    """The ids of the schools that any of the framework's rounds has, and that the viewer may see, by name."""
    there = set()
    for year in ask.catalogue.years(framework_id):
        there |= access.composed(schools_in_round, ask, framework_id, year)
    return tuple(school.id for school in ask.catalogue.schools if school.id in there)


def schools_in_round(ask: Ask, framework_id: str, year: int) -> frozenset[str]:
    """The ids of the schools that the round has, and that the viewer may see."""
    return schools_of_round(ask.view, ask.viewer, framework_id, year)


def schools_to_compare(ask: Ask, framework_id: str, year: int) -> frozenset[str]:
    """The ids of those of them that have figures. Read once for the pages of all of them."""
    return access.composed(_with_figures, ask, framework_id, year)


def _with_figures(ask: Ask, framework_id: str, year: int) -> frozenset[str]:
    return schools_with_figures(ask.view, ask.viewer, framework_id, year)
