"""Intervals of a mean on a scale, held to every outcome there can be: how often they hold the truth, exactly."""

from __future__ import annotations

from itertools import product
from math import comb, factorial

import numpy as np
import pytest

from analytics.maturity.methods.intervals import Scale, mean_interval, staff_mean_interval

LEVELS = np.array([1, 2, 3, 4])
SCALE = Scale.of(LEVELS)


def ordinary(mean: float) -> list[float]:
    """Of three steps up from the lowest level, each is taken with the same chance."""
    step = (mean - 1) / 3
    return [comb(3, k) * step**k * (1 - step) ** (3 - k) for k in range(4)]


ORDINARY = {f"mean {mean}": ordinary(mean) for mean in (1.3, 1.6, 2, 2.5, 3, 3.4, 3.7, 3.8)}
SKEWED = {
    "low": [0.8, 0.12, 0.06, 0.02], "high": [0.02, 0.06, 0.12, 0.8], "even": [0.25] * 4,
    "middle": [0.02, 0.48, 0.48, 0.02], "few low": [0.03, 0.02, 0.15, 0.8],
}  # fmt: skip
CAMPS = {
    "halves": [0.45, 0.05, 0.05, 0.45], "lower": [0.7, 0.02, 0.03, 0.25], "upper": [0.2, 0.03, 0.02, 0.75],
}  # fmt: skip


def outcomes(n: int) -> np.ndarray:
    """Every way in which n people may answer, a row each, as answers per level."""
    return np.array([(*c, n - sum(c)) for c in product(range(n + 1), repeat=3) if sum(c) <= n])


def intervals(counts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Means and their intervals."""
    n = counts.sum(axis=1)
    mean = counts @ LEVELS / n
    squares = (counts * (LEVELS - mean[:, None]) ** 2).sum(axis=1)
    return mean, *mean_interval(mean, np.sqrt(squares / (n - 1)), n, SCALE)


def held(n: int, world: list[float]) -> float:
    """How often the interval holds the mean of the people that the n are drawn from."""
    counts = outcomes(n)
    ways = factorial(n) / np.array([[factorial(c) for c in row] for row in counts], dtype=float).prod(axis=1)
    chance = ways * (np.array(world) ** counts).prod(axis=1)
    _, low, high = intervals(counts)
    true = float(LEVELS @ world)
    return float(chance[(low <= true) & (true <= high)].sum())


@pytest.mark.parametrize(
    ("n", "least", "least_in_camps"),
    [(5, 0.915, 0.915), (7, 0.9, 0.885), (9, 0.92, 0.885), (15, 0.93, 0.93), (20, 0.93, 0.93)],
)
def test_the_truth_is_held_at_the_ends_of_the_scale_too(n, least, least_in_camps):
    """In two camps of 7 to 10 people a little less often, which the method page says."""
    for worlds, bound in ((ORDINARY | SKEWED, least), (CAMPS, least_in_camps)):
        found = {name: held(n, world) for name, world in worlds.items()}
        assert min(found.values()) >= bound, found


@pytest.mark.parametrize("n", [2, 5, 9, 20])
def test_every_interval_lies_on_the_scale_has_a_width_and_holds_its_mean(n):
    mean, low, high = intervals(outcomes(n))
    assert (low >= 1).all() and (high <= 4).all()
    assert (low <= mean).all() and (mean <= high).all() and (high - low > 0.1).all()


def test_more_answers_of_the_same_kind_tell_more():
    widths = [np.ptp(intervals(np.array([[1, 2, 2, 0]]) * times)[1:]) for times in (1, 2, 4, 16)]
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] == pytest.approx(2 * 1.96 * 0.748 / 80**0.5, rel=0.02)  # as a normal distribution has it


def test_a_staff_that_all_answered_is_known():
    mean, sd, n = np.array([2.5]), np.array([1.2]), np.array([10])
    everybody, most, few = (
        staff_mean_interval(mean, sd, n, SCALE, np.array([invited])) for invited in (10.0, 12.0, 1e9)
    )
    assert (everybody[0][0], everybody[1][0]) == (2.5, 2.5)
    assert everybody[0] > most[0] > few[0] == pytest.approx(mean_interval(mean, sd, n, SCALE)[0])
    assert np.isnan(staff_mean_interval(mean, sd, n, SCALE, np.array([np.nan]))[0])
