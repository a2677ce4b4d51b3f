"""A school's figure beside the goal it is held against: what is below the goal is written so that it shows. Where 50 %
is the goal, 49.6 % is not written 50 %."""

from __future__ import annotations

import math

from analytics.model.frameworks import Framework
from analytics.words.language import Words

DIGITS = 2  # decimals of a level, or of a share 0-1, where nothing else is needed
MOST = 6  # of what is all but at the goal; a mean of half a million answers needs no more
SMALLEST = 1e-9  # a smaller difference is the arithmetic's own


def goal_value(framework: Framework) -> float:
    """What the framework's goal is on a criterion, in levels or as a share 0-1."""
    return float(framework.goal.level if framework.goal.share is None else framework.goal.share)


def is_below(value: float, goal: float) -> bool:
    return value < goal - SMALLEST


def digits_beside(value: float, goal: float) -> int:
    """The decimals to write a figure with: DIGITS, or as many as it takes to see that it is below the goal. The goal
    itself has one more where it is not whole in DIGITS."""
    if is_below(value, goal):
        return next((digits for digits in range(DIGITS, MOST) if round(value, digits) < goal - SMALLEST), MOST)
    return DIGITS if value > goal + SMALLEST or abs(round(value, DIGITS) - value) < SMALLEST else DIGITS + 1


def start_beside(value: float, goal: float) -> float:
    """The figure with DIGITS decimals, for a field that a goal starts from: rounded down where it else would be at the
    goal and is not."""
    near = round(value, DIGITS)
    if not is_below(value, goal) or is_below(near, goal):
        return near
    return math.floor(value * 10**DIGITS) / 10**DIGITS


def figure_text(value: float, framework: Framework, say: Words, goal: float | None = None) -> str:
    """A figure in the goal's own statistic: a share, a median's whole level, or a mean. What is below the goal (None:
    the framework's) has as many decimals as it takes to see it."""
    digits = digits_beside(value, goal_value(framework) if goal is None else goal)
    match framework.goal.statistic:
        case "share":
            return say.percent(round(value, digits), digits - DIGITS)
        case "median" if value == int(value):
            return say.integer(int(value))
        case _:
            return say.number(value, digits)
