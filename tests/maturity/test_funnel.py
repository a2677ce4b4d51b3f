"""The funnel: how far chance alone may take a school's mean."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.maturity.funnel import FunnelLimits, expected_outside

SIZES = np.repeat((8, 15, 30, 60, 120), 400)


def test_one_school_in_twenty_lies_outside_where_all_are_alike():
    rng = np.random.default_rng(2022)
    found = FunnelLimits(3.0, 0.7)
    means = rng.normal(found.centre, found.sigma / np.sqrt(SIZES))
    outside = sum(found.side(mean, n) != 0 for mean, n in zip(means.tolist(), SIZES.tolist(), strict=True))
    assert outside / len(SIZES) == pytest.approx(0.05, abs=0.015)
    assert expected_outside(len(SIZES)) == 100 and expected_outside(73) == 4


def test_the_limits_narrow_with_the_answers_and_have_two_sides():
    found = FunnelLimits(3.0, 0.7)
    assert found.limits(49) == pytest.approx((3 - 0.196, 3 + 0.196), abs=0.001)
    assert [found.side(mean, 49) for mean in (3.2, 3.19, 2.81, 2.8)] == [1, 0, 0, -1]
    assert found.side(3.2, 16) == 0
