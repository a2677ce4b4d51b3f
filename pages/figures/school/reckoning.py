"""How the answer on a school was reckoned, and how sure it is: what would weigh down the answer itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analytics.maturity.changes import SchoolChange
from analytics.model.figures import Status
from analytics.model.frameworks import WHOLE
from analytics.words.changes import nothing_to_compare, on_common_criteria
from analytics.words.figures import ROUND, hidden_note, interval
from analytics.words.language import Words
from analytics.words.schools import other_areas_alike
from pages.figures.school.comparison import SchoolComparison, compared
from pages.shared.change_words import decimals, needed_text
from pages.ui import html
from pages.ui.content import Ask, Block


def remark(ask: Ask, comparison: SchoolComparison) -> str:
    """What must be said of the data; empty where they stand as they are."""
    say = ask.say
    if comparison.round.shown == 0:
        return hidden_note(ask.catalogue.hide_below, say)
    return say.marked(ROUND[Status(comparison.round.status)])


def reckoning(ask: Ask, *of: Any) -> Block:
    """How sure the answer is, and what it was reckoned from: words alone."""
    comparison = compared(ask, *of)
    return Block(
        key="reckoning",
        headline=ask.say("How sure is that?"),
        alt="",
        table=None,
        drawing=html.element("div", html.listed(reckoned(ask, comparison)), class_="kd-drawn"),
    )


def reckoned(ask: Ask, comparison: SchoolComparison) -> list[str]:
    """The mean with its interval, what each area differs by, what has moved and what that takes."""
    say = ask.say
    said = [_mean(comparison, say), _differences(comparison, say), _moved(ask, comparison)]
    return list(filter(None, said))


def _mean(comparison: SchoolComparison, say: Words) -> str:
    own, city = comparison.areas.get(WHOLE), comparison.city_areas.get(WHOLE)
    if own is None or own.mean is None:
        return ""
    digits = comparison.digits(own)
    mean = say("The school's mean is {mean}.", mean=say.number(own.mean, digits))
    between = interval(own.ci_low, own.ci_high, say, lambda level: say.number(level, digits))
    if between:
        mean = say("The school's mean is {mean}, {interval}.", mean=say.number(own.mean, digits), interval=between)
    if city is None or city.mean is None:
        return mean
    beside = say.plural(
        "The city's is {value}, the mean of {n} school.",
        "The city's is {value}, the mean of {n} schools.",
        city.schools,
        value=say.number(city.mean),
    )
    return f"{mean} {beside}"


def _differences(comparison: SchoolComparison, say: Words) -> str:
    """By how much the school clearly differs from the city, and that the rest is no more than chance may give."""
    clear, areas = [], comparison.framework.areas
    for area in areas:
        own, city = comparison.areas.get(area.id), comparison.city_areas.get(area.id)
        if own is not None and own.city_side and own.mean is not None and city is not None and city.mean is not None:
            difference = say.signed(own.mean - city.mean, comparison.digits(own))
            clear.append(f"{area.title.in_(say.language)} ({difference})")
    if not clear:
        return say("Compared with the city no area's difference is larger than chance may give.")
    said = say("Clearly other than the city: {areas}.", areas=say.listing(clear))
    return said if len(clear) == len(areas) else f"{said} {other_areas_alike(say)}"


def _moved(ask: Ask, comparison: SchoolComparison) -> str:
    """What has clearly changed since the round that was chosen, the highest level at which something has first, and
    what has not of the whole and the areas, with what it would have taken."""
    say = ask.say
    if not comparison.changes:
        return nothing_to_compare(say)
    titles = {WHOLE: say("all areas together")}
    titles |= {area.id: area.title.in_(say.language) for area in comparison.framework.areas}
    moved = {change.area: change for change in comparison.changes if not change.criterion}
    moves = [moved[id_] for id_ in titles if id_ in moved]
    if not moves:
        return ""  # another framework's round: the criteria's own changes are all there is to tell
    clear = [change for change in moves if change.clear]
    rest = [change for change in moves if not change.clear]
    parts = [_highest(comparison, clear, titles, say)]
    if rest:
        parts.append(say("No clear change: {areas}.", areas=_each(rest, comparison, titles, say)))
    if whole := moved.get(WHOLE):
        parts.append(on_common_criteria(whole.compared, whole.left_out, say))
    return " ".join(filter(None, parts))


def _highest(comparison: SchoolComparison, clear: Sequence[SchoolChange], titles: dict[str, str], say: Words) -> str:
    """What is clear: the whole and the areas; where none of them is, how many criteria are."""
    year = comparison.changes[0].before_year
    if clear and clear[0].area == WHOLE:
        whole, areas = clear[0], clear[1:]
        digits = decimals(whole, comparison.changes)
        then, now = (say.number(mean, digits) for mean in (whole.before_mean, whole.mean))
        figures = {"year": say.round(year), "then": then, "now": now, "needed": needed_text(whole, digits, say)}
        text = (
            say(
                "The school as a whole has clearly risen since {year}: {then} to {now} ({needed} is needed).", **figures
            )
            if whole.difference > 0
            else say(
                "The school as a whole has clearly fallen since {year}: {then} to {now} ({needed} is needed).",
                **figures,
            )
        )
        if not areas:
            return text
        return text + " " + say("Clearly changed areas: {areas}.", areas=_each(areas, comparison, titles, say))
    if clear:
        return say(
            "Clearly changed since {year}: {areas}.", year=say.round(year), areas=_each(clear, comparison, titles, say)
        )
    criteria = sum(change.clear for change in comparison.changes if change.criterion)
    if criteria:
        return say.plural(
            "Since {year} neither the school as a whole nor any area has clearly changed, but {n} criterion has.",
            "Since {year} neither the school as a whole nor any area has clearly changed, but {n} criteria have.",
            criteria,
            year=say.round(year),
        )
    return say("Since {year} neither the school as a whole nor any area has clearly changed.", year=say.round(year))


def _each(changes: Sequence[SchoolChange], comparison: SchoolComparison, titles: dict[str, str], say: Words) -> str:
    said = []
    for change in changes:
        digits = decimals(change, comparison.changes)
        figures = {"area": titles[change.area], "difference": say.signed(change.difference, digits)}
        if change.needed is None:
            said.append(say("{area} {difference}", **figures))
        else:
            needed = needed_text(change, digits, say)
            said.append(say("{area} {difference} ({needed} is needed)", needed=needed, **figures))
    return "; ".join(said)
