"""A framework's goal in words, and how sure it is that a school reaches it on every criterion."""

from __future__ import annotations

from analytics.model.figures import Standing, Verdict
from analytics.model.frameworks import Framework
from analytics.model.present import present
from analytics.words.figures import chance_text
from analytics.words.goal_figure import figure_text, goal_value
from analytics.words.language import N_, NP_, Words

HOW_SURE = {  # after how far the goal is met; `share`: of new rounds, `n`: criteria that are hidden
    Standing.MET_SURE: N_(
        "That holds: if the self-assessment were repeated, the chance of reaching it again is {share}."
    ),
    Standing.MET_LIKELY: N_(
        "That probably holds: if the self-assessment were repeated, the chance of reaching it again is {share}."
    ),
    Standing.MET_EVEN: N_(
        "That is uncertain: if the self-assessment were repeated, the chance of reaching it again is {share}."
    ),
    Standing.MET_BARELY: N_(
        "But only just: if the self-assessment were repeated, the chance of reaching it again is {share}."
    ),
    Standing.NOT_MET_NEAR: N_(
        "It is so close that chance decides: if the self-assessment were repeated, the chance of reaching the"
        " goal is {share}."
    ),
    Standing.NOT_MET: N_("If the self-assessment were repeated, the chance of reaching it on all of them is {share}."),
    Standing.CANNOT_BE_TOLD: NP_(
        "{n} criterion is hidden, so nobody can tell whether the whole goal is met.",
        "{n} criteria are hidden, so nobody can tell whether the whole goal is met.",
    ),
}


THERE = {  # `chance`: that the school truly is at the goal on all that is shown
    Verdict.REACHED: N_("Are we there? Yes: the chance of it is {chance}."),
    Verdict.LIKELY: N_("Are we there? Probably: the chance of it is {chance}."),
    Verdict.CANNOT_TELL: N_("Are we there? Too close to call: the chance of it is {chance}."),
    Verdict.NOT_YET: N_("Are we there? Not yet: the chance of it is {chance}."),
}


def there_sentence(found: Verdict | None, low: float | None, high: float | None, say: Words) -> str:
    """Whether a school is at the goal in truth, with the chance from and to; empty where nothing is shown."""
    if found is None:
        return ""
    return say.marked(THERE[found], chance=chance_text(present(low), present(high), say))


def punished_sentence(criteria: int, say: Words) -> str:
    """Of a school where the rule says more of how few the answers are than of the school."""
    return say(
        "The rule asks for every one of {n} criteria, and with so few answers chance alone easily takes one of them"
        " below: the school may well be there without a round that shows it.",
        n=criteria,
    )


def goal_level(framework: Framework, say: Words) -> str:
    """What is reached where the goal is, by the goal's own statistic: level 3 (Confident), or at least 50% at it."""
    level = _level(framework, say)
    match framework.goal.statistic:
        case "share":
            return say("at least {share} at {level}", share=_share(framework, say), level=level)
        case "median":
            return say("a median of {level}", level=level)
        case _:
            return level


def goal_rule(framework: Framework, say: Words) -> str:
    """The framework's rule for a school that reaches the goal, as part of a sentence."""
    goal, criteria = _level(framework, say), len(framework.criteria)
    if framework.goal.statistic == "share":
        share = _share(framework, say)
        return say.plural(
            "at least {share} of the answers at {goal} or above, on its one criterion",
            "at least {share} of the answers at {goal} or above, on each of {n} criteria",
            criteria,
            share=share,
            goal=goal,
        )
    if framework.goal.statistic == "median":
        return say.plural(
            "a median of at least {goal}, on its one criterion",
            "a median of at least {goal}, on each of {n} criteria",
            criteria,
            goal=goal,
        )
    return say.plural(
        "a mean of at least {goal}, on its one criterion",
        "a mean of at least {goal}, on each of {n} criteria",
        criteria,
        goal=goal,
    )


def level_name(framework: Framework, say: Words) -> str:
    """What the goal's level is called: Confident."""
    return framework.labels(say.language)[framework.goal.level - framework.scale_min]


def too_few_for_goal(say: Words) -> str:
    """Nothing of the school's round is shown."""
    return say("Too few have answered to say anything of the goal.")


def hidden_may_miss(criteria: int, say: Words) -> str:
    """Beside the criteria that are shown."""
    return say.plural(
        "{n} criterion is hidden and may miss the goal.",
        "{n} criteria are hidden and may miss the goal.",
        criteria,
    )


def _level(framework: Framework, say: Words) -> str:
    """The goal's level with its name: level 3 (Confident)."""
    return say("level {level} ({name})", level=framework.goal.level, name=level_name(framework, say))


def _share(framework: Framework, say: Words) -> str:
    return figure_text(goal_value(framework), framework, say)
