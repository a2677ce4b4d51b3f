"""What may be said of a figure: whether it may be read at face value, whether the goal is met."""

from __future__ import annotations

from enum import StrEnum

HIDE_BELOW_FLOOR = 5
"""No setting may publish a figure that fewer than five answers stand behind."""


CITY = ""
"""The school id under which the city's own trends are published."""


class Status(StrEnum):
    """Whether a cell (school x criterion x round) may be read at face value; the first that applies, hidden first."""

    HIDDEN = "hidden"  # fewer answers than the limit: nothing of the cell is published
    FEW = "few"  # under ten answers: the mean to one decimal, and bands in place of numbers
    LOW_RESPONSE = "low_response"  # under half of the invited answered
    UNCERTAIN = "uncertain"  # under twenty answers
    OK = "ok"


N_BAND = "5-9"
"""What is told of how many answers a cell of few has."""


class Bound(StrEnum):
    """What a figure is told as that lies so near an end that the exact one would give the answers away."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"


class ShareBand(StrEnum):
    """What is told of the share of a few answers that lie at the goal; about half is 40-60 %."""

    BELOW_HALF = "below_half"
    ABOUT_HALF = "about_half"
    ABOVE_HALF = "above_half"


class DontKnowBand(StrEnum):
    """What is told of don't-knows in place of their number: of few answers whether there are any, else of 1 to 4."""

    NONE = "none"
    SOME = "some"
    ONE_TO_FOUR = "1-4"


class GoalOutcome(StrEnum):
    """A school against its framework's goal on every criterion, decided on raw figures."""

    MET = "met"
    NOT_MET = "not_met"
    CANNOT_TELL = "cannot_tell"  # every shown criterion meets the goal, but some are hidden


class Basis(StrEnum):
    """How it is known how a school's answers go together over criteria; from the best to the worst."""

    RESPONDENTS = "respondents"  # each respondent is followed over the criteria, or there is only one criterion
    CORRELATION = "correlation"  # counts alone: as in the framework's rounds where people are followed
    BORROWED = "borrowed"  # counts alone: as in another framework's
    ASSUMED = "assumed"  # counts alone, and nobody in the store is followed: within a stated range


ASSUMED_TOGETHER = 0.2, 0.5
"""Between what the correlation of a person's answers over criteria is taken to lie where nothing tells it."""


class Verdict(StrEnum):
    """How sure it is that the goal is reached, by the share of resamples that reach it."""

    REACHED = "reached"
    LIKELY = "likely"
    CANNOT_TELL = "cannot_tell"
    NOT_YET = "not_yet"


class Standing(StrEnum):
    """Where a round stands: the rule on the raw figures, crossed with how sure that is."""

    MET_SURE = "met_sure"
    MET_LIKELY = "met_likely"
    MET_EVEN = "met_even"
    MET_BARELY = "met_barely"
    NOT_MET_NEAR = "not_met_near"
    NOT_MET = "not_met"
    CANNOT_BE_TOLD = "cannot_be_told"


class TrendStatus(StrEnum):
    """Whether a pace can be told of a school or the city on something."""

    OK = "ok"
    TOO_FEW_ROUNDS = "too_few_rounds"  # fewer than three that are shown
    TOO_FEW_ANSWERS = "too_few_answers"  # not known how they spread, or mostly told as bounds


class Layer(StrEnum):
    """What a figure is of: all criteria of a school, an area, or a criterion."""

    WHOLE = "whole"
    AREA = "area"
    CRITERION = "criterion"


class BesideCity(StrEnum):
    """A school's pace beside the city's: faster or slower where the 90 % interval of the difference says so."""

    FASTER = "faster"
    SLOWER = "slower"
    CANNOT_TELL = "cannot_tell"


class TrendDirection(StrEnum):
    """Which way something goes, as far as its pace tells."""

    UP = "up"
    DOWN = "down"
    STILL = "still"  # the 90 % interval of the pace is so near 0 that nothing moves
    CANNOT_TELL = "cannot_tell"  # less than 80 % sure


class Accord(StrEnum):
    """What the answers look like. No staff is both agreed and divided: what lies outside two neighbouring levels where
    a staff agree, a fifth at most, holds no camp, and the levels themselves have none between them."""

    AGREED = "agreed"
    DIVIDED = "divided"
    SPREAD = "spread"
