"""Min skola in words: the answer, the key figures, what must be said of the data and of what has moved."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.maturity.changes import SchoolChange
from analytics.model.figures import GoalOutcome, Status
from analytics.model.frameworks import WHOLE
from analytics.model.present import present
from analytics.words.cells import mean_text
from analytics.words.changes import nothing_to_compare, on_common_criteria
from analytics.words.figures import CRITERIA_AT_GOAL, ROUND, SCHOOL_MEAN, hidden_note, interval
from analytics.words.frameworks import criterion_title
from analytics.words.goals import goal_level
from analytics.words.language import Words
from analytics.words.schools import nothing_shown, other_areas_alike
from pages.figures.school.comparison import SchoolComparison
from pages.figures.school.consensus import camps_text, divided
from pages.figures.school.readiness import ready_figure
from pages.ui.content import Ask, KeyFigure

NAMED = 3  # criteria that a sentence names


def answer(ask: Ask, comparison: SchoolComparison) -> str:
    """Where the school stands beside the city and the goal, and whether its staff see it alike."""
    say, name = ask.say, comparison.school.name
    if comparison.round.shown == 0:
        return nothing_shown(name, comparison.year, say)
    above, below = [], []
    for area in comparison.framework.areas:
        own, city = comparison.areas.get(area.id), comparison.city_areas.get(area.id)
        if own is None or own.mean is None or city is None or city.mean is None:
            continue
        difference = f"{area.title.in_(say.language)} ({say.signed(own.mean - city.mean)})"
        side = own.city_side or 0
        (above if side > 0 else below if side < 0 else []).append(difference)
    every = len(comparison.framework.areas)
    if every > 1 and len(above) == every:
        text = say("{school} lies above the city on every area.", school=name)
    elif every > 1 and len(below) == every:
        text = say("{school} lies below the city on every area.", school=name)
    elif above and below:
        text = say(
            "{school} lies above the city on {above} and below it on {below}.",
            school=name,
            above=say.listing(above),
            below=say.listing(below),
        )
    elif above:
        text = say("{school} lies above the city on {above}.", school=name, above=say.listing(above))
    elif below:
        text = say("{school} lies below the city on {below}.", school=name, below=say.listing(below))
    else:
        text = say(
            "{school} is level with the city on every area: no difference is larger than chance may give.", school=name
        )
    if (above or below) and len(above) + len(below) < every:
        text += " " + other_areas_alike(say)
    return " ".join(filter(None, [text, _goal_sentence(ask, comparison), _two_camps(ask, comparison)]))


def _goal_sentence(ask: Ask, comparison: SchoolComparison) -> str:
    say, of = ask.say, comparison.round
    goal = goal_level(comparison.framework, say)
    if of.outcome == GoalOutcome.MET:
        return say("It reaches {goal} on every criterion.", goal=goal)
    sentence = say("It reaches {goal} on {part} of {whole} criteria.", goal=goal, part=of.at_goal, whole=of.shown)
    if of.shown < of.asked:
        sentence += " " + say.plural("{n} criterion is hidden.", "{n} criteria are hidden.", of.asked - of.shown)
    return sentence


def _two_camps(ask: Ask, comparison: SchoolComparison) -> str:
    """Said at once where half of the criteria or more hide two camps behind their means."""
    say, camps, whole = ask.say, divided(comparison), comparison.accords
    if not camps or 2 * len(camps) < len(whole):
        return ""
    low, high = camps_text(comparison.framework, present(whole[camps[0]].camps))
    return say(
        "Its staff are divided: behind the means of {part} of {whole} criteria are two camps, such as one that answers"
        " {low} and one that answers {high}.",
        part=len(camps),
        whole=len(whole),
        low=low,
        high=high,
    )


def key_figures(ask: Ask, comparison: SchoolComparison) -> tuple[KeyFigure, ...]:
    """At most four: the mean, the criteria at the goal, whether we can apply, how many responded."""
    say, of = ask.say, comparison.round
    own, city = comparison.areas.get(WHOLE), comparison.city_areas.get(WHOLE)
    figures = []
    if own and own.mean is not None:
        beside_it = ""
        if city is not None and city.mean is not None:
            beside_it = say.plural(
                "the city: {value}, mean of {n} school",
                "the city: {value}, mean of {n} schools",
                city.schools,
                value=say.number(city.mean),
            )
        note = "; ".join(filter(None, [interval(own.ci_low, own.ci_high, say), beside_it]))
        figures.append(KeyFigure(say.marked(SCHOOL_MEAN), say.number(own.mean), note))
        goal = say("{part} of {whole}", part=of.at_goal, whole=of.shown)
        figures.append(
            KeyFigure(
                say.marked(CRITERIA_AT_GOAL), goal, say("goal: {goal}", goal=goal_level(comparison.framework, say))
            )
        )
    ready = ready_figure(ask, comparison)
    if ready:
        figures.append(ready)
    if of.responded_band:
        figures.append(
            KeyFigure(say("Responded"), of.responded_band.replace("-", "–"), say("under ten: not told exactly"))
        )
    if of.responded is not None:
        rate = (
            ""
            if of.response_rate is None or of.invited is None
            else say(
                "{share} of {invited} invited", share=say.percent(of.response_rate), invited=say.integer(of.invited)
            )
        )
        figures.append(
            KeyFigure(say("Responded"), say.integer(of.responded), rate or say("how many were invited is not known"))
        )
    return tuple(figures)


def remarks(ask: Ask, comparison: SchoolComparison) -> list[str]:
    """What must be said of the data, what has moved, and what is strongest."""
    say = ask.say
    if comparison.round.shown == 0:
        return [hidden_note(ask.catalogue.hide_below, say)]
    of_round = say.marked(ROUND[Status(comparison.round.status)])
    return list(filter(None, [of_round, _moved(ask, comparison), _strongest(ask, comparison)]))


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
        parts.append(say("Less than it takes to say so: {areas}.", areas=_each(rest, titles, say)))
    if whole := moved.get(WHOLE):
        parts.append(on_common_criteria(whole.compared, whole.left_out, say))
    return " ".join(filter(None, parts))


def _highest(comparison: SchoolComparison, clear: Sequence[SchoolChange], titles: dict[str, str], say: Words) -> str:
    """What is clear: the whole and the areas; where none of them is, how many criteria are."""
    year = comparison.changes[0].before_year
    if clear and clear[0].area == WHOLE:
        whole, areas = clear[0], clear[1:]
        figures = {"year": year, "then": say.number(whole.before_mean), "now": say.number(whole.mean)}
        figures["needed"] = say.number(present(whole.needed))
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
        return text + " " + say("Clearly changed areas: {areas}.", areas=_each(areas, titles, say))
    if clear:
        return say("Clearly changed since {year}: {areas}.", year=year, areas=_each(clear, titles, say))
    criteria = sum(change.clear for change in comparison.changes if change.criterion)
    if criteria:
        return say.plural(
            "Since {year} neither the school as a whole nor any area has clearly changed, but {n} criterion has.",
            "Since {year} neither the school as a whole nor any area has clearly changed, but {n} criteria have.",
            criteria,
            year=year,
        )
    return say("Since {year} neither the school as a whole nor any area has clearly changed.", year=year)


def _each(changes: Sequence[SchoolChange], titles: dict[str, str], say: Words) -> str:
    return "; ".join(
        say("{area} {difference}", area=titles[c.area], difference=say.signed(c.difference))
        if c.needed is None
        else say(
            "{area} {difference} ({needed} is needed)",
            area=titles[c.area],
            difference=say.signed(c.difference),
            needed=say.number(c.needed),
        )
        for c in changes
    )


def _strongest(ask: Ask, comparison: SchoolComparison) -> str:
    """The criteria with the highest means; empty where none is shown."""
    say = ask.say
    shown = [(cell.mean, cell) for cell in comparison.cells.values() if cell.mean is not None]
    if not shown:
        return ""
    shown.sort(key=lambda found: -found[0])
    named = [
        f"{criterion_title(comparison.framework, cell.criterion, say)} ({mean_text(cell, say)})"
        for _, cell in shown[:NAMED]
    ]
    return say("Strongest: {criteria}.", criteria="; ".join(named))
