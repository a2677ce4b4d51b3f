"""What is said of a figure: whether it may be read as it stands, whether the goal is met and how sure that is, where it
lies beside the city's, why there is none."""

from __future__ import annotations

from collections.abc import Callable

from analytics.model.figures import GoalOutcome, Standing, Status, Verdict
from analytics.model.provenance import Missing
from analytics.words.language import N_, Marked, Words

HIDDEN = N_("hidden (too few answers)")
STATUS = {  # None: the figure stands as it is
    Status.HIDDEN: HIDDEN,
    Status.FEW: N_("under ten answers: given roughly"),
    Status.LOW_RESPONSE: N_("under half responded"),
    Status.UNCERTAIN: N_("few answers: uncertain"),
    Status.OK: None,
}
ROUND = {  # of a school's round, as a sentence; that it is hidden is said with the limit (hidden_note)
    Status.HIDDEN: None,
    Status.FEW: N_(
        "Under ten people responded: figures are given roughly, so that nobody's answers can be picked out, and"
        " they are uncertain."
    ),
    Status.LOW_RESPONSE: N_(
        "Under half of the invited responded: those who did may think differently from those who did not."
    ),
    Status.UNCERTAIN: N_("Few people responded: the figures are uncertain, as the intervals show."),
    Status.OK: None,
}
MISSING = {Missing.HIDDEN: HIDDEN, Missing.NOT_COLLECTED: N_("not known"), Missing.NOT_APPLICABLE: Marked("–")}
OUTCOME = {  # whether the goal is met on every criterion, by the raw rule
    GoalOutcome.MET: N_("yes"),
    GoalOutcome.NOT_MET: N_("no"),
    GoalOutcome.CANNOT_TELL: N_("cannot be determined"),
}
VERDICT = {  # of how often alone, as the rule may be met at any of them
    Verdict.REACHED: N_("surely"),
    Verdict.LIKELY: N_("probably"),
    Verdict.CANNOT_TELL: N_("too close to call"),
    Verdict.NOT_YET: N_("seldom"),
}
THERE = {  # of the chance that the school truly is at the goal
    Verdict.REACHED: N_("there"),
    Verdict.LIKELY: N_("probably there"),
    Verdict.CANNOT_TELL: N_("cannot be determined"),
    Verdict.NOT_YET: N_("not yet"),
}
STANDING = {  # whether a new round would show it; goes beside yes or no
    Standing.MET_SURE: N_("surely"),
    Standing.MET_LIKELY: N_("probably"),
    Standing.MET_EVEN: N_("too close to call"),
    Standing.MET_BARELY: N_("only just"),
    Standing.NOT_MET_NEAR: N_("so close that chance decides"),
    Standing.NOT_MET: N_("seldom"),
    Standing.CANNOT_BE_TOLD: N_("cannot be determined"),
}
CITY_SIDE = {
    1: N_("clearly above the city"),
    0: N_("level with the city"),
    -1: N_("clearly below the city"),
}

SCHOOL_MEAN = N_("The school's mean, all criteria")  # key figures
CRITERIA_AT_GOAL = N_("Criteria at the goal")
SCHOOLS_AT_GOAL = N_("Schools at the goal on every criterion")
CITY_AT_GOAL = N_("Criteria where the city is at the goal")

LEAST, MOST = 0.01, 0.99  # resamples are too few to tell shares beyond these from none and all


def share_text(share: float, say: Words) -> str:
    """A share of resamples: 84 %; at the ends under 1 % and over 99 %, as they are drawn and not known."""
    if share < LEAST:
        return say("under {share}", share=say.percent(LEAST))
    if share > MOST:
        return say("over {share}", share=say.percent(MOST))
    return say.percent(share)


def chance_text(low: float, high: float, say: Words) -> str:
    """A share that lies between two, as it is assumed how people's answers go together: 31-54 %; one where they are
    the same."""
    whole = [round(100 * min(max(end, LEAST), MOST)) for end in (low, high)]
    if whole[0] == whole[1]:
        return share_text((low + high) / 2, say)
    return say("{low}–{high}", low=whole[0], high=say.percent(whole[1] / 100))


def share_short(share: float, say: Words) -> str:
    """The same where there is little room: <1 %, >99 %."""
    if share < LEAST:
        return f"<{say.percent(LEAST)}"
    return f">{say.percent(MOST)}" if share > MOST else say.percent(share)


def interval(low: float | None, high: float | None, say: Words, written: Callable[[float], str] | None = None) -> str:
    """A 95 % interval in words, of levels unless it is to be `written` otherwise; empty where there is none."""
    if low is None or high is None:
        return ""
    written = written or say.number
    return say("95% interval {low}–{high}", low=written(low), high=written(high))


def hidden_note(limit: int, say: Words) -> str:
    """Why nothing is shown."""
    return say(
        "Figures that fewer than {n} answers stand behind are hidden, so that nobody can be picked out.", n=limit
    )


def left_out_note(limit: int, say: Words) -> str:
    """The same of a table or a file, which lack them."""
    return say("Figures that fewer than {n} answers stand behind are left out.", n=limit)
