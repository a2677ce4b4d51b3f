"""Whether the city closes its gaps: how often that is said where nothing has changed, and where something has."""

from __future__ import annotations

from math import hypot

import numpy as np
import pytest

from analytics.maturity.city import CityArea
from analytics.maturity.equity import gap_change, gap_changes
from analytics.maturity.methods.variance import random_intercept

SIZES = np.repeat((8, 15, 30, 60, 120), 15)
ROUNDS, SIGMA = 60, 0.65


def area(year: int, sd: float | None, low: float | None, high: float | None, area: str = "", framework: str = "f"):
    return CityArea(framework, year, area, 75, 3, 2.9, 3.1, 2.5, 3.5, sd, low, high, SIGMA, 0.2, 0)


def drawn(rng: np.random.Generator, year: int, schools: np.ndarray) -> CityArea:
    """A round of schools with these true levels, as the product tells of it."""
    mean = schools + rng.normal(0, SIGMA / np.sqrt(SIZES))
    sd = SIGMA * np.sqrt(rng.chisquare(SIZES - 1) / (SIZES - 1))
    found = random_intercept(SIZES, mean, sd)
    return area(year, found.tau, found.tau_low, found.tau_high)


def claimed(before: float, now: float, alike: float) -> float:
    """How often a change is called clear, with schools whose levels in the two rounds correlate as `alike`."""
    rng, clear = np.random.default_rng(2022), 0
    for _ in range(ROUNDS):
        first, second = rng.normal(size=(2, len(SIZES)))
        second = alike * first + np.sqrt(1 - alike**2) * second
        clear += gap_change(drawn(rng, 1, before * first), drawn(rng, 2, now * second)).clear
    return clear / ROUNDS


@pytest.mark.long
@pytest.mark.parametrize("sd", [0.15, 0.35])
def test_schools_that_differ_as_much_as_before_are_seldom_said_to_have_changed(sd):
    assert claimed(sd, sd, alike=0.8) <= 0.05


@pytest.mark.long
def test_a_large_change_is_seen():
    assert claimed(0.35, 0.5, alike=0.8) > 0.6
    assert claimed(0.35, 0.25, alike=0.8) > 0.5


def test_what_is_needed_is_told_by_the_ends_that_face_each_other():
    grown = gap_change(area(1, 0.2, 0.15, 0.27), area(2, 0.3, 0.24, 0.38))
    assert grown.difference == pytest.approx(0.1) and grown.needed == pytest.approx(hypot(0.07, 0.06)) and grown.clear
    shrunk = gap_change(area(1, 0.3, 0.24, 0.38), area(2, 0.25, 0.2, 0.32))
    assert shrunk.needed == pytest.approx(hypot(0.06, 0.07)) and not shrunk.clear


def test_nothing_is_claimed_where_there_is_nothing_to_tell_it_by():
    told = area(1, 0.2, 0.15, 0.27)
    assert gap_change(told, area(2, None, None, None)) is None
    assert gap_change(told, area(2, 0.2, 0.15, 0.27, framework="g")) is None, "frameworks ask about different things"
    assert not gap_change(area(1, 0.0, 0.0, 0.0), area(2, 0.0, 0.0, 0.0)).clear, "no noise and no change"


def test_areas_are_controlled_together_and_the_whole_is_a_claim_of_its_own():
    spreads = {"a": (0.2, 0.15, 0.27), "b": (0.2, 0.15, 0.27), "c": (0.2, 0.15, 0.27), "": (0.2, 0.15, 0.27)}
    now = {"a": (0.3, 0.24, 0.38), "b": (0.21, 0.16, 0.28), "c": (0.2, 0.15, 0.27), "": (0.3, 0.24, 0.38)}
    rows = [area(1, *figures, name) for name, figures in spreads.items()]
    rows += [area(2, *figures, name) for name, figures in now.items()]
    found = {change.now.area: change for change in gap_changes(rows, "f", 2, 1)}
    assert found[""].clear and found[""].needed == pytest.approx(gap_change(rows[3], rows[7]).needed)
    assert found["a"].needed > gap_change(rows[0], rows[4]).needed
    assert not found["a"].clear, "just enough alone, not among three"
    assert gap_changes(rows, "f", 1, 0) == ()
