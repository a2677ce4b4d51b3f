"""How sure it is that a school reaches the goal, in words: what certification and the school's own page share."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analytics.maturity import examples as worked
from analytics.maturity.methods.disclosure import DISTRIBUTION_FROM
from analytics.maturity.readiness import Silent, Standing, Verdict, silent, standing
from analytics.maturity.rounds import SchoolRound
from analytics.maturity.schools import Cell
from analytics.model.figures import GoalOutcome
from analytics.model.frameworks import Framework, Goal
from analytics.words.language import Words

LEAST, MOST = 0.01, 0.99  # resamples are too few to tell shares beyond these from none and all


def standing_name(found: Standing | None, say: Words) -> str:
    """Where a round stands, in a few words that go beside yes or no; empty where nothing is shown."""
    return {
        Standing.MET_SURE: say("surely"),
        Standing.MET_LIKELY: say("probably"),
        Standing.MET_EVEN: say("too close to call"),
        Standing.MET_BARELY: say("only just"),
        Standing.NOT_MET_NEAR: say("so close that chance decides"),
        Standing.NOT_MET: say("not yet"),
        Standing.CANNOT_BE_TOLD: say("cannot be told"),
    }.get(found, "")


def verdict_name(verdict: Verdict, say: Words) -> str:
    """How sure it is, in a word or two and of how often alone, as the rule may be met at any of them."""
    return {
        Verdict.REACHED: say("surely"),
        Verdict.LIKELY: say("probably"),
        Verdict.CANNOT_TELL: say("too close to call"),
        Verdict.NOT_YET: say("seldom"),
    }[verdict]


def zones(say: Words) -> tuple[str, str, str, str]:
    """The four verdicts as a picture names its zones, from the lowest up; short, for a phone."""
    low, likely, sure = (verdict_name(found, say) for found in (Verdict.NOT_YET, Verdict.LIKELY, Verdict.REACHED))
    return low, say("too close"), likely, sure


def few_answers(say: Words) -> str:
    """Why a criterion that is shown has no share."""
    return say("fewer than {n} answers: how sure cannot be told", n=DISTRIBUTION_FROM)


def rule_word(of: SchoolRound, say: Words) -> str:
    """Whether the goal is met on every criterion, by the raw rule: yes, no, cannot be told."""
    return {
        GoalOutcome.MET: say("yes"),
        GoalOutcome.NOT_MET: say("no"),
        GoalOutcome.CANNOT_TELL: say("cannot be told"),
    }[GoalOutcome(of.outcome)]


def share_text(share: float, say: Words) -> str:
    """A share of resamples: "84 %"; at the ends "under 1 %" and "over 99 %", as they are drawn and not known."""
    if share < LEAST:
        return say("under {share}", share=say.percent(LEAST))
    if share > MOST:
        return say("over {share}", share=say.percent(MOST))
    return say.percent(share)


def share_short(share: float, say: Words) -> str:
    """The same where there is little room: "<1 %", ">99 %"."""
    if share < LEAST:
        return f"<{say.percent(LEAST)}"
    return f">{say.percent(MOST)}" if share > MOST else say.percent(share)


def ready_sentence(of: SchoolRound, say: Words) -> str:
    """The raw rule and how sure it is, as one sentence about a school; says so where nothing is shown."""
    found = standing(of)
    if of.ready is None or found is None:
        return say("Too few have answered to say anything of the goal.")
    share = share_text(of.ready, say)
    met = {
        Standing.MET_SURE: say(
            "The goal is met on every criterion, and that holds: a new round with as many answers reaches it in {share}"
            " of the cases.",
            share=share,
        ),
        Standing.MET_LIKELY: say(
            "The goal is met on every criterion, and that probably holds: a new round with as many answers reaches it"
            " in {share} of the cases.",
            share=share,
        ),
        Standing.MET_EVEN: say(
            "The goal is met on every criterion, but the margins are too small for that to be sure: a new round with as"
            " many answers reaches it in {share} of the cases.",
            share=share,
        ),
        Standing.MET_BARELY: say(
            "The goal is met on every criterion, but only just: a new round with as many answers reaches it in no more"
            " than {share} of the cases.",
            share=share,
        ),
    }
    if found in met:
        return met[found]
    if found is Standing.CANNOT_BE_TOLD:
        return say.plural(
            "Every criterion that may be shown meets the goal, but {n} is hidden, so nobody can tell.",
            "Every criterion that may be shown meets the goal, but {n} are hidden, so nobody can tell.",
            of.asked - of.shown,
        )
    left = _left(of, say)
    if found is Standing.NOT_MET:
        return left
    close = say(
        "It is so close that chance decides: a new round with as many answers reaches the goal in {share} of the"
        " cases.",
        share=share,
    )
    return f"{left} {close}"


def _left(of: SchoolRound, say: Words) -> str:
    left = of.shown - of.at_goal
    if of.shown < of.asked:
        return say.plural(
            "At least {n} criterion is left before the goal is met.",
            "At least {n} criteria are left before the goal is met.",
            left,
        )
    return say.plural(
        "{n} criterion is left before the goal is met.", "{n} criteria are left before the goal is met.", left
    )


def criterion_name(framework: Framework, criterion_id: str, say: Words) -> str:
    """Id and title, for use in a list: "C5 Lärarna besöker varandra"."""
    return f"{criterion_id} {framework.criterion(criterion_id).title.in_(say.language).rstrip('.')}"


def in_the_way_text(cells: Sequence[Cell], framework: Framework, say: Words) -> str:
    """The criteria that stand in the way (readiness.in_the_way), each with its mean; empty where there are none."""
    return "; ".join(
        f"{criterion_name(framework, cell.criterion, say)} ({_figure(cell, framework.goal, say)})" for cell in cells
    )


def silent_text(cells: Sequence[Cell], of: SchoolRound, framework: Framework, say: Words) -> str:
    """What those who did not answer could change on the first of the criteria, and what the others that miss the goal
    would take of them; empty where nobody counted them."""
    found = silent(cells[0], of, framework.goal) if cells else None
    if found is None:
        return ""
    title = framework.criterion(cells[0].criterion).title.in_(say.language).rstrip(".")
    told = (found.low, found.high, found.if_low, found.if_high)
    low, high, if_low, if_high = (_written(figure, framework, say) for figure in told)
    first = say.plural(
        "If the {n} person who did not answer lies at {low}–{high} on “{criterion}”, the school lands on"
        " {if_low}–{if_high}.",
        "If the {n} who did not answer lie at {low}–{high} on “{criterion}”, the school lands on {if_low}–{if_high}.",
        found.people,
        criterion=title,
        low=low,
        high=high,
        if_low=if_low,
        if_high=if_high,
    )
    return f"{first} {_needed(found, cells, of, framework, say)}"


def _needed(found: Silent, cells: Sequence[Cell], of: SchoolRound, framework: Framework, say: Words) -> str:
    low, high = silent_scale(framework)
    if found.needed > high:
        return say("Even if all of them answered at the top, the goal would not be met there.")
    if found.needed <= low:
        return say("Whatever they say, the goal is met there.")
    needed = least_text(found.needed, framework, say)
    if cells[0].goal_met:
        return say("The goal holds there if they lie at {needed} or more on average.", needed=needed)
    others = [(cell.criterion, silent(cell, of, framework.goal)) for cell in cells[1:] if cell.goal_met is False]
    told = [(criterion, other.needed) for criterion, other in others if other and other.needed > low]
    if not told:
        return say("To reach the goal there, they need to lie at {needed} or more on average.", needed=needed)
    criterion, also = told[0]
    if also > high:
        return say(
            "To reach the goal there, they need to lie at {needed} or more on average; on {criterion} not even the top"
            " would be enough.",
            needed=needed,
            criterion=criterion,
        )
    return say(
        "To reach the goal there, they need to lie at {needed} or more on average, and on {criterion} at {also} or"
        " more.",
        needed=needed,
        criterion=criterion,
        also=least_text(also, framework, say),
    )


def silent_scale(framework: Framework) -> tuple[float, float]:
    """The lowest and the highest that a mean (or share) of those who did not answer could be."""
    return (0.0, 1.0) if framework.goal.statistic == "share" else (framework.scale_min, framework.scale_max)


def least_text(value: float, framework: Framework, say: Words) -> str:
    """What is the least needed, rounded upwards: a figure rounded down would not be enough."""
    return _written(math.ceil(round(100 * value, 6)) / 100, framework, say)


def _written(value: float, framework: Framework, say: Words) -> str:
    return say.percent(value) if framework.goal.statistic == "share" else say.number(value)


def how_sure_note(say: Words) -> str:
    """What the share is, for a note below a picture of schools."""
    return say(
        "How sure: how often a new round with as many answers would reach the goal on every criterion, reckoned from"
        " the school's own answers. Met or not is always decided on the answers as they are. More on the page Method."
    )


def approximate_note(say: Words) -> str:
    """Why the share is approximate where people cannot be followed over the criteria."""
    return say(
        "Where only counts of answers were loaded, each criterion is redrawn by itself, and the share is approximate."
    )


def small_schools_note(framework: Framework, say: Words) -> str:
    """Why a goal on every criterion is harder on small schools, in figures; empty where the goal is no mean."""
    if framework.goal.statistic != "mean":
        return ""
    small, large = worked.goal_examples()
    return say(
        "A goal on every criterion is hard on small schools. Schools that truly stand at {true} on all of"
        " {criteria} criteria reach level 3 on every one in {small} of the cases with {small_n} answers, in"
        " {large} with {large_n}.",
        true=say.number(worked.TRUE, 1),
        criteria=worked.CRITERIA,
        small=say.percent(small.share),
        small_n=small.n,
        large=say.percent(large.share),
        large_n=large.n,
    )


def _figure(cell: Cell, goal: Goal, say: Words) -> str:
    if goal.statistic == "share":
        return say.percent(cell.share_at_goal)
    if goal.statistic == "median":
        return say.integer(cell.median)
    return say.number(cell.mean)
