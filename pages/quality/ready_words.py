"""How sure it is that a school reaches the goal, in words: what certification and the school's own page share."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.language import Words
from analytics.maturity.readiness import Silent, Verdict, round_verdict
from analytics.maturity.rounds import SchoolRound
from analytics.maturity.schools import Cell
from analytics.model import Framework, Goal, GoalOutcome

LEAST, MOST = 0.01, 0.99  # resamples are too few to tell shares beyond these from none and all


def verdict_name(verdict: Verdict | None, say: Words) -> str:
    """The verdict in a word or two; empty where there is none."""
    return {
        Verdict.REACHED: say("reached"),
        Verdict.LIKELY: say("probably reached"),
        Verdict.CANNOT_TELL: say("cannot be told"),
        Verdict.NOT_YET: say("not yet"),
    }.get(verdict, "")


def zones(say: Words) -> tuple[str, str, str, str]:
    """The four verdicts as a picture names its zones, from the lowest up."""
    low, cannot, likely, reached = (
        verdict_name(verdict, say)
        for verdict in (Verdict.NOT_YET, Verdict.CANNOT_TELL, Verdict.LIKELY, Verdict.REACHED)
    )
    return low, cannot, likely, reached


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


def ready_sentence(of: SchoolRound, say: Words) -> str:
    """The raw rule and how sure it is, as one sentence about a school; says so where nothing is shown."""
    verdict = round_verdict(of)
    if of.ready is None or verdict is None:
        return say("Too few have answered to say anything of the goal.")
    share = share_text(of.ready, say)
    left = of.shown - of.at_goal
    if of.outcome == GoalOutcome.MET:
        return {
            Verdict.REACHED: say(
                "The goal is met on every criterion, and that holds: in {share} of the resamples.", share=share
            ),
            Verdict.LIKELY: say(
                "The goal is met on every criterion, and probably holds: in {share} of the resamples.", share=share
            ),
            Verdict.CANNOT_TELL: say(
                "The goal is met on every criterion, but the margins are too small to be sure: it holds in {share}"
                " of the resamples.",
                share=share,
            ),
            Verdict.NOT_YET: say(
                "The goal is met on every criterion, but barely: it holds in no more than {share} of the resamples.",
                share=share,
            ),
        }[verdict]
    if of.outcome == GoalOutcome.CANNOT_TELL:
        return say.plural(
            "Every criterion that may be shown meets the goal, but {n} is hidden, so nobody can tell.",
            "Every criterion that may be shown meets the goal, but {n} are hidden, so nobody can tell.",
            of.asked - of.shown,
        )
    first = say.plural(
        "{n} criterion is left before the goal is met.", "{n} criteria are left before the goal is met.", left
    )
    if verdict is Verdict.NOT_YET:
        return first
    close = say("It is so close that chance decides: the goal is met in {share} of the resamples.", share=share)
    return f"{first} {close}"


def criterion_name(framework: Framework, criterion_id: str, say: Words) -> str:
    """Id and title, for use in a list: "C5 Lärarna besöker varandra"."""
    return f"{criterion_id} {framework.criterion(criterion_id).title.in_(say.language).rstrip('.')}"


def in_the_way_text(cells: Sequence[Cell], framework: Framework, say: Words) -> str:
    """The criteria that stand in the way (readiness.in_the_way), each with its mean; empty where there are none."""
    return "; ".join(
        f"{criterion_name(framework, cell.criterion, say)} ({_figure(cell, framework.goal, say)})" for cell in cells
    )


def silent_sentence(found: Silent, cell: Cell, framework: Framework, say: Words) -> str:
    """What those who did not answer could change on a criterion, in a sentence or two."""
    goal, scale = framework.goal, (framework.scale_min, framework.scale_max)
    if goal.statistic == "share":
        scale = (0.0, 1.0)
    title = framework.criterion(cell.criterion).title.in_(say.language).rstrip(".")

    def written(value: float) -> str:
        return say.percent(value) if goal.statistic == "share" else say.number(value)

    said = {
        "criterion": title,
        "low": written(found.low),
        "high": written(found.high),
        "if_low": written(found.if_low),
        "if_high": written(found.if_high),
        "needed": written(found.needed),
    }
    first = say.plural(
        "If the {n} person who did not answer lies at {low}–{high} on “{criterion}”, the school lands on"
        " {if_low}–{if_high}.",
        "If the {n} who did not answer lie at {low}–{high} on “{criterion}”, the school lands on {if_low}–{if_high}.",
        found.people,
        **said,
    )
    if found.needed > scale[1]:
        second = say("Even if all of them answered at the top, the goal would not be met there.")
    elif found.needed <= scale[0]:
        second = say("Whatever they say, the goal is met there.")
    elif cell.goal_met:
        second = say("The goal holds there if they lie at {needed} or more on average.", **said)
    else:
        second = say("To reach the goal there, they need to lie at {needed} or more on average.", **said)
    return f"{first} {second}"


def how_sure_note(say: Words) -> str:
    """What the share of resamples is, for a note below a picture."""
    return say(
        "How sure: we draw as many people as answered, at random and again, from those who answered, 2,000 times, and"
        " count how often the goal is met on every criterion. Met or not is always decided on the answers as they are."
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
    return say(
        "A goal on every criterion is harder on small schools, as one low mean is enough. A school that truly lies at"
        " {level} on each of 25 criteria, with 3 as the goal, meets it in about three rounds of ten with 15 answers,"
        " and in eight of ten with 60: which of them is chance.",
        level=say.number(3.2, 1),
    )


def _figure(cell: Cell, goal: Goal, say: Words) -> str:
    if goal.statistic == "share":
        return say.percent(cell.share_at_goal)
    if goal.statistic == "median":
        return say.integer(cell.median)
    return say.number(cell.mean)
