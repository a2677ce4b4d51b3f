"""How sure it is that a school reaches the goal, in words: what certification and the school's own page share."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from analytics.maturity import examples as worked
from analytics.maturity.methods.disclosure import FEW_BELOW
from analytics.maturity.readiness import NonResponse, silent, standing, there_verdict
from analytics.maturity.rounds import SchoolRound
from analytics.maturity.schools import Cell
from analytics.model.figures import GoalOutcome, Standing, Verdict
from analytics.model.frameworks import Framework, Goal
from analytics.model.present import present
from analytics.words.cells import NOT_TOLD, mean_text, share_at_goal_text
from analytics.words.figures import SCHOOLS_AT_GOAL, VERDICT, chance_text
from analytics.words.frameworks import criterion_name, criterion_title
from analytics.words.goals import HOW_SURE, goal_level, there_sentence, too_few_for_goal
from analytics.words.language import Words
from pages.ui.content import KeyFigure

FEW_LEFT, OF_THEM = 3, 3  # criteria left of a school near the goal: at most so many, and one in so many of those shown


def zones(say: Words) -> tuple[str, str, str, str]:
    """The four verdicts as a picture names its zones, from the lowest up; short, for a phone."""
    low, likely, sure = (say.marked(VERDICT[found]) for found in (Verdict.NOT_YET, Verdict.LIKELY, Verdict.REACHED))
    return low, say("too close"), likely, sure


def few_answers(say: Words) -> str:
    """Why a criterion that is shown has no share."""
    return say("fewer than {n} answers: how sure cannot be determined", n=FEW_BELOW)


def few_answers_short(say: Words) -> str:
    """Why a school has no figure."""
    return say("too few answers")


def ready_sentence(of: SchoolRound, say: Words) -> str:
    """The raw rule and how sure it is, in a sentence or two about a school; says so where nothing is shown."""
    found = standing(of)
    if of.ready is None or found is None:
        return too_few_for_goal(say)
    hidden = of.asked - of.shown
    if found is Standing.CANNOT_BE_TOLD:
        return say.plural(
            "Every criterion that may be shown meets the goal, but {n} is hidden, so nobody can tell.",
            "Every criterion that may be shown meets the goal, but {n} are hidden, so nobody can tell.",
            hidden,
        )
    missed = found in (Standing.NOT_MET, Standing.NOT_MET_NEAR)
    met = _left(of, say) if missed else say("The goal is met on every criterion.")
    share = chance_text(present(of.ready_low), present(of.ready_high), say)
    there = there_sentence(there_verdict(of), of.there_low, of.there_high, say)
    return f"{met} {say.marked(HOW_SURE[found], share=share, n=hidden)} {there}"


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


def in_the_way_text(cells: Sequence[Cell], framework: Framework, say: Words) -> str:
    """The criteria that stand in the way (readiness.in_the_way), each with its mean; empty where there are none."""
    return "; ".join(
        f"{criterion_name(framework, cell.criterion, say)} ({figure_beside_goal(cell, framework.goal, say)})"
        for cell in cells
    )


def silent_text(cells: Sequence[Cell], of: SchoolRound, framework: Framework, say: Words) -> str:
    """What those who did not answer could change on the first of the criteria, and what the others that miss the goal
    would take of them; empty where nobody counted them."""
    found = silent(cells[0], of, framework.goal) if cells else None
    if found is None:
        return ""
    title = criterion_title(framework, cells[0].criterion, say)
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


def _needed(found: NonResponse, cells: Sequence[Cell], of: SchoolRound, framework: Framework, say: Words) -> str:
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


def schools_at_goal(met: int, of: int, framework: Framework, say: Words) -> str:
    """How many of the schools that can be told reach the goal; without a full stop."""
    if not of:
        return say("No school can be shown")
    goal = goal_level(framework, say)
    return say.plural(
        "{met} of {n} school reaches {goal} on every criterion",
        "{met} of {n} schools reach {goal} on every criterion",
        of,
        met=say.integer(met),
        goal=goal,
    )


def at_goal_figure(count: Mapping[GoalOutcome, int], say: Words) -> KeyFigure:
    """How many of the schools shown are at the goal, of those of which it can be told; `count` as `outcomes` has it."""
    met, cannot = count[GoalOutcome.MET], count[GoalOutcome.CANNOT_TELL]
    return KeyFigure(
        say.marked(SCHOOLS_AT_GOAL),
        say("{part} of {whole}", part=say.integer(met), whole=say.integer(met + count[GoalOutcome.NOT_MET])),
        say.plural("{n} undecided", "{n} undecided", cannot) if cannot else say("of the schools shown here"),
    )


def most_left(shown: int) -> int:
    """How many criteria a school that shows so many may have left and be near the goal for that: of three it has met
    two at least. 0: however few it has left, it is not."""
    return min(FEW_LEFT, shown // OF_THEM)


def few_left(near: Mapping[int, int], say: Words) -> str:
    """How many more are near the goal, from how many schools there are that show so many criteria and have no more than
    `most_left` of them left; empty where none is."""
    schools = {shown: n for shown, n in near.items() if n}
    if not schools:
        return ""
    most, n = max(map(most_left, schools)), sum(schools.values())
    if most == 1:
        return say.plural("{n} more has one criterion left.", "{n} more have one criterion left.", n)
    return say.plural(
        "{n} more has at most {most} criteria left.",
        "{n} more have at most {most} criteria left.",
        n,
        most=say.integer(most),
    )


def how_sure_note(say: Words) -> str:
    """What the share is, for a note below a picture of schools."""
    return say(
        "Two questions. Would a new round show it: how often one with as many answers would reach the goal on "
        "every criterion, calculated from the school's own answers. Are we there: the chance that the school "
        "truly is at the goal, whatever a round shows, calculated with how the city's schools differ too. Met "
        "or not is always decided on the answers as they are. More on the page Method."
    )


def small_schools_note(framework: Framework, say: Words) -> str:
    """Why a goal on every criterion is harder on small schools; empty where the goal is no mean."""
    return small_schools_text(say) if framework.goal.statistic == "mean" else ""


def small_schools_text(say: Words) -> str:
    """How much harder a goal on every criterion is on small schools, in figures."""
    small, large = worked.goal_examples()
    return say(
        "A goal on every criterion is hard on small schools. Schools that truly stand at {true} on all of"
        " {criteria} criteria have a {small} chance of reaching level 3 on every one with {small_n} answers, and"
        " {large} with {large_n}.",
        true=say.number(worked.TRUE, 1),
        criteria=worked.CRITERIA,
        small=say.percent(small.share),
        small_n=small.n,
        large=say.percent(large.share),
        large_n=large.n,
    )


def figure_beside_goal(cell: Cell, goal: Goal, say: Words) -> str:
    """The figure that decides whether the goal is met, in its own statistic."""
    if goal.statistic == "share" or (goal.statistic == "median" and cell.median is None):
        return share_at_goal_text(cell, say) or say.marked(NOT_TOLD)
    if goal.statistic == "median":
        return say.integer(present(cell.median))
    return mean_text(cell, say)
