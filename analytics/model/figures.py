"""What may be said of a figure: whether it may be read at face value, whether the goal is met."""

from __future__ import annotations

from enum import StrEnum

HIDE_BELOW_FLOOR = 5
"""No setting may publish a figure that fewer than five answers stand behind."""


class Status(StrEnum):
    """Whether a cell (school x criterion x round) may be read at face value; the first that applies, hidden first."""

    HIDDEN = "hidden"  # fewer answers than the limit: nothing of the cell is published
    LOW_RESPONSE = "low_response"  # under half of the invited answered
    UNCERTAIN = "uncertain"  # under twenty answers
    OK = "ok"


class GoalOutcome(StrEnum):
    """A school against its framework's goal on every criterion, decided on raw figures."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"  # every shown criterion meets the goal, but some are hidden
