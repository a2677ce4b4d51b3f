"""How schools depart from their city: against slow arithmetic that writes every covariance out."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.maturity.methods.departures import LASTING, LEVEL, PACE, PASSING, USUAL, Likelihood, departures

YEARS = np.array([2019.0, 2020, 2021, 2023])
SD = np.array([0.4, 0.06, 0.05, 0.07])


def ragged(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Two criteria, five schools, four rounds: figures and noise, some of them not there."""
    value = rng.normal(0, 0.5, (2, 5, 4))
    value[0, 1, 2] = value[0, 3, :2] = value[1, 4, 0] = value[1, :, 1] = np.nan
    return value, rng.uniform(0.01, 0.05, value.shape)


def test_a_school_s_pace_is_what_the_joint_normal_says():
    """Everything in one vector: levels, paces, moves and the city's means, these with next to any variance."""
    value, noise = ragged(np.random.default_rng(1))
    found = Likelihood(value, noise, YEARS).predicted(SD)
    years = YEARS - YEARS.mean()
    for group in range(2):
        there = [(s, t) for s in range(5) for t in range(4) if not np.isnan(value[group, s, t])]
        covariance = np.array([[1e5 * (t == u) + (s == r) * (
            SD[LEVEL] ** 2 + SD[PACE] ** 2 * years[t] * years[u]
            + SD[LASTING] ** 2 * (min(YEARS[t], YEARS[u]) - YEARS[0])
            + (t == u) * (SD[PASSING] ** 2 + noise[group, s, t])
        ) for r, u in there] for s, t in there])  # fmt: skip
        given = np.array([value[group, s, t] for s, t in there])
        for school in range(5):
            with_pace = np.array([(s == school) * SD[PACE] ** 2 * years[t] for s, t in there])
            weight = np.linalg.solve(covariance, with_pace)
            assert found.pace[group, school] == pytest.approx(weight @ given, abs=1e-6)
            assert found.pace_variance[group, school] == pytest.approx(SD[PACE] ** 2 - weight @ with_pace, abs=1e-6)
            for round_ in range(4):
                with_level = np.array([(s == school) * (
                    SD[LEVEL] ** 2 + SD[PACE] ** 2 * years[t] * years[round_]
                    + SD[LASTING] ** 2 * (min(YEARS[t], YEARS[round_]) - YEARS[0])
                ) for s, t in there])  # fmt: skip
                level = np.linalg.solve(covariance, with_level) @ given
                assert found.level[group, school, round_] == pytest.approx(level, abs=1e-5)


def test_the_slope_is_the_deviance_s():
    model = Likelihood(*ragged(np.random.default_rng(2)), YEARS)
    _, slope = model.deviance(SD, slope=True)
    for kind in range(4):
        step = np.zeros(4)
        step[kind] = 1e-6
        up, down = (model.deviance(np.sqrt(SD**2 + sign * step))[0] for sign in (1, -1))
        assert slope[kind] == pytest.approx((up - down) / 2e-6, rel=1e-4)


def test_where_all_is_there_reml_is_the_analysis_of_variance():
    """Schools' own straight lines: their slopes, their means and what is left have expectations that are solved for the
    variances by hand."""
    rng = np.random.default_rng(3)
    years, noise = np.arange(5.0), 0.02
    value = rng.normal(0, 0.5, (1, 60, 1)) + rng.normal(0, 0.1, (1, 60, 1)) * (years - 2)
    value = value + rng.normal(0, np.hypot(0.1, noise**0.5), (1, 60, 5))
    left = value[0] - value[0].mean(axis=0)
    slope = left @ (years - 2) / 10
    rest = left - left.mean(axis=1, keepdims=True) - slope[:, None] * (years - 2)
    passing = (rest**2).sum() / (59 * 3) - noise
    pace = slope.var(ddof=1) - (passing + noise) / 10
    level = left.mean(axis=1).var(ddof=1) - (passing + noise) / 5
    model = Likelihood(value, np.full(value.shape, noise), years)
    _, slopes = model.deviance(np.sqrt([level, pace, 0, passing]), slope=True)
    assert slopes[[LEVEL, PACE, PASSING]] == pytest.approx(np.zeros(3), abs=1e-7)


def test_the_spread_between_schools_is_found():
    rng, sd = np.random.default_rng(4), np.array([0.4, 0.08, 0.0, 0.1])
    years = np.arange(6.0)
    value = sd[0] * rng.standard_normal((20, 75, 1)) + sd[1] * rng.standard_normal((20, 75, 1)) * (years - 2.5)
    noise = rng.uniform(0.005, 0.04, (20, 75, 6))
    value = value + sd[3] * rng.standard_normal(noise.shape) + np.sqrt(noise) * rng.standard_normal(noise.shape)
    assert departures(value, noise, years, USUAL).sd == pytest.approx(sd, abs=0.02)


def test_no_school_is_taken_for_the_city_where_the_spread_comes_out_as_nothing():
    """In most of these cities REML says that paces do not differ; the pace of each is unsure all the same."""
    rng, years = np.random.default_rng(5), np.arange(3.0)
    for _ in range(10):
        value = rng.normal(0, 0.3, (1, 8, 1)) + rng.normal(0, 0.15, (1, 8, 3))
        found = departures(value, np.full(value.shape, 0.15**2), years, USUAL)
        assert (found.pace_variance > 0.01**2).all()


def test_two_rounds_have_no_pace():
    value = np.random.default_rng(6).normal(0, 0.3, (1, 30, 2))
    found = departures(value, np.full(value.shape, 0.01), np.array([2020.0, 2021]), USUAL)
    assert not found.pace.any() and not found.pace_variance.any() and found.level.any()
