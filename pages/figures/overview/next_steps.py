"""What to do next, beside Översikt's picture: efforts for all, and schools to visit (analytics.maturity.support)."""

from __future__ import annotations

from analytics.maturity.support import CriterionNeed, Need, criterion_needs, school_needs
from analytics.model.present import present
from analytics.words.frameworks import criterion_title
from pages.figures.overview.city_round import CityRound
from pages.ui import controls
from pages.ui.content import Ask, Way, Ways
from pages.ui.titles import address

LISTED = 5
NBSP = "\N{NO-BREAK SPACE}"


def next_steps(ask: Ask, city: CityRound) -> tuple[Ways, ...]:
    """The criteria that are low in many schools, and the schools that a visit would help; none where there are none."""
    if ask.viewer.schools is not None:  # what management does next is not a school's
        return ()
    needs = criterion_needs(ask.view, ask.viewer, city.framework, city.year)
    return tuple(ways for ways in (_efforts(ask, city, needs), _visits(ask, city, needs)) if ways.ways)


def _efforts(ask: Ask, city: CityRound, needs: tuple[CriterionNeed, ...]) -> Ways:
    say, means = ask.say, {cell.criterion: cell.mean for cell in city.now}
    found = [need for need in needs if need.need is Need.CITY]
    where = {"framework": city.framework.id, "year": city.year}

    def way(need: CriterionNeed) -> Way:
        there = address("kriterier", say, **where, criterion=need.criterion)
        below = say("{part} of {whole}", part=say.integer(need.below), whole=say.integer(need.schools))
        mean = say.number(present(means[need.criterion]))
        return Way(criterion_title(city.framework, need.criterion, say), there, f"{mean} · {below}".replace(" ", NBSP))

    return Ways(
        say("Joint efforts: mean, schools below"),
        tuple(map(way, found[:LISTED])),
        Way(say("All criteria by the effort they need"), address("stod", say, **where)),
    )


def _visits(ask: Ask, city: CityRound, needs: tuple[CriterionNeed, ...]) -> Ways:
    say, names = ask.say, controls.school_names(ask.catalogue)
    found = school_needs(ask.view, ask.viewer, city.framework, city.year, needs)
    where = {"framework": city.framework.id, "year": city.year}
    return Ways(
        say("Schools to visit: levels left to the goal"),
        tuple(
            Way(
                names[need.school_id],
                address("skola", say, **where, school=need.school_id),
                say("{lift} left", lift=say.number(need.lift, 1)),
            )
            for need in found[:LISTED]
        ),
        Way(
            say.plural("{n} school to visit", "All {n} schools to visit", len(found)),
            address("stod", say, **where),
        ),
    )
