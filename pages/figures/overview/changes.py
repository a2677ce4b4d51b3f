"""Översikt's changes: the criteria then and now, and how many schools have moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from analytics.maturity.changes import SchoolChange, round_changes
from analytics.model.present import present
from analytics.words.changes import list_promise, on_common_criteria
from analytics.words.language import Words
from pages.figures.overview.city_round import CityRound, city_round
from pages.shared.change_words import change_block
from pages.shared.parts import changed_schools
from pages.ui.content import Ask, Block


def change_fold(ask: Ask, framework_id: str, year: int, since: str) -> Block:
    """The criteria then and now, where there is a round to compare with (`is_compared`)."""
    return criteria_block(ask, city_round(ask, framework_id, year, since))


def is_compared(city: CityRound) -> bool:
    """Whether any criterion can be compared with the earlier round."""
    return any(change.criterion for change in city.changes)


def criteria_block(ask: Ask, city: CityRound) -> Block:
    block = present(change_block(ask, "city_change", ask.say("The city"), city.framework, city.changes))
    found = round_changes(ask.view, ask.viewer, city.framework.id, city.year)
    same = [change for change in found if change.before_year == city.changes[0].before_year]
    whole = city.whole_change
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
        year=say.round(changes[0].before_year),
    )
    return f"{counted} {list_promise(say)}"
