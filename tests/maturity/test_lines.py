"""The city's own course: a line against an established implementation, and what lies beside one."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import linregress

from analytics.maturity.methods.lines import lines


def test_a_line_is_least_squares():
    values, years = np.array([[2.5, 2.7, 2.6, 2.9, 2.9]]), np.array([2018.0, 2019, 2020, 2022, 2023])
    found, wanted = lines(values, years, 0.1, 0.0), linregress(years, values[0])
    assert found.pace[0] == pytest.approx(wanted.slope)
    assert (found.error[0], found.freedom) == (pytest.approx(wanted.stderr), 3)
    assert found.level[0] == pytest.approx(wanted.intercept + wanted.slope * years)


def test_moves_that_last_make_the_pace_that_of_the_first_and_the_last_round():
    """Of a random walk that is all that tells of its drift, and the level is where the walk has come to."""
    values, years = np.array([[2.5, 2.9, 2.6, 2.8]]), np.arange(4.0)
    found = lines(values, years, 0.0, 1.0)
    steps = np.diff(values[0])
    assert found.pace[0] == pytest.approx(0.1, abs=1e-5)
    assert found.error[0] == pytest.approx(steps.std(ddof=1) / np.sqrt(3), rel=1e-4)
    assert found.level[0] == pytest.approx(values[0], abs=1e-4)


def test_series_share_what_they_depart_by():
    rng, years = np.random.default_rng(1), np.arange(3.0)
    values = rng.normal(0, 0.1, (25, 3))
    found = lines(values, years, 1.0, 0.0)
    left = values - found.level
    assert found.error == pytest.approx(np.full(25, np.sqrt((left**2).sum() / 25 / 2)))
    assert (found.freedom, lines(values, years, 1.0, 0.0, free=0.8).freedom) == (25, 20)


def test_two_rounds_have_no_line():
    found = lines(np.array([[2.0, np.nan, 3.0], [np.nan] * 3]), np.arange(3.0), 1.0, 0.0)
    assert not found.pace.any() and not found.error.any() and not found.freedom
    assert found.level[0].tolist()[::2] == [2.0, 3.0]
