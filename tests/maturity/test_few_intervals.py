"""Intervals of 5-19 answers by the city's spread, held to every outcome there can be: how often they hold the truth."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.maturity.methods.city_spread import city_ratio, evenly, ratios, spread_at, upper_quartiles
from analytics.maturity.methods.intervals import spread_interval
from tests.simulation.few import LEVELS, SCALE, WORLDS, held

SIZES = 5, 7, 9, 10, 14, 19


@pytest.mark.parametrize("n", SIZES)
def test_the_truth_is_held_in_ordinary_schools_and_less_often_in_two_camps(n):
    for kind, least in (("few ordinary", 0.92), ("few skewed", 0.89), ("few camps", 0.8)):
        assert min(held(n, world) for world in WORLDS[kind]) >= least, kind
    assert min(held(10, world) for world in WORLDS["few camps"]) < 0.89  # which the method page says


@pytest.mark.parametrize("n", [5, 12, 19])
def test_every_interval_lies_on_the_scale_has_a_width_and_holds_its_mean(n):
    mean = np.linspace(1, 4, 61)
    for ratio in (0.0, 0.3, 1.0):
        low, high = spread_interval(mean, np.full(61, n), np.full(61, ratio), SCALE)
        assert (low >= 1).all() and (high <= 4).all()
        assert (low <= mean).all() and (mean <= high).all() and (high - low > 0.01).all()


def test_spread_by_hand():
    """Five on 2 and five on 3, and a quarter of an answer on each level: 11 at 2.5; 5 x 0.25 x 2 + 2 x 0.25 x (2.25 +
    0.25) = 3.75 around it, so 3.75 / 11 of the most, 1.5 x 1.5."""
    assert ratios(np.array([[0, 5, 5, 0]]), LEVELS) == pytest.approx([3.75 / 11 / 2.25])
    assert evenly(LEVELS) == pytest.approx(1.25 / 2.25)
    assert spread_at(np.array([2.5]), np.array([7]), np.array([0.36]), SCALE) == pytest.approx([0.9])


def test_the_city_is_asked_before_the_framework_and_only_where_it_has_ten_cells():
    few, many = np.full(9, 0.9), np.arange(1, 14) / 20
    assert city_ratio([few, many], LEVELS) == pytest.approx(0.5)  # 10 of 13
    assert city_ratio([many[::-1], few], LEVELS) == pytest.approx(0.5)
    assert city_ratio([few, few], LEVELS) == evenly(LEVELS)


def test_collections_asked_together_have_each_its_own_quartile():
    draw = np.random.default_rng(7)
    each = [draw.random(size) for size in (12, 3, 10, 12, 75, 0, 10)]
    alone = [city_ratio([these], LEVELS) if len(these) >= 10 else np.nan for these in each]
    assert np.array_equal(upper_quartiles(each), alone, equal_nan=True)
