"""Likvärdighet: how much schools differ, sampling noise taken out, and whether the city closes its gaps."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from analytics.maturity.city import CityArea


@dataclass(frozen=True, slots=True)
class GapChange:
    """How the standard deviation between schools has changed between two rounds of one framework, in levels.

    `needed`: the least change that would be clear. The same schools answer both times, so their deviations go together;
    taking them as independent makes the claim more careful than it need be.
    """

    before: CityArea
    now: CityArea
    difference: float
    needed: float

    @property
    def clear(self) -> bool:
        return abs(self.difference) >= self.needed


def gap_change(before: CityArea, now: CityArea) -> GapChange | None:
    """None where either round tells nothing of the spread between schools."""
    told = (before.between_sd, before.between_high, now.between_sd, now.between_high)
    if None in told or before.framework != now.framework:
        return None
    difference = now.between_sd - before.between_sd
    # Towards each other: the end of each interval that faces the other (Zou & Donner 2008).
    if difference < 0:
        needed = hypot(before.between_sd - before.between_low, now.between_high - now.between_sd)
    else:
        needed = hypot(before.between_high - before.between_sd, now.between_sd - now.between_low)
    return GapChange(before, now, difference, needed)
