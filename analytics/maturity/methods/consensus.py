"""How far a staff agree on a criterion: whether most answer alike, or two camps see the same school differently."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import fsum, log2

from analytics.model.figures import Accord

FEWEST = 10  # answers: of fewer, chance alone makes camps too often (what is told of cells has a limit of its own)
AGREED = Fraction(4, 5)  # of the answers, at least, within NEAR neighbouring levels
NEAR = 2
CAMP = Fraction(1, 4)  # of the answers, at least, in the smaller of two camps
BETWEEN = Fraction(1, 2)  # of the smaller camp's answers: fewer than that may lie between the camps


@dataclass(frozen=True, slots=True)
class Consensus:
    """`consensus`: 0 (half of the answers at each end) to 1 (all the same).

    `camps`: where the staff are divided, the places (0: the lowest level) of the lower camp's highest level and of the
    upper camp's lowest.
    """

    kind: Accord
    consensus: float
    camps: tuple[int, int] | None = None


def consensus(levels: Sequence[int]) -> Consensus | None:
    """How far those agree who gave so many answers per level, lowest first, on a scale of two levels or more.

    None: too few answers to say.
    """
    answers = sum(levels)
    if answers < FEWEST:
        return None
    camps = _camps(levels)
    near = min(NEAR, len(levels) - 1)  # of two levels, both are no agreement
    together = max(sum(levels[low : low + near]) for low in range(len(levels) - near + 1))
    kind = Accord.DIVIDED if camps else Accord.AGREED if together >= AGREED * answers else Accord.SPREAD
    return Consensus(kind, _consensus(levels), camps)


def _camps(levels: Sequence[int]) -> tuple[int, int] | None:
    """Two camps, those with the fewest answers between them, then the farthest apart; None where there are none.

    Between camps lie half or more of the levels that are no end of the scale (one of four, two of five or six), chosen
    by fewer than half as many as the smaller camp. A staff drawn from people with one opinion (rounded normal, mean
    1.8-3.6 and standard deviation 0.6-0.9 on four levels, the same parts of longer scales) seems divided at most 4.2
    times in 100 with ten answers, 0.8 with twenty, 0.1 with forty.
    """
    answers, found = sum(levels), []
    for low in range(len(levels)):
        for high in range(low + 2, len(levels)):
            if 2 * (high - low - 1) < len(levels) - 2:
                continue
            lower, between, upper = sum(levels[: low + 1]), sum(levels[low + 1 : high]), sum(levels[high:])
            smaller = min(lower, upper)
            if smaller >= CAMP * answers and between < BETWEEN * smaller:
                found.append((between, low - high, low, high))
    return min(found)[2:] if found else None


def _consensus(levels: Sequence[int]) -> float:
    """W. J. Tastle, M. J. Wierman: Consensus and dissention: a measure of ordinal dispersion. International Journal of
    Approximate Reasoning 45, 2007, 531-545."""
    answers, width = sum(levels), len(levels) - 1
    mean = sum(place * count for place, count in enumerate(levels)) / answers
    parts = (count / answers * log2(1 - abs(place - mean) / width) for place, count in enumerate(levels) if count)
    return 1 + fsum(parts)
