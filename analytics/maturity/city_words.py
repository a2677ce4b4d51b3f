"""A round of the city in sentences, the same on Översikt and in the yearly quality report."""

from __future__ import annotations

from analytics.maturity.city import CityArea, clearly_different
from analytics.maturity.city_round import CityRound
from analytics.maturity.equity import GapChange, gap_changes
from analytics.maturity.rounds import Round
from analytics.model.frameworks import WHOLE, Framework
from analytics.model.present import present
from analytics.words.language import Words

SAME_SCHOOLS = 0.05  # above this difference in the number of schools, two rounds' counts are not subtracted


def ranked_areas(framework: Framework, by_area: dict[str, CityArea]) -> list[CityArea]:
    """The areas that are shown, the lowest first."""
    rows = [by_area[area.id] for area in framework.areas if area.id in by_area and by_area[area.id].mean is not None]
    return sorted(rows, key=lambda row: present(row.mean))


def city_answer(city: CityRound, say: Words) -> str:
    """How many schools are at the goal, how the areas have moved, and whether the schools draw apart: two sentences."""
    first, since = at_the_goal(city.round, say), since_before(city, say)
    said = [areas_moved(city, say), lowest(city, say), drawn_apart(city, say)]
    second = "; ".join(filter(None, said))
    second = second[:1].upper() + second[1:]
    return f"{first}, {since}. {second}." if since else f"{first}. {second}." if second else f"{first}."


def at_the_goal(this: Round, say: Words) -> str:
    """How many of the schools of which it can be told are at the goal; without a full stop."""
    told = this.met + this.not_met
    if not told:
        return say("No school can be shown")
    return say.plural(
        "{met} of {n} school is at the goal on every criterion",
        "{met} of {n} schools are at the goal on every criterion",
        told,
        met=say.integer(this.met),
    )


def areas_moved(city: CityRound, say: Words) -> str:
    """Which areas have clearly moved, as part of a sentence; empty where none can be compared."""
    changes = list(city.area_changes.values())
    if not changes:
        return ""
    titles = {area.id: area.title.in_(say.language) for area in city.framework.areas}
    raised = [change.area for change in changes if change.clear and change.difference > 0]
    lowered = [change.area for change in changes if change.clear and change.difference < 0]
    if len(raised) == len(changes) > 1:
        return say("every area has risen")
    if len(lowered) == len(changes) > 1:
        return say("every area has fallen")
    if not raised and not lowered:
        return say("no area shows a clear change")
    parts = []
    if raised:
        one = titles[raised[0]]
        parts.append(say.plural("{area} has risen", "{n} areas have risen", len(raised), area=one))
    if lowered:
        one = titles[lowered[0]]
        parts.append(say.plural("{area} has fallen", "{n} areas have fallen", len(lowered), area=one))
    return say.listing(parts)


def lowest(city: CityRound, say: Words) -> str:
    """Which area stands lowest, where that can be told; empty where there is one alone."""
    ranked = ranked_areas(city.framework, city.by_area)
    if len(ranked) < 2:
        return ""
    if not clearly_different(ranked[0], ranked[-1]):
        return say("the areas are level with each other")
    titles = {area.id: area.title.in_(say.language) for area in city.framework.areas}
    return say("{area} is lowest", area=titles[ranked[0].area])


def gap_since(city: CityRound, area: str = WHOLE) -> GapChange | None:
    """How the differences between schools on an area have changed since the round that is compared with; None where
    that cannot be told."""
    if city.before is None:
        return None
    found = gap_changes(city.areas, city.framework.id, city.year, city.before.year)
    return next((change for change in found if change.now.area == area), None)


def drawn_apart(city: CityRound, say: Words) -> str:
    """Whether the differences between schools have clearly changed, as part of a sentence; empty where that cannot be
    told."""
    change = gap_since(city)
    if change is None:
        return ""
    if not change.clear:
        return say("the differences between schools show no clear change")
    if change.difference > 0:
        return say("the differences between schools have grown")
    return say("the differences between schools have shrunk")


def since_before(city: CityRound, say: Words) -> str:
    """How the number of schools at the goal compares with the round before, in words; empty where nothing is known of
    either."""
    this, before = city.round, city.last
    if before is None:
        return ""
    told, told_before = this.met + this.not_met, before.met + before.not_met
    if not told or not told_before:
        return ""
    if abs(told - told_before) > SAME_SCHOOLS * told:
        return say("{part} of {whole} in {year}", part=before.met, whole=told_before, year=say.round(before.year))
    more = this.met - before.met
    if more == 0:
        return say("as many as in {year}", year=say.round(before.year))
    if more > 0:
        return say.plural("{n} more than in {year}", "{n} more than in {year}", more, year=say.round(before.year))
    return say.plural("{n} fewer than in {year}", "{n} fewer than in {year}", -more, year=say.round(before.year))
