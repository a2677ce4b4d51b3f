"""Översikt's changes in words: the areas, the criteria then and now, and how many schools have moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analytics.maturity.changes import CityChange, SchoolChange, round_changes, since_first, since_last
from analytics.model.frameworks import WHOLE, Framework
from analytics.words.changes import list_promise, on_common_criteria
from analytics.words.language import Words
from pages.shared.change_words import change_block
from pages.shared.parts import FIRST, changed_schools
from pages.ui.content import Ask, Block


def since_of(found: Sequence, since: str) -> tuple:
    """Those that are asked for: since the framework's first round, or since the round before."""
    return since_first(found) if since == FIRST else since_last(found)


def whole_change(changes: Sequence[CityChange]) -> CityChange | None:
    """The change over all areas."""
    return next((change for change in changes if change.area == WHOLE and not change.criterion), None)


def area_changes(changes: Sequence[CityChange]) -> dict[str, CityChange]:
    """The areas' changes, by area."""
    return {change.area: change for change in changes if change.area != WHOLE and not change.criterion}


def area_summary(framework: Framework, changes: Sequence[CityChange], say: Words) -> str:
    """Which areas have clearly moved, in a sentence or two; empty where none can be compared."""
    by_area = area_changes(changes)
    if not by_area:
        return ""
    year = changes[0].before_year
    raised = [change for change in by_area.values() if change.clear and change.difference > 0]
    lowered = [change for change in by_area.values() if change.clear and change.difference < 0]
    if len(raised) == len(by_area) > 1:
        return say("Since {year} every area has clearly risen.", year=year)
    if len(lowered) == len(by_area) > 1:
        return say("Since {year} every area has clearly fallen.", year=year)
    if not raised and not lowered:
        return say("Since {year} no area's change can be told from noise.", year=year)
    parts = []
    if raised:
        parts.append(say("Clearly up since {year}: {areas}.", year=year, areas=_named(framework, raised, say)))
    if lowered:
        parts.append(say("Clearly down since {year}: {areas}.", year=year, areas=_named(framework, lowered, say)))
    rest = len(by_area) - len(raised) - len(lowered)
    if rest:
        parts.append(
            say.plural(
                "On the other area no change can be told from noise.",
                "On the other {n} areas no change can be told from noise.",
                rest,
            )
        )
    return " ".join(parts)


def criteria_block(ask: Ask, framework: Framework, year: int, changes: Sequence[CityChange]) -> Block | None:
    """The criteria then and now; None where no round can be compared with this one."""
    block = change_block(ask, "city_change", ask.say("The city"), framework, changes)
    if block is None:
        return None
    found = round_changes(ask.view, ask.viewer, framework.id, year)
    same = [change for change in found if change.before_year == changes[0].before_year]
    whole = whole_change(changes)
    common = on_common_criteria(whole.compared, whole.left_out, ask.say) if whole else ""
    return replace(block, note=" ".join(filter(None, [block.note, common, school_summary(same, ask.say)])))


def school_summary(changes: Sequence[SchoolChange], say: Words) -> str:
    """How many schools have clearly moved over all areas."""
    schools, raised, lowered = changed_schools(changes)
    if not schools:
        return ""
    counted = say.plural(
        "Of the {n} school that can be compared over all areas, {raised} has clearly risen and {lowered} clearly fallen"
        " since {year}.",
        "Of the {n} schools that can be compared over all areas, {raised} have clearly risen and {lowered} clearly"
        " fallen since {year}.",
        schools,
        raised=say.integer(raised),
        lowered=say.integer(lowered),
        year=changes[0].before_year,
    )
    return f"{counted} {list_promise(say)}"


def _named(framework: Framework, changes: Sequence[CityChange], say: Words) -> str:
    titles = {area.id: area.title.in_(say.language) for area in framework.areas}
    ordered = sorted(changes, key=lambda change: -abs(change.difference))
    return say.listing(f"{titles[change.area]} ({say.signed(change.difference)})" for change in ordered)
